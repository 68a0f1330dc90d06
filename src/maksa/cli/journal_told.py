"""`maksa journal told`: who was told what about a code on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from maksa.cli import words
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_json, print_table, say
from maksa.home import open_home
from maksa.registry.delivery.told import Told, ToldNotice, told
from maksa.text import Text

_HEADERS = (
    Text("خبر", "notice"),
    Text("زمان (UTC)", "at (UTC)"),
    Text("چه", "what"),
    Text("به", "to"),
    Text("رسید (UTC)", "arrived (UTC)"),
)


@click.command("told")
@click.option("--terminology", required=True, metavar="ID", help="The list.")
@click.option("--code", required=True, metavar="CODE", help="The code.")
@click.option(
    "--on", required=True, type=DAY, metavar="DAY", help="The day, Jalali or ISO; the end of it counts."
)
@shared
def command(session: Session, *, terminology: str, code: str, on: date) -> None:
    """Tell what stood published about a code at the end of a day, and who had been told of it by then.

    What was published, withdrawn or restored later does not count: it is answered as it would have been answered then.
    """
    home = open_home(session.home)
    found = told(home.registry, home.shelf, terminology, code, on)
    if session.json:
        print_json(_record(found))
        return
    say(session, _standing(found, session.language))
    if not found.notices:
        say(session, Text("تا آن روز خبری دربارهٔ آن نبود.", "There was no notice about it by then."))
        return
    print_table(session, _HEADERS, (row for one in found.notices for row in _rows(session, one)))


def _standing(found: Told, language: str) -> Text:
    day = words.day_word(found.on, language)
    if found.edition is None or found.published is None:
        return Text(
            f"در {day} انتشاری از {found.terminology} در کار نبود.",
            f"On {day} no edition of {found.terminology} was in force.",
        )
    came = str(found.published)[:16]
    edition = f"{found.terminology} {found.edition.edition}"
    if found.status is None:
        return Text(
            f"در {day} انتشار {edition} (منتشرشده در {came}) در کار بود و کد {found.code} را نداشت.",
            f"On {day} edition {edition} (published {came} UTC) was in force; it had no code {found.code}.",
        )
    status = words.status_word(found.status)
    by = f" → {found.replaced_by}" if found.replaced_by else ""
    return Text(
        f"در {day} انتشار {edition} (منتشرشده در {came}) در کار بود: {found.code} «{found.title}»، {status.fa}{by}.",
        f"On {day} edition {edition} (published {came} UTC) was in force: {found.code} '{found.title}', {status.en}{by}.",
    )


def _rows(session: Session, one: ToldNotice) -> list[tuple[object, ...]]:
    text = one.notice.text if one.change is None else one.change.sentence()
    head = (one.notice.number, str(one.notice.at)[:19], text.in_language(session.language))
    arrived = [
        (f"{sent.owner.kind} {sent.owner.id} ({sent.channel})", str(sent.at)[:19]) for sent in one.sent
    ]
    return [(*head, *where) for where in arrived or [("-", "-")]]


def _record(found: Told) -> dict[str, Any]:
    return {
        "terminology": found.terminology,
        "code": found.code,
        "on": found.on,
        "edition": found.edition,
        "published": found.published,
        "status": found.status,
        "title": found.title,
        "replaced_by": found.replaced_by,
        "notices": [_notice(one) for one in found.notices],
    }


def _notice(one: ToldNotice) -> dict[str, Any]:
    notice = one.notice
    return {
        "number": notice.number,
        "at": notice.at,
        "topic": notice.topic,
        "act": notice.act,
        "subject": notice.subject,
        "text": {"fa": notice.text.fa, "en": notice.text.en},
        "change": one.change,
        "sent": one.sent,
    }
