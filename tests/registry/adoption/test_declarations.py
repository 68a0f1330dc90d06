"""What parties declare: all of it stays, the last stands; who may declare for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from adopting import SECOND, live, settle
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadParameter, NotFound, Refused, UnknownEdition
from maksa.model.jalali import today
from maksa.registry.adoption.declarations import Declared, declare, list_declarations, require_declaring
from maksa.registry.journal import list_journal
from maksa.registry.outbox import read_notices

PLAN = today() + timedelta(days=30)


@pytest.fixture
def desk(registry, shelf):
    """A registry with parties, editions and a letter."""
    settle(registry, shelf)
    return registry


def test_a_declaration_has_all_that_was_said(desk, shelf):
    """In its record, in the journal without the note, and as a notice on the party."""
    said = Declared("rayan", "his", "HERBS", "live", "2", SECOND, note="همهٔ شعبه‌ها", letter="۱۲/۳")
    held = declare(desk.acting_as("sara"), shelf, said, why=None)

    assert (held.party, held.system, held.terminology, held.edition) == ("rayan", "his", "herbs", "2")
    assert (held.state, held.day, held.letter, held.actor) == ("live", SECOND, "12/3", "sara")
    assert list_declarations(desk) == (held,)
    entry = list_journal(desk)[0]
    assert (entry.act, entry.actor, entry.subject) == ("adoption-declare", "sara", "rayan")
    assert "note" not in entry.details
    [notice] = read_notices(desk, topic="adoption")
    assert (notice.subject, notice.act) == ("rayan", "declared")
    assert notice.text.en == "rayan his declared on the list herbs: live."


def test_the_history_stays(desk, shelf):
    """Oldest first, of a party or a list; the database itself refuses to change it."""
    declare(desk, shelf, Declared("rayan", "his", "herbs", "planned", "2", PLAN))
    declare(desk, shelf, Declared("tamin", None, "herbs", "in-work", "2"))
    live(desk, shelf)

    assert [one.state for one in list_declarations(desk, party="rayan")] == ["planned", "live"]
    assert [one.party for one in list_declarations(desk, terminology="herbs")] == ["rayan", "tamin", "rayan"]
    with pytest.raises(IntegrityError), desk.writing() as connection:
        connection.execute(text("UPDATE adoption_declaration SET state = 'live'"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"state": "perhaps"}, "perhaps"),
        ({"state": "live", "edition": "2"}, "without day"),
        ({"state": "live", "day": SECOND}, "without edition"),
        ({"state": "live", "edition": "2", "day": today() + timedelta(days=1)}, "still to come"),
        ({"state": "planned", "edition": "2"}, "without day"),
        ({"state": "in-work", "edition": "2", "day": SECOND}, "with day"),
        ({"state": "not-applicable"}, "without reason"),
        ({"state": "not-applicable", "reason": "x", "edition": "2"}, "with edition"),
        ({"state": "in-work", "edition": "2", "reason": "x"}, "with reason"),
        ({"state": "in-work", "edition": "2", "note": "a\x1bb"}, "printable"),
    ],
)
def test_a_state_has_what_it_needs_and_no_more(desk, shelf, wrong, said):
    """What is missing, or belongs to another state, is named; nothing is recorded."""
    with pytest.raises(BadParameter, match=said):
        declare(desk, shelf, Declared("rayan", "his", "herbs", **wrong))

    assert list_declarations(desk) == ()


def test_party_system_and_edition_must_be_there(desk, shelf):
    """The refusal names those that are."""
    with pytest.raises(NotFound, match="No party 'x'"):
        live(desk, shelf, party="x")
    with pytest.raises(NotFound, match="no system 'pos'") as refused:
        live(desk, shelf, system="pos")
    assert refused.value.known == ("his", "lis")
    with pytest.raises(UnknownEdition):
        live(desk, shelf, edition="3")


def test_a_list_held_by_its_form_only_needs_no_edition_that_is_known(desk, shelf):
    """Nobody here can say which editions it has."""
    held = declare(desk, shelf, Declared("rayan", "lis", "LOINC", "live", "2.80", SECOND))

    assert held.edition == "2.80"


@pytest.mark.parametrize("roles", [("insurer-officer",), ("vendor-developer",)])
def test_an_officer_declares_for_the_own_party_alone(roles):
    """No reason is needed there, and none helps elsewhere."""
    require_declaring(roles, "tamin", "tamin", None)

    with pytest.raises(Refused, match="of the party 'tamin'"):
        require_declaring(roles, "tamin", "rayan", "because")


@pytest.mark.parametrize("roles", [("curator",), ("administrator",)])
def test_the_centre_declares_for_any_party_with_a_reason(roles):
    """Without one it is refused, for the own party too: a curator is not its officer."""
    require_declaring(roles, "centre", "rayan", "letter 12/3")

    for party in ("rayan", "centre"):
        with pytest.raises(BadParameter, match="reason"):
            require_declaring(roles, "centre", party, " ")


def test_nobody_else_declares():
    """The refusal names the role, the act and who may."""
    with pytest.raises(Refused, match=r"\(auditor\) may not declare adoption") as refused:
        require_declaring(("auditor",), "tamin", "tamin", "x")

    assert refused.value.known == ("insurer-officer", "vendor-developer")
