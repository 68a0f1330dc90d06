"""The account of an import as text, JSON and CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from maksa.cli.import_outcome import Outcome
from maksa.cli.options import Session
from maksa.cli.output import print_json, say
from maksa.cli.words import codes_word
from maksa.intake.result import Finding, Intake
from maksa.registry.drafts.difference import Codes, Difference
from maksa.text import Text

_KINDS = {
    "set-aside": Text("کنار گذاشته", "set aside"),
    "note": Text("یادداشت", "note"),
    "repaired": Text("تعمیرشده", "repaired"),
}
_CSV_HEADER = ("kind", "code", "row", "column", "concept", "message", "message_en", "mend", "mend_en")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def print_import_json(intake: Intake, outcomes: Sequence[Outcome]) -> None:
    """Print the whole account as JSON, every finding in it."""
    print_json(
        {
            "source": intake.source,
            "counts": intake.counts,
            "lists": [_outcome_record(outcome) for outcome in outcomes],
            "findings": [finding_record(finding) for finding in all_findings(intake, outcomes)],
        }
    )


def print_import_text(session: Session, intake: Intake, outcomes: Sequence[Outcome], *, show: int) -> None:
    """Print the counts, the findings (`show` of each code, then how many more) and what became of each list."""
    source, counts = intake.source, intake.counts
    form = f"{source.format}, {source.encoding}" if source.encoding else source.format
    say(
        session,
        Text(
            f"{source.name} ({form}): {counts.read} ردیف خوانده = {counts.accepted} پذیرفته + "
            f"{counts.repaired} تعمیرشده + {counts.set_aside} کنار گذاشته",
            f"{source.name} ({form}): {counts.read} rows read = {counts.accepted} accepted + "
            f"{counts.repaired} repaired + {counts.set_aside} set aside",
        ),
    )
    print_findings(session, all_findings(intake, outcomes), show=show)
    for outcome in outcomes:
        for line in _outcome_lines(outcome):
            say(session, line)


def all_findings(intake: Intake, outcomes: Sequence[Outcome]) -> tuple[Finding, ...]:
    """Give the findings of the reading, then those of what became of it."""
    return (*intake.findings, *(finding for outcome in outcomes for finding in outcome.findings))


def print_findings(session: Session, findings: Sequence[Finding], *, show: int) -> None:
    """Print `show` findings of each code, then how many more there are."""
    for line in _finding_lines(findings, show):
        say(session, line)


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Write all findings as CSV: UTF-8 with a mark, so that spreadsheets read Persian."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_CSV_HEADER)
        for finding in findings:
            record = finding_record(finding)
            writer.writerow([_cell(record[name]) for name in _CSV_HEADER])


def _cell(value: object) -> object:
    # A spreadsheet would run a cell that looks like a formula.
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def finding_record(finding: Finding) -> dict[str, Any]:
    """Give a finding as JSON and CSV have it."""
    return {
        "kind": finding.kind,
        "code": finding.code,
        "row": finding.row,
        "column": finding.column,
        "concept": finding.concept,
        "message": finding.text.fa,
        "message_en": finding.text.en,
        "mend": finding.mend.fa if finding.mend else None,
        "mend_en": finding.mend.en if finding.mend else None,
    }


def _finding_lines(findings: Sequence[Finding], show: int) -> Iterator[Text]:
    groups: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for kind in _KINDS:  # What was set aside comes first.
        for finding in findings:
            if finding.kind == kind:
                groups[kind, finding.code].append(finding)
    for (kind, code), group in groups.items():
        word = _KINDS[kind]
        yield Text(f"{word.fa}، {code}: {len(group)}", f"{word.en}, {code}: {len(group)}")
        yield from map(_finding_line, group[:show])
        if len(group) > show:
            rest = len(group) - show
            yield Text(f"  … و {rest} مورد دیگر", f"  … and {rest} more")


def _finding_line(finding: Finding) -> Text:
    fa, en = [], []
    if finding.row is not None:
        fa.append(f"ردیف {finding.row}")
        en.append(f"row {finding.row}")
    if finding.column is not None and finding.column not in finding.text.en:
        fa.append(f"ستون {finding.column}")
        en.append(f"column {finding.column}")
    place = Text("، ".join(fa) + ": " if fa else "", ", ".join(en) + ": " if en else "")
    mend = finding.mend or Text("", "")
    return Text(
        f"  {place.fa}{finding.text.fa} {mend.fa}".rstrip(),
        f"  {place.en}{finding.text.en} {mend.en}".rstrip(),
    )


def _outcome_lines(outcome: Outcome) -> Iterator[Text]:
    name = f"{outcome.imported.terminology.id} {outcome.edition}"
    size, rows, state = codes_word(_size(outcome)), outcome.imported.rows, _state(outcome)
    yield Text(
        f"{name}: {size.fa} از {rows} ردیف؛ {state.fa}", f"{name}: {size.en} from {rows} rows; {state.en}"
    )
    if outcome.from_draft is not None:
        yield difference_line(outcome.from_draft, Text("پیش‌نویس پیشین", "the draft before it"))
    if outcome.from_edition is not None and outcome.state != "unchanged":
        against = outcome.from_edition.against
        yield difference_line(outcome.from_edition, Text(f"انتشار {against}", f"edition {against}"))
    if outcome.carried:
        carried = codes_word(outcome.carried)
        yield Text(
            f"  {carried.fa} از انتشار پیش نگه داشته شد",
            f"  {carried.en} carried forward from the edition before it",
        )


def _size(outcome: Outcome) -> int:
    return len(outcome.imported.concepts) + len(outcome.imported.mappings)


def _state(outcome: Outcome) -> Text:
    match outcome.state:
        case "dry-run":
            return Text("آزمایشی، چیزی نوشته نشد", "dry run, nothing was written")
        case "draft":
            name = f"{outcome.imported.terminology.id} {outcome.edition}"
            return Text(
                f"پیش‌نویس ذخیره شد؛ انتشار با «maksa publish {name}»",
                f"saved as a draft; publish it with 'maksa publish {name}'",
            )
        case "unchanged":
            return Text(
                "همین محتوا از پیش منتشر شده است؛ کاری نشد",
                "the same content is published already; nothing was done",
            )
        case "published":
            count = codes_word(outcome.entry.manifest.count if outcome.entry else 0)
            content_hash = outcome.entry.manifest.content_hash[:12] if outcome.entry else ""
            return Text(
                f"منتشر شد، با {count.fa} در انتشار ({content_hash})",
                f"published, {count.en} in the edition ({content_hash})",
            )


def difference_line(difference: Difference, against: Text) -> Text:
    """Tell in one line how a draft differs from a draft or an edition."""
    if difference.none:
        return Text(f"  با {against.fa} تفاوتی ندارد", f"  nothing differs from {against.en}")
    kinds = (
        (Text("افزوده", "added"), difference.added),
        (Text("برداشته", "gone"), difference.removed),
        (Text("تغییریافته", "changed"), difference.changed),
    )
    fa = "، ".join(_codes(label.fa, codes) for label, codes in kinds)
    en = ", ".join(_codes(label.en, codes) for label, codes in kinds)
    same = difference.unchanged
    return Text(
        f"  در برابر {against.fa}: {fa}، {same} یکسان", f"  against {against.en}: {en}, {same} the same"
    )


def _codes(label: str, codes: Codes) -> str:
    if not codes.count:
        return f"{codes.count} {label}"
    more = "…" if codes.count > len(codes.examples) else ""
    return f"{codes.count} {label} ({' '.join(codes.examples)}{more})"


def _outcome_record(outcome: Outcome) -> dict[str, Any]:
    manifest = outcome.entry.manifest if outcome.entry else None
    return {
        "terminology": outcome.imported.terminology.id,
        "edition": outcome.edition,
        "state": outcome.state,
        "count": _size(outcome),
        "rows": outcome.imported.rows,
        "carried": outcome.carried,
        "hash": manifest.content_hash if manifest else None,
        "difference_from_draft": outcome.from_draft,
        "difference_from_edition": outcome.from_edition,
    }
