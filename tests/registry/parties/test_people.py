"""People of the desk: registered with roles, disabled, and given new passwords."""

from __future__ import annotations

import pytest
from staff import found, hire

from maksa.errors import BadInput, NotAllowed, NotFound, WrongState
from maksa.registry.journal import list_journal
from maksa.registry.parties.people import (
    Person,
    add_person,
    disable_person,
    list_people,
    reset_password,
    set_roles,
)
from maksa.registry.parties.sign_in import person_of_session, sign_in

MARYAM = Person("maryam", "مریم رضایی", "centre", ("curator",))


@pytest.fixture(autouse=True)
def _parties(registry):
    found(registry)


def last(registry):
    """Give the last act and its details."""
    entry = list_journal(registry, limit=1)[0]
    return entry.act, entry.subject, entry.details


def test_a_person_is_registered_and_signs_in(registry):
    """With the password that was shown; the list and the journal know who it is."""
    new = hire(registry)

    assert new.person == MARYAM
    assert list_people(registry) == (MARYAM,)
    assert last(registry) == ("person-add", "maryam", {"party": "centre", "roles": ["curator"]})
    assert sign_in(registry, "maryam", new.password).person == MARYAM


def test_roles_are_replaced_at_once(registry):
    """A session that is open has the new roles; the same again leaves no entry."""
    session = sign_in(registry, "maryam", hire(registry).password)

    person = set_roles(registry, "maryam", ("publisher", "auditor"))

    assert person.roles == ("publisher", "auditor")
    assert person_of_session(registry, session.token) == person == list_people(registry)[0]
    assert last(registry) == (
        "person-roles",
        "maryam",
        {"roles": ["publisher", "auditor"], "before": ["curator"]},
    )
    before = list_journal(registry)
    set_roles(registry, "maryam", ("auditor", "publisher"))
    assert list_journal(registry) == before
    assert set_roles(registry, "maryam", ()).roles == ()


def test_who_is_disabled_is_out_at_once(registry):
    """Sessions end and the right password is refused, until access is given again."""
    new = hire(registry)
    session = sign_in(registry, "maryam", new.password)

    assert disable_person(registry, "maryam").disabled
    assert last(registry)[0] == "person-disable"
    with pytest.raises(NotAllowed):
        person_of_session(registry, session.token)
    with pytest.raises(NotAllowed):
        sign_in(registry, "maryam", new.password)

    assert not disable_person(registry, "maryam", disabled=False).disabled
    assert last(registry)[0] == "person-enable"
    sign_in(registry, "maryam", new.password)


def test_a_new_password_ends_the_old_one(registry):
    """And every session that it opened."""
    old = hire(registry)
    session = sign_in(registry, "maryam", old.password)

    new = reset_password(registry, "maryam")

    assert last(registry) == ("person-password", "maryam", {})
    with pytest.raises(NotAllowed):
        person_of_session(registry, session.token)
    with pytest.raises(NotAllowed):
        sign_in(registry, "maryam", old.password)
    sign_in(registry, "maryam", new.password)


def test_a_login_is_given_once(registry):
    """A second person of a login is refused."""
    hire(registry)

    with pytest.raises(WrongState, match="taken"):
        hire(registry, party_id="tamin", roles=())


def test_a_role_belongs_to_the_kind_of_party(registry):
    """An insurer publishes nothing; neither at once nor later."""
    with pytest.raises(BadInput, match="publisher cannot be held"):
        hire(registry, party_id="tamin", roles=("publisher",))
    hire(registry, party_id="tamin", roles=("insurer-officer",))
    with pytest.raises(BadInput, match="publisher cannot be held"):
        set_roles(registry, "maryam", ("publisher",))

    assert list_people(registry)[0].roles == ("insurer-officer",)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"login": "Maryam R"}, BadInput),
        ({"login": ""}, BadInput),
        ({"name": "a\0"}, BadInput),
        ({"party_id": "nobody"}, NotFound),
        ({"party_id": "a\0"}, NotFound),
        ({"roles": ("king",)}, NotFound),
    ],
    ids=repr,
)
def test_malformed_people_are_refused(registry, wrong, error):
    """Nothing is stored when a field is broken."""
    fields = {"login": "ali", "name": "علی", "party_id": "centre", "roles": ()} | wrong

    with pytest.raises(error):
        add_person(registry, fields.pop("login"), **fields)

    assert list_people(registry) == ()


@pytest.mark.parametrize("login", ["nobody", "", "a\0"])
def test_an_unknown_login_is_said_so(registry, login):
    """To the centre; signing in says nothing of it."""
    for act in (disable_person, reset_password, lambda where, who: set_roles(where, who, ())):
        with pytest.raises(NotFound, match="Nobody is registered"):
            act(registry, login)
