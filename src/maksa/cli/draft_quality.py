"""`maksa drafts check | window`: what is wrong with a draft, and from when to when its codes change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from maksa.cli.draft_impact import impact
from maksa.cli.drafts_output import draft_record, print_edited
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, say, working
from maksa.cli.person import at_desk, by_person
from maksa.cli.words import codes_word, day_word
from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.registry.drafts.drafts import read_draft
from maksa.registry.quality.check import check_draft
from maksa.registry.quality.report import QualityReport, RuleCount
from maksa.registry.transition.announce import Window, announce_edition, announce_replacement
from maksa.text import Text

_SEVERITIES = {
    "error": Text("خطا", "error"),
    "warning": Text("هشدار", "warning"),
    "note": Text("یادداشت", "note"),
}


@click.command("check")
@click.argument("terminology")
@click.argument("edition")
@click.option(
    "--show", type=click.IntRange(0, 20), default=5, show_default=True, help="Findings of each rule to print."
)
@shared
def check(session: Session, *, terminology: str, edition: str, show: int) -> int:
    """Check a draft by the rules of quality; exit status 1 when an error blocks its publishing.

    Errors, warnings and notes are told rule by rule with their mend. All are counted, twenty of each rule are kept.
    """
    home = open_home(session.home)
    draft = read_draft(home.registry, terminology, edition)
    with working(session, Text("سنجیده می‌شود…", "Checking …")):
        report = check_draft(home.registry, home.shelf, draft)
    if session.json:
        print_json(_record(report))
    else:
        for line in _lines(report, show):
            say(session, line)
    return 1 if report.errors else 0


@click.command("window")
@click.argument("terminology")
@click.argument("edition")
@click.option(
    "--code", metavar="OLD", help="One code that is replaced; else all codes that the edition ends."
)
@click.option("--replaced-by", metavar="NEW", help="The code that replaces it.")
@click.option("--new-from", type=DAY, required=True, metavar="DAY", help="The first day of what is new.")
@click.option(
    "--old-until", type=DAY, required=True, metavar="DAY", help="The last day on which the old is taken."
)
@click.option("--why", metavar="TEXT", help="The reason, for the history of the draft.")
@by_person
@acting
def window(
    session: Session,
    *,
    terminology: str,
    edition: str,
    code: str | None,
    replaced_by: str | None,
    new_from: date,
    old_until: date,
    why: str | None,
    by: str | None,
) -> None:
    """Announce a transition in a draft: the new from one day, the old until another.

    Until the eve of the new the old is right; from then until its last day its use is a warning, and after it an error.
    Without --code the days are those of the edition: its first day, and the last day of every code that it ends.
    """
    if (code is None) != (replaced_by is None):
        raise _half_a_pair()
    home, who = at_desk(session, by)
    days = Window(new_from, old_until)
    if code is not None and replaced_by is not None:
        edited = announce_replacement(
            home.registry,
            home.shelf,
            terminology,
            edition,
            old=code,
            new=replaced_by,
            window=days,
            why=why,
            who=who,
        )
        print_edited(session, edited)
        return
    if why is not None:
        raise _no_reason_kept()
    draft = announce_edition(home.registry, home.shelf, terminology, edition, days, who=who)
    if session.json:
        print_json({"state": "announced", **draft_record(draft), "transition_until": days.transition_until})
        return
    first, last = day_word(new_from, session.language), day_word(old_until, session.language)
    said = Text(
        f"«{draft.name}»: از {first}؛ کدهایی که پایان می‌دهد تا {last} تنها هشدار می‌گیرند.",
        f"'{draft.name}': from {first}; the codes that it ends are only warned of until {last}.",
    )
    say(session, said)


def _record(report: QualityReport) -> dict[str, Any]:
    return {
        "terminology": report.terminology,
        "edition": report.edition,
        "base": report.base,
        "examined": report.examined,
        "errors": report.errors,
        "warnings": report.warnings,
        "notes": report.notes,
        "uncompared": report.uncompared,
        "rules": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "title": one.title.fa,
                "title_en": one.title.en,
                "count": one.count,
                "findings": [
                    {
                        "code": finding.code,
                        "message": finding.text.fa,
                        "message_en": finding.text.en,
                        "mend": finding.mend.fa,
                        "mend_en": finding.mend.en,
                    }
                    for finding in report.of(one.rule)
                ],
            }
            for one in report.counts
        ],
    }


def _lines(report: QualityReport, show: int) -> Iterator[Text]:
    name, count = f"{report.terminology} {report.edition}", codes_word(report.examined)
    yield Text(
        f"{name}: {count.fa} سنجیده شد: {report.errors} خطا، {report.warnings} هشدار، {report.notes} یادداشت",
        f"{name}: {count.en} checked: errors {report.errors}, warnings {report.warnings}, notes {report.notes}",
    )
    for one in report.counts:
        yield from _rule_lines(report, one, show)
    if report.uncompared:
        yield Text(
            f"{report.uncompared} عنوان با همهٔ عنوان‌های مانند خود سنجیده نشد، چون شمار آن‌ها بیش از اندازه است.",
            f"titles not compared with all that are like them, because these are too many: {report.uncompared}",
        )
    if report.errors:
        yield Text(
            "تا خطایی هست منتشر نمی‌شود.",
            "It is not published while an error stands.",
        )


def _rule_lines(report: QualityReport, one: RuleCount, show: int) -> Iterator[Text]:
    word = _SEVERITIES[one.severity]
    yield Text(
        f"{word.fa}، {one.title.fa} ({one.rule}): {one.count}",
        f"{word.en}, {one.title.en} ({one.rule}): {one.count}",
    )
    findings = report.of(one.rule)
    for finding in findings[:show]:
        yield Text(f"  {finding.text.fa}", f"  {finding.text.en}")
    rest = one.count - min(show, len(findings))
    if rest and show:
        yield Text(f"  … و {rest} مورد دیگر", f"  … and {rest} more")
    if findings:
        yield Text(f"  ← {findings[0].mend.fa}", f"  -> {findings[0].mend.en}")


def _half_a_pair() -> BadParameter:
    return BadParameter(
        "code",
        Text(
            "از --code و --replaced-by تنها یکی داده شده است.",
            "Only one of --code and --replaced-by is given.",
        ),
        mend=Text("هر دو را بدهید، یا هیچ‌کدام را.", "Give both, or neither."),
    )


def _no_reason_kept() -> BadParameter:
    return BadParameter(
        "why",
        Text(
            "--why تنها با --code معنا دارد: روزهای انتشار در تاریخچهٔ ردیف‌ها نیست.",
            "--why makes sense with --code only: the days of an edition are no edit of a row.",
        ),
        mend=Text("آن را بردارید.", "Leave it away."),
    )


COMMANDS = (check, impact, window)
