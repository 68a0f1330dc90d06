"""The registry's database: transactions, versions, several processes at once."""

import multiprocessing
import os
import sqlite3
import stat
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing.synchronize import Barrier

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


def test_a_new_registry_knows_its_version_and_keeps_what_is_in_it(registry, registry_url):
    """Opening makes the tables once; opening again loses nothing."""
    with registry.writing() as connection:
        connection.execute(insert(fact).values(name="a", value="b"))

    with closing(open_registry(registry_url)) as again:
        assert count(again) == 2


def test_a_registry_on_sqlite_writes_ahead(registry_file):
    """Readers and a writer do not wait for each other."""
    open_registry(sqlite_url(registry_file))

    with closing(sqlite3.connect(registry_file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


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


def test_a_registry_of_a_newer_program_is_refused_with_one_sentence(registry, registry_url):
    """A greater schema version stops the opening and says what to do."""
    with registry.writing() as connection:
        connection.execute(fact.update().where(fact.c.name == "schema_version").values(value="99"))

    with pytest.raises(WrongState, match="schema 99") as refusal:
        open_registry(registry_url)

    assert refusal.value.mend is not None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite:////no/such/folder/registry.sqlite",
        "oracle://a/b",
        "postgresql://a@127.0.0.1:1/b",
    ],
)
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


@pytest.fixture
def other(registry, registry_url):
    """Open the same registry once more, as another program would."""
    with closing(open_registry(registry_url)) as opened:
        yield opened


def test_a_database_that_stays_locked_is_a_clear_error(registry, other, monkeypatch):
    """Who waits in vain for another writer is told so."""
    monkeypatch.setattr("maksa.registry.database._BUSY_MS", 20)

    with registry.writing(), pytest.raises(BadInput, match=r"locked|lock timeout"), other.writing():
        pass


def test_a_thread_has_one_transaction_at_a_time(registry):
    """A second one inside the first could wait forever for a connection, so it is a fault at once; afterwards all is as before."""
    with registry.reading(), pytest.raises(RuntimeError, match="inside"), registry.acting_as("x").writing():
        pass

    assert count(registry) == 1


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


def test_a_reader_sees_one_state(registry, other):
    """What is committed while it reads is not in what it reads."""
    with registry.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(fact))
        with other.writing() as writer:
            writer.execute(insert(fact).values(name="a", value=""))
        assert connection.scalar(select(func.count()).select_from(fact)) == before

    assert count(registry) == 2


def test_more_writers_than_connections_wait_for_one(registry):
    """A hundred threads at once write what they want, one after another, and none is refused."""

    def write(number: int) -> None:
        with registry.writing() as connection:
            connection.execute(insert(fact).values(name=str(number), value=""))

    with ThreadPoolExecutor(100) as threads:
        list(threads.map(write, range(100)))

    assert count(registry) == 101


@pytest.mark.parametrize("url", ["postgresql://u:geheim@127.0.0.1:1/b", "postgresql://u:geheim@h:geheim/b"])
def test_a_password_in_the_url_is_not_told(url):
    """Neither the sentence of an error nor its cause, which a log would print, repeats it."""
    with pytest.raises(BadInput) as refusal:
        open_registry(url)

    assert "geheim" not in "".join(traceback.format_exception(refusal.value))


def test_the_url_of_a_registry_hides_its_password(postgresql_url):
    """Its text is fit to be shown."""
    with closing(open_registry(postgresql_url)) as registry:
        assert str(postgresql_url.password) not in str(registry.url)


def open_and_write(url: str, name: str, together: Barrier) -> None:
    """Open a registry in a process of its own, at the same moment as the others, and write a fact."""
    together.wait()
    with closing(open_registry(url)) as registry, registry.writing() as connection:
        connection.execute(insert(fact).values(name=name, value=""))


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
def test_several_processes_open_a_new_registry_at_once(registry_url):
    """The tables are made once and every process can write."""
    context = multiprocessing.get_context("fork")
    together = context.Barrier(12)
    processes = [
        context.Process(target=open_and_write, args=(registry_url, str(n), together)) for n in range(12)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 12
    with closing(open_registry(registry_url)) as registry:
        assert count(registry) == 13


def write_in_a_child(registry: Registry, name: str) -> None:
    """Write a fact through a registry that another process opened."""
    with registry.writing() as connection:
        connection.execute(insert(fact).values(name=name, value=""))
    registry.close()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
def test_forked_processes_share_no_connection(registry):
    """A registry that is opened before a fork serves parent and children."""
    assert count(registry) == 1
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=write_in_a_child, args=(registry, str(n))) for n in range(4)]
    for process in processes:
        process.start()
    write_in_a_child(registry, "parent")
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0] * 4
    assert count(registry) == 6
