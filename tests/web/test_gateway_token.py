"""Tokens: the three grants, who gets one, and how long it is good."""

from __future__ import annotations

import base64
from urllib.parse import urlencode

import jwt
import pytest
from asgi import ELSEWHERE, LOOPBACK, Asker
from asking import FORM, GATEWAY, KEY
from fakes import PID, SANDBOX

GRANTS = [
    {"grant_type": "password", "username": "doctor", "password": "doctor"},
    {"grant_type": "client_credentials"},
]


def get_token(ask, form, *, client="vendor", secret=None, peer=LOOPBACK, **headers):
    """Ask for a token."""
    basic = base64.b64encode(f"{client}:{client if secret is None else secret}".encode()).decode()
    named = {"authorization": f"Basic {basic}", "content-type": FORM, **headers}
    return ask("POST", "/oauth/token", headers=named, body=urlencode(form).encode(), peer=peer)


def use(ask, token, *, pid=PID, peer=LOOPBACK, **headers):
    """Use a token."""
    named = {"authorization": f"bearer {token}", "pid": pid, **headers}
    return ask("POST", f"{GATEWAY}/CtsTerminologies", headers=named, peer=peer)


@pytest.mark.parametrize("form", GRANTS)
def test_a_grant_gives_a_token_that_is_accepted(ask, form):
    """The answer has the four fields of the contract and is kept by nobody."""
    answer = get_token(ask, form)

    granted = answer.json()
    assert set(granted) == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert (granted["token_type"], granted["expires_in"]) == ("bearer", 3600)
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    assert use(ask, granted["access_token"]).status == 200


def test_a_refresh_token_gives_new_tokens(ask):
    """The refresh grant needs the client's secret and its own refresh token."""
    refresh = get_token(ask, GRANTS[1]).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": refresh}

    assert use(ask, get_token(ask, form).json()["access_token"]).status == 200
    assert get_token(ask, form, client="other").json()["error"] == "invalid_grant"
    assert get_token(ask, form, secret="wrong").status == 401


def test_the_two_kinds_of_token_do_not_stand_for_each_other(ask):
    """A refresh token opens no service, an access token refreshes nothing."""
    granted = get_token(ask, GRANTS[1]).json()

    assert use(ask, granted["refresh_token"]).status == 401
    form = {"grant_type": "refresh_token", "refresh_token": granted["access_token"]}
    assert get_token(ask, form).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic dmVuZG9y",
        "Basic OnZlbmRvcg==",
        "Basic /w==",
        "Bearer x",
        "Basic AGE6Yg==",
    ],
)
def test_a_client_that_does_not_show_itself_is_unauthorised(ask, authorization):
    """Without id and secret in Basic form the answer is 401 invalid_client, naming the scheme."""
    headers = {"authorization": authorization, "content-type": FORM}

    answer = ask("POST", "/oauth/token", headers=headers, body=b"grant_type=client_credentials")

    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize(("client", "secret"), [("vendor", "wrong"), ("nobody", "nobody")])
def test_a_wrong_secret_is_unauthorised(ask, client, secret):
    """A client that is not known and one with a wrong secret are told the same."""
    answer = get_token(ask, GRANTS[1], client=client, secret=secret)

    assert (answer.status, answer.json()["error"]) == (401, "invalid_client")


def test_credentials_in_the_address_are_refused(ask):
    """Addresses stand in logs, so nothing secret may stand in them."""
    assert ask("POST", "/oauth/token?grant_type=password&password=x").json()["error"] == "invalid_request"


def test_a_revoked_client_is_out_at_once(ask, clients):
    """A token does not outlive its client."""
    granted = get_token(ask, GRANTS[1]).json()
    clients.revoke("vendor")

    assert use(ask, granted["access_token"]).status == 401
    assert get_token(ask, GRANTS[1]).status == 401


def test_an_expired_token_is_told_so(make_app):
    """An old token is refused with the reason and the mend."""
    ask = Asker(make_app(access_token_seconds=-1))

    answer = use(ask, get_token(ask, GRANTS[1]).json()["access_token"])

    assert answer.status == 401
    assert "The token has expired." in answer.json()["result"]["data"]["message"][1]
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "token",
    [
        jwt.encode(
            {"sub": "vendor", "kind": "access", "iat": 1, "exp": 9**11},
            b"another key of 32 bytes or more.",
            "HS256",
        ),
        jwt.encode({"sub": "vendor", "kind": "access", "iat": 1, "exp": 9**11}, None, "none"),
        jwt.encode({"sub": "vendor", "kind": "access"}, KEY, "HS256"),
        jwt.encode({"sub": "nobody", "kind": "access", "iat": 1, "exp": 9**11}, KEY, "HS256"),
    ],
)
def test_a_forged_token_is_refused(ask, token):
    """Another key, no signature, no expiry, no such client: all are 401."""
    assert use(ask, token).status == 401


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        (LOOPBACK, {}, 200),
        (("::1", 1), {}, 200),
        (("::ffff:127.0.0.1", 1), {}, 200),
        (ELSEWHERE, {}, 401),
        (None, {}, 401),
        (("testclient", 1), {}, 401),
        (LOOPBACK, {"x-forwarded-for": "192.0.2.7"}, 401),
    ],
)
def test_the_sandbox_is_for_this_machine_only(ask, peer, headers, status):
    """The public client gets a token, and can use one, from loopback only."""
    local = get_token(ask, GRANTS[1], client="sandbox").json()["access_token"]

    assert get_token(ask, GRANTS[1], client="sandbox", peer=peer, **headers).status == status
    assert use(ask, local, pid=SANDBOX.pids[0], peer=peer, **headers).status == status


def test_a_real_client_may_ask_from_anywhere(ask):
    """Only sandbox clients are bound to a place."""
    token = get_token(ask, GRANTS[1], peer=ELSEWHERE).json()["access_token"]

    assert use(ask, token, peer=ELSEWHERE).status == 200


def test_a_short_key_is_refused_at_the_start(service, clients):
    """A key that could be guessed makes no application."""
    from maksa.web.app import create_app

    with pytest.raises(ValueError, match="32 bytes"):
        create_app(service, clients, b"short")
