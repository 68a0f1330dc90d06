"""What tests of the desk's doors set up: requests, discrepancies, and who acts."""

from __future__ import annotations

from dataclasses import replace

from asking import KEY
from asking_codes import WANTED, keep
from compared_lists import compared, difference

from maksa.registry.discrepancies.uploads import record_upload
from maksa.registry.parties.clients import Grant, add_client, grant_client
from maksa.registry.parties.parties import Party, add_party
from maksa.web.settings import WebSettings
from maksa.web.tokens import Tokens

OTHER = "salamat"
"""An insurer that is not tamin."""
REQUESTS, DISCREPANCIES = "/api/v1/code-requests", "/api/v1/discrepancies"
CSV = {"content-type": "text/csv"}


def other_insurer(registry) -> None:
    """Register another insurer."""
    add_party(registry, Party(OTHER, "سلامت", "insurer"))


def ask_for(registry, party, text="گل ختمی"):
    """Keep a request of a party, and give its number and token."""
    kept = keep(registry, replace(WANTED, text=text, organisation=party))
    return kept.request.number, kept.token


def differ(registry, party, *codes):
    """Keep an upload of a party with one difference for each code; the first of them is a grave one."""
    return record_upload(registry, compared(*map(difference, codes or ("90000",)), party=party))


def client_of(registry, party="tamin", scopes=("read", "requests"), name="his"):
    """Register a client of a party, and give the header with its token."""
    add_client(registry, name, name=name)
    grant_client(registry, name, Grant(party, scopes))
    return {"authorization": f"bearer {Tokens(KEY, WebSettings()).issue(name, 'access')}"}
