"""The registry's database: transactions, versions, several processes at once."""

import multiprocessing
import os
import sqlite3
import stat
import threading
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from maksa.errors import BadInput, WrongState
from maksa.registry.database import Registry, open_registry, sqlite_url
from maksa.registry.tables import fact


def count(registry: Registry) -> int:
    """Count the facts."""
    with registry.reading() as connection:
        return connection.scalar(select(func.count()).select_from(fact)) or 0


def test_a_new_registry_knows_its_version_and_keeps_what_is_in_it(registry, registry_file):
    """Opening makes the tables once; opening again loses nothing."""
    with registry.writing() as connection:
        connection.execute(insert(fact).values(name="a", value="b"))

    again = open_registry(f"sqlite:///{registry_file}")

    assert count(again) == 2
    assert sqlite3.connect(registry_file).execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_only_its_owner_reads_a_registry(tmp_path):
    """The file and SQLite's log beside it hold hashes of secrets; a file made open is closed again."""
    path = tmp_path / "registry.sqlite"
    registry = open_registry(sqlite_url(path))
    with registry.writing() as connection:
        connection.execute(insert(fact).values(name="a", value="b"))
        made = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert made == dict.fromkeys(("registry.sqlite", "registry.sqlite-wal", "registry.sqlite-shm"), 0o600)

    path.chmod(0o644)
    assert count(open_registry(sqlite_url(path))) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_registry_of_a_newer_program_is_refused_with_one_sentence(registry, registry_file):
    """A greater schema version stops the opening and says what to do."""
    with registry.writing() as connection:
        connection.execute(fact.update().where(fact.c.name == "schema_version").values(value="99"))

    with pytest.raises(WrongState, match="schema 99") as refusal:
        open_registry(f"sqlite:///{registry_file}")

    assert refusal.value.mend is not None


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite:////no/such/folder/registry.sqlite", "oracle://a/b"])
def test_a_database_that_cannot_be_used_is_a_clear_error(url):
    """A malformed URL, a missing driver and a missing folder are bad input, not a traceback."""
    with pytest.raises(BadInput, match="cannot be used"):
        open_registry(url)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path):
    """A damaged registry is told in one sentence."""
    path = tmp_path / "registry.sqlite"
    path.write_bytes(os.urandom(4096))

    with pytest.raises(BadInput, match="cannot be used"):
        open_registry(f"sqlite:///{path}")


def test_an_exception_undoes_the_transaction(registry):
    """Nothing of a transaction that fails stays."""
    with pytest.raises(IntegrityError), registry.writing() as connection:
        connection.execute(insert(fact), [{"name": "a", "value": "b"}, {"name": "a", "value": "c"}])

    assert count(registry) == 1


def test_a_database_that_stays_locked_is_a_clear_error(registry, registry_file, monkeypatch):
    """Who waits in vain for another writer is told so."""
    monkeypatch.setattr("maksa.registry.database._BUSY_MS", 20)

    with registry.writing(), pytest.raises(BadInput, match="locked"), registry.writing():
        pass


def test_threads_write_one_after_another(registry):
    """Writers that read first and write later wait for each other; none is refused."""

    def write(number: int) -> None:
        for step in range(10):
            with registry.writing() as connection:
                connection.scalar(select(func.count()).select_from(fact))
                connection.execute(insert(fact).values(name=f"{number}-{step}", value=""))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count(registry) == 41


def open_and_write(path: Path, name: str, together: Barrier) -> None:
    """Open a registry in a process of its own, at the same moment as the others, and write a fact."""
    together.wait()
    with open_registry(f"sqlite:///{path}").writing() as connection:
        connection.execute(insert(fact).values(name=name, value=""))


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
def test_several_processes_open_a_new_registry_at_once(registry_file):
    """The tables are made once and every process can write."""
    context = multiprocessing.get_context("fork")
    together = context.Barrier(12)
    processes = [
        context.Process(target=open_and_write, args=(registry_file, str(n), together)) for n in range(12)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 12
    assert count(open_registry(f"sqlite:///{registry_file}")) == 13
