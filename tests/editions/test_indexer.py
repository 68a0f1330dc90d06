"""Indexing here or in a second process: the same index."""

from __future__ import annotations

from array import array

import pytest

from maksa.editions import indexer
from maksa.editions.content import concept_fields, record
from maksa.editions.index import TABLES, create_tables, open_for_writing
from maksa.editions.indexer import Indexer
from maksa.editions.writer import EditionHead, write_edition
from maksa.errors import EditionUnreadable
from toy import CONCEPTS, HERBS

LINES = [record(concept_fields(concept)).encode() for concept in CONCEPTS]
RANKS = array("I", reversed(range(len(CONCEPTS))))
HEAD = EditionHead(HERBS, "1", 1, None, sample=False, rows=0)


@pytest.fixture
def edition(tmp_path):
    """An empty edition file, open for writing."""
    connection = open_for_writing(str(tmp_path / "edition.sqlite"))
    create_tables(connection)
    yield connection
    connection.close()


@pytest.fixture
def _beside_from_the_first_concept(monkeypatch):
    """A second process from the first concept on."""
    monkeypatch.setattr(indexer, "_WORTH_A_PROCESS", 1)


def test_the_bytes_of_an_edition_do_not_depend_on_the_process(tmp_path, monkeypatch):
    """A large build is as deterministic as a small one."""
    small = write_edition(tmp_path / "small.sqlite", HEAD, CONCEPTS)
    monkeypatch.setattr(indexer, "_WORTH_A_PROCESS", 1)
    large = write_edition(tmp_path / "large.sqlite", HEAD, CONCEPTS)

    assert small == large
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.sqlite", "small.sqlite"]


def test_batches_are_numbered_as_they_arrive_and_ranked_at_the_end(tmp_path, edition):
    """Each word leads to the ranks of its concepts, however the batches were cut."""
    with Indexer(tmp_path / "beside") as whole:
        whole.add(LINES)
        whole.rank(RANKS)
        whole.fill(edition)
    at_once = {table: edition.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    for table in TABLES:
        edition.execute(f"DELETE FROM {table}")
    with Indexer(tmp_path / "beside") as cut:
        cut.add(LINES[:3])
        cut.add(LINES[3:])
        cut.rank(RANKS)
        cut.fill(edition)

    assert at_once["word"]
    assert {table: edition.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES} == at_once


@pytest.mark.usefixtures("_beside_from_the_first_concept")
def test_a_second_process_that_dies_is_an_error_and_no_hang(tmp_path, edition):
    """The build stops with a clear sentence and leaves no file."""
    with Indexer(tmp_path / "beside") as dying:
        dying.add(LINES)
        dying._process.kill()
        dying._process.wait()
        dying.add(LINES)
        dying.rank(RANKS)

        with pytest.raises(EditionUnreadable, match="second process"):
            dying.fill(edition)
    assert not (tmp_path / "beside").exists()


@pytest.mark.usefixtures("_beside_from_the_first_concept")
def test_a_writer_that_gives_up_ends_the_second_process(tmp_path):
    """Nothing goes on in the background after an error of the source."""

    def broken():
        yield from CONCEPTS
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_edition(tmp_path / "a.sqlite", HEAD, broken())

    assert list(tmp_path.iterdir()) == []
