"""`maksa drafts submit | review | vote | …`: the life of a draft, what is said of it, and how the home is governed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import click

from maksa.cli.drafts_output import print_comments, print_life, print_minutes, print_tally
from maksa.cli.options import DAY, Session, acting, shared
from maksa.cli.output import print_json, say
from maksa.cli.person import at_desk, by_person
from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.model.jalali import today
from maksa.registry.review.comments import add_comment, list_comments, resolve_comment
from maksa.registry.review.desk import recall_draft, review_draft, submit_draft
from maksa.registry.review.governance import govern, governance
from maksa.registry.review.votes import CHOICES, Choice, MinutesRecord, cast_vote, close_vote
from maksa.text import Text

_MOST_SHOWN = 1_000


@click.command("comment")
@click.argument("terminology")
@click.argument("edition")
@click.argument("text")
@click.option("--row", metavar="ROW", help="The row that it speaks of: a code or, of a map, an ordinal.")
@click.option(
    "--resolve", type=int, metavar="NUMBER", help="Close an open comment; TEXT says how it was settled."
)
@by_person
@acting
def comment(
    session: Session,
    *,
    terminology: str,
    edition: str,
    text: str,
    row: str | None,
    resolve: int | None,
    by: str | None,
) -> None:
    """Say something of a draft or of one row of it, or resolve a comment."""
    if resolve is not None and row is not None:
        raise BadParameter(
            "resolve",
            Text("--resolve و --row با هم داده شده‌اند.", "--resolve and --row are both given."),
            mend=Text("تنها یکی را بدهید.", "Give only one of them."),
        )
    home, who = at_desk(session, by)
    if resolve is None:
        said = add_comment(home.registry, terminology, edition, text, key=row, who=who)
        done = Text(f"نظر {said.number} ثبت شد.", f"Comment {said.number} is recorded.")
    else:
        said = resolve_comment(home.registry, terminology, edition, resolve, text, who=who)
        done = Text(f"نظر {said.number} بسته شد.", f"Comment {said.number} is resolved.")
    if session.json:
        print_json(said)
    else:
        say(session, done)


@click.command("comments")
@click.argument("terminology")
@click.argument("edition")
@click.option("--row", metavar="ROW", help="Only those on this row.")
@click.option("--open", "open_only", is_flag=True, help="Only open ones.")
@click.option("--after", type=int, default=0, metavar="NUMBER", help="Only those after this one.")
@click.option("--limit", type=click.IntRange(1, _MOST_SHOWN), default=100, show_default=True)
@shared
def comments(
    session: Session,
    *,
    terminology: str,
    edition: str,
    row: str | None,
    open_only: bool,
    after: int,
    limit: int,
) -> None:
    """List the comments on a draft."""
    registry = open_home(session.home).registry
    found = list(
        list_comments(registry, terminology, edition, key=row, open_only=open_only, after=after, limit=limit)
    )
    if session.json:
        print_json({"items": found})
    elif found:
        print_comments(session, found)
    else:
        say(session, Text("نظری نیست.", "There are no comments."))


@click.command("submit")
@click.argument("terminology")
@click.argument("edition")
@click.option("--note", metavar="TEXT", help="What the reviewer should know.")
@by_person
@acting
def submit(session: Session, *, terminology: str, edition: str, note: str | None, by: str | None) -> None:
    """Submit a draft for review, as it is now; any later edit puts it back to editing."""
    home, who = at_desk(session, by)
    print_life(session, submit_draft(home.registry, terminology, edition, note=note, who=who))


@click.command("review")
@click.argument("terminology")
@click.argument("edition")
@click.option("--approve/--return", "approve", default=None, required=True, help="Approve it, or return it.")
@click.option("--reason", metavar="TEXT", help="Why; needed with --return.")
@by_person
@acting
def review(
    session: Session, *, terminology: str, edition: str, approve: bool, reason: str | None, by: str | None
) -> None:
    """Approve a submitted draft or return it: by a reviewer who did not import, edit or submit it."""
    home, who = at_desk(session, by)
    life = review_draft(home.registry, terminology, edition, approve=approve, reason=reason, who=who)
    print_life(session, life)


@click.command("recall")
@click.argument("terminology")
@click.argument("edition")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@by_person
@acting
def recall(session: Session, *, terminology: str, edition: str, reason: str, by: str | None) -> None:
    """Call a submitted draft back to editing; its review and vote no longer stand."""
    home, who = at_desk(session, by)
    print_life(session, recall_draft(home.registry, terminology, edition, reason, who=who))


@click.command("vote")
@click.argument("terminology")
@click.argument("edition")
@click.argument("choice", type=click.Choice(CHOICES))
@click.option("--reason", metavar="TEXT", help="Why; needed of a vote against.")
@by_person
@acting
def vote(
    session: Session, *, terminology: str, edition: str, choice: Choice, reason: str | None, by: str | None
) -> None:
    """Vote on a reviewed draft, in place of your earlier vote: by a committee member who did not edit or review it."""
    home, who = at_desk(session, by)
    tally = cast_vote(home.registry, terminology, edition, choice, reason=reason, who=who)
    print_tally(session, f"{terminology} {edition}", tally)


@click.command("close-vote")
@click.argument("terminology")
@click.argument("edition")
@click.option("--minutes", required=True, metavar="TEXT", help="What was said and decided.")
@click.option("--day", type=DAY, metavar="DAY", help="The day of the meeting; today by default.")
@click.option("--present", multiple=True, required=True, metavar="NAME", help="A member who was present.")
@click.option(
    "--attachment",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A file of the meeting; its SHA-256 is kept, not the file.",
)
@by_person
@acting
def close(
    session: Session,
    *,
    terminology: str,
    edition: str,
    minutes: str,
    day: date | None,
    present: tuple[str, ...],
    attachment: Path | None,
    by: str | None,
) -> None:
    """Close a vote that has its quorum, count it and keep the minutes: the draft is agreed or rejected."""
    home, who = at_desk(session, by)
    record = MinutesRecord(
        minutes, day or today(), present, None if attachment is None else _hash_of(attachment)
    )
    kept = close_vote(home.registry, terminology, edition, record, who=who)
    print_minutes(session, f"{terminology} {edition}", kept)


@click.command("govern")
@click.option("--on/--off", "on", default=None, help="Whether the committee must agree to every edition.")
@click.option("--quorum", type=int, metavar="VOTES", help="Votes that a decision needs, abstentions too.")
@click.option(
    "--majority",
    type=int,
    metavar="PERCENT",
    help="A draft needs more than this of the votes for and against.",
)
@by_person
@acting
def govern_home(
    session: Session, *, on: bool | None, quorum: int | None, majority: int | None, by: str | None
) -> None:
    """Say whether the committee must agree before an edition is published; without options, tell."""
    home, who = at_desk(session, by)
    if on is None and quorum is None and majority is None:
        rules = governance(home.registry)
    else:
        turned = governance(home.registry).on if on is None else on
        rules = govern(home.registry, on=turned, quorum=quorum, majority=majority, who=who)
    if session.json:
        print_json(rules)
        return
    if rules.on:
        said = Text(
            f"هر انتشار به تصویب کارگروه نیاز دارد: حد نصاب {rules.quorum} رأی، بیش از {rules.majority} درصد موافق.",
            f"The committee must agree to every edition: a quorum of {rules.quorum} votes, more than {rules.majority} percent for it.",
        )
    else:
        said = Text(
            "انتشار به تصویب کارگروه نیاز ندارد؛ پیش‌نویسی که برای بازبینی ارسال شود پس از بازبینی منتشر می‌شود.",
            "Editions need no vote; a draft that was submitted is published after its review.",
        )
    say(session, said)


COMMANDS = (comment, comments, submit, review, recall, vote, close, govern_home)
"""The commands of this file, in the order of help."""


def _hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
