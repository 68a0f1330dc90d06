"""`maksa parties`, `maksa people` and `maksa clients grant`: the routine of the centre."""

from __future__ import annotations

import pytest
from running import Runner

from maksa.home import open_home
from maksa.registry.parties.sign_in import sign_in


@pytest.fixture
def desk(run: Runner):
    """A home with the centre and a vendor."""
    run.make_home()
    assert run("parties", "add", "centre", "--name", "مرکز", "--kind", "centre").status == 0
    said = run(
        "parties", "add", "rayan", "--name", "رایان", "--kind", "vendor", "--system", "his:hospital:هیس"
    )
    assert said.out == "The party rayan is registered; systems: 1.\n"
    return run


def test_parties_are_listed_with_their_systems(desk: Runner):
    """As a table, as JSON, and by kind; an empty home says so."""
    assert desk("parties", "list").out.splitlines()[1:] == [
        "centre\tcentre\tمرکز\t",
        "rayan\tvendor\tرایان\this (hospital)",
    ]
    listed = desk("parties", "list", "--kind", "vendor", "--json").json
    assert listed["items"][0]["systems"] == [{"system_id": "his", "name": "هیس", "kind": "hospital"}]
    empty = Runner(desk.folder / "other", desk._capsys)
    empty.make_home()
    assert empty("parties", "list").out == "No party is registered.\n"
    assert empty("people", "list").out == "Nobody is registered.\n"


@pytest.mark.parametrize("system", ["his", "his:hospital", "his:toaster:X", "his::X", ":hospital:X"])
def test_a_system_that_cannot_be_read_is_named(desk: Runner, system):
    """Status 2, one sentence with the form or the known kinds."""
    said = desk("parties", "add", "b", "--name", "B", "--kind", "vendor", "--system", system)

    assert (said.status, said.out) == (2, "")
    assert "his:hospital" in said.err or "laboratory" in said.err


def test_a_person_is_added_and_signs_in_with_what_was_shown(desk: Runner):
    """The password is shown once; the list has none."""
    added = desk(
        "people", "add", "sara", "--name", "سارا", "--party", "rayan", "--role", "vendor-developer", "--json"
    )

    registry = open_home(desk.home).registry
    assert sign_in(registry, "sara", added.json["password"]).person.roles == ("vendor-developer",)
    listed = desk("people", "list", "--json")
    assert added.json["password"] not in listed.out + desk("journal").out
    assert listed.json["items"][0] == {
        "login": "sara",
        "name": "سارا",
        "party_id": "rayan",
        "roles": ["vendor-developer"],
        "disabled": False,
    }


def test_the_routine_of_a_person(desk: Runner):
    """Roles, disabling, a new password: each is told, and the journal names who did it."""
    desk("people", "add", "ali", "--name", "علی", "--party", "centre", "--role", "curator")
    said = desk("people", "roles", "ali", "--role", "reviewer", "--role", "publisher", "--actor", "مدیر")
    assert said.out == "Roles of ali: reviewer, publisher\n"
    assert desk("people", "disable", "ali").out == "ali has no access any more.\n"
    assert desk("people", "list").out.splitlines()[1].split("\t")[-1] == "disabled"
    assert desk("people", "disable", "ali", "--undo", "--lang", "fa").out == "دسترسی ali باز شد.\n"
    assert desk("people", "password", "ali").out.splitlines()[0] == "login: ali"

    told = [(one["act"], one["actor"]) for one in desk("journal", "--limit", "4", "--json").json["items"]]
    assert [act for act, _ in told] == ["person-password", "person-enable", "person-disable", "person-roles"]
    assert told[-1][1] == "مدیر"


@pytest.mark.parametrize(
    "arguments",
    [
        ("people", "add", "x", "--name", "X", "--party", "nobody"),
        ("people", "add", "x", "--name", "X", "--party", "rayan", "--role", "publisher"),
        ("people", "add", "x", "--name", "X", "--party", "rayan", "--role", "king"),
        ("people", "disable", "nobody"),
        ("people", "password", "nobody"),
        ("parties", "add", "rayan", "--name", "دیگری", "--kind", "vendor"),
        ("clients", "grant", "nobody"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(desk: Runner, arguments):
    """Status 2 and nothing on standard output."""
    said = desk(*arguments)

    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


def test_a_client_is_granted_to_a_party(desk: Runner):
    """Its scopes and quotas are listed."""
    desk("clients", "add", "his-1", "--name", "HIS")
    said = desk(
        "clients",
        "grant",
        "his-1",
        "--party",
        "rayan",
        "--scope",
        "read",
        "--scope",
        "requests",
        "--per-minute",
        60,
    )

    assert said.out == "The client his-1 may: read, requests\n"
    listed = desk("clients", "list", "--json").json["items"][0]
    assert (listed["party"], listed["scopes"], listed["per_minute"], listed["per_day"]) == (
        "rayan",
        ["read", "requests"],
        60,
        None,
    )


def test_a_registry_elsewhere_is_examined_and_its_absence_from_a_backup_is_told(desk: Runner, monkeypatch):
    """Doctor reads the database that is named; a backup does not pass over in silence what is not in it."""
    where = desk.folder / "elsewhere.sqlite"
    monkeypatch.setenv("MAKSA_REGISTRY_URL", f"sqlite:///{where}")
    desk("parties", "add", "tamin", "--name", "تأمین", "--kind", "insurer")
    assert desk("doctor").status == 0
    saved = desk("backup", desk.folder / "saved.tar.gz")
    assert (saved.status, "pg_dump" in saved.err) == (0, True)

    where.write_bytes(b"no database")

    assert "cannot be used" in desk("doctor").out
