"""The file of an edition: whole, in ranges, and not at all when the caller has it."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import quote

import pytest
from asgi import Asker
from asking import KEY
from fakes import FakeJournal
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from maksa.model.edition import Letter
from maksa.terminology.service import LocalTerminology
from maksa.web.api.download import wanted_range
from maksa.web.app import create_app
from maksa.web.refusal import Refusal
from maksa.web.settings import WebSettings

FILE = "/api/v1/terminologies/herbs/editions/2/file"


@pytest.fixture
def content(shelf):
    """The bytes on the shelf."""
    return shelf.file("herbs", "2").read_bytes()


def test_the_whole_file_comes_with_its_hash(ask, content, shelf):
    """ETag, SHA-256 in hex and as Repr-Digest, length, name."""
    answer = ask.get(FILE)

    digest = hashlib.sha256(content).digest()
    assert (answer.status, answer.body) == (200, content)
    assert answer.headers["etag"] == f'"{digest.hex()}"'
    assert answer.headers["x-maksa-sha256"] == digest.hex() == shelf.entries("herbs")[0].manifest.file_hash
    assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=100-", 100, None), ("bytes=-50", -50, None)],
)
def test_a_range_is_given_alone(ask, content, wanted, start, stop):
    """206 with the bytes asked for and their place."""
    answer = ask.get(FILE, headers={"range": wanted})

    assert (answer.status, answer.body) == (206, content[start:stop])
    assert answer.headers["content-range"].endswith(f"/{len(content)}")
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("wanted", ["bytes=999999999-", "bytes=-0", "bytes=99999999-999999999"])
def test_a_range_outside_of_the_file_is_refused(ask, content, wanted):
    """416 naming the size."""
    answer = ask.get(FILE, headers={"range": wanted})

    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{len(content)}"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wanted", ["bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=-", "bytes"]
)
def test_a_range_that_is_none_is_not_heeded(ask, content, wanted):
    """Then the whole file comes, as HTTP wants."""
    assert ask.get(FILE, headers={"range": wanted}).body == content


def test_a_range_bound_to_another_file_is_not_heeded(ask, content):
    """If-Range keeps a resumed download from mixing two files."""
    etag = ask.get(FILE).headers["etag"]

    assert ask.get(FILE, headers={"range": "bytes=0-4", "if-range": etag}).status == 206
    assert ask.get(FILE, headers={"range": "bytes=0-4", "if-range": '"other"'}).body == content


@pytest.mark.parametrize("header", ["{}", 'W/{}, "x"', '"x", {}', "*"])
def test_a_caller_who_has_the_file_gets_none(ask, header):
    """304 without a body when If-None-Match names it."""
    etag = ask.get(FILE).headers["etag"]

    answer = ask.get(FILE, headers={"if-none-match": header.format(etag)})

    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)


def test_a_head_tells_the_size_only(ask, content):
    """HEAD reads nothing of the file."""
    answer = ask("HEAD", FILE)

    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(content)))


@given(
    st.text(alphabet="bytes=-0123456789, ", max_size=40)
    | st.binary(max_size=40).map(lambda b: b.decode("latin-1"))
)
def test_no_range_header_breaks_anything(header):
    """Any text gives a part of the file, the whole of it, or a refusal."""
    scope = {"type": "http", "headers": [(b"range", header.encode("latin-1"))]}

    try:
        start, stop = wanted_range(Request(scope), '"e"', 1000)
    except Refusal as refusal:
        start, stop = 0, refusal.status
    assert 0 <= start < stop <= 1000


@pytest.fixture
def with_letter(toy_shelf, clients):
    """An application over a shelf with one letter and the file that came with it."""
    attachment = toy_shelf.letters.attach("110/1", "پیوست 1.pdf", b"%PDF of a letter")
    toy_shelf.letters.write(Letter("110/1", None, "گیاهان", attachments=(attachment,)))
    return Asker(create_app(LocalTerminology(toy_shelf), clients, KEY, WebSettings(), journal=FakeJournal()))


def test_a_file_that_came_with_a_letter_is_given_under_its_name(with_letter):
    """Its bytes and hash; a browser is told to save it, whatever it is."""
    answer = with_letter.get(f"/api/v1/letters/110%2F1/attachments/{quote('پیوست 1.pdf')}")

    assert (answer.status, answer.body) == (200, b"%PDF of a letter")
    assert answer.headers["x-maksa-sha256"] == hashlib.sha256(b"%PDF of a letter").hexdigest()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    "path", ["110%2F1/attachments/other", "110%2F2/attachments/x", "..%2F..%2Fkeys/attachments/x"]
)
def test_what_no_letter_came_with_is_not_found(with_letter, path):
    """404 in the form of the door; no name leads out of the folder of letters."""
    answer = with_letter.get(f"/api/v1/letters/{path}")

    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
