"""An issuer that says whatever a test wants, and who asks it."""

from __future__ import annotations

import pytest
from fake_issuer import CLIENT_ID, SECRET, issuing

from maksa.web.single_sign_on.flow import RelyingParty, begin, finish
from maksa.web.single_sign_on.issuer import Issuer

REDIRECT = "http://127.0.0.1:9/desk/sign-in/national/callback"


class Clock:
    """A clock that tests move on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@pytest.fixture
def fake():
    """Run an issuer of our own."""
    with issuing() as issuer:
        yield issuer


@pytest.fixture
def clock():
    """Give the clock by which the issuer's keys grow old."""
    return Clock()


@pytest.fixture
def party(fake, clock):
    """Give who asks it."""
    party = RelyingParty(Issuer(fake.address, clock), CLIENT_ID, SECRET)
    yield party
    party.issuer.exchange.close()


@pytest.fixture
def through(fake, party):
    """Go to the issuer and back: gives the claims that are believed."""

    def go(asking=party, **changes):
        address, pending = begin(asking, REDIRECT)
        return finish(asking, pending, fake.authorized(address, **changes))

    return go
