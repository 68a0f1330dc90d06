"""The desk on the command line: drafts, publishing and its undoing, letters, clients."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from running import HERBS, Runner
from sqlalchemy import update

from maksa.home import open_home
from maksa.registry.tables import client


def test_drafts_are_listed_shown_and_discarded(herbs: Runner):
    """With the difference from the edition that it would follow."""
    herbs.take_in(*HERBS[:2], edition="2", more=("--effective", "1404/01/01", "--letter", "110/777"))

    listed = herbs("drafts", "list", "--json").json
    assert (listed["total"], listed["items"][0]["edition"], listed["items"][0]["letter"]) == (
        1,
        "2",
        "110/777",
    )
    assert "herbs\t2\t2\t2\t1404/01/01 (2025-03-21)\therbs.csv" in herbs("drafts", "list").out
    assert "against edition 1: 0 added, 1 gone (00127)" in herbs("drafts", "show", "herbs", "2").out
    assert herbs("drafts", "show", "herbs", "2", "--json").json["difference_from_edition"]["against"] == "1"

    assert herbs("drafts", "discard", "herbs", "2").status == 0
    assert herbs("drafts", "show", "herbs", "2").status == 2
    assert herbs("drafts", "list").out == "There are no drafts.\n"


def test_discard_as_json(run: Runner):
    """The state that was reached."""
    run.take_in(*HERBS)

    assert run("drafts", "discard", "herbs", "1", "--json").json["state"] == "discarded"


def test_publish_tells_what_it_did(herbs: Runner):
    """After which edition, how many carried; again: nothing."""
    herbs.take_in(*HERBS[:2], edition="2")

    assert "published, after 1; 1 code carried forward; 3 codes" in herbs("publish", "herbs", "2").out
    again = herbs("publish", "herbs", "2", "--json")
    assert (again.status, again.json["state"], again.json["edition"]["sequence"]) == (0, "unchanged", 2)


def test_publish_without_a_draft_is_refused(herbs: Runner):
    """Status 2, naming what there is to publish."""
    herbs.take_in(*HERBS[:2], edition="2")

    said = herbs("publish", "herbs", "3")

    assert said.status == 2
    assert "herbs 2" in said.err


def test_a_withdrawn_edition_gives_way_and_comes_back(herbs: Runner):
    """The one before it answers meanwhile."""
    herbs.take_in(*HERBS[:2], "00127,آویشن باغی,Thyme,,green", edition="2", more=("--publish",))

    assert herbs("publish", "herbs", "2", "--withdraw", "--reason", "اشتباه در عنوان").status == 0
    assert "edition: 1" in herbs("show", "herbs", "00127").out
    assert "withdrawn" in herbs("list", "herbs").out
    assert herbs("publish", "herbs", "2", "--restore", "--json").json["state"] == "restored"
    assert "edition: 2" in herbs("show", "herbs", "00127").out


@pytest.mark.parametrize(
    "more",
    [
        ("--withdraw",),
        ("--restore",),
        ("--withdraw", "--restore"),
        ("--reason", "x"),
        ("--withdraw", "--reason", " "),
    ],
)
def test_publish_refuses_what_makes_no_sense(herbs: Runner, more):
    """Status 2, and the edition stands as before."""
    assert herbs("publish", "herbs", "1", *more).status == 2
    assert herbs("show", "herbs", "00125").status == 0


def test_a_letter_is_recorded_with_its_attachment_and_edition(herbs: Runner):
    """Attachments may come later."""
    scan = herbs.folder / "110-777.pdf"
    scan.write_bytes(b"%PDF scan")

    added = herbs(
        "letters", "add", "110/777", "--issued", "1404/02/03", "--subject", "ابلاغ", "--announces", "HERBS:1"
    )
    later = herbs(
        "letters", "add", "110/777", "--attach", scan, "--refers-to", "110/130", "--supersedes", "110/700"
    )

    assert added.status == later.status == 0
    letter = herbs("letters", "show", "۱۱۰/۷۷۷", "--json").json
    assert letter["announces"] == [{"terminology": "herbs", "edition": "1"}]
    assert [attachment["name"] for attachment in letter["attachments"]] == ["110-777.pdf"]
    assert (letter["subject"], letter["supersedes"], letter["refers_to"]) == (
        "ابلاغ",
        ["110/700"],
        ["110/130"],
    )
    assert "attachment: 110-777.pdf, 9 B" in later.out
    assert "110/777\t1404/02/03 (2025-04-23)\therbs:1\tابلاغ" in herbs("letters", "list").out
    assert "110/777" in herbs("list", "herbs").out


def test_a_letter_may_announce_every_edition_of_a_list(herbs: Runner):
    """Without an edition's name it stands behind all of them."""
    herbs("letters", "add", "110/777", "--announces", "herbs")

    assert "letter 110/777" in herbs("show", "herbs", "00125").out


def test_a_letter_never_announces_what_is_not_there(herbs: Runner):
    """Lists and editions are checked before anything is recorded."""
    assert herbs("letters", "add", "110/777", "--announces", "herbs:9").status == 2
    assert herbs("letters", "add", "110/777", "--announces", "nothing").status == 2
    assert herbs("letters", "add", "110/777", "--attach", herbs.folder / "none.pdf").status == 2
    assert "110/777" not in herbs("letters", "list").out
    assert herbs("letters", "show", "110/777").status == 2


def test_the_known_letters_are_seeded_once(run: Runner):
    """Facts that the program brings."""
    run.make_home()

    first = run("letters", "seed", "--json").json["total"]

    assert first > 5
    assert run("letters", "seed").out == f"{first} letters are recorded.\n"
    assert run("letters", "list", "--json").json["total"] == first
    assert "110/356" in run("letters", "show", "110/356").out


def test_a_client_gets_its_secret_once(run: Runner):
    """Shown when it is made, kept as a hash, never listed."""
    run.make_home()

    made = run(
        "clients",
        "add",
        "hospital-12",
        "--name",
        "بیمارستان",
        "--pid",
        "0123456789ABCDEF01234567",
        "--expires",
        "1500/12/29",
        "--json",
    ).json
    listed = run("clients", "list")

    assert len(made["secret"]) > 30
    assert made["pids"] == ["0123456789abcdef01234567"]
    assert made["secret"] not in listed.out + run("clients", "list", "--json").out
    assert made["secret"].encode() not in (run.home / "registry.sqlite").read_bytes()
    assert "1500/12/29" in listed.out


def test_a_client_is_rotated_and_revoked(run: Runner):
    """A new secret ends the old one; a revoked client gets none."""
    run.make_home()
    made = run("clients", "add", "lab", "--name", "Lab").out

    rotated = run("clients", "rotate", "lab").out
    assert "shown this once" in rotated
    assert rotated.splitlines()[1] != made.splitlines()[1]

    assert run("clients", "revoke", "lab", "--json").json["revoked"] is True
    assert run("clients", "revoke", "lab").out == "The client lab is revoked.\n"
    assert "revoked" in run("clients", "list").out
    assert run("clients", "rotate", "lab").status == 2


def test_clients_refuse_what_is_unknown_or_taken(run: Runner):
    """Status 2, naming what there is."""
    run.make_home()
    assert run("clients", "list").out == "No client is registered.\n"
    run("clients", "add", "lab", "--name", "Lab")

    assert run("clients", "add", "lab", "--name", "Other").status == 2
    assert run("clients", "add", "x y", "--name", "Other").status == 2
    assert run("clients", "add", "late", "--name", "Late", "--expires", "1390/01/01").status == 2
    assert "lab" in run("clients", "revoke", "nobody").err


def test_an_expired_client_is_marked(run: Runner):
    """In the table and for programs."""
    run.make_home()
    run("clients", "add", "lab", "--name", "Lab", "--expires", "1500/12/29")
    run("clients", "add", "old", "--name", "Old", "--expires", "1500/12/29")
    with open_home(run.home).registry.writing() as connection:
        connection.execute(
            update(client).where(client.c.client_id == "old").values(expires=datetime(2021, 1, 1, tzinfo=UTC))
        )

    listed = run("clients", "list").out.splitlines()

    assert [line.split("\t")[-1] for line in listed[1:]] == ["", "expired"]
    assert [one["expired"] for one in run("clients", "list", "--json").json["items"]] == [False, True]


def test_an_expiry_in_the_past_is_echoed_as_it_was_typed(run: Runner):
    """The day, not an instant after it; and a pid is told its own form."""
    run.make_home()

    assert "1400/01/01" in run("clients", "add", "a", "--name", "A", "--expires", "1400/01/01").err
    assert "1400/01/01" in run("clients", "add", "a", "--name", "A", "--expires", "2021-03-21").err
    assert "24 hexadecimal digits" in run("clients", "add", "a", "--name", "A", "--pid", "zz").err


@pytest.mark.usefixtures("_losses_count_from_the_first_code")
def test_publish_retires_most_of_a_list_only_when_told(herbs: Runner):
    """Status 2 with the counts and both ways out; then the flag."""
    herbs.take_in(HERBS[0], edition="2")

    refused = herbs("publish", "herbs", "2")
    assert refused.status == 2
    assert all(word in refused.err for word in ("2 of the 3", "--partial", "--retire-missing"))
    assert herbs("publish", "herbs", "1", "--withdraw", "--reason", "x", "--retire-missing").status == 2
    assert herbs("publish", "herbs", "2", "--retire-missing").status == 0


def test_no_letter_announces_a_sample(run: Runner):
    """Neither with the import nor afterwards."""
    run.take_in(*HERBS, more=("--sample", "--publish"))

    assert run.take_in(*HERBS, edition="2", more=("--sample", "--letter", "110/777")).status == 2
    assert "sample" in run("letters", "add", "110/777", "--announces", "herbs:1").err
    assert "not announced" in run("show", "herbs", "00125").out
