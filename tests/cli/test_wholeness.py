"""`maksa doctor`, `backup` and `restore`: a home is whole, or what is not is named."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import stat
import tarfile

import pytest
from running import HERBS, Runner

from maksa.registry.letters import seed_letters

LETTERS = len(seed_letters()) + 1
"""Those that every home has, and the one of `full`."""


@pytest.fixture
def full(herbs: Runner):
    """A home with two editions, a letter with an attachment, a client and a draft."""
    scan = herbs.folder / ".scan é.json"
    scan.write_bytes(b"{}")
    herbs.take_in(*HERBS[:2], edition="2", more=("--publish",))
    herbs.take_in(*HERBS[:1], edition="3")
    assert herbs("letters", "add", "110/777", "--announces", "herbs:1", "--attach", scan).status == 0
    assert herbs("clients", "add", "lab", "--name", "Lab").status == 0
    return herbs


def _files(home):
    kept = ("editions", "letters", "keys")
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for folder in kept
        for path in (home / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".lock-")
    }


def test_a_healthy_home(full: Runner):
    """Status 0, counted."""
    said = full("doctor")

    assert (said.status, said.out.splitlines()) == (
        0,
        [f"Examined: 1 lists, 2 editions, {LETTERS} letters.", "All is well."],
    )
    assert full("doctor", "--json").json == {
        "healthy": True,
        "lists": 1,
        "editions": 2,
        "letters": LETTERS,
        "problems": [],
    }


def test_rotten_bytes_are_found_though_the_file_looks_the_same(full: Runner):
    """A file that was verified before is hashed again; the other edition goes on answering."""
    path = full.home / "editions" / "herbs" / "000002.sqlite"
    assert full("show", "herbs", "00125", "--edition", "2").status == 0
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    memory = full.home / "cache" / "verified.json"
    stamps = json.loads(memory.read_bytes())
    state = path.stat()
    stamps[str(path)][0] = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
    memory.write_text(json.dumps(stamps))

    said = full("doctor")

    assert said.status == 1
    assert "000002.sqlite" in said.out
    assert "1 problem found." in said.out
    assert full("show", "herbs", "00125", "--edition", "1").status == 0


def _drop_edition(home):
    for path in (home / "editions" / "herbs").glob("000001.*"):
        path.unlink()


def _alter_manifest(home):
    path = home / "editions" / "herbs" / "000001.json"
    path.write_text(path.read_text().replace('"rows": 3', '"rows": 4'))


def _forge_withdrawal(home):
    (home / "editions" / "herbs" / "000001.withdrawn.json").write_text("{}")


def _drop_attachment(home):
    next(path for path in (home / "letters").rglob("*scan*") if path.is_file()).unlink()


def _alter_letter(home):
    path = home / "letters" / "110%2F777.json"
    path.write_text(path.read_text().replace("110/777", "110/778"))


def _open_key(home):
    (home / "keys" / "token.key").chmod(0o644)


def _drop_key(home):
    (home / "keys" / "signing.pem").unlink()


def _break_registry(home):
    path = home / "registry.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


def _replace_registry(home):
    (home / "registry.sqlite").write_bytes(b"no database" * 100)


def _orphan_page(home):
    with sqlite3.connect(home / "registry.sqlite") as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'client_pid'")
    connection.close()


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (_drop_edition, "herbs 2"),
        (_alter_manifest, "000001.json"),
        (_forge_withdrawal, "withdrawal of herbs 1"),
        (_drop_attachment, "letter 110/777"),
        (_alter_letter, "110"),
        (_open_key, "token.key"),
        (_drop_key, "signing.pem"),
        (_break_registry, "registry"),
        (_replace_registry, "registry"),
        (_orphan_page, "registry"),
    ],
)
def test_each_harm_is_named(full: Runner, harm, word):
    """Status 1, one line a problem, in both languages for machines."""
    harm(full.home)

    said = full("doctor")
    asked = full("doctor", "--json")

    assert said.status == asked.status == 1
    assert word in said.out
    assert asked.json["healthy"] is False
    assert all(problem["message"] and problem["message_en"] for problem in asked.json["problems"])


def test_a_home_comes_back_from_its_backup(full: Runner):
    """Every byte of editions, letters and keys; the registry with its drafts and clients; secret modes."""
    file = full.folder / "b.tar.gz"
    assert full("backup", file, "--json").json["files"] == len(_files(full.home)) + 1
    other = Runner(full.folder / "other", full._capsys)

    said = other("restore", file)

    assert said.status == 0, said.err
    assert _files(other.home) == _files(full.home)
    assert other("drafts", "list", "--json").json["items"] == full("drafts", "list", "--json").json["items"]
    assert other("clients", "list").out == full("clients", "list").out
    assert other("publish", "herbs", "3").status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((other.home / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((other.home / "keys" / "token.key").stat().st_mode) == 0o600


def test_a_backup_overwrites_nothing_and_needs_a_home(full: Runner):
    """Status 2; no half of a file is left."""
    file = full.folder / "b.tar.gz"
    file.write_bytes(b"mine")

    assert full("backup", file).status == 2
    assert file.read_bytes() == b"mine"
    assert Runner(full.folder / "none", full._capsys)("backup", full.folder / "c.tar.gz").status == 2
    assert sorted(path.name for path in full.folder.glob("*.tar.gz")) == ["b.tar.gz"]


def test_a_backup_is_told_in_words(full: Runner):
    """File, count, bytes."""
    assert "files, " in full("backup", full.folder / "b.tar.gz").out


def test_a_restore_never_touches_a_home_with_something_in_it(full: Runner):
    """Status 2 and the home as before; an empty folder is taken."""
    file = full.folder / "b.tar.gz"
    full("backup", file)
    before = _files(full.home)
    empty = full.folder / "empty"
    empty.mkdir()

    assert full("restore", file).status == 2
    assert _files(full.home) == before
    assert Runner(empty, full._capsys)("restore", file).status == 0


def _archive(*members: tuple[tarfile.TarInfo, bytes], record: object = "of them") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        if record is not None:
            content = json.dumps(
                {"form": 1, "version": "1", "files": {}} if record == "of them" else record
            ).encode()
            closing = tarfile.TarInfo("maksa-backup.json")
            closing.size = len(content)
            archive.addfile(closing, io.BytesIO(content))
    return target.getvalue()


def _link(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return member


def _file(name: str) -> tarfile.TarInfo:
    return tarfile.TarInfo(name)


def _wide() -> tarfile.TarInfo:
    member = tarfile.TarInfo("editions/a/x")
    member.pax_headers = {"comment": "x" * (3 << 20)}
    return member


def test_a_header_of_any_member_is_bounded(run: Runner):
    """Megabytes of it are not read into memory, of the first member or of a later one."""
    for members in [((_wide(), b""),), ((_file("registry.sqlite"), b"x"), (_wide(), b""))]:
        file = run.folder / "b.tar.gz"
        file.write_bytes(_archive(*members))

        said = run("restore", file)

        assert (said.status, "torn or damaged" in said.err) == (2, True)


@pytest.mark.parametrize(
    "content",
    [
        _archive((_file("../outside"), b"x")),
        _archive((_file("editions/../../outside"), b"x")),
        _archive((_file("/outside"), b"x")),
        _archive((_file("editions\\..\\outside"), b"x")),
        _archive((_file("c:/outside"), b"x")),
        _archive((_file("editions/a/b/c"), b"x")),
        _archive((_file("editions/.hidden"), b"x")),
        _archive((_file("other/x"), b"x")),
        _archive((_file("editions"), b"x")),
        _archive((_link("keys/token.key"), b"")),
        _archive((_file("registry.sqlite"), b"x"), (_file("registry.sqlite"), b"y")),
        _archive((_file("registry.sqlite"), b"x")),
        _archive((_file("registry.sqlite"), b"x"), record=None),
        _archive(record=[]),
        _archive(record={"form": 2, "files": {}}),
        _archive(record={"form": 1, "files": {"registry.sqlite": "x"}}),
        b"",
        b"no archive at all",
        gzip.compress(b"no tar" * 400),
        gzip.compress(b""),
    ],
    ids=lambda content: f"{len(content)}-bytes",  # The bytes hold a clock: no name for a test.
)
def test_a_hostile_or_broken_archive_makes_no_home(run: Runner, content):
    """Status 2, one sentence, nothing written anywhere."""
    file = run.folder / "b.tar.gz"
    file.write_bytes(content)

    said = run("restore", file)

    assert said.status == 2, said
    assert "not a whole backup" in said.err
    assert [path.name for path in run.folder.iterdir()] == ["b.tar.gz"]


@pytest.mark.parametrize("keep", [0.2, 0.9, 0.999])
def test_a_torn_archive_makes_no_home(full: Runner, keep):
    """Whatever the place where it ends."""
    file = full.folder / "b.tar.gz"
    full("backup", file)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * keep)])
    other = Runner(full.folder / "other", full._capsys)

    assert other("restore", file).status == 2
    assert not other.home.exists()


def test_a_backup_that_is_missing_is_said_to_be(run: Runner):
    """Status 2."""
    said = run("restore", run.folder / "none.tar.gz")

    assert (said.status, "no such file" in said.err) == (2, True)


def test_the_backup_of_an_unhealthy_home_restores_and_says_so(full: Runner):
    """What is well goes on; status 1."""
    _drop_attachment(full.home)
    file = full.folder / "b.tar.gz"
    assert full("backup", file).status == 0
    other = Runner(full.folder / "other", full._capsys)

    said = other("restore", file)

    assert said.status == 1
    assert "letter 110/777" in said.out
    assert other("show", "herbs", "00125").status == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_questions_are_answered_from_a_home_that_cannot_be_written(full: Runner):
    """A read-only disk serves all the same."""
    for folder in (full.home, full.home / "cache"):
        folder.chmod(0o500)
    try:
        assert full("show", "herbs", "00125").status == 0
    finally:
        for folder in (full.home, full.home / "cache"):
            folder.chmod(0o700)
