"""Writing an edition: deterministic, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from concepts import concepts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maksa.editions.reader import EditionFile
from maksa.editions.writer import EditionHead, write_edition
from maksa.errors import BadInput
from maksa.model.concept import Concept, Decision, Mapping
from maksa.model.edition import SCHEMA_VERSION
from maksa.model.provider import ConceptFilter
from toy import CONCEPTS, HERBS

HEAD = EditionHead(HERBS, "1404", 3, date(2025, 3, 21), sample=False, rows=9)


def test_the_same_content_gives_the_same_bytes_in_any_order(tmp_path):
    """Neither the order of the source, the path nor the clock enters the file."""
    first = write_edition(tmp_path / "a.sqlite", HEAD, CONCEPTS)
    second = write_edition(tmp_path / "longer-name.sqlite", HEAD, reversed(CONCEPTS))

    assert first == second
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "longer-name.sqlite").read_bytes()


@pytest.mark.parametrize(
    "other",
    [
        {"head": replace(HEAD, edition="1405")},
        {"head": replace(HEAD, effective=None)},
        {"head": replace(HEAD, sample=True)},
        {"concepts": CONCEPTS[1:]},
        {"concepts": (*CONCEPTS[1:], replace(CONCEPTS[0], display="بابونه رومی"))},
    ],
)
def test_any_other_content_has_another_hash(tmp_path, other):
    """The content hash covers the head and every concept."""
    first = write_edition(tmp_path / "a.sqlite", HEAD, CONCEPTS)
    second = write_edition(tmp_path / "b.sqlite", other.get("head", HEAD), other.get("concepts", CONCEPTS))

    assert first.content_hash != second.content_hash


def test_concepts_stand_in_static_rank_order(tmp_path):
    """Active before retired, then the most used, then the shorter title, then the code."""
    write_edition(tmp_path / "a.sqlite", HEAD, CONCEPTS)

    with sqlite3.connect(tmp_path / "a.sqlite") as connection:
        ranked = [code for (code,) in connection.execute("SELECT code FROM concept ORDER BY id")]
    connection.close()

    assert ranked[0] == "00127"
    assert ranked[-1] == "00128"


def test_a_code_that_stands_twice_leaves_no_file(tmp_path):
    """A second concept of a code is refused and nothing stays at the path."""
    with pytest.raises(BadInput, match="stands twice"):
        write_edition(tmp_path / "a.sqlite", HEAD, (Concept("1", "a"), Concept("1", "b")))

    assert list(tmp_path.iterdir()) == []


def test_an_error_of_the_source_leaves_no_file(tmp_path):
    """Whatever breaks while concepts stream in, no half file remains."""

    def broken():
        yield CONCEPTS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_edition(tmp_path / "a.sqlite", HEAD, broken())

    assert list(tmp_path.iterdir()) == []


def test_a_map_keeps_its_rows_in_order(tmp_path):
    """Mappings of a source code come back as they were given."""
    rows = (
        Mapping("a", "1", "b", "x", row=2),
        Mapping("a", "1", "b", None, "not-mapped"),
        Mapping("a", "2", "b", "y"),
    )
    written = write_edition(
        tmp_path / "m.sqlite", replace(HEAD, terminology=replace(HERBS, kind="map")), (), rows
    )

    edition = EditionFile(tmp_path / "m.sqlite")

    assert written.count == edition.count == 3
    assert tuple(edition.mappings("1")) == rows[:2]
    assert edition.mappings("9") == []


def test_the_decision_of_a_row_comes_back(tmp_path):
    """With the letter behind it, or without one; the file says the version that knows decisions."""
    decision = Decision("Dr. Rah", date(2025, 3, 1), "seen in the field", "110/1")
    rows = (
        Mapping("a", "1", "b", "x", decision=decision),
        Mapping("a", "2", "b", None, decision=replace(decision, letter=None)),
    )
    head = replace(HEAD, terminology=replace(HERBS, kind="map"))

    written = write_edition(tmp_path / "m.sqlite", head, (), rows)

    assert tuple(EditionFile(tmp_path / "m.sqlite").all_mappings()) == rows
    assert written.schema_version == SCHEMA_VERSION


def test_a_file_without_the_columns_of_decisions_is_read(tmp_path):
    """Maps of the first schema version stay readable."""
    path = tmp_path / "m.sqlite"
    rows = (Mapping("a", "1", "b", "x", row=2),)
    write_edition(path, replace(HEAD, terminology=replace(HERBS, kind="map")), (), rows)
    with closing(sqlite3.connect(path)) as connection:
        for column in ("decided_by", "decided_on", "reason", "letter"):
            connection.execute(f"ALTER TABLE mapping DROP COLUMN {column}")
        connection.commit()

    assert tuple(EditionFile(path).all_mappings()) == rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(concepts(), max_size=8, unique_by=lambda c: c.code))
def test_every_concept_comes_back_from_the_file(tmp_path, written):
    """Whatever is written is read again, whole, and in the order of codes."""
    path = tmp_path / "any.sqlite"
    path.unlink(missing_ok=True)
    write_edition(path, HEAD, written)
    edition = EditionFile(path)

    everything = edition.page(ConceptFilter(date(2025, 1, 1)), after=None, limit=100)

    assert list(everything) == sorted(written, key=lambda c: c.code.encode())
    assert all(edition.concept(c.code) == c for c in written)
