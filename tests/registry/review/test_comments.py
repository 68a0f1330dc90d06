"""Comments: appended with author and time, on a draft or on one of its rows, open until resolved."""

from dataclasses import replace

import pytest
from colleagues import AUDITOR, CURATOR, REVIEWER, SECOND, WHERE, edit, gather, standing_list
from herbs import SAGE
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadParameter, NotFound, Refused, UnknownCode, UnknownEdition, WrongState
from maksa.registry.drafts.rows import RowFilter, page_rows, read_row
from maksa.registry.journal import list_journal
from maksa.registry.review.comments import add_comment, list_comments, resolve_comment
from maksa.registry.review.desk import submit_draft
from maksa.registry.review.standing import list_standings


@pytest.fixture
def at_desk(registry, shelf):
    """A draft of the herbs, and everybody at the desk."""
    gather(registry)
    standing_list(registry, shelf)
    return registry


def test_a_comment_is_open_until_somebody_resolves_it(at_desk):
    """It keeps who said what, and how it was settled; the row and the list of drafts count the open ones."""
    general = add_comment(at_desk, *WHERE, "تاریخ اجرا؟", who=REVIEWER)
    of_row = add_comment(at_desk, *WHERE, "عنوان دراز است", key="2", who=REVIEWER)

    assert [c.text for c in list_comments(at_desk, *WHERE)] == ["تاریخ اجرا؟", "عنوان دراز است"]
    assert read_row(at_desk, *WHERE, "2").row.comments == (of_row,)
    assert [r.key for r in page_rows(at_desk, *WHERE, RowFilter(commented=True)).rows] == ["2"]
    assert list_standings(at_desk)[0].work.comments == 2

    resolved = resolve_comment(at_desk, *WHERE, of_row.number, "کوتاه شد", who=SECOND)

    assert (resolved.by, resolved.resolved_by, resolved.resolution) == ("reza", "nader", "کوتاه شد")
    assert list(list_comments(at_desk, *WHERE, open_only=True)) == [general]
    assert read_row(at_desk, *WHERE, "2").comments == (resolved,)
    assert read_row(at_desk, *WHERE, "2").row.comments == ()
    assert list_standings(at_desk)[0].work.comments == 1
    assert [entry.act for entry in list_journal(at_desk, limit=3)] == ["draft-comment"] * 3
    with pytest.raises(WrongState, match="nader"):
        resolve_comment(at_desk, *WHERE, of_row.number, "باز هم", who=SECOND)


def test_comments_are_paged_and_asked_by_row(at_desk):
    """Those after a number, and those on one row."""
    numbers = [add_comment(at_desk, *WHERE, f"نظر {n}", key=key).number for n, key in enumerate("1233")]

    assert [c.number for c in list_comments(at_desk, *WHERE, after=numbers[0], limit=2)] == numbers[1:3]
    assert [c.number for c in list_comments(at_desk, *WHERE, key="3")] == numbers[2:]
    assert list(list_comments(at_desk, *WHERE, after=10**30)) == []
    for limit in (0, 1_001):
        with pytest.raises(BadParameter, match="limit"):
            list_comments(at_desk, *WHERE, limit=limit)


def test_a_row_that_was_removed_can_be_spoken_of(at_desk, shelf):
    """Why it is gone is asked of the row itself."""
    edit(at_desk, shelf, ("3", replace(SAGE, changed=1), None))

    assert add_comment(at_desk, *WHERE, "چرا رفت؟", key="3").key == "3"


@pytest.mark.parametrize(
    ("said", "key", "error"),
    [
        ("", None, BadParameter),
        (" \n", None, BadParameter),
        ("x" * 4_001, None, BadParameter),
        ("a\0b", None, BadParameter),
        ("x", "9", UnknownCode),
        ("x", "a\0b", UnknownCode),
        ("x", "x" * 300, UnknownCode),
    ],
)
def test_what_is_no_comment_is_refused(at_desk, said, key, error):
    """No text, too much of it, and rows that never were."""
    with pytest.raises(error):
        add_comment(at_desk, *WHERE, said, key=key)

    assert list(list_comments(at_desk, *WHERE)) == []


def test_what_cannot_be_resolved_is_refused(at_desk):
    """Numbers of no comment, and drafts that are not there."""
    for number in (-1, 0, 7, 2**40):
        with pytest.raises(NotFound):
            resolve_comment(at_desk, *WHERE, number, "x")
    for where in (("herbs", "7"), ("herbs", "\0"), ("\udcff", "2")):
        with pytest.raises(UnknownEdition):
            add_comment(at_desk, *where, "x")


def test_an_auditor_reads_and_does_not_comment(at_desk):
    """The table of access says who may."""
    with pytest.raises(Refused, match="draft-comment"):
        add_comment(at_desk, *WHERE, "x", who=AUDITOR)


@pytest.mark.parametrize("table", ["draft_comment", "draft_edit", "draft_step"])
@pytest.mark.parametrize("change", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
def test_histories_are_only_appended_to(at_desk, table, change):
    """The database itself refuses to change what was said and done."""
    add_comment(at_desk, *WHERE, "x", who=CURATOR)
    submit_draft(at_desk, *WHERE)

    with pytest.raises(IntegrityError, match="only appended to"), at_desk.writing() as connection:
        connection.execute(text(change.format(table)))
