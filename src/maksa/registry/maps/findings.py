"""What a curator should look at in the draft of a map: targets that may not be used, decisions that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable, UnknownEdition, UnknownTerminology
from maksa.intake.ledger import Ledger, Remark
from maksa.intake.map_words import NO_MAP
from maksa.intake.result import Finding
from maksa.intake.sentences import shown
from maksa.model.concept import Concept, Mapping
from maksa.model.jalali import format_jalali, today
from maksa.registry.database import Registry
from maksa.registry.drafts.carry import RETIRED
from maksa.registry.drafts.drafts import Draft, draft_mappings
from maksa.registry.maps.decisions import decisions_of, overlay
from maksa.terminology.resolve import Opened, Resolver
from maksa.text import Text


def map_findings(registry: Registry, shelf: Shelf, draft: Draft) -> tuple[Finding, ...]:
    """Tell what a curator should look at in a draft of a map, as it would be published; nothing of a list.

    Targets are looked up in the lists on the shelf, on the first day of the edition or today if that is later.
    None of it stops a publish. Cost: some 40 µs a row.
    """
    if draft.terminology.kind != "map":
        return ()
    with registry.reading() as connection:
        rows = tuple(draft_mappings(connection, draft))
    laid = overlay(rows, decisions_of(registry, draft.terminology.id))
    ledger = Ledger()
    for row, decision in laid.overruled:
        ledger.note(_overruled(row, decision), None, row.source_code, row=row.row)
    for decision in laid.alone:
        ledger.note(_alone(decision), None, decision.source_code)
    day = max(draft.options.effective or today(), today())
    for mapping, remark in target_remarks(shelf, laid.rows, day):
        ledger.note(remark, None, mapping.source_code, row=mapping.row)
    return ledger.findings()


def target_remarks(shelf: Shelf, rows: Iterable[Mapping], day: date) -> Iterator[tuple[Mapping, Remark]]:
    """Yield the rows whose target is retired, not yet effective, or not in its list on a day, and what is said of it.

    Of a list that is not held here nothing is said.
    """
    resolver = Resolver(shelf)
    lists: dict[str, Opened | None] = {}
    for row in rows:
        if row.target_code is None or row.relationship == RETIRED:
            continue
        name = row.target_terminology
        if name not in lists:
            lists[name] = _opened(resolver, name, day)
        opened = lists[name]
        if opened is None:
            continue
        concept = opened.provider.concept(row.target_code)
        status = "unknown" if concept is None else concept.status_on(day)
        if status != "active":
            yield row, _remark(row, status, opened, concept)


def source_remarks(shelf: Shelf, rows: Iterable[Mapping], day: date) -> Iterator[tuple[Mapping, Remark]]:
    """Yield the rows whose source is not in its list on a day, and what is said of it.

    Of a list that is not held here nothing is said.
    """
    resolver = Resolver(shelf)
    lists: dict[str, Opened | None] = {}
    for row in rows:
        name = row.source_terminology
        if name not in lists:
            lists[name] = _opened(resolver, name, day)
        opened = lists[name]
        if opened is not None and opened.provider.concept(row.source_code) is None:
            yield row, _source_unknown(row, opened.entry.manifest.edition)


def _opened(resolver: Resolver, terminology: str, day: date) -> Opened | None:
    try:
        return resolver.opened(terminology, on=day)
    except (UnknownTerminology, UnknownEdition, EditionUnreadable):
        return None


_STATES = {
    "unknown": Text("در آن فهرست نیست", "is not in that list"),
    "retired": Text("منسوخ است", "is retired"),
    "not-yet-effective": Text("هنوز نافذ نشده است", "is not yet effective"),
}


def _remark(row: Mapping, status: str, opened: Opened, concept: Concept | None) -> Remark:
    state, edition = _STATES[status], opened.entry.manifest.edition
    since = concept.effective_from if concept is not None and status == "not-yet-effective" else None
    from_day = Text(f" (از {format_jalali(since)})", f" (from {since})") if since else Text("", "")
    target = f"{row.target_terminology} {shown(row.target_code or '')}"
    return Remark(
        f"target-{status}",
        Text(
            fa=f"مقصد کد {shown(row.source_code)}، یعنی {target}، {state.fa}{from_day.fa} (انتشار {edition}).",
            en=f"The target of {shown(row.source_code)}, {target}, {state.en}{from_day.en} (edition {edition}).",
        ),
        _replacement(concept) if concept is not None and concept.replaced_by else _DECIDE,
    )


def _source_unknown(row: Mapping, edition: str) -> Remark:
    source = f"{row.source_terminology} {shown(row.source_code)}"
    return Remark(
        "source-unknown",
        Text(
            fa=f"مبدأ، یعنی {source}، در آن فهرست نیست (انتشار {edition}).",
            en=f"The source, {source}, is not in that list (edition {edition}).",
        ),
        Text(
            fa="اگر اشتباه است تصمیم را با «maksa maps undecide» پس بگیرید.",
            en="If it is a slip, take the decision back with 'maksa maps undecide'.",
        ),
    )


_DECIDE = Text("مقصد دیگری برگزینید: «maksa maps decide».", "Choose another target: 'maksa maps decide'.")


def _replacement(concept: Concept) -> Text:
    return Text(
        fa=f"جانشین آن {concept.replaced_by} است.",
        en=f"It is replaced by {concept.replaced_by}.",
    )


def _overruled(row: Mapping, decided: Mapping) -> Remark:
    said, kept = row.target_code or NO_MAP, decided.target_code or NO_MAP
    decision = decided.decision
    by, on, jalali = (
        (decision.by, decision.on.isoformat(), format_jalali(decision.on)) if decision else ("",) * 3
    )
    return Remark(
        "decision-overrules",
        Text(
            fa=f"فایل برای {shown(row.source_code)} مقصد {shown(said)} ({row.relationship}) را دارد؛ تصمیم {by} در {jalali} یعنی {shown(kept)} ({decided.relationship}) بر جاست.",
            en=f"The file maps {shown(row.source_code)} to {shown(said)} ({row.relationship}); the decision of {by} on {on}, {shown(kept)} ({decided.relationship}), stands.",
        ),
        Text(
            fa="اگر فایل درست است تصمیم را با «maksa maps undecide» پس بگیرید.",
            en="If the file is right, take the decision back with 'maksa maps undecide'.",
        ),
    )


def _alone(decided: Mapping) -> Remark:
    condition = f" ({decided.condition})" if decided.condition else ""
    return Remark(
        "decision-without-source",
        Text(
            fa=f"دربارهٔ {shown(decided.source_code)}{condition} تصمیمی هست که فایل ردیفی برایش ندارد؛ تصمیم ماند.",
            en=f"A decision stands on {shown(decided.source_code)}{condition}, of which the file has no row; it is kept.",
        ),
    )
