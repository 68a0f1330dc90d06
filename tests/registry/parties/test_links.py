"""Links of people to subjects of a provider: made by the administrator, one person for one subject."""

from __future__ import annotations

from dataclasses import replace

import pytest
from staff import found, hire
from vouching import KEY, PROVIDER, SECRET

from maksa.errors import BadInput, NotFound, Refused, WrongState
from maksa.registry.journal import list_journal
from maksa.registry.parties.links import Link, folded_email, link_person, list_links, unlink_person
from maksa.registry.parties.providers import add_provider, remove_provider


@pytest.fixture(autouse=True)
def _desk(registry, cheap_hashes):
    """Somebody of the centre, two of the insurer, and the provider."""
    found(registry)
    hire(registry)
    for login in ("reza", "sara"):
        hire(registry, login, party_id="tamin", roles=())
    add_provider(registry, PROVIDER, SECRET, KEY)


def test_a_person_is_linked_to_a_subject(registry):
    """The journal says to which, and by whom."""
    link = Link("maryam", "national", subject="s-1")

    assert link_person(registry.acting_as("admin"), link) == link

    assert list_links(registry) == (link,)
    entry = list_journal(registry, limit=1)[0]
    assert (entry.act, entry.actor, entry.subject) == ("person-link", "admin", "maryam")
    assert entry.details == {"provider": "national", "linked": "s-1", "by": "administrator"}


def test_a_person_is_expected_by_an_address_that_the_journal_does_not_name(registry):
    """It is kept as it is compared."""
    link_person(registry, Link("reza", "national", email="Reza@Tamin.example"))

    assert list_links(registry) == (Link("reza", "national", email="reza@tamin.example"),)
    assert "tamin.example" not in repr(list_journal(registry))


def test_a_new_link_takes_the_place_of_the_old_one(registry):
    """One person has one link to a provider; given again, it stays."""
    for _ in range(2):
        link_person(registry, Link("reza", "national", email="reza@tamin.example"))
    for _ in range(2):
        link_person(registry, Link("reza", "national", subject="s-2"))

    assert list_links(registry) == (Link("reza", "national", subject="s-2"),)


@pytest.mark.parametrize("given", [{"subject": "s-1"}, {"email": "a@tamin.example"}])
def test_a_subject_and_an_address_stand_for_one_person(registry, given):
    """Who holds it is named."""
    link_person(registry, Link("reza", "national", **given))

    with pytest.raises(WrongState, match="that of 'reza'"):
        link_person(registry, Link("sara", "national", **given))


def test_links_are_for_the_parties_of_the_provider(registry):
    """By e-mail only for those whose people may be linked so."""
    with pytest.raises(Refused, match="does not link people of 'centre' by e-mail"):
        link_person(registry, Link("maryam", "national", email="m@centre.example"))
    add_provider(registry, replace(PROVIDER, parties=("tamin",)), SECRET, KEY)
    with pytest.raises(Refused, match="People of 'centre' do not sign in with 'national'") as refusal:
        link_person(registry, Link("maryam", "national", subject="s-1"))
    assert refusal.value.known == ("tamin",)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"subject": "s", "email": "a@b.example"},
        {"subject": ""},
        {"subject": " s"},
        {"subject": "شناسه"},
        {"subject": "s\n"},
        {"subject": "x" * 256},
        {"email": ""},
        {"email": "nobody"},
        {"email": "a b@c.example"},
        {"email": "a@b@c.example"},
        {"email": "a@" + "x" * 250},
    ],
)
def test_what_is_neither_subject_nor_address_makes_no_link(registry, given):
    """Exactly one of both, in its form."""
    with pytest.raises(BadInput, match="makes no link"):
        link_person(registry, Link("reza", "national", **given))


@pytest.mark.parametrize("link", [Link("nobody", "national", "s"), Link("maryam", "nowhere", "s")])
def test_an_unknown_person_or_provider_is_not_found(registry, link):
    """Nothing is made by linking."""
    with pytest.raises(NotFound):
        link_person(registry, link)
    with pytest.raises(NotFound):
        unlink_person(registry, link.login, link.provider_id)


def test_a_link_ends(registry):
    """And a second time there is none to end."""
    link_person(registry, Link("maryam", "national", subject="s-1"))
    unlink_person(registry, "maryam", "national")

    assert list_links(registry) == ()
    assert list_journal(registry, limit=1)[0].act == "person-unlink"
    with pytest.raises(WrongState, match="has no link"):
        unlink_person(registry, "maryam", "national")


def test_the_links_of_a_removed_provider_are_gone(registry):
    """Another issuer under the same id inherits none."""
    link_person(registry, Link("maryam", "national", subject="s-1"))
    remove_provider(registry, "national")
    add_provider(registry, replace(PROVIDER, issuer="https://other.example"), SECRET, KEY)

    assert list_links(registry) == ()


def test_addresses_are_compared_without_regard_to_case():
    """What is no address is none."""
    assert folded_email("Reza@Tamin.Example") == "reza@tamin.example"
    assert folded_email("reza") is None
