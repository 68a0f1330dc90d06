"""One list says who still uses an old list."""

from __future__ import annotations

import pytest
from adopting import TODAY, asked, client_of, settle

from maksa.registry.adoption.old_lists import old_list_users


@pytest.fixture
def desk(registry, shelf):
    """Clients of two parties and of none; one of them is up to date."""
    settle(registry, shelf)
    for client, party in (("a", "tamin"), ("b", "mehr"), ("c", None), ("new", "tamin")):
        client_of(registry, client, party)
    asked(registry, "a", "1", 3, kind="list", way="day")
    asked(registry, "b", "1", 2, kind="search", way="edition")
    asked(registry, "c", "2", 20, kind="retired")
    asked(registry, "c", "2", 50)
    asked(registry, "new", "2", 100)
    return registry


def test_who_proves_an_old_list_comes_first(desk, shelf):
    """With party and system where they are recorded; who is up to date is not there."""
    users = old_list_users(desk, shelf, on=TODAY)

    told = [
        (one.client, one.party and one.party.party_id, one.system, one.in_force, one.observed.old.proves)
        for one in users
    ]
    assert told == [
        ("c", None, None, "2", True),
        ("b", "mehr", "rx", "2", True),
        ("a", "tamin", None, "2", False),
    ]
    assert users[1].observed.last == TODAY


def test_nobody_is_there_without_signs(registry, shelf):
    """An empty list is good news."""
    settle(registry, shelf)
    asked(registry, "new", "2")

    assert list(old_list_users(registry, shelf, on=TODAY)) == []
