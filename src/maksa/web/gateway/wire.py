"""The JSON of the gateway: its envelope, its rows, its verdicts, and the pure builders of them.

Days are Jalali texts (`1402/03/27`); values of properties are texts, so that a decimal is never a float.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from maksa.model.concept import Concept, Property
from maksa.model.edition import Letter
from maksa.model.jalali import format_jalali
from maksa.model.service import CatalogueEntry
from maksa.model.verdict import Coding, Issue, Verdict

_TRIPLE = {"terminology": "Terminology_id", "code": "Coded_string", "value": "Value"}


class TerminologyRow(msgspec.Struct, frozen=True, rename={**_TRIPLE, "title": "Value"}):
    """A list, as CtsTerminologies gives it; Edition null: registered by its form only."""

    terminology: str
    title: str
    edition: str | None = msgspec.field(name="Edition")
    effective: str | None = msgspec.field(name="EffectiveDate")
    changed: str | None = msgspec.field(name="LastUpdate")
    count: int = msgspec.field(name="Count")
    letter_number: str | None = msgspec.field(name="LetterNumber")
    letter_date: str | None = msgspec.field(name="LetterDate")
    sample: bool = msgspec.field(name="Sample")


class PropertyRow(msgspec.Struct, frozen=True, rename="pascal"):
    """One value of a concept, as text."""

    code: str
    type: str
    value: str


class ConceptRow(msgspec.Struct, frozen=True, rename=_TRIPLE):
    """A code, as Terminology and SearchTerminology give it."""

    terminology: str
    code: str
    value: str
    status: str = msgspec.field(name="Status")
    effective_from: str | None = msgspec.field(name="EffectiveFrom")
    effective_to: str | None = msgspec.field(name="EffectiveTo")
    replaced_by: str | None = msgspec.field(name="ReplacedBy")
    properties: tuple[PropertyRow, ...] = msgspec.field(name="Properties")


class Suggestion(msgspec.Struct, frozen=True, rename=_TRIPLE):
    """The triple that an issue offers instead."""

    terminology: str
    code: str
    value: str | None


class IssueRow(msgspec.Struct, frozen=True, rename="pascal"):
    """One remark of a verdict."""

    code: str
    severity: str
    message: str
    message_en: str
    part: str
    suggestion: Suggestion | None


class VerdictRow(msgspec.Struct, frozen=True, rename=_TRIPLE):
    """The answer of ValidateCts."""

    valid: bool = msgspec.field(name="IsValid")
    terminology: str | None
    code: str | None
    value: str | None
    edition: str | None = msgspec.field(name="Edition")
    issues: tuple[IssueRow, ...] = msgspec.field(name="Issues")


class Status(msgspec.Struct, frozen=True, rename="camel"):
    """A status of the envelope."""

    status_code: int
    message: str


class Inner(msgspec.Struct, frozen=True, rename="camel"):
    """The innermost envelope; total, page and page size stand only beside a list."""

    data: object
    is_success: bool
    wait_time: int
    status_code: int
    message: tuple[str, ...]
    total: int | msgspec.UnsetType = msgspec.UNSET
    page: int | msgspec.UnsetType = msgspec.UNSET
    page_size: int | msgspec.UnsetType = msgspec.UNSET


class Result(msgspec.Struct, frozen=True):
    """The middle envelope."""

    data: Inner
    status: Status


class Envelope(msgspec.Struct, frozen=True):
    """What every answer of the gateway wears."""

    result: Result
    status: Status


def terminology_row(listed: CatalogueEntry) -> TerminologyRow:
    """Write a list of the catalogue; its letter is the latest of those that announce the edition."""
    entry = listed.entry
    manifest = entry.manifest if entry else None
    letter = latest_letter(entry.letters) if entry else None
    return TerminologyRow(
        terminology=listed.terminology.id,
        title=listed.terminology.title.fa,
        edition=manifest.edition if manifest else None,
        effective=_day(manifest.effective) if manifest else None,
        changed=_day(manifest.changed_on) if manifest else None,
        count=manifest.count if manifest else 0,
        letter_number=letter.number if letter else None,
        letter_date=_day(letter.date) if letter else None,
        sample=manifest.sample if manifest else False,
    )


def latest_letter(letters: tuple[Letter, ...]) -> Letter | None:
    """Give the letter of the latest date; one without a date comes first of all."""
    return max(letters, key=lambda letter: letter.date or date.min, default=None)


def concept_row(terminology: str, concept: Concept, status: str) -> ConceptRow:
    """Write a concept in its state on a day."""
    return ConceptRow(
        terminology=terminology,
        code=concept.code,
        value=concept.display,
        status=status,
        effective_from=_day(concept.effective_from),
        effective_to=_day(concept.effective_to),
        replaced_by=concept.replaced_by,
        properties=tuple(_property_row(one) for one in concept.properties),
    )


def verdict_row(verdict: Verdict) -> VerdictRow:
    """Write a verdict."""
    return VerdictRow(
        valid=verdict.valid,
        terminology=verdict.terminology,
        code=verdict.code,
        value=verdict.display,
        edition=verdict.edition.edition if verdict.edition else None,
        issues=tuple(_issue_row(issue) for issue in verdict.issues),
    )


def _issue_row(issue: Issue) -> IssueRow:
    return IssueRow(
        code=issue.code,
        severity=issue.severity,
        message=issue.text.fa,
        message_en=issue.text.en,
        part=issue.part,
        suggestion=None if issue.suggestion is None else _suggestion(issue.suggestion),
    )


def _suggestion(coding: Coding) -> Suggestion:
    return Suggestion(coding.terminology, coding.code, coding.display)


def _property_row(given: Property) -> PropertyRow:
    value = given.value
    match value:
        case bool():
            return PropertyRow(given.code, "boolean", "true" if value else "false")
        case int():
            return PropertyRow(given.code, "integer", str(value))
        case Decimal():
            return PropertyRow(given.code, "decimal", format(value, "f"))
        case date():
            return PropertyRow(given.code, "date", format_jalali(value))
        case _:
            return PropertyRow(given.code, "string", value)


def _day(day: date | None) -> str | None:
    return None if day is None else format_jalali(day)
