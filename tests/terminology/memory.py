"""A library in memory: the naive reading of the ports, an oracle for the edition files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

from maksa.editions.reader import EditionFile
from maksa.editions.words import code_aliases, words_of
from maksa.editions.writer import EditionHead, write_edition
from maksa.errors import EditionUnreadable
from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import EditionEntry, EditionRef, Letter, Manifest
from maksa.model.persian import fold, title_key
from maksa.model.provider import ConceptFilter, Facet, Hit, Hits, How, Provider
from maksa.text import Text

PUBLISHED = datetime(2024, 1, 1, tzinfo=UTC)


class MemoryProvider:
    """One edition in memory, in static-rank order; every answer is a plain scan."""

    def __init__(
        self,
        terminology: Terminology,
        ref: EditionRef,
        concepts: Sequence[Concept],
        mappings: Sequence[Mapping] = (),
    ) -> None:
        self.terminology = terminology
        self.ref = ref
        self.count = len(concepts)
        self._ranked = sorted(
            concepts, key=lambda c: (c.status == "retired", -c.usage, len(c.display), c.code)
        )
        self._mappings = mappings
        self._by_code = {concept.code: concept for concept in concepts}

    def concept(self, code: str) -> Concept | None:
        """Give a concept by its exact code."""
        return self._by_code.get(code)

    def displays(self, codes: Sequence[str], day: date) -> dict[str, str]:
        """Give the displays of those codes that are active on a day."""
        held = [self._by_code[code] for code in codes if code in self._by_code]
        return {concept.code: concept.display for concept in held if concept.status_on(day) == "active"}

    def recognise(self, code: str) -> Sequence[str]:
        """Give what a spelling can mean: itself, its repairs, or its aliases."""
        if code in self._by_code:
            return (code,)
        spelled = [c for c in self.terminology.code_form.spellings(code) if c in self._by_code]
        wanted = {code, *code_aliases(code)}
        return spelled or sorted(c for c in self._by_code if wanted & {c, *code_aliases(c)})

    def titled(self, title: str, *, limit: int = 6) -> Sequence[str]:
        """Give the codes with this title."""
        key = title_key(title)
        return [c.code for c in self._ranked if key and key in map(title_key, c.titles())][:limit]

    def page(
        self, wanted: ConceptFilter, *, after: str | None, limit: int, offset: int = 0
    ) -> Sequence[Concept]:
        """Cut a page from the sorted codes."""
        codes = sorted(code for code in self._by_code if after is None or code > after)
        kept = [self._by_code[code] for code in codes if self._meets(self._by_code[code], wanted)]
        return kept[offset : offset + limit]

    def total(self, wanted: ConceptFilter) -> int:
        """Count what a filter keeps."""
        return sum(self._meets(concept, wanted) for concept in self._by_code.values())

    def search(
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        wanted: ConceptFilter | None = None,
        facets: bool = False,
    ) -> Hits:
        """Scan all concepts, best class first; status is the only facet here."""
        by_code = set(self.recognise(text.strip()))
        kept = [c for c in self._ranked if wanted is None or self._meets(c, wanted)]
        found = [(how, c) for c in kept if (how := self._how(c, text, by_code)) is not None]
        found.sort(key=lambda pair: get_args(How).index(pair[0]))
        hits = tuple(Hit(c, c.code if how == "code" else c.display, how) for how, c in found)
        spread = ()
        if facets and wanted is not None:
            states = Counter(c.status_on(wanted.day) for _, c in found)
            spread = (Facet("status", tuple(states.most_common())),)
        by_how = tuple(Counter(how for how, _ in found).items())
        return Hits(len(hits), hits[offset : offset + limit], by_how, spread)

    def in_value_set(self, code: str, value_set: str) -> bool:
        """Read the property that the value set names."""
        concept = self._by_code.get(code)
        defined = next(one for one in self.terminology.value_sets if one.id == value_set)
        return concept is not None and any(v in defined.values for v in concept.values(defined.property))

    def children(self, code: str) -> Sequence[str]:
        """Scan for a parent."""
        return sorted(c.code for c in self._ranked if code in c.parents)

    def mappings(self, source_code: str) -> Sequence[Mapping]:
        """Scan for a source code."""
        return [row for row in self._mappings if row.source_code == source_code]

    def sources(
        self, target_terminology: str, target_code: str, *, condition: str | None, limit: int
    ) -> Sequence[str]:
        """Scan for the codes that lead to a target."""
        wanted = (target_terminology, target_code, condition)
        found = {
            row.source_code
            for row in self._mappings
            if (row.target_terminology, row.target_code, row.condition) == wanted
            and row.relationship not in {"retired", "not-related-to"}
        }
        return sorted(found)[:limit]

    def mapped_between(self) -> Sequence[tuple[str, str]]:
        """Scan for the lists that the rows speak of."""
        return sorted({(row.source_terminology, row.target_terminology) for row in self._mappings})

    def _meets(self, concept: Concept, wanted: ConceptFilter) -> bool:
        if wanted.status is not None and concept.status_on(wanted.day) != wanted.status:
            return False
        if wanted.value_set is not None and not self.in_value_set(concept.code, wanted.value_set):
            return False
        if wanted.changed_after is None:
            return True
        since = wanted.dates_from or wanted.day
        begins, last = concept.effective_from, concept.effective_to
        return (
            concept.changed > wanted.changed_after
            or (begins is not None and since <= begins <= wanted.day)
            or (last is not None and since <= last + timedelta(days=1) <= wanted.day)
        )

    def _how(self, concept: Concept, text: str, by_code: set[str]) -> How | None:
        if concept.code in by_code:
            return "code"
        if title_key(text) in map(title_key, concept.titles()):
            return "title"
        words = {word for title in concept.titles() for word in words_of(fold(title))}
        asked = words_of(fold(text))
        if asked and all(word in words for word in asked):
            return "words"
        start = text.strip()
        code_like = len(start) >= 3 and start[-1].isdecimal() and " " not in start
        if asked and all(any(w.startswith(word) for w in words) for word in asked):
            return "prefix"
        return "prefix" if code_like and concept.code.startswith(start) else None


@dataclass
class MemoryLibrary:
    """Editions by list, newest first; `publish` and `withdraw` are what the desk would do."""

    generation: int = 0
    torn: set[tuple[str, str]] = field(default_factory=set)
    opened: int = 0
    letters: list[Letter] = field(default_factory=list)
    _entries: dict[str, list[EditionEntry]] = field(default_factory=dict)
    _providers: dict[tuple[str, str], Provider] = field(default_factory=dict)

    def publish(
        self,
        terminology: Terminology,
        edition: str,
        concepts: Sequence[Concept],
        *,
        effective: date | None = None,
        published: datetime = PUBLISHED,
        sample: bool = False,
        letters: tuple[Letter, ...] = (),
        mappings: Sequence[Mapping] = (),
    ) -> EditionEntry:
        """Put an edition on the shelf, after those of the list that are there."""
        entries = self._entries.setdefault(terminology.id, [])
        content = hashlib.sha256(f"{terminology.id} {edition}".encode()).hexdigest()
        head = EditionHead(terminology, edition, len(entries) + 1, effective, sample, len(concepts))
        provider = self.make(head, content, concepts, mappings)
        manifest = Manifest(
            terminology=terminology.id,
            kind=terminology.kind,
            edition=edition,
            sequence=head.sequence,
            effective=effective,
            count=len(concepts),
            rows=len(concepts),
            sample=sample,
            file_hash=content,
            content_hash=provider.ref.hash,
            previous_hash=None,
            schema_version=1,
            sqlite_version="",
            published=published,
            key_id="",
            signature="",
        )
        entry = EditionEntry(manifest, letters)
        entries.insert(0, entry)
        self._providers[terminology.id, edition] = provider
        self.generation += 1
        return entry

    def make(
        self, head: EditionHead, content: str, concepts: Sequence[Concept], mappings: Sequence[Mapping]
    ) -> Provider:
        """Give the provider of a new edition."""
        ref = EditionRef(head.terminology.id, head.edition, content)
        return MemoryProvider(head.terminology, ref, concepts, mappings)

    def withdraw(self, terminology: str, edition: str) -> None:
        """Mark an edition as withdrawn."""
        entries = self._entries[terminology]
        self._entries[terminology] = [
            EditionEntry(e.manifest, e.letters, withdrawn=e.withdrawn or e.manifest.edition == edition)
            for e in entries
        ]
        self.generation += 1

    def tear(self, terminology: str, edition: str) -> None:
        """Damage an edition: it can no longer be opened."""
        self.torn.add((terminology, edition))
        self.generation += 1

    def ids(self) -> Sequence[str]:
        """List the lists in the order of their first edition."""
        return list(self._entries)

    def all_letters(self) -> Sequence[Letter]:
        """Give the letters behind the editions, told what supersedes them, in the order of date and number."""
        held = {one.number: one for entries in self._entries.values() for e in entries for one in e.letters}
        for one in self.letters:
            held[one.number] = one
        told = [
            replace(one, superseded_by=tuple(o.number for o in held.values() if one.number in o.supersedes))
            for one in held.values()
        ]
        return sorted(told, key=lambda one: (one.date or date.min, one.number))

    def letter(self, number: str) -> Letter | None:
        """Give the letter of a number."""
        return next((one for one in self.all_letters() if one.number == number), None)

    def attachment(self, number: str, name: str) -> None:
        """Give none: memory has no letters' files."""

    def damage(self, terminology: str) -> EditionUnreadable | None:
        """Give none: memory has no manifests."""

    def refusals(self) -> Sequence[EditionUnreadable]:
        """Give none."""
        return ()

    def entries(self, terminology: str) -> Sequence[EditionEntry]:
        """List the editions, newest first."""
        return self._entries.get(terminology, [])

    def provider(self, terminology: str, edition: str) -> Provider:
        """Open an edition, unless it was torn."""
        if (terminology, edition) in self.torn:
            raise EditionUnreadable(Text("پرونده پاره است.", "The file is torn."))
        self.opened += 1
        return self._providers[terminology, edition]

    def file(self, terminology: str, edition: str) -> Path:
        """Name a file; nothing stands there."""
        return Path(terminology) / f"{edition}.sqlite"


@dataclass
class FileLibrary(MemoryLibrary):
    """The same shelf, with real edition files behind it."""

    folder: Path = Path()

    def make(
        self, head: EditionHead, content: str, concepts: Sequence[Concept], mappings: Sequence[Mapping]
    ) -> Provider:
        """Write the edition and open its file."""
        path = self.folder / f"{content}.sqlite"
        write_edition(path, head, concepts, mappings)
        return EditionFile(path)
