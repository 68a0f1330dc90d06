"""`maksa validate`: whether a code may be used, on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from maksa.cli.asking import service_of
from maksa.cli.options import Session, on_day, shared
from maksa.cli.output import print_json, say
from maksa.model.verdict import Coding, Issue, Triple, Verdict
from maksa.terminology.bounds import sound
from maksa.text import Text
from maksa.web.api import build, wire
from maksa.web.marks import SampleMarks


@click.command("validate")
@click.argument("terminology")
@click.argument("code")
@click.option("--value", metavar="TITLE", help="The title that stands with the code.")
@click.option("--value-set", metavar="ID", help="A value set of the terminology that the code must stand in.")
@on_day
@shared
def command(
    session: Session,
    *,
    terminology: str,
    code: str,
    value: str | None,
    value_set: str | None,
    on: date | None,
    edition: str | None,
) -> int:
    """Tell whether a code may be used, and why not.

    Exit status 0 when it may (warnings are printed), 1 when it may not.
    """
    service = service_of(session)
    # What a shell passed on undecodable is echoed in the verdict, and must be text by then.
    triple = Triple(sound(terminology), sound(code), None if value is None else sound(value))
    verdict = service.validate(triple, on=on, edition=edition, value_set=value_set)
    if session.json:
        editions = build.editions([verdict.edition], SampleMarks(service).is_sample)
        print_json(wire.ValidateAnswer((build.verdict(verdict),), editions))
    else:
        for line in _lines(verdict):
            say(session, line)
    return 0 if verdict.valid else 1


def _lines(verdict: Verdict) -> Iterator[Text]:
    what = " ".join(filter(None, (verdict.terminology, verdict.code, verdict.display)))
    edition = verdict.edition.edition if verdict.edition else None
    fa, en = (f" (انتشار {edition})", f" (edition {edition})") if edition else ("", "")
    if verdict.valid:
        yield Text(f"معتبر است: {what}{fa}", f"valid: {what}{en}")
    else:
        yield Text(f"معتبر نیست: {what}{fa}", f"not valid: {what}{en}")
    for issue in verdict.issues:
        yield from _issue_lines(issue)


def _issue_lines(issue: Issue) -> Iterator[Text]:
    fa = "خطا" if issue.severity == "error" else "هشدار"
    yield Text(f"  {fa} {issue.code}: {issue.text.fa}", f"  {issue.severity} {issue.code}: {issue.text.en}")
    if issue.suggestion is not None:
        offered = _coding(issue.suggestion)
        yield Text(f"    پیشنهاد: {offered}", f"    suggestion: {offered}")
    for candidate in issue.candidates:
        offered = _coding(candidate)
        yield Text(f"    شاید: {offered}", f"    perhaps: {offered}")


def _coding(coding: Coding) -> str:
    return " ".join(filter(None, (coding.terminology, coding.code, coding.display)))
