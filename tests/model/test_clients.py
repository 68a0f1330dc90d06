"""What a client may do by its scopes."""

from dataclasses import replace

import pytest

from maksa.errors import Refused
from maksa.model.clients import Client, require_scope

CLIENT = Client("his", "سامانه", "his", (), party="tamin", scopes=("read", "requests"))


def test_a_scope_that_is_held_lets_a_client_act():
    """In the name of its party; to read, none is needed."""
    require_scope(CLIENT, "requests")
    require_scope(replace(CLIENT, party=None, scopes=("read",)), "read")


def test_a_scope_that_lacks_is_named_with_those_held():
    """And whom to ask for it."""
    with pytest.raises(
        Refused, match="with the scopes read, requests, may not do this: it needs adoption"
    ) as refused:
        require_scope(CLIENT, "adoption")
    assert refused.value.known == ("adoption",)


def test_a_client_of_no_party_acts_for_nobody():
    """Even where it holds the scope."""
    with pytest.raises(Refused, match="belongs to no party"):
        require_scope(replace(CLIENT, party=None), "requests")
