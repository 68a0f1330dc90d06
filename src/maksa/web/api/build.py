"""Pure builders: records of the model in, records of the wire out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from maksa.model.concept import (
    Concept,
    Designation,
    Property,
    PropertyValue,
    StatusOnDay,
    Terminology,
    Variant,
)
from maksa.model.edition import EditionEntry, EditionRef, Letter
from maksa.model.jalali import format_jalali
from maksa.model.provider import Facet
from maksa.model.service import CatalogueEntry, Change, SearchHit
from maksa.model.verdict import Coding, Issue, Verdict
from maksa.text import Text
from maksa.web.api import wire

PREFIX = "/api/v1"


def day(value: date | None) -> wire.Day | None:
    """Write a day in both calendars."""
    return None if value is None else wire.Day(value, format_jalali(value))


def title(text: Text) -> wire.Title:
    """Write a text in both languages."""
    return wire.Title(text.fa, text.en)


def editions(
    refs: Iterable[EditionRef | None], is_sample: Callable[[EditionRef], bool]
) -> tuple[wire.Edition, ...]:
    """Write the editions behind an answer, each once, in the order of their first use."""
    return tuple([_edition(ref, sample=is_sample(ref)) for ref in dict.fromkeys(refs) if ref is not None])


@lru_cache(maxsize=256)
def _edition(ref: EditionRef, *, sample: bool) -> wire.Edition:
    return wire.Edition(ref.terminology, ref.edition, ref.hash, sample)


_NOT_ANNOUNCED = wire.Announcement(announced=False, state="ابلاغ نشده", letters=())


def announcement(letters: tuple[Letter, ...]) -> wire.Announcement:
    """Write whether letters stand behind an edition, and which."""
    if not letters:
        return _NOT_ANNOUNCED
    return wire.Announcement(announced=True, state="ابلاغ شده", letters=tuple(letter(one) for one in letters))


def letter(letter: Letter) -> wire.LetterOut:
    """Write one letter."""
    return wire.LetterOut(
        number=letter.number,
        date=day(letter.date),
        subject=letter.subject,
        signatory=letter.signatory,
        stub=letter.stub,
        supersedes=letter.supersedes,
        superseded_by=letter.superseded_by,
        refers_to=letter.refers_to,
        attachments=tuple(wire.AttachmentOut(a.name, a.size, a.hash) for a in letter.attachments),
        remark=letter.remark,
    )


def terminology(listed: CatalogueEntry) -> wire.TerminologyOut:
    """Write a list of the catalogue."""
    described, entry = listed.terminology, listed.entry
    manifest = entry.manifest if entry else None
    form = described.code_form
    return wire.TerminologyOut(
        id=described.id,
        title=title(described.title),
        kind=described.kind,
        content=described.content,
        edition=manifest.edition if manifest else None,
        effective=day(manifest.effective) if manifest else None,
        changed=day(manifest.changed_on) if manifest else None,
        count=manifest.count if manifest else 0,
        sample=manifest.sample if manifest else False,
        announcement=announcement(entry.letters if entry else ()),
        code_form=wire.CodeFormOut(form.pattern, form.check, form.width, form.example),
        list_number=described.list_number,
    )


def property_definitions(described: Terminology) -> tuple[wire.PropertyDefinitionOut, ...]:
    """Write what the properties of a list mean."""
    return tuple(
        wire.PropertyDefinitionOut(one.code, one.type, title(one.title), one.repeats)
        for one in described.properties
    )


def value_sets(described: Terminology) -> tuple[wire.ValueSetOut, ...]:
    """Write the named parts of a list."""
    return tuple(
        wire.ValueSetOut(one.id, title(one.title), one.property, one.values) for one in described.value_sets
    )


def edition(entry: EditionEntry) -> wire.EditionOut:
    """Write a published edition."""
    manifest = entry.manifest
    place = f"{PREFIX}/terminologies/{quote(manifest.terminology, safe='')}"
    return wire.EditionOut(
        terminology=manifest.terminology,
        edition=manifest.edition,
        sequence=manifest.sequence,
        effective=day(manifest.effective),
        published=manifest.published.isoformat(),
        count=manifest.count,
        rows=manifest.rows,
        sample=manifest.sample,
        withdrawn=entry.withdrawn,
        hash=manifest.content_hash,
        file_hash=manifest.file_hash,
        previous_hash=manifest.previous_hash,
        schema_version=manifest.schema_version,
        key_id=manifest.key_id,
        signature=manifest.signature,
        announcement=announcement(entry.letters),
        file=f"{place}/editions/{quote(manifest.edition, safe='')}/file",
    )


def concept(terminology: str, concept: Concept, status: StatusOnDay) -> wire.ConceptOut:
    """Write a concept in its state on a day."""
    return wire.ConceptOut(
        terminology=terminology,
        code=concept.code,
        display=concept.display,
        status=status,
        designations=_designations(concept.designations),
        properties=_properties(concept.properties),
        parents=concept.parents,
        effective_from=day(concept.effective_from),
        effective_to=day(concept.effective_to),
        transition_until=day(concept.transition_until),
        replaced_by=concept.replaced_by,
        carried_from=concept.carried_from,
        not_selectable=concept.not_selectable,
        variants=_variants(concept.variants) if concept.variants else (),
        row=concept.row,
    )


def hit(found: SearchHit) -> wire.HitOut:
    """Write a hit of a search."""
    concept = found.hit.concept
    return wire.HitOut(
        terminology=found.terminology,
        code=concept.code,
        display=concept.display,
        status=found.status,
        matched=found.hit.matched,
        how=found.hit.how,
        highlights=found.hit.highlights,
        repairs=tuple([wire.RepairOut(r.typed, r.meant, r.kind) for r in found.hit.repairs]),
        left_out=found.hit.left_out,
        replaced_by=concept.replaced_by,
    )


def facets(counted: Iterable[Facet]) -> tuple[wire.FacetOut, ...]:
    """Write how hits are spread."""
    return tuple(
        wire.FacetOut(facet.name, tuple(wire.FacetValueOut(value, count) for value, count in facet.values))
        for facet in counted
    )


def verdict(verdict: Verdict) -> wire.VerdictOut:
    """Write a verdict with its issues."""
    edition = verdict.edition.edition if verdict.edition else None
    terminology, code, display, issues = verdict.terminology, verdict.code, verdict.display, verdict.issues
    if not issues:  # As nearly all are, in batches of a hundred.
        return wire.VerdictOut(True, terminology, code, display, edition, ())  # noqa: FBT003 - It is valid.
    return wire.VerdictOut(
        verdict.valid, terminology, code, display, edition, tuple([issue(one) for one in issues])
    )


def issue(issue: Issue) -> wire.IssueOut:
    """Write one remark."""
    return wire.IssueOut(
        code=issue.code,
        severity=issue.severity,
        message=issue.text.fa,
        message_en=issue.text.en,
        part=issue.part,
        suggestion=None if issue.suggestion is None else coding(issue.suggestion),
        candidates=tuple(map(coding, issue.candidates)),
    )


def change(change: Change) -> wire.ChangeOut:
    """Write one difference of two editions."""
    return wire.ChangeOut(change.code, change.kind, change.fields, _side(change.before), _side(change.after))


def _side(concept: Concept | None) -> wire.SideOut | None:
    if concept is None:
        return None
    return wire.SideOut(
        display=concept.display,
        status=concept.status,
        designations=_designations(concept.designations),
        properties=_properties(concept.properties),
        effective_from=day(concept.effective_from),
        effective_to=day(concept.effective_to),
        replaced_by=concept.replaced_by,
    )


def coding(coding: Coding) -> wire.CodingOut:
    """Write a code that is offered."""
    return wire.CodingOut(coding.terminology, coding.code, coding.display)


def _variants(variants: Iterable[Variant]) -> tuple[wire.VariantOut, ...]:
    return tuple(
        wire.VariantOut(v.display, _designations(v.designations), _properties(v.properties), v.row)
        for v in variants
    )


def _designations(designations: Iterable[Designation]) -> tuple[wire.DesignationOut, ...]:
    return tuple([wire.DesignationOut(d.value, d.language, d.use) for d in designations])


def _properties(properties: Iterable[Property]) -> tuple[wire.PropertyOut, ...]:
    return tuple([_property(one.code, one.value) for one in properties])


def _property(code: str, value: PropertyValue) -> wire.PropertyOut:
    match value:
        case bool():
            return wire.PropertyOut(code, "boolean", value)
        case int():
            return wire.PropertyOut(code, "integer", value)
        case Decimal():
            return wire.PropertyOut(code, "decimal", format(value, "f"))
        case date():
            return wire.PropertyOut(code, "date", value.isoformat())
        case _:
            return wire.PropertyOut(code, "string", value)
