"""Rows of a draft as a grid asks for them: pages by key, filters, and one row with its history."""

from dataclasses import replace

import pytest
from colleagues import CURATOR, SECOND, WHERE, edit, gather, seen, standing_list
from desk import draft
from herbs import MINT, SAGE, herbs, use, uses

from maksa.errors import BadParameter, UnknownCode
from maksa.model.concept import Concept
from maksa.registry.drafts import rows as grid
from maksa.registry.drafts.changes import RowEdit
from maksa.registry.drafts.edits import edit_draft, undo_edits
from maksa.registry.drafts.history import list_edits
from maksa.registry.drafts.rows import RowFilter, page_rows, read_row


@pytest.fixture
def at_desk(registry, shelf):
    """A draft of three herbs: one edited, one removed, one added."""
    gather(registry)
    standing_list(registry, shelf)
    edit(
        registry,
        shelf,
        ("3", replace(SAGE, changed=1), None),
        ("40", None, {"display": "ریحان ایرانی"}),
        who=SECOND,
    )
    return registry


def keys(registry, wanted=RowFilter(), **more):  # noqa: B008 - It is frozen.
    """Give the keys of a page."""
    return [row.key for row in page_rows(registry, *WHERE, wanted, **more).rows]


def test_a_page_has_each_row_with_its_state_and_its_edits(at_desk):
    """The state is what an edit of the row names."""
    page = page_rows(at_desk, *WHERE)

    assert page.next is None
    assert [(row.key, row.edits) for row in page.rows] == [("1", 0), ("2", 1), ("40", 1)]
    assert [row.seen for row in page.rows] == [seen(row.content) for row in page.rows]
    assert page.rows[0].last_edit is None
    assert page.rows[1].last_edit is not None
    assert (page.rows[1].last_edit.by, page.rows[2].last_edit.by) == ("maryam", "nader")


def test_pages_follow_each_other_by_key(at_desk, shelf):
    """Each row comes once, whatever is added meanwhile before the place."""
    first = page_rows(at_desk, *WHERE, limit=2)
    edit(at_desk, shelf, ("0", None, {"display": "پیش از همه"}))
    second = page_rows(at_desk, *WHERE, after=first.next, limit=2)

    assert [row.key for row in (*first.rows, *second.rows)] == ["1", "2", "40"]
    assert second.next is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (RowFilter(text="ايراني"), ["40"]),
        (RowFilter(text="4"), ["40"]),
        (RowFilter(text="mint"), ["1"]),
        (RowFilter(text="نعناع باغی"), []),
        (RowFilter(status="فعال"), ["1", "2", "40"]),
        (RowFilter(status="retired"), []),
        (RowFilter(changed=True), ["2", "3", "40"]),
        (RowFilter(changed=True, text="باغی"), ["2"]),
        (RowFilter(changed=True, status="active"), ["2", "40"]),
        (RowFilter(keys=("40", "1", "7", "a\0b")), ["1", "40"]),
        (RowFilter(keys=("40",), changed=True), ["40"]),
        (RowFilter(keys=()), []),
        (RowFilter(commented=True), []),
    ],
)
def test_filters(at_desk, wanted, found):
    """Words as people type them, the beginning of a code, the status, what was edited, and named rows."""
    assert keys(at_desk, wanted) == found


def test_a_filter_with_few_hits_is_asked_on(at_desk, monkeypatch):
    """One call looks at a bounded number of rows; its answer says where to ask on."""
    monkeypatch.setattr(grid, "MOST_LOOKED_AT", 2)

    page = page_rows(at_desk, *WHERE, RowFilter(text="ریحان"))

    assert (page.rows, page.next) == ((), "2")
    assert keys(at_desk, RowFilter(text="ریحان"), after=page.next) == ["40"]


def test_a_row_that_was_removed_is_shown_as_that(at_desk):
    """Among the changed ones, without content; its history says what it was."""
    gone = next(row for row in page_rows(at_desk, *WHERE, RowFilter(changed=True)).rows if row.key == "3")

    assert (gone.content, gone.seen, gone.edits) == (None, None, 1)
    history = read_row(at_desk, *WHERE, "3")
    assert [(one.before.display, one.after) for one in history.edits] == [("مریم‌گلی", None)]


def test_one_row_with_its_history(at_desk, shelf):
    """Newest first, with what was undone and its undo."""
    before = read_row(at_desk, *WHERE, "2").row
    edit_draft(at_desk, shelf, *WHERE, [RowEdit("2", before.seen, {"display": "دیگر"})], who=SECOND)
    undo_edits(at_desk, shelf, *WHERE, who=CURATOR)

    history = read_row(at_desk, *WHERE, "2")

    undo, undone, first = history.edits
    assert (undo.undoes, undone.undone_by, first.undone_by) == (undone.number, undo.number, None)
    assert history.row == before
    assert [one.number for one in list_edits(at_desk, *WHERE, before=10**30, limit=1)] == [undo.number]
    assert [one.number for one in list_edits(at_desk, *WHERE, key="2", before=undone.number)] == [
        first.number
    ]
    with pytest.raises(UnknownCode, match="'7'"):
        read_row(at_desk, *WHERE, "7")


def test_rows_of_a_map_come_in_the_order_of_the_source(registry):
    """Ordinals are numbers: the tenth row comes after the ninth."""
    draft(registry, uses(*(use(f"{n}", "a") for n in range(12))), "1")
    where = ("herb-uses", "1")

    page = page_rows(registry, *where, after="8", limit=2)

    assert [row.key for row in page.rows] == ["9", "10"]
    assert [row.key for row in page_rows(registry, *where, RowFilter(keys=("10", "9", "x"))).rows] == [
        "9",
        "10",
    ]
    assert [row.key for row in page_rows(registry, *where, RowFilter(text="11")).rows] == ["11"]


@pytest.mark.parametrize(
    ("wanted", "more"),
    [
        (RowFilter(status="perhaps"), {}),
        (RowFilter(text="x" * 1_001), {}),
        (RowFilter(), {"limit": 0}),
        (RowFilter(), {"limit": 1_001}),
        (RowFilter(), {"after": "a\0b"}),
    ],
)
def test_what_cannot_be_asked_is_refused(at_desk, wanted, more):
    """Each with the parameter and what may stand there."""
    with pytest.raises(BadParameter):
        page_rows(at_desk, *WHERE, wanted, **more)


def test_a_long_draft_is_read_in_parts(registry):
    """More rows than one look takes, each once and in order."""
    draft(registry, herbs(*(Concept(f"{n:05}", f"گیاه {n}") for n in range(2_500)), MINT), "2")
    found, after = [], None
    while True:
        page = page_rows(registry, *WHERE, after=after, limit=1_000)
        found += [row.key for row in page.rows]
        if page.next is None:
            break
        after = page.next

    assert found == sorted(found)
    assert len(found) == 2_501
