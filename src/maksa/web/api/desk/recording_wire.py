"""The JSON of letters to be recorded, and of what became of a file that was imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from maksa.web.api.wire import Record

if TYPE_CHECKING:
    from maksa.intake.result import Finding
    from maksa.registry.drafts.difference import Codes, Difference

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Numbers = Annotated[tuple[Short, ...], msgspec.Meta(max_length=200)]


class AnnouncesIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list that a letter announces, or one edition of it."""

    terminology: Short
    edition: Short | None = None


class AddresseeIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom a letter is addressed to."""

    kind: Short
    name: Short


class LetterIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A letter to be recorded, or what its record is to have besides; what is left out stays as it is.

    `stub` says that neither text nor file of it is at hand. Files come by `PUT letters/{number}/attachments/{name}`.
    """

    number: Short
    date: Short | None = None
    subject: Line | None = None
    signatory: Line | None = None
    supersedes: Numbers = ()
    refers_to: Numbers = ()
    announces: Annotated[tuple[AnnouncesIn, ...], msgspec.Meta(max_length=200)] = ()
    addressees: Annotated[tuple[AddresseeIn, ...], msgspec.Meta(max_length=200)] = ()
    remark: Line | None = None
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=100_000)] | None = None
    stub: bool = False


class CodesOut(Record, frozen=True):
    """How many codes, and the first few of them."""

    count: int
    examples: tuple[str, ...]


class DifferenceOut(Record, frozen=True):
    """How a draft differs from what it replaces, or from the edition that it would follow; `against` names it."""

    against: str
    added: CodesOut
    removed: CodesOut
    changed: CodesOut
    unchanged: int


class FindingOut(Record, frozen=True):
    """One remark on a file: why a row was set aside, what was repaired, what to look at. Row 1 is the header."""

    kind: str
    code: str
    row: int | None
    column: str | None
    concept: str | None
    message: str
    message_en: str
    mend: str | None
    mend_en: str | None


class RowCounts(Record, frozen=True):
    """The fate of every row: the other three add up to those read."""

    read: int
    accepted: int
    repaired: int
    set_aside: int


class BecomeOut(Record, frozen=True):
    """What became of one list: a draft, or nothing (`unchanged`) since an edition of this name and content stands."""

    terminology: str
    edition: str
    state: str
    codes: int
    rows: int
    from_draft: DifferenceOut | None
    from_edition: DifferenceOut | None


class ImportAnswer(Record, frozen=True):
    """The account of an import: `findings` are the first of `findings_total`, those set aside before all others."""

    file: str
    format: str
    sha256: str
    counts: RowCounts
    lists: tuple[BecomeOut, ...]
    findings_total: int
    findings: tuple[FindingOut, ...]


def difference(found: Difference | None) -> DifferenceOut | None:
    """Write a difference."""
    if found is None:
        return None
    return DifferenceOut(
        found.against, _codes(found.added), _codes(found.removed), _codes(found.changed), found.unchanged
    )


def finding(one: Finding) -> FindingOut:
    """Write a finding, as `maksa import --json` does."""
    return FindingOut(
        kind=one.kind,
        code=one.code,
        row=one.row,
        column=one.column,
        concept=one.concept,
        message=one.text.fa,
        message_en=one.text.en,
        mend=None if one.mend is None else one.mend.fa,
        mend_en=None if one.mend is None else one.mend.en,
    )


def _codes(found: Codes) -> CodesOut:
    return CodesOut(found.count, found.examples)
