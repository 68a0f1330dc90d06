"""`maksa publish`: a draft becomes an edition; an edition is withdrawn and restored."""

from __future__ import annotations

from typing import Any

import click

from maksa.cli.import_publishing import DESPITE
from maksa.cli.import_report import finding_record, print_findings
from maksa.cli.options import Session, acting
from maksa.cli.output import print_json, say, working
from maksa.cli.person import at_desk, by_person
from maksa.cli.words import codes_word
from maksa.errors import BadParameter
from maksa.model.edition import EditionEntry
from maksa.registry.drafts import publish as desk
from maksa.text import Text
from maksa.web.api import build

_FINDINGS_SHOWN = 10


@click.command("publish")
@click.argument("terminology")
@click.argument("edition")
@click.option("--withdraw", is_flag=True, help="Withdraw it: the edition before it answers again.")
@click.option("--reason", metavar="TEXT", help="Why it is withdrawn.")
@click.option("--restore", is_flag=True, help="Undo a withdrawal.")
@click.option(
    "--retire-missing", is_flag=True, help="Publish even if most codes of the edition before end by it."
)
@click.option("--despite-errors", "despite", metavar="REASON", help=DESPITE)
@by_person
@acting
def command(
    session: Session,
    *,
    terminology: str,
    edition: str,
    withdraw: bool,
    reason: str | None,
    restore: bool,
    retire_missing: bool,
    despite: str | None,
    by: str | None,
) -> None:
    """Publish a draft, or withdraw or restore a published edition.

    A published edition never changes; publishing the same content again does nothing.
    """
    publishing = {"--retire-missing": retire_missing, "--despite-errors": despite is not None}
    _check(withdraw=withdraw, restore=restore, reason=reason, publishing=publishing)
    home, who = at_desk(session, by)
    if withdraw:
        entry = desk.withdraw(home.registry, home.shelf, terminology, edition, reason or "", who=who)
        _tell(session, entry, "withdrawn", Text("پس گرفته شد", "withdrawn"))
        return
    if restore:
        entry = desk.restore(home.registry, home.shelf, terminology, edition, who=who)
        _tell(session, entry, "restored", Text("بازگردانده شد", "restored"))
        return
    with working(session, Text("منتشر می‌شود…", "Publishing …")):
        done = desk.publish(
            home.registry,
            home.shelf,
            terminology,
            edition,
            retire_missing=retire_missing,
            despite=despite,
            who=who,
        )
    _tell_published(session, done)


def _tell_published(session: Session, done: desk.Published) -> None:
    state, said = "published", Text("منتشر شد", "published")
    if done.unchanged:
        state = "unchanged"
        said = Text("از پیش منتشر شده است؛ کاری نشد", "published already; nothing was done")
    elif done.base is not None:
        carried = codes_word(done.carried)
        said = Text(
            f"منتشر شد، پس از {done.base}؛ {carried.fa} نگه داشته شد",
            f"published, after {done.base}; {carried.en} carried forward",
        )
    more: dict[str, Any] = {"base": done.base, "carried": done.carried}
    if session.json and done.findings:
        more["findings"] = [finding_record(finding) for finding in done.findings]
    elif done.findings:
        print_findings(session, done.findings, show=_FINDINGS_SHOWN)
    _tell(session, done.entry, state, said, **more)


def _check(*, withdraw: bool, restore: bool, reason: str | None, publishing: dict[str, bool]) -> None:
    if withdraw and restore:
        raise BadParameter(
            "restore",
            Text("--withdraw و --restore با هم داده شده‌اند.", "--withdraw and --restore are both given."),
            mend=Text("تنها یکی را بدهید.", "Give only one of them."),
        )
    for name, given in publishing.items():
        if given and (withdraw or restore):
            raise BadParameter(
                name.removeprefix("--"),
                Text(f"{name} تنها هنگام انتشار معنا دارد.", f"{name} is for publishing only."),
                mend=Text("آن را بردارید.", "Leave it away."),
            )
    if reason is not None and not withdraw:
        raise BadParameter(
            "reason",
            Text("--reason تنها با --withdraw معنا دارد.", "--reason makes sense with --withdraw only."),
            mend=Text(
                "--withdraw را هم بدهید، یا --reason را بردارید.", "Give --withdraw too, or leave it away."
            ),
        )


def _tell(session: Session, entry: EditionEntry, state: str, said: Text, **more: Any) -> None:
    if session.json:
        print_json({"state": state, "edition": build.edition(entry), **more})
        return
    name = f"{entry.manifest.terminology} {entry.manifest.edition}"
    count, content_hash = codes_word(entry.manifest.count), entry.manifest.content_hash[:12]
    said_of_it = Text(
        f"{name}: {said.fa}؛ {count.fa} ({content_hash})", f"{name}: {said.en}; {count.en} ({content_hash})"
    )
    say(session, said_of_it)
