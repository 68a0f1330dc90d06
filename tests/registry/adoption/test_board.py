"""The board: who has a row, what stands in it, and every state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from adopting import FIRST, HIS, SECOND, VENDOR, asked, client_of, live, obliged, settle

from maksa.errors import BadParameter, NotFound, UnknownTerminology
from maksa.model.jalali import today
from maksa.registry.adoption.board import OBSERVED_DAYS, Asked, adoption_board
from maksa.registry.adoption.certificates import Passed, certify
from maksa.registry.adoption.declarations import Declared, declare
from maksa.registry.adoption.obligations import Addressees, end_obligation
from maksa.registry.adoption.placing import place_client
from maksa.registry.adoption.standing import STATES
from maksa.registry.parties.parties import Party, add_party

NOW = today()
PAST, TO_COME = NOW - timedelta(days=1), NOW + timedelta(days=30)
ALL = Addressees(("insurer",), ("hospital", "laboratory", "pharmacy"))


@pytest.fixture
def desk(registry, shelf):
    """A registry with parties, editions and a letter."""
    settle(registry, shelf)
    return registry


def board(registry, shelf, **wanted):
    """Give each row's party, system and state."""
    rows = adoption_board(registry, shelf, Asked(**wanted)).rows
    return [
        (row.party.party_id, None if row.system is None else row.system.system_id, row.state) for row in rows
    ]


def state(registry, shelf, on=None):
    """Give the state of the hospital system."""
    found = adoption_board(registry, shelf, Asked(party="rayan", system_kind="hospital"), on=on)
    [row] = found.rows
    return row.state


def test_parties_are_obliged_as_a_whole_and_systems_by_their_kind(desk, shelf):
    """A row each, by party and system; nobody else has one."""
    obliged(desk, shelf, ALL)

    assert board(desk, shelf) == [
        ("mehr", "rx", "no-answer"),
        ("rayan", "his", "no-answer"),
        ("rayan", "lis", "no-answer"),
        ("tamin", None, "no-answer"),
    ]
    assert board(desk, shelf, kind="insurer") == [("tamin", None, "no-answer")]
    assert board(desk, shelf, system_kind="pharmacy") == [("mehr", "rx", "no-answer")]


def test_a_row_shows_what_is_due_declared_observed_and_certified(desk, shelf):
    """The list's title, the edition in force, and the earliest of its deadlines."""
    first, second = obliged(desk, shelf, deadline=TO_COME), obliged(desk, shelf)
    said = live(desk, shelf)
    client_of(desk, "c", "rayan")
    place_client(desk, "c", "his")
    asked(desk, "c", "2", 7, day=NOW)
    passed = Passed("rayan", "his", "herbs", "2", "kit", "1", SECOND, TO_COME, "0" * 64, "x")
    certificate = certify(desk, shelf, passed)

    found = adoption_board(desk, shelf)

    [row] = found.rows
    assert (row.party, row.system) == (VENDOR, VENDOR.systems[0])
    assert (row.terminology, row.title.en, row.wanted) == ("herbs", "Toy herbs", "2")
    assert (row.obligations, row.deadline) == ((first, second), TO_COME)
    assert (row.declared, row.certified, row.certificate_holds) == (said, certificate, True)
    assert (row.observed.questions, row.observed.last, row.state) == (7, NOW, "live")
    assert (found.on, found.since) == (NOW, NOW - timedelta(days=OBSERVED_DAYS - 1))
    assert adoption_board(desk, shelf, on=TO_COME + timedelta(days=1)).rows[0].certificate_holds is False


def test_the_states_of_what_is_due(desk, shelf):
    """Before and after the deadline, with what was declared."""
    obliged(desk, shelf, deadline=NOW)
    assert state(desk, shelf) == "no-answer"
    assert state(desk, shelf, on=TO_COME) == "overdue"

    declare(desk, shelf, Declared("rayan", "his", "herbs", "planned", "2", TO_COME))
    assert (state(desk, shelf), state(desk, shelf, on=TO_COME)) == ("planned", "overdue")
    declare(desk, shelf, Declared("rayan", "his", "herbs", "in-work", "2"))
    assert (state(desk, shelf), state(desk, shelf, on=TO_COME)) == ("in-work", "overdue")
    live(desk, shelf)
    assert (state(desk, shelf), state(desk, shelf, on=TO_COME)) == ("declared-only", "declared-only")
    declare(desk, shelf, Declared("rayan", "his", "herbs", "not-applicable", reason="no herbs"))
    assert (state(desk, shelf), state(desk, shelf, on=TO_COME)) == ("not-applicable", "not-applicable")


def test_live_with_an_old_edition_is_outdated(desk, shelf):
    """And overdue where the duty named a newer one."""
    obliged(desk, shelf, deadline=PAST)
    live(desk, shelf, "1", day=FIRST)
    assert state(desk, shelf) == "outdated"

    obliged(desk, shelf, edition="1", deadline=PAST)
    assert state(desk, shelf) == "outdated"
    obliged(desk, shelf, edition="2", deadline=PAST)
    assert state(desk, shelf) == "overdue"


def test_declared_but_traffic_shows_an_old_edition(desk, shelf):
    """A contradiction, even where something is overdue; without the declaration it is none."""
    obliged(desk, shelf, edition="2", deadline=PAST)
    client_of(desk, "c", "rayan")
    place_client(desk, "c", "his")
    asked(desk, "c", "1", kind="list", way="edition", day=NOW)
    assert state(desk, shelf) == "overdue"

    live(desk, shelf, "1", day=FIRST)
    assert state(desk, shelf) == "contradiction"


def test_a_declaration_of_the_whole_party_holds_for_systems_without_their_own(desk, shelf):
    """The system's own wins."""
    obliged(desk, shelf, ALL)
    live(desk, shelf, system=None)
    declare(desk, shelf, Declared("rayan", "lis", "herbs", "in-work", "2"))

    assert board(desk, shelf, party="rayan") == [
        ("rayan", None, "declared-only"),
        ("rayan", "his", "declared-only"),
        ("rayan", "lis", "in-work"),
    ]


def test_what_clients_of_no_certain_system_ask_is_their_partys(desk, shelf):
    """Of the only system, where there is one; of none where there are more; the whole party counts all."""
    obliged(desk, shelf, ALL)
    for client, party in (("c1", "rayan"), ("c2", "rayan"), ("c3", "mehr"), ("c4", "tamin"), ("c5", None)):
        client_of(desk, client, party)
        asked(desk, client, "2", day=NOW)
    place_client(desk, "c1", "his")

    found = adoption_board(desk, shelf)

    seen = {
        (row.party.party_id, row.system and row.system.system_id): row.observed.questions
        for row in found.rows
    }
    assert seen == {
        ("mehr", "rx"): 1,
        ("rayan", None): 2,
        ("rayan", "his"): 1,
        ("rayan", "lis"): 0,
        ("tamin", None): 1,
    }
    assert found.of_nobody == 1
    assert ("rayan", None, "not-obliged") in board(desk, shelf)


def test_only_the_last_thirty_days_are_observed(desk, shelf):
    """What was asked earlier is history."""
    obliged(desk, shelf)
    client_of(desk, "c", "rayan")
    place_client(desk, "c", "his")
    asked(desk, "c", "2", day=NOW - timedelta(days=OBSERVED_DAYS))
    asked(desk, "c", "2", day=NOW - timedelta(days=OBSERVED_DAYS - 1))

    assert adoption_board(desk, shelf).rows[0].observed.questions == 1


def test_an_old_edition_was_right_until_the_new_one_came(desk, shelf):
    """Each day is judged by the edition in force on it."""
    obliged(desk, shelf)
    client_of(desk, "c", "rayan")
    place_client(desk, "c", "his")
    for back in (2, 1, 0):
        asked(desk, "c", "1", way="edition", day=SECOND + timedelta(days=1 - back))

    [row] = adoption_board(desk, shelf, on=SECOND + timedelta(days=1)).rows

    assert (row.observed.questions, row.observed.old.named) == (3, 2)


def test_rows_are_found_by_state_list_and_letter(desk, shelf):
    """The counts of states are those of all rows, whatever state is asked for."""
    obliged(desk, shelf, ALL)
    live(desk, shelf)

    found = adoption_board(desk, shelf, Asked(state="no-answer"))

    assert len(found.rows) == 3
    assert dict(found.states) == {"no-answer": 3, "declared-only": 1}
    assert len(board(desk, shelf, letter="۱۱۰/۷", terminology="HERBS")) == 4
    assert board(desk, shelf, letter="110/8") == []
    assert board(desk, shelf, terminology="LOINC") == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"state": "perhaps"}, BadParameter),
        ({"kind": "bank"}, BadParameter),
        ({"system_kind": "toaster"}, BadParameter),
        ({"party": "x"}, NotFound),
        ({"terminology": "nothing"}, UnknownTerminology),
    ],
)
def test_what_is_not_known_is_refused(desk, shelf, wrong, error):
    """Never an empty board for a misspelling."""
    with pytest.raises(error):
        adoption_board(desk, shelf, Asked(**wrong))


def test_a_lifted_obligation_holds_nobody(desk, shelf):
    """It leaves the board."""
    held = obliged(desk, shelf)
    end_obligation(desk, held.number, "letter")

    assert board(desk, shelf) == []
    assert len(adoption_board(desk, shelf, on=PAST - timedelta(days=1)).rows) == 1


def test_a_past_board_does_not_know_what_was_declared_later(desk, shelf):
    """Declarations count from the day on which they were made."""
    obliged(desk, shelf)
    live(desk, shelf)

    assert (state(desk, shelf, on=date(2024, 5, 1)), state(desk, shelf)) == ("no-answer", "declared-only")


def test_vendors_without_systems_are_named(desk, shelf):
    """No duty of systems reaches them, and that is not silent."""
    add_party(desk, Party("alone", "تنها", "vendor"))
    obliged(desk, shelf, HIS)

    assert adoption_board(desk, shelf).without_systems == ("alone",)


def test_every_state_has_its_words():
    """In both languages."""
    assert all(word.fa and word.en for word in STATES.values())
