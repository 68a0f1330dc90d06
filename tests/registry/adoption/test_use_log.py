"""Uses are counted in memory and written now and then; none is lost while the registry can be written."""

from __future__ import annotations

import threading

import pytest

from maksa.errors import BadInput
from maksa.model.adoption import Use
from maksa.registry.adoption import use_log
from maksa.registry.adoption.use_log import UseLog
from maksa.text import Text

USE = Use("vendor", "herbs", "2", "validate", "now")


class Kept:
    """A place to write to, which may be locked."""

    def __init__(self):
        self.counts = {}
        self.locked = False
        self.wrote = threading.Event()

    def __call__(self, counts, _day):
        """Add counts."""
        if self.locked:
            raise BadInput(Text("قفل است", "locked"))
        for use, count in counts.items():
            self.counts[use] = self.counts.get(use, 0) + count
        self.wrote.set()


@pytest.fixture
def kept():
    """A place to write to."""
    return Kept()


def test_counts_are_written_as_sums(kept):
    """Nothing before, nothing twice."""
    log = UseLog(kept)
    log.note(USE)
    log.note(USE, 4)
    log.note(USE._replace(edition="1"))
    assert kept.counts == {}

    log.write()
    log.write()

    assert kept.counts == {USE: 5, USE._replace(edition="1"): 1}


def test_they_are_written_by_themselves_after_a_while(kept, monkeypatch):
    """In a thread, so that the question does not wait."""
    monkeypatch.setattr(use_log, "_WRITE_EVERY", 0.0)
    log = UseLog(kept)
    log.note(USE)

    assert kept.wrote.wait(5)
    assert kept.counts == {USE: 1}


def test_many_different_uses_are_written_earlier(kept, monkeypatch):
    """Memory is bounded, and nothing is lost for it."""
    monkeypatch.setattr(use_log, "_MOST_KEPT", 2)
    log = UseLog(kept)
    for number in range(3):
        log.note(USE._replace(client=str(number)))

    assert kept.wrote.wait(5)
    log.write()
    assert sum(kept.counts.values()) == 3


def test_what_cannot_be_written_now_is_counted_on_within_the_bound(kept, monkeypatch):
    """A locked registry loses nothing of what fits."""
    log = UseLog(kept)
    kept.locked = True
    log.note(USE, 2)
    log.write()
    log.note(USE)
    kept.locked = False
    log.write()
    assert kept.counts == {USE: 3}

    monkeypatch.setattr(use_log, "_MOST_KEPT", 1)
    kept.locked = True
    log.note(USE)
    log.note(USE._replace(client="other"))
    log.write()
    kept.locked = False
    log.write()
    assert sum(kept.counts.values()) <= 3 + 2
    assert len(kept.counts) <= 2
