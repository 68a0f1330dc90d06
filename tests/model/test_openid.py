"""Addresses that nobody on the way reads, and the form of a subject."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.openid import is_private_address, is_subject


@pytest.mark.parametrize(
    "address",
    [
        "https://id.example",
        "https://id.example:8443/a?b=c",
        "http://127.0.0.1:1/",
        "http://[::1]/",
        "http://localhost",
    ],
)
def test_https_and_this_machine_are_private(address):
    """Whatever the port."""
    assert is_private_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "//id.example",
        "http://id.example",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://10.0.0.1",
        "https://u@id.example",
        "https://id.example#x",
        "https://id.example\\\\@evil.example",
        "https://id.example/\n",
        "https://id.example:99999",
        "https://[",
        "https://ایران.example",
        "javascript:alert(1)",
        "https://id.example/" + "x" * 500,
    ],
)
def test_everything_else_is_not(address):
    """Nor what is no address."""
    assert not is_private_address(address)


@given(st.text())
def test_no_text_breaks_it(text):
    """Each is an address, or is not; a subject, or not."""
    assert is_private_address(f"https://{text}") in {True, False}
    assert is_private_address(text) in {True, False}
    assert not is_subject(text) or (text.isascii() and text.isprintable() and 0 < len(text) <= 255)


@pytest.mark.parametrize("subject", ["1", "a b", "4c1e-0d", "x" * 255, "auth0|5f", "="])
def test_a_subject_has_up_to_255_printable_characters(subject):
    """Of ASCII, with no spaces at the ends."""
    assert is_subject(subject)
    assert not is_subject(f"{subject} ")
    assert not is_subject(f"{subject}\n")
    assert not is_subject("x" * 256)
