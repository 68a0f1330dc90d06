"""A centre, an insurer and people of both."""

from maksa.registry.parties.parties import Party, add_party
from maksa.registry.parties.people import add_person

CENTRE = Party("centre", "مرکز", "centre")
INSURER = Party("tamin", "تأمین", "insurer")


def found(registry):
    """Register the two parties."""
    for party in (CENTRE, INSURER):
        add_party(registry, party)


def hire(registry, login="maryam", *, party_id="centre", roles=("curator",)):
    """Register a person, and give the first password."""
    return add_person(registry, login, name="مریم رضایی", party_id=party_id, roles=roles)
