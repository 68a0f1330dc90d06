"""`maksa drafts` as curators, reviewers and the committee type it."""

import json

import pytest

from maksa.home import open_home
from maksa.registry.parties.parties import Party, add_party
from maksa.registry.parties.people import add_person

PEOPLE = {
    "maryam": "curator",
    "reza": "reviewer",
    "mina": "committee-member",
    "omid": "committee-member",
    "parisa": "publisher",
}


class Desk:
    """Runs commands as people of the desk."""

    def __init__(self, run, monkeypatch):
        self.run, self._monkeypatch = run, monkeypatch
        registry = open_home(run.home).registry
        add_party(registry, Party("centre", "مرکز", "centre"))
        self._passwords = {
            login: add_person(registry, login, name=login, party_id="centre", roles=(role,)).password
            for login, role in PEOPLE.items()
        }

    def by(self, login, *arguments, password=None):
        """Run a command as a person."""
        self._monkeypatch.setenv("MAKSA_PASSWORD", password or self._passwords[login])
        return self.run(*arguments, "--by", login)

    def secrets(self):
        """Give all passwords."""
        return self._passwords.values()


@pytest.fixture
def desk(herbs, monkeypatch):
    """A home with one published edition of herbs, and people at its desk."""
    return Desk(herbs, monkeypatch)


def test_a_governed_edition_from_edit_to_publication(desk):
    """Each step says what it did; at the end the edition stands, and its minutes can be read."""
    run = desk.run
    assert "quorum of 2 votes" in run("drafts", "govern", "--on", "--quorum", 2).out
    edited = desk.by(
        "maryam", "drafts", "edit", "herbs", "2", "00127", "--set", "display=آویشن باغی", "--why", "نامه"
    )
    assert edited.out.splitlines() == [
        "The draft 'herbs 2' was started from 'herbs 1'.",
        "1  00127  display: آویشن -> آویشن باغی",
    ]
    assert desk.by("maryam", "drafts", "submit", "herbs", "2").out == "The draft 'herbs 2': in review.\n"
    assert (
        "returned" in desk.by("reza", "drafts", "review", "herbs", "2", "--return", "--reason", "کوتاه‌تر").out
    )
    desk.by("maryam", "drafts", "submit", "herbs", "2")
    assert "reviewed" in desk.by("reza", "drafts", "review", "herbs", "2", "--approve").out
    desk.by("mina", "drafts", "vote", "herbs", "2", "for")
    refused = desk.by("mina", "drafts", "close-vote", "herbs", "2", "--minutes", "همه", "--present", "مینا")
    assert (refused.status, "1 of 2 votes" in refused.err) == (2, True)
    desk.by("omid", "drafts", "vote", "herbs", "2", "abstain")
    closed = desk.by(
        "mina",
        "drafts",
        "close-vote",
        "herbs",
        "2",
        "--minutes",
        "همه",
        "--present",
        "مینا",
        "--day",
        "1403/01/05",
    )
    assert "agreed" in closed.out
    assert run("publish", "herbs", "2").status == 2
    assert desk.by("parisa", "publish", "herbs", "2").status == 0

    past = run("drafts", "past", "herbs", "2")
    assert "1403/01/05" in past.out
    assert "parisa -> published" in past.out
    assert "1 / 0 / 1" in run("drafts", "past", "herbs", "2", "--lang", "fa").out
    assert run("list", "herbs", "--json").json["items"][0]["edition"] == "2"


def test_an_import_is_not_published_in_a_governed_home(desk):
    """It is refused before anything is replaced; a dry run says the same; without --publish it becomes a draft."""
    run = desk.run
    run.take_in("00125,x,,,", edition="2")
    run("drafts", "govern", "--on")

    for more in (("--publish",), ("--publish", "--dry-run")):
        refused = run.take_in("00126,y,,,", edition="2", more=more)
        assert (refused.status, "committee decides" in refused.err) == (2, True)

    assert run("drafts", "rows", "herbs", "2", "--json").json["items"][0]["key"] == "00125"
    assert run.take_in("00126,y,,,", edition="2").status == 0
    same = run.take_in(
        "00125,بابونه آلمانی,German chamomile,,white",
        "00126,نعناع فلفلی,Peppermint,,green",
        "00127,آویشن,Thyme,,green",
        more=("--publish",),
    )
    assert same.status == 0


def test_an_import_over_edits_is_asked_for(desk):
    """A dry run refuses as the import does; --over-edits replaces."""
    run = desk.run
    run("drafts", "edit", "herbs", "2", "00127", "--remove")
    for more in ((), ("--dry-run",)):
        refused = run.take_in("00125,x,,,", edition="2", more=more)
        assert (refused.status, "--over-edits" in refused.err) == (2, True)

    assert run.take_in("00125,x,,,", edition="2", more=("--over-edits",)).status == 0
    assert run("drafts", "list", "--json").json["items"][0]["edits"] == 0


def test_rows_history_and_undo(herbs):
    """As JSON with cells and states; as a table for people."""
    herbs(
        "drafts",
        "edit",
        "herbs",
        "2",
        "00127",
        "--set",
        "property:colour=green",
        "--set",
        "display=آویشن باغی",
    )
    herbs("drafts", "edit", "herbs", "2", "00130", "--set", "display=ریحان", "--set", "designations=شاهسپرم")
    rows = herbs("drafts", "rows", "herbs", "2", "--changed", "--json").json
    assert [row["key"] for row in rows["items"]] == ["00127", "00130"]
    assert rows["items"][1]["cells"]["designations"] == [
        {"value": "شاهسپرم", "language": None, "use": "synonym"}
    ]
    assert "آویشن باغی" in herbs("drafts", "rows", "herbs", "2", "--text", "باغی").out
    assert herbs("drafts", "rows", "herbs", "2", "--text", "کدو").out == "There are no such rows.\n"
    assert "--after 00125" in herbs("drafts", "rows", "herbs", "2", "--limit", 1).out

    undone = herbs("drafts", "undo", "herbs", "2", 1, "--json").json
    assert undone["edits"][0]["after"]["display"] == "آویشن"
    assert "(undo 1)" in herbs("drafts", "history", "herbs", "2").out
    assert len(herbs("drafts", "history", "herbs", "2", "00127", "--json").json["items"]) == 2
    assert herbs("drafts", "undo", "herbs", "2", 1).status == 2
    herbs("drafts", "undo", "herbs", "2")
    assert herbs("drafts", "rows", "herbs", "2", "--changed").out == "There are no such rows.\n"
    herbs("drafts", "edit", "herbs", "2", "00125", "--remove")
    assert "00125\tremoved" in herbs("drafts", "rows", "herbs", "2", "--changed").out


def test_a_conflict_is_told_with_both_sides(herbs):
    """Who names the state that was seen is told when it is another."""
    herbs("drafts", "start", "herbs", "2")
    before = herbs("drafts", "rows", "herbs", "2", "00127", "--json").json["items"][0]["seen"]
    herbs("drafts", "edit", "herbs", "2", "00127", "--set", "display=اول", "--actor", "nader")

    refused = herbs("drafts", "edit", "herbs", "2", "00127", "--set", "display=دوم", "--seen", before)

    assert refused.status == 2
    assert all(
        word in refused.err for word in ("nader", "display = اول", "display = دوم", "send yours again")
    )


def test_many_rows_at_once_from_a_file(herbs):
    """A grid's batch: all or none."""
    file = herbs.folder / "rows.json"
    file.write_text(
        json.dumps(
            [
                {"key": "00125", "cells": None},
                {"key": "00140", "seen": None, "cells": {"display": "ریحان"}},
            ]
        )
    )

    done = herbs("drafts", "edit", "herbs", "2", "--rows", file, "--json").json

    assert ([one["key"] for one in done["edits"]], done["draft"]["count"], done["started"]) == (
        ["00125", "00140"],
        3,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '[{"key": "1"}]',
        '[{"cells": 7}]',
        '[{"key": 1, "cells": {}}]',
        '[{"cells": {}, "x": 1}]',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_batch_is_refused(herbs, text):
    """With one sentence and the form that is wanted."""
    file = herbs.folder / "rows.json"
    file.write_text(text)

    refused = herbs("drafts", "edit", "herbs", "2", "--rows", file)

    assert refused.status == 2
    assert "rows.json" in refused.err
    assert refused.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("00125",),
        ("00125", "--set", "display=x", "--remove"),
        ("00125", "--set", "display"),
        ("00125", "--set", "titel=x"),
        ("--rows", "nowhere.json"),
        ("00125", "--remove", "--rows", "nowhere.json"),
    ],
)
def test_an_edit_that_says_nothing_or_too_much_is_refused(herbs, arguments):
    """And leaves no draft behind."""
    assert herbs("drafts", "edit", "herbs", "2", *arguments).status == 2
    assert herbs("drafts", "list", "--json").json["total"] == 0


def test_comments_from_the_command_line(desk):
    """Said, listed, resolved."""
    run = desk.run
    run("drafts", "start", "herbs", "2")
    said = desk.by("reza", "drafts", "comment", "herbs", "2", "عنوان؟", "--row", "00127")
    assert said.out == "Comment 1 is recorded.\n"
    assert "عنوان؟" in run("drafts", "comments", "herbs", "2", "--open").out
    assert run("drafts", "comment", "herbs", "2", "x", "--row", "1", "--resolve", 1).status == 2
    assert (
        run("drafts", "comment", "herbs", "2", "درست شد", "--resolve", 1, "--json").json["resolution"]
        == "درست شد"
    )
    assert run("drafts", "comments", "herbs", "2", "--open").out == "There are no comments.\n"
    assert run("drafts", "comments", "herbs", "2", "--json").json["items"][0]["resolved_by"]


def test_a_person_shows_the_password_and_it_appears_nowhere(desk):
    """A wrong one is refused and counted; neither is in the journal or any output."""
    run = desk.run
    run("drafts", "start", "herbs", "2")
    said = [
        desk.by("maryam", "drafts", "submit", "herbs", "2", password="wrong-password-1") for _ in range(5)
    ]
    assert all(one.status == 2 and "wrong" in one.err for one in said)
    said.append(desk.by("maryam", "drafts", "submit", "herbs", "2"))
    assert said[-1].status == 2
    assert "sign-in-wait" in run("journal").out
    said.append(desk.by("reza", "drafts", "comment", "herbs", "2", "x"))

    told = "".join(one.out + one.err for one in said) + run("journal", "--json").out
    assert "wrong-password-1" not in told
    assert not any(password in told for password in desk.secrets())


def test_a_password_is_asked_for_only_at_a_terminal(desk, monkeypatch):
    """Without one, and without a terminal, the refusal says what to do."""
    monkeypatch.delenv("MAKSA_PASSWORD", raising=False)
    refused = desk.run("drafts", "govern", "--by", "maryam")
    assert (refused.status, "MAKSA_PASSWORD" in refused.err) == (2, True)
    both = desk.run("drafts", "govern", "--by", "maryam", "--actor", "x")
    assert (both.status, "--actor" in both.err) == (2, True)


def test_the_operator_is_told_that_a_person_is_needed(herbs):
    """Reviews and votes are not the machine's."""
    herbs("drafts", "start", "herbs", "2")
    herbs("drafts", "submit", "herbs", "2")
    for act in (("review", "herbs", "2", "--approve"), ("vote", "herbs", "2", "for")):
        refused = herbs("drafts", *act)
        assert (refused.status, "--by" in refused.err) == (2, True)
    assert herbs("drafts", "recall", "herbs", "2", "--reason", "x").out == "The draft 'herbs 2': editing.\n"
