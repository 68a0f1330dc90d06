"""What the use of a list shows, and what it does not show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from adopting import FIRST, SECOND, TODAY

from maksa.model.adoption import Use
from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.observed import RETIRED_LEAST, OldUse, SeenEdition, observe
from maksa.registry.adoption.uses import Used
from toy import place

BEFORE = SECOND - timedelta(days=1)


@pytest.fixture
def calendar(shelf):
    """Two editions of herbs, and one of a list without days."""
    for number, day in ((1, FIRST), (2, SECOND)):
        place(
            shelf,
            edition=str(number),
            sequence=number,
            effective=day,
            published=datetime(2023, 1, 1, tzinfo=UTC),
        )
    return Calendar(shelf)


def used(edition, kind="validate", way="now", *, count=1, day=TODAY, client="vendor"):
    """Make a use."""
    return Used(Use(client, "herbs", edition, kind, way), count, day, day)


def test_questions_are_summed_by_edition_with_the_last_day(calendar):
    """Verdicts of retired codes are no further questions."""
    seen = observe(
        calendar, [used("2", count=3), used("2", "search"), used("2", "retired"), used("1", day=BEFORE)]
    )

    assert (seen.questions, seen.last) == (5, TODAY)
    assert seen.editions == (SeenEdition("1", 1, old=False), SeenEdition("2", 4, old=False))
    assert seen.old == OldUse(retired=1, validated=4)
    assert observe(calendar, []).last is None


def test_an_old_edition_asked_by_name_proves_an_old_list(calendar):
    """It was named although a newer one was in force on that very day; before that day it was right."""
    assert observe(calendar, [used("1", way="edition", day=BEFORE)]).old == OldUse()
    assert observe(calendar, [used("2", way="edition")]).old == OldUse()

    seen = observe(calendar, [used("1", "search", "edition", count=2)])

    assert seen.old == OldUse(named=2)
    assert seen.old.proves
    assert seen.editions == (SeenEdition("1", 2, old=True),)


def test_an_edition_that_was_not_yet_published_makes_none_old(shelf):
    """It may come into force backwards; nobody could use it before it was there."""
    place(shelf, edition="1", sequence=1, effective=FIRST, published=datetime(2023, 1, 1, tzinfo=UTC))
    place(shelf, edition="2", sequence=2, effective=SECOND, published=datetime(2024, 5, 1, tzinfo=UTC))
    calendar = Calendar(shelf)

    assert not calendar.is_old("herbs", "1", date(2024, 4, 30))
    assert calendar.is_old("herbs", "1", date(2024, 5, 1))


def test_a_question_for_a_past_day_proves_nothing(calendar):
    """Who audits old claims must ask so; it is shown."""
    seen = observe(calendar, [used("1", way="day", count=500)])

    assert seen.old == OldUse(by_day=500)
    assert not seen.old.proves


def test_an_old_file_proves_an_old_list_unless_the_new_one_was_taken_too(calendar):
    """A mirror takes all editions; each client is looked at by itself."""
    mirror = [used("1", "download", client="mirror"), used("2", "download", client="mirror")]
    behind = used("1", "download", client="behind", count=2)

    assert observe(calendar, mirror).old == OldUse()
    assert observe(calendar, [*mirror, behind]).old == OldUse(downloads=2)
    assert observe(calendar, [behind]).old.proves


@pytest.mark.parametrize(
    ("retired", "validated", "proves"),
    [
        (RETIRED_LEAST, 100, True),
        (RETIRED_LEAST - 1, 100, False),
        (RETIRED_LEAST, 100 * RETIRED_LEAST, True),
        (RETIRED_LEAST, 100 * RETIRED_LEAST + 1, False),
    ],
)
def test_many_retired_codes_prove_an_old_list(calendar, retired, validated, proves):
    """Ten and one in a hundred: fewer are slips of a hand."""
    seen = observe(calendar, [used("2", "retired", count=retired), used("2", count=validated)])

    assert seen.old.proves is proves


def test_retired_codes_of_a_past_day_do_not_count(calendar):
    """They were judged on another day's edition."""
    seen = observe(calendar, [used("2", "retired", "day", count=50), used("2", way="day", count=50)])

    assert (seen.old.retired, seen.old.validated) == (0, 0)


def test_an_edition_that_is_not_held_is_never_old(calendar):
    """It is shown by its name."""
    seen = observe(calendar, [used("unknown", way="edition")])

    assert seen.editions == (SeenEdition("unknown", 1, old=False),)
    assert seen.old == OldUse()
