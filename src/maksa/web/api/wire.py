"""The JSON of the native API: one record a shape. Decimals are JSON strings, days are ISO (Jalali beside)."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False):
    """A shape of the wire; every field is always present. No record leads back to itself, so none is collected."""


class Title(Record, frozen=True):
    """A text in both languages."""

    fa: str
    en: str


class Day(Record, frozen=True):
    """A day: ISO and Jalali."""

    iso: date
    jalali: str


class Edition(Record, frozen=True):
    """Which edition an answer comes from; `sample` says that it is a sample and not official."""

    terminology: str
    edition: str
    hash: str
    sample: bool


class AttachmentOut(Record, frozen=True):
    """A file that came with a letter; `hash` is hex SHA-256, `size` bytes."""

    name: str
    size: int
    hash: str


class LetterOut(Record, frozen=True):
    """A letter of the ministry (ابلاغیه). A `stub` is known only because other letters name it."""

    number: str
    date: Day | None
    subject: str
    signatory: str | None
    stub: bool
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]
    refers_to: tuple[str, ...]
    attachments: tuple[AttachmentOut, ...]
    remark: str | None


class Announcement(Record, frozen=True):
    """Whether a letter stands behind an edition: «ابلاغ شده» or «ابلاغ نشده», and the letters."""

    announced: bool
    state: str
    letters: tuple[LetterOut, ...]


class CodeFormOut(Record, frozen=True):
    """How codes of a list are made; nulls say that it is not known."""

    pattern: str | None
    check: str | None
    width: int | None
    example: str | None


class TerminologyOut(Record, frozen=True):
    """A list in the catalogue. `edition` null: registered by its form only, nothing of it is held."""

    id: str
    title: Title
    kind: Literal["terminology", "map"]
    content: Literal["complete", "fragment", "supplement", "not-present"]
    edition: str | None
    effective: Day | None
    changed: Day | None
    count: int
    sample: bool
    announcement: Announcement
    code_form: CodeFormOut
    list_number: int | None


class PropertyDefinitionOut(Record, frozen=True):
    """What a property of a list means."""

    code: str
    type: Literal["string", "code", "decimal", "integer", "boolean", "date"]
    title: Title
    repeats: bool


class ValueSetOut(Record, frozen=True):
    """A named part of a list: the concepts whose property has one of the values."""

    id: str
    title: Title
    property: str
    values: tuple[str, ...]


class EditionOut(Record, frozen=True):
    """A published edition: what is signed of it, its letters, where its file is."""

    terminology: str
    edition: str
    sequence: int
    effective: Day | None
    published: str
    count: int
    rows: int
    sample: bool
    withdrawn: bool
    hash: str
    file_hash: str
    previous_hash: str | None
    schema_version: int
    key_id: str
    signature: str
    announcement: Announcement
    file: str


class DesignationOut(Record, frozen=True):
    """Another title of a concept."""

    value: str
    language: str | None
    use: str


class PropertyOut(Record, frozen=True):
    """One typed value of a concept; a decimal is a string of its digits, a date is ISO."""

    code: str
    type: Literal["string", "decimal", "integer", "boolean", "date"]
    value: str | int | bool


class VariantOut(Record, frozen=True):
    """A further row of the same code with other content."""

    display: str
    designations: tuple[DesignationOut, ...]
    properties: tuple[PropertyOut, ...]
    row: int | None


class ConceptOut(Record, frozen=True):
    """A concept, and its state on the day asked."""

    terminology: str
    code: str
    display: str
    status: Literal["active", "retired", "not-yet-effective"]
    designations: tuple[DesignationOut, ...]
    properties: tuple[PropertyOut, ...]
    parents: tuple[str, ...]
    effective_from: Day | None
    effective_to: Day | None
    transition_until: Day | None
    replaced_by: str | None
    carried_from: str | None
    not_selectable: bool
    variants: tuple[VariantOut, ...]
    row: int | None


class RepairOut(Record, frozen=True):
    """What was taken to be meant by a word (with `keyboard`: by the whole text)."""

    typed: str
    meant: str
    kind: Literal["spelling", "transliteration", "synonym", "keyboard"]


class HitOut(Record, frozen=True):
    """A concept that a search found; `matched` is the title or code that did, `how` says in which way.

    `how`: code, title, words (all stand in the display), prefix (as beginnings), synonym (in another designation),
    repaired (see `repairs`), partial (`left_out` names the words that it lacks). `highlights` are the parts of
    `matched` that match: [start, end) in characters (Unicode code points).
    """

    terminology: str
    code: str
    display: str
    status: Literal["active", "retired", "not-yet-effective"]
    matched: str
    how: Literal["code", "title", "words", "prefix", "synonym", "repaired", "partial"]
    highlights: tuple[tuple[int, int], ...]
    repairs: tuple[RepairOut, ...]
    left_out: tuple[str, ...]
    replaced_by: str | None


class CodingOut(Record, frozen=True):
    """A code that is offered."""

    terminology: str
    code: str
    display: str | None


class IssueOut(Record, frozen=True):
    """One remark of a verdict; `candidates` are at most five."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    message_en: str
    part: Literal["terminology", "code", "value"]
    suggestion: CodingOut | None
    candidates: tuple[CodingOut, ...]


class VerdictOut(Record, frozen=True):
    """The answer of validation; `valid` is false exactly when an issue is an error."""

    valid: bool
    terminology: str | None
    code: str | None
    display: str | None
    edition: str | None
    issues: tuple[IssueOut, ...]


class SideOut(Record, frozen=True):
    """A concept as one of two compared editions has it."""

    display: str
    status: Literal["active", "retired"]
    designations: tuple[DesignationOut, ...]
    properties: tuple[PropertyOut, ...]
    effective_from: Day | None
    effective_to: Day | None
    replaced_by: str | None


class ChangeOut(Record, frozen=True):
    """One code that differs between two editions; `fields` names what changed in it."""

    code: str
    kind: Literal["added", "removed", "retired", "restored", "changed"]
    fields: tuple[str, ...]
    before: SideOut | None
    after: SideOut | None


class TerminologiesAnswer(Record, frozen=True):
    """The catalogue."""

    total: int
    items: tuple[TerminologyOut, ...]
    editions: tuple[Edition, ...]


class TerminologyAnswer(Record, frozen=True):
    """One list, with its properties and value sets."""

    terminology: TerminologyOut
    properties: tuple[PropertyDefinitionOut, ...]
    value_sets: tuple[ValueSetOut, ...]
    editions: tuple[Edition, ...]


class EditionsAnswer(Record, frozen=True):
    """The editions of a list, newest first."""

    total: int
    items: tuple[EditionOut, ...]
    editions: tuple[Edition, ...]


class ConceptsAnswer(Record, frozen=True):
    """A page of a list in the order of its codes; `next_after` null: this is the last page."""

    total: int
    items: tuple[ConceptOut, ...]
    next_after: str | None
    editions: tuple[Edition, ...]


class ConceptAnswer(Record, frozen=True):
    """One concept and the letters behind its edition."""

    concept: ConceptOut
    announcement: Announcement
    editions: tuple[Edition, ...]


class FacetValueOut(Record, frozen=True):
    """How many hits have a value."""

    value: str
    count: int


class FacetOut(Record, frozen=True):
    """How the best 5,000 hits are spread over `terminology`, `status` or `property:NAME`, most frequent first."""

    name: str
    values: tuple[FacetValueOut, ...]


class SearchAnswer(Record, frozen=True):
    """Hits of a search, best first; `total` counts all of them. `facets` are empty unless they were asked for."""

    total: int
    items: tuple[HitOut, ...]
    facets: tuple[FacetOut, ...]
    editions: tuple[Edition, ...]


class ValidateAnswer(Record, frozen=True):
    """Verdicts, in the order of the questions."""

    results: tuple[VerdictOut, ...]
    editions: tuple[Edition, ...]


class DiffAnswer(Record, frozen=True):
    """What changed between two editions, in the order of codes; `counts` is of all changes, by kind."""

    terminology: str
    before: str
    after: str
    total: int
    counts: dict[str, int]
    changes: tuple[ChangeOut, ...]
    next_after: str | None
    editions: tuple[Edition, ...]


class HealthAnswer(Record, frozen=True):
    """The state of the server; `refused` says of each file that is not trusted which and why."""

    status: str
    version: str
    terminologies: int | None
    refused: tuple[str, ...] = ()


class Problem(Record, frozen=True, omit_defaults=True):
    """An error (RFC 9457). `detail` is in the language asked for; `known` names what would have been accepted."""

    type: str
    title: str
    status: int
    detail: str
    detail_fa: str
    mend: str | None = None
    parameter: str | None = None
    known: tuple[str, ...] = ()
    request_id: str | None = None


_SEPAS_NAMES = {"terminology": "Terminology_id", "code": "Coded_string", "value": "Value"}


class Question(Record, frozen=True, forbid_unknown_fields=True, rename=_SEPAS_NAMES):
    """One coded field to validate, as SEPAS names its parts; `on` is a day, Jalali or ISO."""

    terminology: str | None = None
    code: str | None = None
    value: str | None = None
    on: str | None = None
    edition: str | None = None
    value_set: str | None = None


class Questions(Record, frozen=True, forbid_unknown_fields=True):
    """A batch of coded fields to validate: at most 1,000."""

    items: list[Question]
