"""Whose system a client is."""

from __future__ import annotations

import pytest
from adopting import client_of, settle

from maksa.errors import BadInput, NotFound
from maksa.registry.adoption.placing import Place, place_client, read_places
from maksa.registry.journal import list_journal
from maksa.registry.parties.clients import Grant, grant_client


@pytest.fixture
def desk(registry, shelf):
    """A registry with parties, and two clients."""
    settle(registry, shelf)
    client_of(registry, "c-rayan", "rayan")
    client_of(registry, "c-nobody", None)
    return registry


def places(registry):
    """Read whose the clients are."""
    with registry.reading() as connection:
        return read_places(connection)


def test_a_client_is_its_partys_and_of_a_system_when_that_is_recorded(desk):
    """The last word stands; a client of no party has no place."""
    assert places(desk) == {"c-rayan": Place("rayan", None)}

    place_client(desk, "c-rayan", "lis")
    assert place_client(desk, "c-rayan", "his") == Place("rayan", "his")
    assert places(desk) == {"c-rayan": Place("rayan", "his")}
    assert list_journal(desk)[0].details == {"party": "rayan", "system": "his"}

    place_client(desk, "c-rayan", None)
    assert places(desk) == {"c-rayan": Place("rayan", None)}


def test_a_client_that_goes_to_another_party_leaves_its_system(desk):
    """The record was of a system of the earlier party."""
    place_client(desk, "c-rayan", "his")
    grant_client(desk, "c-rayan", Grant("mehr"))

    assert places(desk) == {"c-rayan": Place("mehr", None)}


def test_client_party_and_system_must_be_there(desk):
    """The refusal says which is not."""
    with pytest.raises(NotFound, match="No client 'x'"):
        place_client(desk, "x", "his")
    with pytest.raises(BadInput, match="of no party"):
        place_client(desk, "c-nobody", "his")
    with pytest.raises(NotFound, match="no system 'rx'"):
        place_client(desk, "c-rayan", "rx")
