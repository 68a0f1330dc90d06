"""Organisations and their systems."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maksa.errors import BadInput, WrongState
from maksa.registry.journal import list_journal
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS, Party, System, add_party, list_parties

HIS = System("his", "سامانهٔ بیمارستانی", "hospital")
LIS = System("lis", "سامانهٔ آزمایشگاه", "laboratory")
VENDOR = Party("rayan", "رایان‌سلامت", "vendor", (HIS,))


def test_a_party_is_registered_with_its_systems(registry):
    """It is listed as it was given, and the journal has both."""
    assert add_party(registry, VENDOR) == VENDOR

    assert list_parties(registry) == (VENDOR,)
    told = [(entry.act, entry.subject) for entry in reversed(list_journal(registry))]
    assert told == [("party-add", "rayan"), ("system-add", "rayan his")]


def test_systems_are_added_later_and_the_same_again_is_nothing(registry):
    """A registered party gets what is new; what it has stays."""
    add_party(registry, VENDOR)

    assert add_party(registry, replace(VENDOR, systems=(LIS,))).systems == (HIS, LIS)
    before = list_journal(registry)
    assert add_party(registry, replace(VENDOR, systems=(LIS, HIS))).systems == (HIS, LIS)
    assert list_journal(registry) == before


@pytest.mark.parametrize("kind", PARTY_KINDS)
def test_parties_of_one_kind(registry, kind):
    """Each kind is kept and asked for."""
    for number, one in enumerate(PARTY_KINDS):
        add_party(registry, Party(f"p{number}", one, one))

    assert [party.kind for party in list_parties(registry, kind)] == [kind]


def test_every_kind_of_system_is_kept(registry):
    """Hospital, laboratory, pharmacy and the others of the letters."""
    systems = tuple(System(kind, kind, kind) for kind in sorted(SYSTEM_KINDS))

    assert add_party(registry, replace(VENDOR, systems=systems)).systems == systems


@pytest.mark.parametrize(
    "other",
    [
        replace(VENDOR, name="دیگری"),
        replace(VENDOR, kind="insurer"),
        replace(VENDOR, systems=(replace(HIS, name="دیگری"),)),
        replace(VENDOR, systems=(LIS, LIS)),
    ],
)
def test_an_id_stands_for_one_thing(registry, other):
    """A registered id with another name or kind is refused, and nothing of it is kept."""
    add_party(registry, VENDOR)

    with pytest.raises(WrongState, match="registered with another"):
        add_party(registry, other)

    assert list_parties(registry) == (VENDOR,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"party_id": ""},
        {"party_id": "a b"},
        {"party_id": "A"},
        {"party_id": "a\0"},
        {"party_id": "x" * 65},
        {"name": " "},
        {"name": "a\nb"},
        {"name": "a\0"},
        {"name": "\ud800"},
        {"name": "x" * 201},
        {"kind": "club"},
        {"systems": (replace(HIS, kind="toaster"),)},
        {"systems": (replace(HIS, system_id="../x"),)},
        {"systems": (HIS,) * 201},
    ],
    ids=repr,
)
def test_malformed_parties_are_refused(registry, wrong):
    """Every field has a form and a bound; nothing is stored when one is broken."""
    with pytest.raises(BadInput):
        add_party(registry, replace(VENDOR, **wrong))

    assert list_parties(registry) == ()
