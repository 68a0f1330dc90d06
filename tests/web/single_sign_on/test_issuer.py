"""What a provider says of itself, and its keys: read when needed, kept for an hour, looked for again when one is new."""

from __future__ import annotations

import pytest
from fake_issuer import GONE, public_jwk

from maksa.errors import NotAllowed, Unreachable

DISCOVERY = "GET /.well-known/openid-configuration"


def test_description_and_keys_are_read_once_an_hour(fake, through, clock):
    """Not at each sign-in."""
    for _ in range(3):
        through()
    assert (fake.asked.count(DISCOVERY), fake.asked.count("GET /keys")) == (1, 1)

    clock.now += 3601
    through()
    assert (fake.asked.count(DISCOVERY), fake.asked.count("GET /keys")) == (2, 2)


def test_a_new_key_is_found(fake, through, clock):
    """The keys are read again for an id that is not known."""
    through()
    fake.name, fake.header, fake.keys = "second", {"kid": "second"}, [public_jwk("RS256", "second")]
    clock.now += 11

    assert through().subject == "s-1"
    assert fake.asked.count("GET /keys") == 2


def test_keys_are_not_read_again_at_every_made_up_id(fake, through, clock):
    """Once in ten seconds at most, and once for one token."""
    through()
    fake.header = {"kid": "made up"}
    for _ in range(5):
        clock.now += 3
        with pytest.raises(NotAllowed, match=r"\(kid\)"):
            through()

    assert fake.asked.count("GET /keys") == 2


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"issuer": "https://other.example"}, "not that of this issuer"),
        ({"issuer": GONE}, "not that of this issuer"),
        ({"code_challenge_methods_supported": ["plain"]}, "no PKCE with S256"),
        ({"code_challenge_methods_supported": "S256"}, "no PKCE with S256"),
        ({"token_endpoint": GONE}, "has no token_endpoint"),
        ({"jwks_uri": "http://keys.example"}, "jwks_uri is no safe address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint is no safe address"),
        ({"token_endpoint": 1}, "token_endpoint is no safe address"),
        ({"userinfo_endpoint": "http://me.example"}, "userinfo_endpoint is no safe address"),
        ({"token_endpoint_auth_methods_supported": ["none"]}, "takes no client with a secret"),
        ({"token_endpoint_auth_methods_supported": "client_secret_post"}, "takes no client with a secret"),
    ],
)
def test_a_description_that_cannot_be_trusted_is_refused(fake, through, changed, why):
    """Of another issuer, without PKCE, or with an address that others can read on the way."""
    for name, value in changed.items():
        fake.description[name] = value
        if value is GONE:
            del fake.description[name]

    with pytest.raises(Unreachable, match=why):
        through()


@pytest.mark.parametrize("keys", [{}, {"keys": 1}, {"keys": {}}])
def test_keys_that_cannot_be_read_are_the_providers_fault(fake, through, keys):
    """And no token is believed."""
    fake.pages["/keys"] = keys

    with pytest.raises(Unreachable, match="keys cannot be read"):
        through()


@pytest.mark.parametrize("keys", [[], [None, 1, "x", []]])
def test_no_key_believes_no_token(fake, through, keys):
    """Nor does what is no key."""
    fake.keys = keys

    with pytest.raises(NotAllowed, match=r"\(kid\)"):
        through()


def test_only_so_many_keys_are_looked_at(fake, through):
    """A provider has a few."""
    fake.keys = [{"kid": str(number)} for number in range(50)] + [public_jwk("RS256")]

    with pytest.raises(NotAllowed, match=r"\(kid\)"):
        through()


def test_after_a_failure_the_provider_is_asked_again(fake, through):
    """Nothing of it is kept."""
    right = fake.description
    fake.pages["/.well-known/openid-configuration"] = lambda: (503, {}, b"")
    with pytest.raises(Unreachable):
        through()
    fake.pages["/.well-known/openid-configuration"] = right

    assert through().subject == "s-1"
