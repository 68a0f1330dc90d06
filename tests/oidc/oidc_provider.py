"""A real OpenID provider for tests: oidc-provider of npm on loopback, installed from the lock file of this folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

HERE = Path(__file__).parent
CLIENT_ID, SECRET = "maksa desk", "a secret: with % and + of the client"
CALLBACK = "/desk/sign-in/national/callback"
_OLDEST_NODE = 20
_INSTALL_SECONDS = 180
_STOP_SECONDS = 30


class NoProvider(Exception):
    """Why no provider can be started here."""


def install(cache: Path) -> Path:
    """Give a folder with the provider's packages, installed once for each lock file. Raises: NoProvider."""
    npm = _npm()
    lock = (HERE / "package-lock.json").read_bytes()
    folder = cache / hashlib.sha256(lock).hexdigest()[:16]
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=cache) as fresh:
            fetched = _fetch(npm, Path(fresh))
            with contextlib.suppress(OSError):  # Another run was first: its folder is as good.
                fetched.rename(folder)
    shutil.copy(HERE / "provider.mjs", folder)  # It imports what stands beside it.
    return folder


def _npm() -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NoProvider("node and npm are not installed, so no OpenID provider is started")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").partition(".")[0]) < _OLDEST_NODE:
        raise NoProvider(f"node {version} is older than {_OLDEST_NODE}, so no OpenID provider is started")
    return npm


def _fetch(npm: str, fresh: Path) -> Path:
    folder = fresh / "provider"
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--cache", str(fresh / "cache")]
    try:
        ran = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoProvider("npm did not fetch the OpenID provider in time") from None
    if ran.returncode:
        raise NoProvider(f"npm cannot fetch the OpenID provider: {ran.stderr.strip()[:300]}")
    return folder


def rsa_key(key_id: str) -> dict:
    """Make a key with which a provider signs."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = jwt.algorithms.RSAAlgorithm.to_jwk(key, as_dict=True)
    return {**made, "kid": key_id, "use": "sig", "alg": "RS256"}


@dataclass
class RealProvider:
    """A provider that runs: its issuer, and how to run it again with other keys."""

    folder: Path
    port: int
    keys: list = field(default_factory=lambda: [rsa_key("first")])
    _process: subprocess.Popen | None = None

    @property
    def issuer(self) -> str:
        """Give the address of its issuer."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        client = {
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "application_type": "native",  # So that its address may have any port of loopback.
            "redirect_uris": [f"http://127.0.0.1{CALLBACK}"],
            "post_logout_redirect_uris": ["http://127.0.0.1/desk/sign-in"],
        }
        self._process = subprocess.Popen(
            ["node", "provider.mjs"],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        asked = {"port": self.port, "keys": self.keys, "client": client}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        said = []
        for line in self._process.stdout:
            if line.strip() == "ready":
                return
            said.append(line)
        raise AssertionError(f"the OpenID provider did not start: {''.join(said)[-500:]}")

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait(_STOP_SECONDS)
            self._process.stdout.close()
            self._process = None

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is gone."""
        self.stop()
        self.keys = [rsa_key(f"after {self.keys[0]['kid']}")]
        self.start()


@contextmanager
def running(cache: Path):
    """Run a provider for as long as the block. Raises: NoProvider."""
    folder = install(cache)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    provider = RealProvider(folder, port)
    try:
        provider.start()
        yield provider
    finally:
        provider.stop()


def pass_through(browser: httpx.Client, address: str, login: str) -> str:
    """Sign in on the provider's pages and allow it; give the address to which they lead back."""
    for _ in range(20):
        answer = browser.get(address)
        while answer.status_code == 200:
            answer = _send_form(browser, answer, login)
        assert answer.is_redirect, answer.text[-700:]
        address = urljoin(str(answer.url), answer.headers["location"])
        if CALLBACK in address:
            return address
    raise AssertionError("the provider leads nowhere")


def pass_out(browser: httpx.Client, address: str) -> str:
    """Sign out on the provider's page; give the address to which it leads back."""
    page = browser.get(address)
    action = unescape(re.search(r'<form[^>]* action="([^"]+)"', page.text)[1])
    secret = re.search(r'name="xsrf" value="(\w+)"', page.text)[1]
    answer = browser.post(urljoin(str(page.url), action), data={"xsrf": secret, "logout": "yes"})
    assert answer.is_redirect, answer.text[-700:]
    return answer.headers["location"]


def _send_form(browser: httpx.Client, page: httpx.Response, login: str) -> httpx.Response:
    action = unescape(re.search(r'<form[^>]* action="([^"]+)"', page.text)[1])
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)[1]
    sent = {"prompt": prompt} | ({"login": login, "password": "x"} if prompt == "login" else {})
    return browser.post(urljoin(str(page.url), action), data=sent)
