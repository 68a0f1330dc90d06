"""A list sent as a file into a draft, with an account of every row; through the native API and as a page."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook
from records import client_of

from maksa.registry.drafts.drafts import list_drafts
from maksa.registry.journal import list_journal
from maksa.web.desk import imports

PATH = "/api/v1/drafts/imports"
GENERIC = f"{PATH}?profile=generic&terminology=teas&edition=1405"
CSV = {"content-type": "text/csv"}
TABLE = "code,display\n1,چای سبز\n2,چای سیاه\n,بی کد\n"


@pytest.fixture
def header(staff):
    """Give who edits drafts."""
    return staff.hire("maryam", "curator")


def send(ask, header, target=GENERIC, content=TABLE, kind="text/csv"):
    """Send a file."""
    raw = content if isinstance(content, bytes) else content.encode()
    return ask("POST", target, headers={**header, "content-type": kind}, body=raw)


def test_a_file_becomes_a_draft_and_every_row_is_accounted_for(ask, header, home):
    """What was set aside comes first, with row and column; the draft is the importer's."""
    answer = send(ask, header, f"{GENERIC}&file=teas.csv&effective=1405/01/01&letter=110/9&partial=true")
    account = answer.json()
    [become] = account["lists"]
    draft = ask.get("/api/v1/drafts/teas/1405", headers=header).json()

    assert answer.status == 201, answer.text
    assert account["counts"] == {"read": 3, "accepted": 2, "repaired": 0, "set_aside": 1}
    assert (account["file"], account["format"]) == ("teas.csv", "csv")
    assert (become["terminology"], become["state"], become["codes"]) == ("teas", "draft", 2)
    assert (account["findings"][0]["kind"], account["findings"][0]["row"]) == ("set-aside", 4)
    assert account["findings"][0]["mend"]
    assert draft["draft"]["effective"]["jalali"] == "1405/01/01"
    [held] = list_drafts(home.registry)
    assert (held.options.partial, held.options.letter.number) == (True, "110/9")
    [entry] = [one for one in list_journal(home.registry) if one.act == "draft-save"]
    assert entry.actor == "maryam"


def test_a_workbook_is_read_too(ask, header):
    """Its content tells what it is."""
    book = Workbook()
    for row in (("code", "display"), ("1", "چای سبز"), ("2", "چای سیاه")):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    account = send(ask, header, content=stream.getvalue(), kind="application/octet-stream").json()

    assert (account["format"], account["counts"]["accepted"]) == ("xlsx", 2)


def test_a_second_import_shows_the_difference_and_spares_work(ask, header):
    """A draft that somebody edited is replaced only when that is asked for."""
    send(ask, header)
    second = send(ask, header, content="code,display\n1,چای سبز\n3,چای ترش\n").json()["lists"][0]
    row = ask.get("/api/v1/drafts/teas/1405/rows/1", headers=header).json()["row"]
    edit = {"edits": [{"key": "1", "seen": row["seen"], "cells": {"display": "چای"}}]}
    ask.post_json("/api/v1/drafts/teas/1405/edits", edit, headers=header)
    refused, replaced = send(ask, header), send(ask, header, f"{GENERIC}&over_edits=true")

    assert second["from_draft"]["added"] == {"count": 1, "examples": ["3"]}
    assert second["from_draft"]["removed"] == {"count": 1, "examples": ["2"]}
    assert (refused.status, replaced.status) == (409, 201)


def test_the_name_of_a_published_edition_is_for_its_content_alone(ask, header, staff, home):
    """The same content is no draft; other content is refused, and no draft of it is left."""
    send(ask, header)
    publisher = staff.hire("parvin", "publisher")
    assert ask.post_json("/api/v1/drafts/teas/1405/publication", {}, headers=publisher).status == 200
    same, other = send(ask, header), send(ask, header, content="code,display\n1,دیگر\n")

    assert (same.json()["lists"][0]["state"], other.status) == ("unchanged", 409)
    assert list_drafts(home.registry) == ()


@pytest.mark.parametrize(
    ("target", "content", "status", "word"),
    [
        (PATH, TABLE, 400, "profile"),
        (f"{PATH}?profile=generic", TABLE, 400, "edition"),
        (f"{PATH}?profile=nothing&edition=1", TABLE, 400, "rvu3"),
        (f"{PATH}?profile=generic&edition=1", TABLE, 400, "terminology"),
        (f"{PATH}?profile=rvu3&terminology=teas&edition=1", TABLE, 400, "RVU3"),
        (f"{GENERIC}&effective=never", TABLE, 400, "effective"),
        (f"{GENERIC}&odd=1", TABLE, 400, "odd"),
        (f"{PATH}?profile=generic&terminology=teas&edition=a%2Fb..", TABLE, 400, ""),
        (GENERIC, b"", 400, "empty"),
        (GENERIC, b"%PDF-1.7", 400, "PDF"),
        (GENERIC, b"PK\x03\x04broken", 400, ""),
        (GENERIC, b"\x00\x01", 400, ""),
        (GENERIC, "a,b\n1,2\n", 400, "code"),
    ],
)
def test_what_cannot_be_imported_says_why_and_leaves_nothing(
    ask, header, home, target, content, status, word
):
    """No draft is made of it."""
    answer = send(ask, header, target, content)

    assert (answer.status, word in answer.text) == (status, True), answer.text
    assert list_drafts(home.registry) == ()


def test_a_file_has_bounds(ask, header, home, monkeypatch):
    """Of bytes, of rows, of a workbook once it is unpacked: what is larger is for the command line."""
    large = send(ask, header, content=b"x" * (8 * 1024 * 1024 + 1))
    monkeypatch.setattr(imports, "MOST_ROWS", 2)
    long = send(ask, header)
    endless = send(ask, header, content="code,display\n" + "\n" * 10)
    book = Workbook()
    for number in range(5):
        book.active.append((str(number), "x"))
    stream = BytesIO()
    book.save(stream)
    workbook = send(ask, header, content=stream.getvalue())
    monkeypatch.setattr(imports, "_MOST_UNPACKED", 10)
    bomb = send(ask, header, content=stream.getvalue())

    assert [one.status for one in (large, long, endless, workbook, bomb)] == [413] * 5
    assert "maksa import" in long.json()["mend"]
    assert list_drafts(home.registry) == ()


def test_a_kind_of_file_that_is_none_is_refused(ask, header):
    """With those that are read."""
    answer = send(ask, header, kind="text/html")
    assert (answer.status, "text/csv" in answer.json()["known"]) == (415, True)


def test_imports_are_for_who_edits_drafts(ask, staff, home):
    """Others are refused with the act and who may; so is a client."""
    refused = send(ask, staff.hire("reza", "reviewer"))

    assert (refused.status, "draft-edit" in refused.json()["detail"]) == (403, True)
    assert "curator" in refused.json()["mend"]
    assert send(ask, client_of(home.registry, "centre")).status == 403
    assert send(ask, {}).status == 401
    assert list_drafts(home.registry) == ()
