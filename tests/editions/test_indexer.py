"""Indexing here or in a second process: the same index."""

from __future__ import annotations

import pytest

from maksa.editions import indexer
from maksa.editions.content import concept_fields, record
from maksa.editions.indexer import open_indexer
from maksa.editions.writer import EditionHead, write_edition
from maksa.errors import EditionUnreadable
from toy import CONCEPTS, HERBS

LINES = [record(concept_fields(concept)) for concept in CONCEPTS]
HEAD = EditionHead(HERBS, "1", 1, None, sample=False, rows=0)


def test_a_second_process_gives_the_same_index_as_this_one():
    """Where a batch was indexed does not show."""
    with open_indexer(1) as here, open_indexer(1_000_000) as beside:
        for first in (0, 8):
            here.begin(first, LINES)
            beside.begin(first, LINES)

            assert here.end() == beside.end()


def test_the_bytes_of_an_edition_do_not_depend_on_the_process(tmp_path, monkeypatch):
    """A large build is as deterministic as a small one."""
    small = write_edition(tmp_path / "small.sqlite", HEAD, CONCEPTS)
    monkeypatch.setattr(indexer, "_WORTH_A_PROCESS", 1)
    large = write_edition(tmp_path / "large.sqlite", HEAD, CONCEPTS)

    assert small == large


def test_a_second_process_that_dies_is_an_error_and_no_hang(tmp_path):
    """The build stops with a clear sentence."""
    with open_indexer(1_000_000) as beside:
        beside._process.kill()
        beside._process.wait()
        beside.begin(0, LINES)

        with pytest.raises(EditionUnreadable, match="second process"):
            beside.end()
