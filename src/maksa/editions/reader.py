"""Read one edition file: a provider of its concepts, read-only, shared by any number of threads."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from pyroaring import BitMap

from maksa.editions.concepts import Concepts
from maksa.editions.connection import EditionConnection
from maksa.editions.content import terminology_from_json
from maksa.editions.facets import COUNTED
from maksa.editions.facets import facets as count_facets
from maksa.editions.filters import IN_VALUE_SET, STATUS, condition
from maksa.editions.recent import Recent
from maksa.editions.rows import mapping_from_row
from maksa.editions.terms import TermIndex
from maksa.editions.words import code_aliases, may_be_alias, title_number
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import EditionRef
from maksa.model.jalali import today
from maksa.model.persian import fold, squeeze
from maksa.model.provider import ConceptFilter, Facet, Hits

_DISPLAYS_KEPT = 16_384
_LONGEST_KEPT = 500
"""Characters of a display above which it is not kept: at some 0.4 KB each, and at most 2, they take some 7 MB."""
_TOTALS_KEPT = 256
_FILTERS_KEPT = 8

_DISPLAY = f"SELECT code, display FROM concept WHERE code = :code AND {STATUS['active']}"
_DISPLAYS = f"""SELECT code, display FROM json_each(:codes) CROSS JOIN concept ON code = value
    WHERE {STATUS["active"]}"""
_SOURCES = """SELECT DISTINCT source_code FROM mapping
    WHERE target_terminology = ? AND target_code = ? AND condition IS ?
        AND relationship NOT IN ('retired', 'not-related-to')
    ORDER BY source_code LIMIT ?"""
_CODES_AT_ONCE = 10_000
_PERSIAN_ALONE = re.compile("[\u0621-\u065f\u066e-\u06d3\u200c ]*")
"""A text of Persian or Arabic letters, as most searches are: no code has such an alias."""
_TATWEEL = "\u0640"
"""Looks like a letter, but may stand for a dash."""


class EditionFile:
    """One edition (`model.provider.Provider`). Raises: EditionUnreadable when it is opened or read and torn."""

    def __init__(self, path: Path) -> None:
        """Open the file and read its description."""
        self._connection = EditionConnection(path)
        self.meta = {str(name): str(value) for name, value in self._connection.rows("SELECT * FROM meta")}
        self._terminology = terminology_from_json(self.meta["terminology"])
        self._ref = EditionRef(self._terminology.id, self.meta["edition"], self.meta["content_hash"])
        self._concepts = Concepts(self._connection, self._terminology.properties)
        last = self._connection.row("SELECT max(code) FROM concept")
        self._last_code: str = last[0] if last and last[0] else ""
        self._terms = TermIndex(self._connection, lambda number: self._at(number).titles())
        self._displays_of = lru_cache(maxsize=1)(_nothing_kept)
        self._total = lru_cache(maxsize=_TOTALS_KEPT)(self._count)
        self._mapped_between = lru_cache(maxsize=1)(self._read_mapped_between)
        self._numbers = lru_cache(maxsize=_FILTERS_KEPT)(self._read_numbers)

    @property
    def terminology(self) -> Terminology:
        """Describe the list."""
        return self._terminology

    @property
    def ref(self) -> EditionRef:
        """Name the edition and its content hash."""
        return self._ref

    @property
    def count(self) -> int:
        """Count the concepts (of a map: its rows)."""
        return int(self.meta["count"])

    def concept(self, code: str) -> Concept | None:
        """Give the concept of exactly this code, or None. Cost: under 1 µs when read lately, else some 30."""
        return self._concepts.of_code(code)

    def displays(self, codes: Sequence[str], day: date) -> dict[str, str]:
        """Give the displays of those codes that are in the list and active on a day, whatever their number.

        Those of today are kept: nearly all that is asked is of today, and few codes are asked of often.
        """
        if day != today():
            return self._read_displays(codes, day)
        kept = self._displays_of(day)
        found = kept.known(codes)
        missing = [code for code in codes if code not in found] if found else codes
        if missing:
            read = self._read_displays(missing, day)
            kept.keep({code: display for code, display in read.items() if len(display) <= _LONGEST_KEPT})
            found.update(read)
        return found

    def _read_displays(self, codes: Sequence[str], day: date) -> dict[str, str]:
        if len(codes) == 1:
            return dict(self._connection.rows(_DISPLAY, {"code": codes[0], "day": day.isoformat()}))
        found: dict[str, str] = {}
        for start in range(0, len(codes), _CODES_AT_ONCE):
            wanted = json.dumps(codes[start : start + _CODES_AT_ONCE])
            found.update(self._connection.rows(_DISPLAYS, {"codes": wanted, "day": day.isoformat()}))
        return found

    def recognise(self, code: str) -> Sequence[str]:
        """Give the codes of the list that this spelling means; the exact one alone if there is one."""
        if _begins_persian(code) and self._last_code < code[0]:
            return self._by_alias(code)
        spelled = list(self._terminology.code_form.spellings(code))
        rows = self._connection.rows(
            f"SELECT code FROM concept WHERE code IN ({','.join('?' * len(spelled))})", spelled
        )
        if (code,) in rows:
            return (code,)
        return tuple(other for other in spelled if (other,) in rows) or self._by_alias(code)

    def titled(self, title: str, *, limit: int = 6) -> Sequence[str]:
        """Give codes, best first, one of whose titles equals this one after folding."""
        key = squeeze(fold(title))
        if not key:
            return ()
        found = self._connection.rows(
            "SELECT concept FROM title WHERE key = ? ORDER BY concept LIMIT ?", (title_number(key), limit)
        )
        concepts = (self._at(number) for (number,) in found)
        return tuple(c.code for c in concepts if any(squeeze(fold(t)) == key for t in c.titles()))

    def page(
        self, wanted: ConceptFilter, *, after: str | None, limit: int, offset: int = 0
    ) -> Sequence[Concept]:
        """Give a page of concepts in the order of their codes, those after the code `after`."""
        chosen, parameters = condition(wanted)
        parameters |= {"after": after, "limit": limit, "offset": offset}
        return self._concepts.where(
            f"{chosen} AND (:after IS NULL OR code > :after) ORDER BY code LIMIT :limit OFFSET :offset",
            parameters,
        )

    def total(self, wanted: ConceptFilter) -> int:
        """Count the concepts of a filter."""
        return self._total(wanted)

    def search(
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        wanted: ConceptFilter | None = None,
        facets: bool = False,
    ) -> Hits:
        """Find concepts by words (any order, each a prefix), titles or codes; retired ones too."""
        found = self._terms.find(text, codes=[self._number_of(code) for code in self.recognise(text.strip())])
        if wanted is not None and (wanted.status or wanted.value_set):
            found = found.only(self._numbers(wanted))
        page = list(found.page(offset, limit))
        concepts = self._concepts.numbered([number for _, number in page])
        hits = tuple(ranked.hit(concepts[number]) for ranked, number in page)
        spread: tuple[Facet, ...] = ()
        if facets:
            best = (number for _, number in found.page(0, COUNTED))
            day = today() if wanted is None else wanted.day
            spread = count_facets(self._connection, best, self._terminology.properties, day)
        return Hits(found.total, hits, found.by_how(), spread)

    def in_value_set(self, code: str, value_set: str) -> bool:
        """Tell whether a code of the list stands in one of its value sets."""
        sql = f"SELECT 1 FROM concept WHERE code = :code AND {IN_VALUE_SET}"
        return self._connection.row(sql, {"code": code, "value_set": value_set}) is not None

    def children(self, code: str) -> Sequence[str]:
        """Give the codes whose parent is this one, in code order."""
        return [
            str(child)
            for (child,) in self._connection.rows(
                "SELECT code FROM concept JOIN parent ON parent.concept = concept.id"
                " WHERE parent_code = ? ORDER BY code",
                (code,),
            )
        ]

    def mappings(self, source_code: str) -> Sequence[Mapping]:
        """Give the rows of a map for a source code, in the order of the source; empty for a terminology."""
        rows = self._connection.rows(
            "SELECT * FROM mapping WHERE source_code = ? ORDER BY id", (source_code,)
        )
        return [mapping_from_row(row) for row in rows]

    def sources(
        self, target_terminology: str, target_code: str, *, condition: str | None, limit: int
    ) -> Sequence[str]:
        """Give source codes that a map leads to a target under exactly this condition, at most `limit`."""
        rows = self._connection.rows(_SOURCES, (target_terminology, target_code, condition, limit))
        return [str(code) for (code,) in rows]

    def mapped_between(self) -> Sequence[tuple[str, str]]:
        """Give the pairs of source and target terminology of a map's rows; empty for a terminology."""
        return self._mapped_between()

    def _read_mapped_between(self) -> Sequence[tuple[str, str]]:
        rows = self._connection.rows(
            "SELECT DISTINCT source_terminology, target_terminology FROM mapping ORDER BY 1, 2"
        )
        return [(str(source), str(target)) for source, target in rows]

    def all_mappings(self) -> Sequence[Mapping]:
        """Give every row of a map in the order of the source; empty for a terminology."""
        rows = self._connection.rows("SELECT * FROM mapping ORDER BY id")
        return [mapping_from_row(row) for row in rows]

    def _by_alias(self, code: str) -> tuple[str, ...]:
        if _PERSIAN_ALONE.fullmatch(code):
            return ()
        aliases = [alias for alias in (code, *code_aliases(code)) if may_be_alias(alias)]
        if not aliases:
            return ()
        found = self._connection.rows(
            "SELECT DISTINCT code FROM concept JOIN code_alias ON code_alias.concept = concept.id"
            f" WHERE alias IN ({','.join('?' * len(aliases))}) ORDER BY code LIMIT 6",
            aliases,
        )
        return tuple(str(row[0]) for row in found)

    def _count(self, wanted: ConceptFilter) -> int:
        chosen, parameters = condition(wanted)
        row = self._connection.row(f"SELECT count(*) FROM concept WHERE {chosen}", parameters)
        return int(row[0]) if row else 0

    def _read_numbers(self, wanted: ConceptFilter) -> BitMap:
        chosen, parameters = condition(wanted)
        rows = self._connection.rows(f"SELECT id FROM concept WHERE {chosen}", parameters)
        return BitMap(number for (number,) in rows)

    def _number_of(self, code: str) -> int:
        row = self._connection.row("SELECT id FROM concept WHERE code = ?", (code,))
        return int(row[0]) if row else -1

    def _at(self, number: int) -> Concept:
        row = self._connection.row("SELECT code FROM concept WHERE id = ?", (number,))
        concept = self.concept(row[0]) if row else None
        if concept is None:
            raise LookupError(number)
        return concept


def _nothing_kept(day: date) -> Recent[str, str]:  # noqa: ARG001 - The day is what they are kept under.
    return Recent(_DISPLAYS_KEPT)


def _begins_persian(text: str) -> bool:
    """Tell whether a text begins with a letter of the Persian or Arabic script: all its spellings as a code do so too."""
    return "\u0621" <= text[:1] <= "\u06d3" and text[0].isalpha() and text[0] != _TATWEEL
