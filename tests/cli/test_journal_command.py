"""`maksa journal`, `maksa unanswered`, and what `maksa doctor` says of a journal that was tampered with."""

from __future__ import annotations

import getpass
import sqlite3

import pytest
from running import HERBS, Runner

from maksa.home import open_home


def test_the_journal_tells_who_did_what(herbs: Runner):
    """Newest first; --actor names a person, else the user of the system acted."""
    added = herbs("clients", "add", "lab", "--name", "Lab", "--actor", "مریم رضایی", "--json").json
    assert (
        herbs("publish", "herbs", "1", "--withdraw", "--reason", "چاپ نادرست", "--actor", "Ali").status == 0
    )

    listed = herbs("journal", "--json")
    told = [(one["actor"], one["act"], one["subject"]) for one in listed.json["items"]]

    me = getpass.getuser()
    assert told == [
        ("Ali", "withdraw", "herbs 1"),
        ("مریم رضایی", "client-add", "lab"),
        (me, "publish", "herbs 1"),
        (me, "draft-save", "herbs 1"),
    ]
    assert added["secret"] not in listed.out
    assert [one["number"] for one in listed.json["items"]] == [4, 3, 2, 1]
    assert herbs("journal", "--limit", "1", "--json").json["total"] == 1


def test_the_journal_as_text(herbs: Runner):
    """One line an act, with its details and its hash; an empty one says so."""
    first, *lines = herbs("journal").out.splitlines()

    assert first.split("\t") == ["number", "at (UTC)", "actor", "act", "subject", "details", "hash"]
    assert [line.split("\t")[3] for line in lines] == ["publish", "draft-save"]
    empty = Runner(herbs.folder / "other", herbs._capsys)
    empty.make_home()
    assert empty("journal").out == "The journal is empty.\n"


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\nb", "\x1b[31m"])
def test_an_actor_has_a_name_of_one_line(herbs: Runner, name):
    """Status 2, and nothing was done."""
    assert herbs("drafts", "discard", "herbs", "1", "--actor", name).status == 2
    assert "name" in herbs("clients", "add", "lab", "--name", "Lab", "--actor", name).err
    assert herbs("journal", "--json").json["total"] == 2


def test_doctor_verifies_the_journal(herbs: Runner):
    """An entry that was changed past the program is a problem of the home."""
    assert herbs("doctor").status == 0
    with sqlite3.connect(herbs.home / "registry.sqlite") as connection:
        connection.execute("DROP TRIGGER journal_without_update")
        connection.execute("UPDATE journal SET actor = 'nobody' WHERE number = 1")
    connection.close()

    said = herbs("doctor")

    assert (said.status, "Entry 1 of the journal" in said.out) == (1, True)


def test_doctor_names_a_registry_that_others_can_read(herbs: Runner):
    """Hashes of secrets are in it."""
    (herbs.home / "registry.sqlite").chmod(0o644)

    said = herbs("doctor")

    assert (said.status, "Others can read registry.sqlite (mode 0644)" in said.out) == (1, True)


def test_searches_in_vain_are_listed(herbs: Runner):
    """The most frequent first, with the list that was asked and the last day."""
    home = open_home(herbs.home)
    for text, terminology in (("ققنوس", None), ("سیمرغ", None), ("سيمرغ", None), ("ققنوس", "herbs")):
        home.unanswered.note(terminology, text)
    home.unanswered.write()

    listed = herbs("unanswered", "--json").json

    assert [(one["words"], one["terminology"], one["count"]) for one in listed["items"]] == [
        ("سیمرغ", None, 2),
        ("ققنوس", None, 1),
        ("ققنوس", "herbs", 1),
    ]
    assert "2\tسیمرغ\t\t" in herbs("unanswered").out
    assert herbs("unanswered", "--limit", "1", "--json").json["total"] == 1
    assert herbs("unanswered", "--since", "1500/01/01").out == "No search without an answer is recorded.\n"


@pytest.mark.parametrize("arguments", [("--since", "1404/13/01"), ("--limit", "0"), ("--limit", "x")])
def test_unanswered_refuses_what_it_cannot_read(herbs: Runner, arguments):
    """Status 2, naming the option."""
    said = herbs("unanswered", *arguments)

    assert (said.status, arguments[0] in said.err) == (2, True)


def test_a_refused_import_is_in_the_journal_with_its_reason(herbs: Runner):
    """The draft came and went."""
    assert herbs.take_in(*HERBS[:2], more=("--publish",)).status == 2

    discarded, saved, *_ = herbs("journal", "--json").json["items"]

    assert (discarded["act"], saved["act"]) == ("draft-discard", "draft-save")
    assert "other content" in discarded["details"]["why"]
