"""Answers that are given again: until the shelf or the day changes, within a bound, lately asked ones last."""

from __future__ import annotations

from datetime import date

import pytest

from maksa.web.memo import Kept, Memo


class Shelf:
    """A service of which only the generation is asked."""

    generation = 1


def kept(size=100):
    """Make an answer of so many bytes."""
    return Kept("api", "/x", b"a" * size)


@pytest.fixture
def memo():
    """A memo of 10,000 bytes."""
    return Memo(Shelf(), 10_000)


def test_what_is_kept_is_given(memo):
    """By its address, and by no other."""
    memo.keep(memo.mark(), b"/a?", kept())

    assert memo.get(b"/a?") == kept()
    assert memo.get(b"/b?") is None


def test_a_new_shelf_forgets_all(memo, monkeypatch):
    """An edition, a letter or a withdrawal may change any answer."""
    memo.keep(memo.mark(), b"/a?", kept())

    monkeypatch.setattr(Shelf, "generation", 2)

    assert memo.get(b"/a?") is None


def test_a_new_day_forgets_all(memo, monkeypatch):
    """Another edition may be in force, another code retired."""
    memo.keep(memo.mark(), b"/a?", kept())

    monkeypatch.setattr("maksa.web.memo.today", lambda: date(1999, 1, 1))

    assert memo.get(b"/a?") is None


def test_an_answer_of_an_older_shelf_is_not_kept(memo, monkeypatch):
    """The shelf changed between the question and its answer."""
    mark = memo.mark()
    monkeypatch.setattr(Shelf, "generation", 2)

    memo.keep(mark, b"/a?", kept())

    assert memo.get(b"/a?") is None


def test_memory_has_a_bound(memo):
    """However many addresses are asked, what is kept stays within the limit."""
    for number in range(1_000):
        memo.keep(memo.mark(), b"/%d?" % number, kept())

    held = [number for number in range(1_000) if memo.get(b"/%d?" % number)]
    assert held
    assert len(held) * 400 <= 10_000


def test_what_is_asked_often_stays(memo):
    """One address asked between many others is never forgotten."""
    memo.keep(memo.mark(), b"/often?", kept())

    for number in range(200):
        memo.keep(memo.mark(), b"/%d?" % number, kept())
        assert memo.get(b"/often?") == kept()


@pytest.mark.parametrize(("limit", "size"), [(10_000, 5_001), (10**9, 70_000), (0, 1)])
def test_a_large_answer_is_not_kept(limit, size):
    """It would push out many others; with a limit of 0 nothing is kept."""
    memo = Memo(Shelf(), limit)

    memo.keep(memo.mark(), b"/a?", kept(size))

    assert memo.get(b"/a?") is None
