"""Deciding and assigning records, and finding them again."""

from datetime import date, timedelta

import pytest
from compared_lists import compared, difference

from maksa.errors import BadParameter, NotFound, WrongState
from maksa.model.jalali import today
from maksa.registry.discrepancies.register import (
    Decided,
    Wanted,
    assign,
    count_discrepancies,
    decide,
    every_discrepancy,
    find_discrepancy,
    list_discrepancies,
)
from maksa.registry.discrepancies.uploads import record_upload
from maksa.registry.journal import list_journal

ACCEPTED = Decided("accepted", "seen with both sides", "110/123", "minutes of 12 May")


@pytest.fixture
def filled(registry):
    """A register with three records of one party and one of another."""
    record_upload(registry, compared(difference("1"), difference("2", "retired"), difference("3")))
    record_upload(registry, compared(difference("1"), party="other"))
    return registry


def numbers(registry, **wanted):
    """Give the numbers of the records asked for."""
    return [record.number for record in list_discrepancies(registry, Wanted(**wanted))[1]]


def test_a_decision_has_who_when_why_letter_and_evidence(filled):
    """In the record, in its history, and in the journal."""
    [record] = decide(filled.acting_as("Rahimi"), [1], ACCEPTED)

    ruling = record.ruling
    assert (record.state, ruling.outcome, ruling.by, ruling.on) == ("decided", "accepted", "Rahimi", today())
    assert (ruling.why, ruling.letter, ruling.evidence) == (ACCEPTED.why, ACCEPTED.letter, ACCEPTED.evidence)
    step = find_discrepancy(filled, 1)[1][-1]
    assert (step.act, step.actor, step.details["outcome"]) == ("decided", "Rahimi", "accepted")
    entry = list_journal(filled)[0]
    assert (entry.act, entry.subject) == ("discrepancy-decide", "insurer herbs title-differs 1")
    assert entry.details["letter"] == "110/123"


def test_many_are_decided_or_none(filled):
    """A number that is not there stops them all."""
    with pytest.raises(NotFound, match="no discrepancy 99"):
        decide(filled, [1, 2, 99], ACCEPTED)
    assert numbers(filled, state="decided") == []

    assert [record.number for record in decide(filled, [2, 1, 2], ACCEPTED)] == [2, 1]


def test_a_decision_that_stands_is_not_replaced_unsaid(filled):
    """Who decides anew says so; the history keeps both."""
    decide(filled, [1], ACCEPTED)
    with pytest.raises(WrongState, match="was decided on"):
        decide(filled, [1], Decided("no-discrepancy", "why"))

    [record] = decide(filled, [1], Decided("no-discrepancy", "why"), again=True)
    assert (record.ruling.outcome, record.ruling.letter) == ("no-discrepancy", None)
    assert [step.details.get("outcome") for step in find_discrepancy(filled, 1)[1]] == [
        None,
        "accepted",
        "no-discrepancy",
    ]


def test_what_is_closed_is_neither_decided_nor_assigned(filled):
    """Their list no longer has it."""
    record_upload(filled, compared(difference("1")))
    for act in (lambda: decide(filled, [2], ACCEPTED), lambda: assign(filled, [2], owner="x")):
        with pytest.raises(WrongState, match="is closed"):
            act()


@pytest.mark.parametrize(
    "decided",
    [
        Decided("perhaps", "why"),
        Decided("accepted", " "),
        Decided("accepted", "x" * 1_001),
        Decided("accepted", "a\x1bb"),
        Decided("accepted", "why", ""),
    ],
)
def test_a_decision_is_one_of_four_and_has_a_reason(filled, decided):
    """Anything else is refused."""
    with pytest.raises(BadParameter):
        decide(filled, [1], decided)


def test_an_owner_and_a_deadline(filled):
    """Either alone keeps the other; neither is an error."""
    assign(filled, [1, 2], owner="desk of drugs", deadline=date(2025, 7, 1))
    [record] = assign(filled, [1], deadline=date(2025, 8, 1))

    assert (record.owner, record.deadline) == ("desk of drugs", date(2025, 8, 1))
    assert list_journal(filled)[0].act == "discrepancy-assign"
    with pytest.raises(BadParameter):
        assign(filled, [1])
    with pytest.raises(BadParameter):
        assign(filled, [], owner="x")


def test_records_are_found_by_what_they_are(filled):
    """Party, kind, state, owner, and whose deadline is over."""
    assign(filled, [1], owner="x", deadline=today() - timedelta(days=1))
    assign(filled, [3], owner="x", deadline=today())

    assert numbers(filled, party="other") == [4]
    assert numbers(filled, kind="retired") == [2]
    assert numbers(filled, owner="x", state="open") == [1, 3]
    assert numbers(filled, overdue_on=today()) == [1]
    for wrong in ({"kind": "worse"}, {"state": "lost"}):
        with pytest.raises(BadParameter):
            numbers(filled, **wrong)


def test_pages_follow_each_other(filled):
    """By number; the total is of all."""
    total, first = list_discrepancies(filled, Wanted(), limit=3)
    _, rest = list_discrepancies(filled, Wanted(), limit=3, after=first[-1].number)

    assert total == 4
    assert [one.number for one in (*first, *rest)] == [1, 2, 3, 4]


def test_all_records_come_by_kind(filled):
    """The graver kinds first; the counts are the same."""
    kinds = [record.difference.kind for record in every_discrepancy(filled, Wanted())]

    assert kinds == ["retired", "title-differs", "title-differs", "title-differs"]
    assert count_discrepancies(filled, Wanted("insurer")) == {
        ("retired", "open"): 1,
        ("title-differs", "open"): 2,
    }
    assert len(list(every_discrepancy(filled, Wanted(kind="retired")))) == 1
