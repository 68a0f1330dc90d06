"""Who must use which list by when: recorded once, read from letters, lifted with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from adopting import HIS, duty, obliged, settle

from maksa.errors import BadParameter, NotFound, UnknownEdition, UnknownTerminology, WrongState
from maksa.model.edition import Letter
from maksa.registry.adoption.obligations import (
    Addressees,
    duties_of_letter,
    end_obligation,
    known_addressees,
    list_obligations,
    oblige,
    oblige_all,
)
from maksa.registry.journal import list_journal
from maksa.registry.letters import record_letter
from maksa.registry.outbox import read_notices
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS

MAY = date(2024, 5, 1)


@pytest.fixture
def desk(registry, shelf):
    """A registry with parties, editions and a letter."""
    settle(registry, shelf)
    return registry


def test_an_obligation_has_list_letter_kinds_and_deadline(desk, shelf):
    """In its record, in the journal, and as a notice on the list; ids and digits are canonical."""
    held = obliged(desk.acting_as("Rahimi"), shelf, terminology="HERBS", letter="۱۱۰/۷", deadline=MAY)

    assert (held.terminology, held.edition, held.letter, held.deadline) == ("herbs", None, "110/7", MAY)
    assert (held.party_kinds, held.system_kinds, held.actor) == ((), ("hospital",), "Rahimi")
    assert list_obligations(desk) == (held,)
    entry = list_journal(desk)[0]
    assert (entry.act, entry.subject, entry.details["deadline"]) == ("adoption-oblige", "herbs", "2024-05-01")
    [notice] = read_notices(desk, topic="adoption", subject="herbs")
    assert "1403/02/12" in notice.text.fa
    assert notice.act == "obliged"


def test_the_same_obligation_is_recorded_once(desk, shelf):
    """A second time it is given as it stands; another deadline is another obligation."""
    first = obliged(desk, shelf, deadline=MAY)

    assert obliged(desk, shelf, deadline=MAY) == first
    assert obliged(desk, shelf, deadline=date(2024, 6, 1)).number != first.number
    assert len(list_obligations(desk)) == 2


def test_all_are_recorded_or_none(desk, shelf):
    """One that cannot be stops the others."""
    with pytest.raises(UnknownTerminology):
        oblige_all(desk, shelf, [duty(), duty(terminology="nothing")])

    assert list_obligations(desk) == ()


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"edition": "9"}, UnknownEdition, "9"),
        ({"letter": "110/99"}, NotFound, "110/99"),
        ({"addressees": Addressees()}, BadParameter, "who is obliged"),
        ({"addressees": Addressees(("bank",))}, BadParameter, "bank"),
        ({"addressees": Addressees((), ("toaster",))}, BadParameter, "toaster"),
    ],
)
def test_what_is_not_known_is_refused_and_named(desk, shelf, wrong, error, said):
    """A list, edition, letter or kind that there is not."""
    with pytest.raises(error, match=said):
        oblige(desk, shelf, duty(**{"addressees": HIS, **wrong}))


def test_a_letter_says_to_whom_it_speaks():
    """The four letters of duty; the follow-ups speak to insurers and to all nine kinds of systems."""
    known = known_addressees()

    assert set(known) == {"110/356", "110/130", "110/88", "110/123"}
    nine = [kind for kind in SYSTEM_KINDS if kind != "insurer"]
    assert len(nine) == 9
    assert sorted(known["110/123"].system_kinds) == sorted(nine)
    assert all("insurer" in to.party_kinds for to in known.values())
    assert all(set(to.party_kinds) <= set(PARTY_KINDS) for to in known.values())


def test_a_letter_obliges_to_what_it_announces_and_what_it_refers_to(desk, shelf):
    """At any remove, in a circle too; its addressees are known or given."""
    record_letter(desk, shelf, Letter("110/8", None, "x", announces=(("herbs", None),), refers_to=("110/9",)))
    record_letter(desk, shelf, Letter("110/9", None, "y", announces=(("LOINC", None),), refers_to=("110/8",)))

    duties = duties_of_letter(shelf, "110/8", addressees=HIS, deadline=MAY)

    assert [one.terminology for one in duties] == ["LOINC", "herbs"]
    assert {(one.letter, one.addressees, one.deadline) for one in duties} == {("110/8", HIS, MAY)}
    with pytest.raises(BadParameter, match="To whom the letter 110/8 speaks"):
        duties_of_letter(shelf, "110/8")
    assert duties_of_letter(shelf, "110/123")[0].addressees == known_addressees()["110/123"]


def test_a_letter_without_lists_obliges_to_nothing(desk, shelf):
    """It says so, and how to tie it."""
    record_letter(desk, shelf, Letter("110/8", None, "x"))

    with pytest.raises(BadParameter, match="announce no list"):
        duties_of_letter(shelf, "110/8", addressees=HIS)


def test_a_list_that_is_announced_but_not_held_can_be_an_obligation(desk, shelf):
    """The duty is the letter's, whether the list is here or not."""
    record_letter(desk, shelf, Letter("110/8", None, "x", announces=(("not-here", None),)))

    assert obliged(desk, shelf, terminology="not-here").terminology == "not-here"


def test_an_obligation_is_lifted_once_with_a_reason(desk, shelf):
    """It stays in the list; the same may be recorded anew."""
    held = obliged(desk, shelf)
    with pytest.raises(BadParameter):
        end_obligation(desk, held.number, " ")
    lifted = end_obligation(desk, held.number, "letter 110/9")

    assert lifted.ended is not None
    assert list_obligations(desk)[0].ended == lifted.ended
    assert list_journal(desk)[0].details == {"number": held.number, "why": "letter 110/9"}
    with pytest.raises(WrongState, match="lifted already"):
        end_obligation(desk, held.number, "again")
    with pytest.raises(NotFound, match="no obligation 99"):
        end_obligation(desk, 99, "x")
    assert obliged(desk, shelf).number != held.number
