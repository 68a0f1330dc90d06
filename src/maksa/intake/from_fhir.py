"""Read a FHIR CodeSystem (R4 or R5, as JSON): its concept tree becomes concepts with parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from maksa.intake.bounds import MAX_CELL, MAX_DEPTH, MAX_ROWS
from maksa.intake.cell_sentences import cell_too_long, control_characters
from maksa.intake.clean import CONTROL
from maksa.intake.draft_concept import DraftConcept
from maksa.intake.fhir_property import FhirProperties, plain_text
from maksa.intake.fhir_resource import list_of, malformed, parse_resource
from maksa.intake.file_sentences import over_bound
from maksa.intake.ledger import Ledger, RowRefusedError
from maksa.intake.profile_records import Profile
from maksa.intake.sentences import (
    missing_code,
    missing_title,
    no_value,
)
from maksa.intake.settle import Settler
from maksa.model.concept import PropertyDefinition, Terminology
from maksa.text import Text

_CONTENT = {"complete": "complete", "fragment": "fragment", "example": "fragment", "supplement": "supplement"}
_USES = frozenset(("synonym", "persian", "english", "short", "abbreviation"))


class FhirReader:
    """An open CodeSystem; rows are its concepts in the order of the document, the first is 1."""

    def __init__(self, name: str, file: BinaryIO, size: int, ledger: Ledger) -> None:
        """Parse the resource. Raises: IntakeError when it is no CodeSystem or over a bound."""
        self._name = name
        self._ledger = ledger
        self._resource = parse_resource(name, file, size, "CodeSystem")
        self._properties = FhirProperties(self._resource, ledger)

    @property
    def id(self) -> str | None:
        """Give the id that the resource states."""
        return plain_text(self._resource.get("id"))

    def describe(self, terminology: Terminology, *, own_title: bool) -> Terminology:
        """Give the list's description with what the resource says of itself.

        `own_title` lets the resource name the list; a profile of a known list keeps its title.
        """
        resource = self._resource
        title = plain_text(resource.get("title")) or plain_text(resource.get("name"))
        publisher = plain_text(resource.get("publisher"))
        supplements = plain_text(resource.get("supplements"))
        content = _CONTENT.get(str(resource.get("content")), "complete")
        return replace(
            terminology,
            title=Text(title, title) if title and own_title else terminology.title,
            url=plain_text(resource.get("url")) or terminology.url,
            publisher=Text(publisher, publisher) if publisher and own_title else terminology.publisher,
            content=cast("Any", content),
            supplements=supplements,
            case_sensitive=resource.get("caseSensitive") is True,
        )

    def drafts(self, profile: Profile, settler: Settler) -> Iterator[DraftConcept]:
        """Give a draft for each concept that can be taken; the others are set aside in the ledger."""
        self._properties.use(profile)
        for row, (concept, parent) in enumerate(self._concepts(), start=1):
            if row > MAX_ROWS:
                raise over_bound(
                    self._name, f"بیش از {MAX_ROWS} مفهوم دارد", f"it has over {MAX_ROWS} concepts"
                )
            self._ledger.open_row(row)
            try:
                draft = self._draft(row, concept, parent)
                settler.settle(draft)
            except RowRefusedError as refused:
                self._ledger.refuse_row(refused)
            else:
                self._ledger.close_row()
                yield draft

    def added(self) -> tuple[PropertyDefinition, ...]:
        """Give the definitions of the properties that the resource brought."""
        return self._properties.definitions()

    def _concepts(self) -> Iterator[tuple[dict[str, Any], str | None]]:
        """Walk the tree in document order, without recursion."""
        walk: list[tuple[Iterator[Any], str | None]] = [
            (iter(list_of(self._name, self._resource, "concept")), None)
        ]
        while walk:
            siblings, parent = walk[-1]
            concept = next(siblings, None)
            if concept is None:
                walk.pop()
                continue
            if not isinstance(concept, dict):
                raise malformed(self._name, "concept")
            yield concept, parent
            children = list_of(self._name, concept, "concept")
            if children:
                if len(walk) >= MAX_DEPTH:
                    raise over_bound(
                        self._name,
                        f"درخت آن بیش از {MAX_DEPTH} لایه دارد",
                        f"its tree is over {MAX_DEPTH} levels deep",
                    )
                walk.append((iter(children), plain_text(concept.get("code"))))

    def _draft(self, row: int, concept: dict[str, Any], parent: str | None) -> DraftConcept:
        code, display = self._said(concept, "code"), self._said(concept, "display")
        if not code:
            raise RowRefusedError(missing_code(), "code")
        if not display:
            raise RowRefusedError(missing_title(code), "display", code)
        if len(display) > MAX_CELL:
            raise RowRefusedError(cell_too_long("display", len(display), MAX_CELL), "display", code)
        draft = DraftConcept(row, code, display)
        if parent:
            draft.parents.append(parent)
        for designation in list_of(self._name, concept, "designation"):
            self._designate(draft, designation)
        definition = self._said(concept, "definition")
        if definition:
            self._properties.define(draft, definition)
        for prop in list_of(self._name, concept, "property"):
            self._properties.take(draft, prop)
        return draft

    def _designate(self, draft: DraftConcept, designation: Any) -> None:
        value = self._said(designation, "value") if isinstance(designation, dict) else None
        if not value or len(value) > MAX_CELL:
            self._ledger.note(no_value("designation"), "designation", draft.code)
            return
        language = (plain_text(designation.get("language")) or "").split("-")[0].casefold() or None
        use = designation.get("use")
        stated = plain_text(use.get("code")) if isinstance(use, dict) else None
        draft.designate(value, language, stated if stated in _USES else "synonym")

    def _said(self, holder: dict[str, Any], key: str) -> str | None:
        """Give a text of a concept; control characters are taken out and told."""
        stated = holder.get(key)
        if isinstance(stated, str) and CONTROL.search(stated):
            self._ledger.repair(control_characters(key), key)
        return plain_text(stated)
