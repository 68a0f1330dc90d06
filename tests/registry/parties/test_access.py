"""The table of access, cell by cell, and what a refusal says."""

from __future__ import annotations

from itertools import combinations

import pytest

from maksa.errors import BadInput, NotFound, Refused
from maksa.registry.parties.access import acts, checked_roles, may, require, roles
from maksa.registry.parties.parties import PARTY_KINDS

GRID = """
                    curator reviewer committee-member publisher insurer-officer vendor-developer auditor administrator
draft-edit             x       .          .               .           .               .             .          .
draft-comment          x       x          x               x           .               .             .          .
draft-review           .       x          .               .           .               .             .          .
draft-vote             .       .          x               .           .               .             .          .
draft-vote-close       .       .          x               .           .               .             .          .
home-govern            .       .          .               .           .               .             .          x
edition-publish        .       .          .               x           .               .             .          .
letter-record          x       .          .               x           .               .             .          .
request-file           x       .          .               .           x               x             .          .
request-decide         x       .          .               .           .               .             .          .
discrepancy-report     x       .          .               .           x               x             .          .
discrepancy-decide     x       .          .               .           .               .             .          .
adoption-declare       .       .          .               .           x               x             .          .
adoption-keep          x       .          .               .           .               .             .          x
registry-read          x       x          x               x           .               .             x          x
journal-read           .       .          .               .           .               .             x          x
party-keep             .       .          .               .           .               .             .          x
"""
HEAD, *ROWS = (line.split() for line in GRID.strip().splitlines())
CELLS = [(role, act, mark == "x") for act, *marks in ROWS for role, mark in zip(HEAD, marks, strict=True)]

HELD_AT = {
    "curator": {"centre"},
    "reviewer": {"centre", "university"},
    "committee-member": {"centre", "insurer", "university"},
    "publisher": {"centre"},
    "insurer-officer": {"insurer"},
    "vendor-developer": {"vendor", "hospital", "university"},
    "auditor": {"centre", "insurer", "university"},
    "administrator": {"centre"},
}


def test_the_grid_has_every_role_and_act():
    """No act and no role is outside of what is tested here."""
    assert list(roles()) == HEAD
    assert list(acts()) == [act for act, *_ in ROWS]


@pytest.mark.parametrize(("role", "act", "allowed"), CELLS)
def test_a_cell(role, act, allowed):
    """What a role alone may; a refusal names the role, the act and who may."""
    assert may((role,), act) is allowed
    if allowed:
        require((role,), act)
        return

    with pytest.raises(Refused) as refusal:
        require((role,), act)

    assert roles()[role].title.en in refusal.value.text.en
    assert roles()[role].title.fa in refusal.value.text.fa
    assert act in refusal.value.text.en
    assert {name for name, of, holds in CELLS if of == act and holds} == set(refusal.value.known)
    assert all(roles()[name].title.en in refusal.value.mend.en for name in refusal.value.known)


def test_several_roles_may_what_one_of_them_may():
    """Roles only add up."""
    for first, second in combinations(HEAD, 2):
        for act in acts():
            assert may((first, second), act) == (may((first,), act) or may((second,), act))


def test_without_a_role_nothing_is_allowed():
    """Somebody without a role, and acts that are not in the table."""
    assert not any(may((), act) for act in acts())
    with pytest.raises(Refused, match="none"):
        require((), "draft-edit")
    with pytest.raises(NotFound, match="unknown") as refusal:
        may(tuple(HEAD), "drop-everything")
    assert refusal.value.known == tuple(acts())


@pytest.mark.parametrize("kind", PARTY_KINDS)
@pytest.mark.parametrize("role", HELD_AT)
def test_a_role_is_held_where_it_belongs(role, kind):
    """A vendor has no publisher, the centre no insurer's officer."""
    if kind in HELD_AT[role]:
        assert checked_roles((role, role), kind) == (role,)
    else:
        with pytest.raises(BadInput, match=f"{role} cannot be held") as refusal:
            checked_roles((role,), kind)
        assert set(refusal.value.known) == {name for name, at in HELD_AT.items() if kind in at}


def test_an_unknown_role_names_the_known_ones():
    """No guess."""
    with pytest.raises(NotFound) as refusal:
        checked_roles(("king",), "centre")

    assert refusal.value.known == tuple(HELD_AT)
