"""Tokens: signed once, looked at once, and asked for their time at every use."""

from __future__ import annotations

import pytest
from asking import KEY

from maksa.errors import NotAllowed
from maksa.web import tokens
from maksa.web.settings import WebSettings
from maksa.web.tokens import Tokens


@pytest.fixture
def signed():
    """Tokens that stand for an hour."""
    return Tokens(KEY, WebSettings())


def test_a_token_names_its_client(signed):
    """At the first use and at each other."""
    token = signed.issue("vendor", "access")

    assert [signed.client_of(token, "access") for _ in range(3)] == ["vendor"] * 3


def test_a_token_that_was_good_is_over_after_its_time(signed, monkeypatch):
    """What was remembered of it does not outlive it."""
    token = signed.issue("vendor", "access")
    signed.client_of(token, "access")
    later = tokens.time.time() + 3_600

    monkeypatch.setattr(tokens.time, "time", lambda: later)

    with pytest.raises(NotAllowed, match="expired"):
        signed.client_of(token, "access")


def test_a_refresh_token_is_no_access_token(signed):
    """Neither before nor after it was used as what it is."""
    token = signed.issue("vendor", "refresh")

    for _ in range(2):
        with pytest.raises(NotAllowed, match="not valid"):
            signed.client_of(token, "access")
        assert signed.client_of(token, "refresh") == "vendor"


def test_a_forged_token_is_refused_each_time(signed):
    """A signature of another key is never remembered as good."""
    forged = Tokens(b"another key of thirty-two bytes, or more", WebSettings()).issue("vendor", "access")

    for _ in range(2):
        with pytest.raises(NotAllowed, match="not valid"):
            signed.client_of(forged, "access")


def test_what_is_remembered_has_a_bound(signed, monkeypatch):
    """More tokens than are remembered are read as well."""
    monkeypatch.setattr(tokens, "_REMEMBERED", 2)
    given = [signed.issue(f"client-{number}", "access") for number in range(5)]

    assert [signed.client_of(token, "access") for token in given] == [f"client-{n}" for n in range(5)]
    assert len(signed._seen) <= 2
