"""`maksa people providers`, `link` and `links`: the centre configures sign-in with a provider."""

from __future__ import annotations

import io
import sys

import pytest
from running import Runner

from maksa.home import open_home
from maksa.registry.parties.providers import provider_with_secret

ISSUER = "https://id.example/realms/x"
SECRET = "the secret of our client"


@pytest.fixture
def desk(run: Runner):
    """A home with the centre, somebody of it, and a file with a secret."""
    run.make_home()
    run("parties", "add", "centre", "--name", "مرکز", "--kind", "centre")
    assert run("people", "add", "maryam", "--name", "مریم", "--party", "centre").status == 0
    (run.folder / "secret").write_text(f"{SECRET}\n")
    return run


def add(desk, *more, secret_file=None):
    """Register the provider."""
    named = ("--title-fa", "درگاه ملی", "--title-en", "National", "--issuer", ISSUER, "--client-id", "maksa")
    secret = ("--secret-file", secret_file or desk.folder / "secret")
    return desk("people", "providers", "add", "national", *named, *secret, *more)


def test_a_provider_is_registered_listed_and_removed(desk: Runner):
    """The redirect address is told; the secret stands in no answer and no journal."""
    assert desk("people", "providers", "list").out == "No provider is registered.\n"
    added = add(desk, "--party", "centre", "--actor", "admin")
    listed = desk("people", "providers", "list")
    as_json = desk("people", "providers", "list", "--json")

    assert "/desk/sign-in/national/callback" in added.out
    assert listed.out.splitlines()[-1].split("\t") == ["national", "National", ISSUER, "centre", ""]
    assert as_json.json["items"][0]["parties"] == ["centre"]
    told = added.out + listed.out + as_json.out + desk("journal", "--json").out
    assert "provider-add" in told
    assert SECRET not in told
    home = open_home(desk.home)
    assert provider_with_secret(home.registry, "national", home.token_key)[1] == SECRET
    assert desk("people", "providers", "remove", "national").out == "national is removed.\n"
    assert desk("people", "providers", "list", "--json").json == {"total": 0, "items": []}


def test_the_secret_may_come_from_standard_input(desk: Runner, monkeypatch):
    """So that it stands in no file; an e-mail party is a party."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe\r\n")))

    added = add(desk, "--email-party", "centre", "--json", secret_file="-")

    assert (added.json["parties"], added.json["email_parties"]) == (["centre"], ["centre"])
    home = open_home(desk.home)
    assert provider_with_secret(home.registry, "national", home.token_key)[1] == "from a pipe"


def test_a_person_is_linked_and_unlinked(desk: Runner):
    """By subject, or by the address that is awaited."""
    add(desk, "--email-party", "centre")
    assert desk("people", "links").out == "Nobody is linked.\n"
    awaited = desk("people", "link", "maryam", "--provider", "national", "--email", "M@centre.example")
    assert awaited.out == "maryam signs in with national.\n"
    assert desk("people", "links").out.splitlines()[-1] == "maryam\tnational\t\tm@centre.example"
    linked = desk("people", "link", "maryam", "--provider", "national", "--subject", "s-1", "--json")
    assert linked.json["subject"] == "s-1"
    assert desk("people", "links", "--json").json["items"] == [linked.json]

    undone = desk("people", "link", "maryam", "--provider", "national", "--undo")

    assert undone.out == "maryam does not sign in with national any more.\n"
    assert desk("people", "link", "maryam", "--provider", "national", "--undo").status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("link", "maryam", "--provider", "national"),
        ("link", "maryam", "--provider", "national", "--subject", "s", "--email", "a@b.example"),
        ("link", "maryam", "--provider", "national", "--subject", "s", "--undo"),
        ("link", "nobody", "--provider", "national", "--subject", "s"),
        ("link", "maryam", "--provider", "nowhere", "--subject", "s"),
        ("link", "maryam", "--provider", "national", "--email", "a@b.example"),
        ("providers", "remove", "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(desk: Runner, arguments):
    """Status 2 and nothing on standard output."""
    add(desk, "--party", "centre")

    said = desk("people", *arguments)

    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


def test_a_provider_of_nobody_or_with_no_secret_is_refused(desk: Runner):
    """A file that is none too."""
    (desk.folder / "binary").write_bytes(b"\xff\x00" * 20_000)

    assert "whose people" in add(desk).err
    for secret in (desk.folder / "binary", desk.folder / "missing"):
        assert add(desk, "--party", "centre", secret_file=secret).status == 2
