"""Searches without an answer are counted, and nobody is in them."""

from __future__ import annotations

from datetime import date, timedelta

from maksa.errors import BadInput
from maksa.home import open_home
from maksa.model.jalali import today
from maksa.registry import unanswered_log
from maksa.registry.unanswered import add_unanswered, list_unanswered
from maksa.registry.unanswered_log import UnansweredLog
from maksa.text import Text


def log_of(registry):
    """A log that writes to a registry."""
    return UnansweredLog(lambda counts, day: add_unanswered(registry, counts, day))


def rows(registry, **wanted):
    """What is listed, without the day."""
    return [(row.terminology, row.words, row.count) for row in list_unanswered(registry, **wanted)]


def test_the_most_frequent_come_first(registry):
    """Spellings of the same words are one; lists are told apart."""
    log = log_of(registry)
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
    log = log_of(registry)
    log.note(None, "۰۰۱۲۳۴۵۶۷۹")
    log.note(None, "علی 0912-3456789 ققنوس")
    log.write()

    assert rows(registry) == [(None, "علی 0912 ققنوس", 1)]


def test_nothing_is_written_for_nothing(registry):
    """Punctuation is no word, and an empty count writes no row."""
    log = log_of(registry)
    log.note(None, "؟!")
    log.write()

    assert rows(registry) == []


def test_what_is_older_than_kept_goes_and_a_day_bounds_the_list(registry, monkeypatch):
    """Counts are by day; old days are dropped at the next writing."""
    log = log_of(registry)
    for day in (today() - timedelta(days=500), today() - timedelta(days=10), today()):
        monkeypatch.setattr(unanswered_log, "today", lambda day=day: day)
        log.note(None, "ققنوس")
        log.write()

    assert rows(registry) == [(None, "ققنوس", 2)]
    assert rows(registry, since=today()) == [(None, "ققنوس", 1)]
    assert list_unanswered(registry)[0].last == today()


def test_a_registry_that_cannot_be_written_now_loses_no_count(registry):
    """The counts stay in memory until a writing succeeds."""
    locked = [True]

    def write(counts, day):
        if locked:
            raise BadInput(Text("قفل است", "locked"))
        add_unanswered(registry, counts, day)

    log = UnansweredLog(write)
    log.note(None, "ققنوس")
    log.write()
    locked.clear()
    log.write()

    assert rows(registry) == [(None, "ققنوس", 1)]


def test_memory_is_bounded(registry, monkeypatch):
    """Beyond the bound, new searches are not counted until the next writing."""
    monkeypatch.setattr(unanswered_log, "_MOST_KEPT", 2)
    log = log_of(registry)
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
