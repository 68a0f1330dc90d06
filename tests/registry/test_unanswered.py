"""Searches without an answer are counted, and nobody is in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maksa.errors import BadInput
from maksa.home import open_home
from maksa.model.jalali import today
from maksa.registry import unanswered
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.unanswered import UnansweredLog, list_unanswered


@pytest.fixture
def registry(tmp_path):
    """A new registry."""
    return open_registry(sqlite_url(tmp_path / "registry.sqlite"))


def rows(registry, **wanted):
    """What is listed, without the day."""
    return [(row.terminology, row.words, row.count) for row in list_unanswered(registry, **wanted)]


def test_the_most_frequent_come_first(registry):
    """Spellings of the same words are one; lists are told apart."""
    log = UnansweredLog(registry)
    for text in ("ققنوس", "قُقنوس", "سیمرغ كبود", "سیمرغ"):
        log.note(None, text)
    log.note("RVU3", "ققنوس")
    log.write()
    log.note(None, "سیمرغ")
    log.write()

    assert rows(registry) == [
        (None, "سیمرغ", 2),
        (None, "ققنوس", 2),
        (None, "سیمرغ کبود", 1),
        ("RVU3", "ققنوس", 1),
    ]
    assert rows(registry, limit=1) == [(None, "سیمرغ", 2)]


def test_a_long_number_may_be_a_person_and_is_not_kept(registry):
    """A national id or a telephone in a search leaves no trace."""
    log = UnansweredLog(registry)
    log.note(None, "۰۰۱۲۳۴۵۶۷۹")
    log.note(None, "علی 0912-3456789 ققنوس")
    log.write()

    assert rows(registry) == [(None, "علی 0912 ققنوس", 1)]


def test_nothing_is_written_for_nothing(registry):
    """Punctuation is no word, and an empty count writes no row."""
    log = UnansweredLog(registry)
    log.note(None, "؟!")
    log.write()

    assert rows(registry) == []


def test_what_is_older_than_kept_goes_and_a_day_bounds_the_list(registry, monkeypatch):
    """Counts are by day; old days are dropped at the next writing."""
    log = UnansweredLog(registry)
    for day in (today() - timedelta(days=500), today() - timedelta(days=10), today()):
        monkeypatch.setattr(unanswered, "today", lambda day=day: day)
        log.note(None, "ققنوس")
        log.write()

    assert rows(registry) == [(None, "ققنوس", 2)]
    assert rows(registry, since=today()) == [(None, "ققنوس", 1)]
    assert list_unanswered(registry)[0].last == today()


def test_a_registry_that_cannot_be_written_now_loses_no_count(registry, monkeypatch):
    """The counts stay in memory until a writing succeeds."""
    log = UnansweredLog(registry)
    log.note(None, "ققنوس")

    def fails(*_):
        raise BadInput(unanswered_text())

    monkeypatch.setattr(unanswered, "_add", fails)
    log.write()
    monkeypatch.undo()
    log.write()

    assert rows(registry) == [(None, "ققنوس", 1)]


def unanswered_text():
    """A sentence for an error of the test's own."""
    from maksa.text import Text

    return Text("قفل است", "locked")


def test_memory_is_bounded(registry, monkeypatch):
    """Beyond the bound, new searches are not counted until the next writing."""
    monkeypatch.setattr(unanswered, "_MOST_KEPT", 2)
    log = UnansweredLog(registry)
    for text in ("الف", "ب", "پ", "الف"):
        log.note(None, text)
    log.write()

    assert rows(registry) == [(None, "الف", 2), (None, "ب", 1)]


def test_the_service_of_a_home_counts_by_itself(tmp_path):
    """A search that finds nothing is noted, one that is answered is not; when due it is written at once."""
    home = open_home(tmp_path / "home", create=True)
    home.service.search("ققنوس")
    home.unanswered.write()

    assert rows(home.registry) == [(None, "ققنوس", 1)]
    assert list_unanswered(home.registry)[0].last == date.fromisoformat(today().isoformat())
