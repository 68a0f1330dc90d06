"""Answers with an error status, whoever sent them."""

import httpx
import pytest

from maksa.client.refusals import refusal_of
from maksa.errors import NotFound, OverQuota, Unreachable


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, b"<html>no</html>", NotFound),
        (429, b"[]", OverQuota),
        (502, b"", Unreachable),
        (404, b'{"detail": 1, "known": null, "type": 7}', NotFound),
    ],
)
def test_what_is_no_problem_of_ours_is_told_by_its_status(status, body, error):
    """A proxy between may answer in its own way."""
    found = refusal_of(httpx.Response(status, content=body))

    assert type(found) is error
    assert str(status) in found.text.en


def test_sentences_mend_and_known_values_are_kept():
    """In both languages where the server gave both."""
    body = b'{"type": "urn:maksa:problem:unknown-edition", "detail": "No.", "detail_fa": "x", "mend": "Do.", "known": ["1"]}'
    found = refusal_of(httpx.Response(404, content=body))

    assert (found.text.en, found.text.fa, found.known) == ("No.", "x", ("1",))
    assert found.mend is not None
    assert found.mend.en == "Do."
