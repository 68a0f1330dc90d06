"""Who a provider vouched for gets a session, if the administrator has linked them; nobody else does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from staff import found, hire
from vouching import KEY, PROVIDER, SECRET, vouched

from maksa.errors import NotAllowed, NotFound, Refused
from maksa.registry.journal import list_journal
from maksa.registry.parties import single_sign_on as module
from maksa.registry.parties.links import Link, link_person, list_links, unlink_person
from maksa.registry.parties.people import disable_person, list_people
from maksa.registry.parties.providers import add_provider, remove_provider
from maksa.registry.parties.sign_in import person_of_session, sign_in, sign_out
from maksa.registry.parties.single_sign_on import provider_of_session, sign_in_with
from maksa.registry.tables import metadata

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def maryam(registry):
    """Somebody of the centre, linked to a subject; somebody of the insurer, expected by e-mail."""
    found(registry)
    new = hire(registry)
    hire(registry, "reza", party_id="tamin", roles=())
    add_provider(registry, PROVIDER, SECRET, KEY)
    link_person(registry, Link("maryam", "national", subject="s-1"))
    link_person(registry, Link("reza", "national", email="reza@tamin.example"))
    return new


def test_a_linked_person_gets_a_session(registry, maryam):
    """As a password gives one; the journal names the provider, and no token."""
    session = sign_in_with(registry, "national", vouched())

    assert session.person == maryam.person == person_of_session(registry, session.token)
    assert provider_of_session(registry, session.token) == "national"
    entry = list_journal(registry, limit=1)[0]
    told = (entry.act, entry.actor, entry.subject, entry.details)
    assert told == ("sign-in", "maryam", "maryam", {"provider": "national"})
    assert session.token not in repr(entry)


def test_a_session_of_a_password_has_no_provider(registry, maryam):
    """Nor has one that has ended, nor one that was made up."""
    begun = sign_in(registry, "maryam", maryam.password)
    vouched_for = sign_in_with(registry, "national", vouched())
    sign_out(registry, vouched_for.token)

    for token in (begun.token, vouched_for.token, "made up"):
        assert provider_of_session(registry, token) is None


def test_an_unknown_subject_is_told_whom_to_ask(registry, maryam):
    """Nobody is made, nobody is linked; the sentence names the provider and the administrator."""
    before = list_people(registry), list_links(registry)

    with pytest.raises(NotAllowed, match="linked to nobody of this desk") as refusal:
        sign_in_with(registry, "national", vouched("S-1", "maryam@centre.example"))

    assert "administrator" in refusal.value.mend.en
    assert "درگاه ملی" in refusal.value.text.fa
    assert (list_people(registry), list_links(registry)) == before


def test_a_disabled_person_does_not_sign_in(registry, maryam):
    """Neither by subject nor by e-mail, and no link is made on the way."""
    for login in ("maryam", "reza"):
        disable_person(registry, login)

    for said in (vouched(), vouched("s-2", "reza@tamin.example")):
        with pytest.raises(NotAllowed, match="access to this desk has ended"):
            sign_in_with(registry, "national", said)
    assert list_links(registry)[1] == Link("reza", "national", email="reza@tamin.example")


def test_who_is_expected_by_e_mail_is_linked_at_the_first_sign_in(registry, maryam):
    """From then on the subject counts, and the address no more."""
    session = sign_in_with(registry, "national", vouched("s-2", "Reza@tamin.example"))

    assert session.person.login == "reza"
    assert list_links(registry)[1] == Link("reza", "national", subject="s-2")
    linked = next(entry for entry in list_journal(registry) if entry.act == "person-link")
    assert (linked.actor, linked.details["by"]) == ("reza", "first sign-in")
    assert sign_in_with(registry, "national", vouched("s-2", nonce="2")).person.login == "reza"
    with pytest.raises(NotAllowed):
        sign_in_with(registry, "national", vouched("s-3", "reza@tamin.example", "3"))


@pytest.mark.parametrize("email", [None, "", "reza", "reza@tamin.example.evil", "rezä@tamin.example"])
def test_an_address_that_is_not_the_expected_one_links_nobody(registry, maryam, email):
    """Nor does one that the provider has not verified, which comes here as none."""
    with pytest.raises(NotAllowed):
        sign_in_with(registry, "national", vouched("s-2", email))


def test_what_the_administrator_allows_no_more_holds_no_more(registry, maryam):
    """Links by e-mail first, then the whole party."""
    add_provider(registry, replace(PROVIDER, email_parties=()), SECRET, KEY)
    with pytest.raises(Refused, match="by e-mail"):
        sign_in_with(registry, "national", vouched("s-2", "reza@tamin.example"))
    add_provider(registry, replace(PROVIDER, parties=("tamin",)), SECRET, KEY)
    with pytest.raises(Refused, match="do not sign in with"):
        sign_in_with(registry, "national", vouched())


def test_an_answer_begins_one_session_even_of_many_at_once(registry, maryam):
    """One-time use holds in every node, whatever the provider allows."""

    def attempt(_):
        try:
            return sign_in_with(registry, "national", vouched()).person.login
        except NotAllowed as refusal:
            return refusal.text.en

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(attempt, range(12)))

    assert said.count("maryam") == 1
    assert said.count("This answer of the provider was used to sign in already.") == 11


def test_used_answers_are_forgotten_after_a_day(registry, maryam, monkeypatch):
    """By then no provider's answer is accepted any more."""
    sign_in_with(registry, "national", vouched())

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=1, seconds=1)

    monkeypatch.setattr(module, "datetime", Tomorrow)
    sign_in_with(registry, "national", vouched(nonce="another"))

    with registry.reading() as connection:
        assert len(connection.execute(select(metadata.tables["answer_used"])).all()) == 1


def test_an_unknown_provider_vouches_for_nobody(registry, maryam):
    """It is not found."""
    with pytest.raises(NotFound):
        sign_in_with(registry, "nowhere", vouched())


@pytest.mark.parametrize(
    "end",
    [
        lambda registry: unlink_person(registry, "maryam", "national"),
        lambda registry: link_person(registry, Link("maryam", "national", subject="s-9")),
        lambda registry: remove_provider(registry, "national"),
    ],
)
def test_with_the_link_end_the_sessions_that_it_opened(registry, maryam, end):
    """Those of a password and of others go on."""
    ended = sign_in_with(registry, "national", vouched())
    other = sign_in(registry, "maryam", maryam.password)
    end(registry)

    with pytest.raises(NotAllowed, match="session has ended"):
        person_of_session(registry, ended.token)
    assert person_of_session(registry, other.token) == maryam.person
