"""`maksa maps suggest`: candidates for the rows of a map, with evidence; a person decides."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click
import msgspec

from maksa.cli.asking import shelf_of
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_table, say, working
from maksa.errors import BadParameter
from maksa.intake.from_concept_map import MAP_HEADER
from maksa.terminology.resolve import Resolver
from maksa.terminology.suggest import Candidate, Suggested, suggest
from maksa.text import Text

_MORE_COLUMNS = ("candidate", "score", "rank", "source_title", "candidate_title", "evidence")
"""Columns that an import passes over; `target` stays empty, so that no candidate becomes a row by itself."""
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
_HEADERS = (
    Text("مبدأ", "source"),
    Text("عنوان مبدأ", "source title"),
    Text("نامزد", "candidate"),
    Text("عنوان نامزد", "candidate title"),
    Text("امتیاز", "score"),
    Text("گواه", "evidence"),
)


@click.command("suggest")
@click.argument("source")
@click.argument("target")
@click.option(
    "--limit", type=int, default=5, show_default=True, metavar="N", help="Candidates of one code, at most."
)
@click.option("--on", type=DAY, metavar="DAY", help="The day of lists and maps; today in Tehran by default.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write a CSV to decide in, a new file."
)
@shared
def suggest_maps(
    session: Session, *, source: str, target: str, limit: int, on: date | None, output: Path | None
) -> int:
    """Suggest targets for the codes of a list that no map decides, ranked, each with its evidence.

    Nothing is accepted by itself. In the CSV the column `target` is empty: copy a candidate into it, or write no-map,
    say who decided and why, and import the file with --profile generic-map; rows without a target are set aside.

    Exit status 0 when there is a candidate, 1 when there is none.
    """
    found = suggest(Resolver(shelf_of(session.home)), source, target, limit=limit, on=on)
    if output is not None:
        return _write(session, output, found)
    # The first one is asked for before anything is printed: a question that cannot be asked prints nothing.
    told = _Told(chain([first], found) if (first := next(found, None)) is not None else ())
    if session.json:
        _print_json(told)
    else:
        print_table(session, _HEADERS, (row for one in told for row in _rows(session, one)))
    return 0 if told.candidates else 1


class _Told:
    """Passes suggestions on and counts them."""

    def __init__(self, found: Iterable[Suggested]) -> None:
        self._found = found
        self.sources = 0
        self.candidates = 0

    def __iter__(self) -> Iterator[Suggested]:
        for one in self._found:
            self.sources += 1
            self.candidates += len(one.candidates)
            yield one


def _rows(session: Session, one: Suggested) -> Iterator[tuple[object, ...]]:
    if not one.candidates:
        yield one.source.code, one.source.display, None, None, None, None
    for candidate in one.candidates:
        evidence = _evidence(candidate, session.language)
        target = candidate.target
        yield one.source.code, one.source.display, target.code, target.display, candidate.score, evidence


def _evidence(candidate: Candidate, language: str) -> str:
    return "; ".join(f"{one.text.in_language(language)} ({one.points:+d})" for one in candidate.evidence)


def _print_json(told: _Told) -> None:
    """Print one JSON object, a suggestion a line: a long list need not be held in memory."""
    click.echo('{"items": [', nl=False)
    for place, one in enumerate(told):
        click.echo(("," if place else "") + "\n" + msgspec.json.encode(_record(one)).decode(), nl=False)
    click.echo(f'],\n"sources": {told.sources}, "candidates": {told.candidates}}}')


def _record(one: Suggested) -> dict[str, Any]:
    return {
        "source": one.source,
        "candidates": [
            {
                "target": candidate.target,
                "score": candidate.score,
                "evidence": [
                    {
                        "kind": said.kind,
                        "points": said.points,
                        "message": said.text.fa,
                        "message_en": said.text.en,
                    }
                    for said in candidate.evidence
                ],
            }
            for candidate in one.candidates
        ],
    }


def _write(session: Session, output: Path, found: Iterator[Suggested]) -> int:
    if output.exists() or not output.absolute().parent.is_dir():
        raise BadParameter(
            "output",
            Text(
                f"{output} هست، یا پوشهٔ آن نیست؛ تصمیم‌های نوشته‌شده پاک نمی‌شود.",
                f"{output} exists, or its folder does not; decisions written there are never lost.",
            ),
            mend=Text("نام فایل تازه‌ای بدهید.", "Give the name of a new file."),
        )
    told = _Told(found)
    made = output.with_name(f".{output.name}.part")
    try:
        with working(session, Text("در جست‌وجوی نامزدها…", "Looking for candidates…")):
            _write_csv(made, told, session.language)
        made.replace(output)
    finally:
        made.unlink(missing_ok=True)
    name = output.name
    say(
        session,
        Text(
            f"{told.candidates} نامزد برای {told.sources} کد در {name} نوشته شد؛ هیچ‌یک پذیرفته نیست. ستون target را پر کنید.",
            f"{told.candidates} candidates for {told.sources} codes were written to {name}; none is accepted. Fill in 'target'.",
        ),
    )
    return 0 if told.candidates else 1


def _write_csv(path: Path, told: _Told, language: str) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, (*MAP_HEADER, *_MORE_COLUMNS), restval="", lineterminator="\n")
        writer.writeheader()
        for one in told:
            for rank, candidate in enumerate(one.candidates, start=1):
                writer.writerow(
                    {
                        "source_list": one.source.terminology,
                        "source": one.source.code,
                        "target_list": candidate.target.terminology,
                        "candidate": candidate.target.code,
                        "score": candidate.score,
                        "rank": rank,
                        "source_title": _no_formula(one.source.display),
                        "candidate_title": _no_formula(candidate.target.display),
                        "evidence": _evidence(candidate, language),
                    }
                )


def _no_formula(title: str | None) -> str:
    """Put a quote before a title that a spreadsheet would run."""
    return f"'{title}" if title and title.startswith(_RUN_BY_SPREADSHEETS) else title or ""
