"""An issuer of our own on loopback, which says and signs whatever a test wants."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

CLIENT_ID, SECRET = "maksa", "a secret of the client"
GONE = object()
"""In place of a claim: it is left out."""


@cache
def private_key(algorithm: str, name: str = "first"):
    """Make a key for signatures of a kind; `name` tells one from another."""
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(public_exponent=65537, key_size=1024 if name == "short" else 2048)


def public_jwk(algorithm: str, name: str = "first") -> dict:
    """Give the public half of a key, as an issuer publishes it."""
    kind = jwt.get_algorithm_by_name(algorithm)
    made = kind.to_jwk(private_key(algorithm, name).public_key(), as_dict=True)
    return {**made, "kid": name, "use": "sig", "alg": algorithm}


def half_hash(token: str, hashing=hashlib.sha256) -> str:
    """Give the claim at_hash of an access token."""
    digest = hashing(token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()


class FakeIssuer:
    """What it answers is in `pages` (path to members, or to a function that gives status, headers and bytes).

    The next ID token has `claims` changed (a function is given the time in seconds), is signed by `algorithm` and key `name`, and is `token` instead, if that is
    set. `asked` lists what it was asked for.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self.claims: dict = {}
        self.algorithm, self.name = "RS256", "first"
        self.header: dict = {"kid": "first"}
        self.token: str | None = None
        self.token_members: dict = {}
        self.keys = [public_jwk("RS256")]
        self.pages: dict = {
            "/.well-known/openid-configuration": {
                "issuer": address,
                "authorization_endpoint": f"{address}/authorize",
                "token_endpoint": f"{address}/token",
                "jwks_uri": f"{address}/keys",
                "userinfo_endpoint": f"{address}/me",
                "end_session_endpoint": f"{address}/end",
                "authorization_response_iss_parameter_supported": True,
            }
        }
        self._codes: dict[str, dict] = {}

    @property
    def description(self) -> dict:
        """Give the description of itself that it publishes, to be changed."""
        return self.pages["/.well-known/openid-configuration"]

    def authorized(self, address: str, **changes: str) -> list[tuple[str, str]]:
        """Give the query with which it sends back a browser that came to an address, as if somebody had signed in."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(8)
        self._codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.address, **changes}
        return [(name, value) for name, value in answer.items() if value is not GONE]

    def came_back(self, address: str, **changes: str) -> str:
        """Give the address to which it sends that browser."""
        asked = dict(parse_qsl(urlsplit(address).query))
        return f"{asked['redirect_uri']}?{urlencode(self.authorized(address, **changes))}"

    def answer(self, method: str, path: str, form: dict, headers) -> tuple[int, dict, bytes]:
        """Answer one request."""
        self.asked.append(f"{method} {path}")
        page = self.pages.get(path)
        if callable(page):
            return page()
        if page is not None:
            return _json(page)
        if path == "/keys":
            return _json({"keys": self.keys})
        if path == "/token":
            return self._tokens(form, headers.get("authorization", ""))
        if path == "/me":
            subject = self.claims.get("sub", "s-1")
            return _json({"sub": subject, "email": "s-1@example.org", "email_verified": True})
        return 404, {}, b"{}"

    def _tokens(self, form: dict, authorization: str) -> tuple[int, dict, bytes]:
        basic = base64.b64encode(f"{CLIENT_ID}:{SECRET.replace(' ', '+')}".encode()).decode()
        given = authorization == f"Basic {basic}" or form.get("client_secret") == SECRET
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or not given or form["redirect_uri"] != asked["redirect_uri"]:
            return _json({"error": "invalid_grant"}, 400)
        challenge = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked["code_challenge"]:
            return _json({"error": "invalid_grant", "error_description": "PKCE"}, 400)
        members = {"access_token": "access", "token_type": "Bearer", "id_token": self._id_token(asked)}
        return _json(members | self.token_members)

    def _id_token(self, asked: dict) -> str:
        if self.token is not None:
            return self.token
        now = int(time.time())
        claims = {
            "iss": self.address,
            "sub": "s-1",
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims = {
            name: value(now) if callable(value) else value
            for name, value in claims.items()
            if value is not GONE
        }
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers=self.header)
        key = (
            SECRET.encode() * 4 if self.algorithm.startswith("HS") else private_key(self.algorithm, self.name)
        )
        return jwt.encode(claims, key, algorithm=self.algorithm, headers=self.header)


def _json(members: object, status: int = 200) -> tuple[int, dict, bytes]:
    return status, {"content-type": "application/json"}, json.dumps(members).encode()


@contextmanager
def issuing():
    """Run an issuer for as long as the block."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length", 0))
            sent = parse_qs(self.rfile.read(length).decode())
            form = {name: values[0] for name, values in sent.items()}
            path = urlsplit(self.path).path
            status, headers, body = issuer.answer(self.command, path, form, self.headers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # Who asked has heard enough.

        do_POST = do_GET  # noqa: N815 - The name that the server looks for.

        def log_message(self, *_) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    issuer = FakeIssuer(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
