"""The journal of the desk: every act in it, none of them to be changed unseen, and no secret."""

from __future__ import annotations

import getpass
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from desk import draft, issue
from herbs import MINT, SAGE, THYME, herbs
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadParameter, WrongState
from maksa.model.edition import Letter
from maksa.model.jalali import today
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.drafts.drafts import discard_draft
from maksa.registry.drafts.publish import publish, restore, withdraw
from maksa.registry.journal import Wanted, find_entries, journal_problems, list_journal, write_entry
from maksa.registry.letters import record_letter
from maksa.registry.parties.clients import add_client, add_sandbox_client, revoke_client, rotate_client
from maksa.registry.tables import SCHEMA_VERSION, journal

GUARDS = {
    "sqlite": ("DROP TRIGGER journal_without_update", "DROP TRIGGER journal_without_delete"),
    "postgresql": ("DROP TRIGGER journal_only_appended ON journal",),
}
"""What takes away the database's own guard of the journal."""


def acts(registry):
    """Name the acts and what they were done to, oldest first."""
    return [(entry.act, entry.subject) for entry in reversed(list_journal(registry))]


def test_every_act_of_the_desk_is_in_it(registry, shelf):
    """Drafts, editions, letters and clients: each act once, in its order, by the user of the system."""
    issue(registry, shelf, herbs(MINT, THYME), "a", letter=Letter("110/130", None, ""))
    draft(registry, herbs(SAGE), "b")
    discard_draft(registry, "herbs", "b")
    withdraw(registry, shelf, "herbs", "a", "چاپ نادرست")
    restore(registry, shelf, "herbs", "a")
    add_client(registry, "lab", name="آزمایشگاه", expires=datetime.now(UTC) + timedelta(days=1))
    rotate_client(registry, "lab")
    revoke_client(registry, "lab")

    assert acts(registry) == [
        ("draft-save", "herbs a"),
        ("letter", "110/130"),
        ("publish", "herbs a"),
        ("draft-save", "herbs b"),
        ("draft-discard", "herbs b"),
        ("withdraw", "herbs a"),
        ("restore", "herbs a"),
        ("client-add", "lab"),
        ("client-rotate", "lab"),
        ("client-revoke", "lab"),
    ]
    entries = list_journal(registry)
    assert {entry.actor for entry in entries} == {getpass.getuser()}
    assert [entry.number for entry in entries] == list(range(10, 0, -1))
    assert datetime.fromisoformat(entries[0].at).utcoffset() == timedelta(0)
    assert list(journal_problems(registry)) == []


def test_the_entry_of_an_edition_names_its_hash_and_what_it_follows(registry, shelf):
    """With the journal alone one can tell what was published, from which draft and file."""
    issue(registry, shelf, herbs(MINT, THYME), "a")

    manifest = issue(registry, shelf, herbs(MINT), "b").entry.manifest

    published, saved, *_ = list_journal(registry)
    assert published.details == {
        "draft": saved.details["draft"],
        "sequence": 2,
        "hash": manifest.content_hash,
        "published": manifest.published.isoformat(),
        "base": "a",
        "carried": 1,
    }
    assert saved.details["file"] == "herbs.csv"


def test_restoring_keeps_the_reason_of_the_withdrawal(registry, shelf):
    """The signed record leaves the shelf; the journal has it whole."""
    issue(registry, shelf, herbs(MINT), "a")
    withdraw(registry, shelf, "herbs", "a", "چاپ نادرست")
    signed = shelf.withdrawal("herbs", "a")

    restore(registry, shelf, "herbs", "a")

    assert list_journal(registry)[0].details == {"withdrawal": signed}
    assert signed["reason"] == "چاپ نادرست"
    assert list_journal(registry)[1].details["reason"] == "چاپ نادرست"


def test_what_changed_nothing_leaves_no_entry(registry, shelf):
    """The same letter again, the sandbox again, and acts that are refused."""
    issue(registry, shelf, herbs(MINT), "a")
    record_letter(registry, shelf, Letter("110/130", None, ""))
    add_sandbox_client(registry)
    before = acts(registry)

    publish(registry, shelf, "herbs", "a")
    record_letter(registry, shelf, Letter("110/130", None, ""))
    add_sandbox_client(registry)
    for refused in (
        lambda: add_client(registry, "sandbox", name="A"),
        lambda: rotate_client(registry, "sandbox"),
        lambda: restore(registry, shelf, "herbs", "a"),
    ):
        with pytest.raises(WrongState):
            refused()

    assert acts(registry) == before


def test_an_act_that_fails_is_not_in_it(registry):
    """The entry stands in the transaction of the act and is undone with it."""

    def fail():
        with registry.writing() as connection:
            write_entry(registry, connection, "publish", "herbs a")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert list_journal(registry) == []


def test_no_secret_is_ever_in_it(registry):
    """Neither a secret, nor a password, nor their hashes."""
    made = add_client(registry, "lab", name="Lab")
    again = rotate_client(registry, "lab")

    told = repr(list_journal(registry))

    assert "argon2" not in told
    assert not any(secret in told for new in (made, again) for secret in (new.secret, new.password))


def test_another_actor_is_named(registry):
    """Who acts in the name of a person says so."""
    add_client(registry.acting_as("مریم"), "lab", name="Lab")

    assert list_journal(registry)[0].actor == "مریم"


def test_an_entry_is_neither_changed_nor_deleted_through_the_registry(registry):
    """The database refuses it."""
    add_client(registry, "lab", name="Lab")

    for statement in (update(journal).values(actor="x"), delete(journal)):
        with pytest.raises(IntegrityError, match="only appended"), registry.writing() as connection:
            connection.execute(statement)

    assert list_journal(registry)[0].actor != "x"


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE journal SET actor = 'x' WHERE number = 2", [2]),
        ('UPDATE journal SET details = \'{"reason": "other"}\' WHERE number = 2', [2]),
        ("UPDATE journal SET details = 'no JSON' WHERE number = 2", [2]),
        ("UPDATE journal SET hash = 'x' WHERE number = 2", [2, 3]),
        ("DELETE FROM journal WHERE number = 2", [3]),
        ("DELETE FROM journal WHERE number = 1", [2]),
        ("UPDATE journal SET number = 9 WHERE number = 3", [9]),
    ],
)
def test_tampering_is_found(registry, harm, found):
    """Whoever goes past the program breaks the chain, and the place is named."""
    for name in ("a", "b", "c"):
        add_client(registry, name, name=name)
    with registry.writing() as connection:
        for drop in GUARDS[connection.dialect.name]:
            connection.exec_driver_sql(drop)
        connection.exec_driver_sql(harm)

    problems = [problem.text.en for problem in journal_problems(registry)]

    assert [int(problem.split()[1]) for problem in problems] == found


def test_several_actors_at_once_make_one_chain(registry):
    """Each entry follows one that stands."""

    def act(number):
        for step in range(5):
            with registry.writing() as connection:
                write_entry(registry, connection, "letter", f"{number}-{step}")

    threads = [threading.Thread(target=act, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(list_journal(registry)) == 20
    assert list(journal_problems(registry)) == []


def test_what_no_text_can_hold_is_written_all_the_same(registry):
    """A command line may bring bytes that are no UTF-8."""
    with registry.writing() as connection:
        write_entry(registry, connection, "letter", "\udcff", reason="\udcff")

    assert list_journal(registry)[0].details == {"reason": "?"}
    assert list(journal_problems(registry)) == []


def test_a_registry_of_the_first_schema_gets_a_journal(registry_file):
    """An older home is opened, loses nothing, and is of this schema from then on."""
    add_client(open_registry(sqlite_url(registry_file)), "lab", name="Lab")
    with closing(sqlite3.connect(registry_file, isolation_level=None)) as connection:
        connection.execute("DROP TABLE journal")
        connection.execute("UPDATE fact SET value = '1' WHERE name = 'schema_version'")

    again = open_registry(sqlite_url(registry_file))

    revoke_client(again, "lab")
    assert acts(again) == [("client-revoke", "lab")]
    with closing(sqlite3.connect(registry_file)) as connection:
        version = connection.execute("SELECT value FROM fact WHERE name = 'schema_version'").fetchone()
    assert version == (str(SCHEMA_VERSION),)


def test_entries_are_sought_by_actor_act_subject_and_day(registry):
    """Each narrows the others; a part of the subject is enough, in any case; signs of patterns are letters."""
    for actor, subject in (("maryam", "code-request 12"), ("reza", "code-request 7"), ("reza", "herbs 100%")):
        with registry.writing() as connection:
            write_entry(registry.acting_as(actor), connection, "request-act", subject)

    def found(**wanted):
        return [entry.number for entry in find_entries(registry, Wanted(**wanted))]

    assert found() == [3, 2, 1]
    assert found(actor="reza") == [3, 2]
    assert found(act="publish") == []
    assert found(subject="CODE-request", actor="reza") == [2]
    assert found(subject="0%") == [3]
    assert found(since=today()) == [3, 2, 1]
    assert found(since=today() + timedelta(days=1)) == []
    assert [entry.number for entry in find_entries(registry, Wanted(), before=3, limit=1)] == [2]
    with pytest.raises(BadParameter, match="no act 'odd'"):
        found(act="odd")
