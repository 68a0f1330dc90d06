"""Sealed texts open with the same key, for the same purpose, unchanged and in time."""

from __future__ import annotations

import pytest

from maksa.registry.parties.sealing import Seal

SEAL = Seal(b"k" * 32, "tests")


def test_what_was_sealed_opens():
    """And is not to be read before."""
    sealed = SEAL.close("متن secret")

    assert SEAL.open(sealed) == "متن secret"
    assert SEAL.open(sealed, seconds=60) == "متن secret"
    assert "secret" not in sealed


@pytest.mark.parametrize("other", [Seal(b"o" * 32, "tests"), Seal(b"k" * 32, "others")])
def test_another_key_and_another_purpose_do_not_open(other):
    """A cookie is no stored secret, nor the other way round."""
    assert other.open(SEAL.close("text")) is None


@pytest.mark.parametrize("forged", ["", "x", "\0", "\ud800", "آ", "x" * 100_000])
def test_what_was_not_sealed_does_not_open(forged):
    """Whatever it is."""
    assert SEAL.open(forged) is None


def test_a_change_of_one_letter_is_noticed():
    """Anywhere in it."""
    sealed = SEAL.close("text")
    for place in range(0, len(sealed) - 2, 7):
        letter = "A" if sealed[place] != "A" else "B"
        assert SEAL.open(sealed[:place] + letter + sealed[place + 1 :]) is None


def test_after_its_time_it_stays_shut(monkeypatch):
    """Its age is counted from the sealing."""
    sealed = SEAL.close("text")
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: __import__("time").monotonic() + 2**40)

    assert SEAL.open(sealed, seconds=600) is None
    assert SEAL.open(sealed) == "text"
