"""`maksa drafts impact`: what publishing a draft breaks, for whom, and from when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import click
import msgspec

from maksa.cli.options import Session, shared
from maksa.cli.output import print_json, say, working
from maksa.cli.words import day_word
from maksa.home import open_home
from maksa.model.jalali import format_jalali
from maksa.registry.drafts.drafts import read_draft
from maksa.registry.impact.concerned import OBSERVED_DAYS
from maksa.registry.impact.impact import impact_of
from maksa.registry.impact.records import (
    Change,
    CodeChange,
    CodeChanges,
    FieldBound,
    Impact,
    ListUploaded,
    MapAffected,
    PartyUse,
    RecordAffected,
    RequestAffected,
    RowAffected,
)
from maksa.text import Text

_CHANGES: dict[Change, Text] = {
    "retired": Text("پایان می‌یابد", "retires"),
    "changed": Text("تغییر می‌کند", "changes"),
    "added": Text("افزوده می‌شود", "is added"),
}
_HEADS: dict[Change, Text] = {
    "retired": Text("کدهایی که پایان می‌یابند", "Codes that retire"),
    "changed": Text("کدهایی که تغییر می‌کنند", "Codes that change"),
    "added": Text("کدهایی که افزوده می‌شوند", "Codes that are added"),
}


@click.command("impact")
@click.argument("terminology")
@click.argument("edition")
@click.option(
    "--show", type=click.IntRange(0, 20), default=5, show_default=True, help="How many of each to print."
)
@shared
def impact(session: Session, *, terminology: str, edition: str, show: int) -> None:
    """Tell what publishing a draft would break, for whom, and from when.

    Codes that retire or change; maps, value sets and fields of prescriber messages that they are in; parties that use
    the list; open discrepancies and requests on them.
    """
    home = open_home(session.home)
    draft = read_draft(home.registry, terminology, edition)
    with working(session, Text("اثر آن سنجیده می‌شود…", "Looking at what it touches …")):
        told = impact_of(home.registry, home.shelf, draft)
    if session.json:
        print_json(_told_record(told))
        return
    for line in _lines(session, told, show):
        say(session, line)


def _told_record(told: Impact) -> dict[str, Any]:
    """Give an impact as JSON has it: a title in each language under a name of its own."""
    record: dict[str, Any] = msgspec.to_builtins(told)
    for one in (*record["value_sets"], *record["fields"]):
        one["title"], one["title_en"] = one["title"]
    return record


def _lines(session: Session, told: Impact, show: int) -> Iterator[Text]:
    yield _head(session, told)
    yield from _codes(session, _HEADS["retired"], told.retired, show)
    yield from _codes(session, _HEADS["changed"], told.changed, show)
    yield from _codes(session, _HEADS["added"], told.added, show)
    for one in told.maps:
        yield from _map(one, show)
    yield from _value_sets(told, show)
    yield from _fields(told, show)
    yield from _parties(told, show)
    yield from _work(told, show)


def _section(head: Text, count: int, lines: Iterable[Text], show: int) -> Iterator[Text]:
    """Yield a head with its count, the first lines, and how many more there are."""
    yield Text(f"{head.fa}: {count}", f"{head.en}: {count}")
    shown = list(islice(lines, show))
    yield from (Text(f"  {line.fa}", f"  {line.en}") for line in shown)
    if count > len(shown) and show:
        more = count - len(shown)
        yield Text(f"  … و {more} مورد دیگر", f"  … and {more} more")


def _head(session: Session, told: Impact) -> Text:
    name, language = f"{told.terminology} {told.edition}", session.language
    fa, en = [f"«{name}»"], [f"'{name}'"]
    if told.base is None:
        fa.append("نخستین انتشار است")
        en.append("is the first edition")
    else:
        fa.append(f"پس از «{told.base}»")
        en.append(f"follows '{told.base}'")
    first = day_word(told.effective, language)
    fa.append("بی‌درنگ" if told.effective is None else f"از {first}")
    en.append("at once" if told.effective is None else f"from {first}")
    if told.transition_until is not None:
        until = day_word(told.transition_until, language)
        fa.append(f"کدهای پایان‌یافته تا {until} تنها هشدار می‌گیرند")
        en.append(f"codes that it ends are only warned of until {until}")
    return Text("، ".join(fa), ", ".join(en))


def _codes(session: Session, head: Text, codes: CodeChanges, show: int) -> Iterator[Text]:
    return _section(head, codes.count, (_code(session, one) for one in codes.first), show)


def _code(session: Session, one: CodeChange) -> Text:
    fa = en = f"{one.code} {one.title}"
    if one.was is not None:
        fa, en = f"{fa} (پیش از این: {one.was})", f"{en} (was: {one.was})"
    if one.since is not None:
        day = day_word(one.since, session.language)
        fa, en = f"{fa}، از {day}", f"{en}, from {day}"
    if one.until is not None:
        day = day_word(one.until, session.language)
        fa, en = f"{fa}، تا {day} با هشدار", f"{en}, warned of until {day}"
    if one.replaced_by is not None:
        fa, en = f"{fa}، جایگزین: {one.replaced_by}", f"{en}, replaced by {one.replaced_by}"
    return Text(fa, en)


def _map(one: MapAffected, show: int) -> Iterator[Text]:
    named = Text("پیش‌نویس نگاشت", "Draft of the map") if one.drafted else Text("نگاشت", "Map")
    head = Text(
        f"{named.fa} «{one.map}»، ردیف‌ها ({one.retired} با کدی که پایان می‌یابد، {one.changed} با کدی که تغییر می‌کند)",
        f"{named.en} '{one.map}', rows ({one.retired} with a code that retires, {one.changed} with one that changes)",
    )
    return _section(head, one.retired + one.changed, map(_row, one.first), show)


def _row(row: RowAffected) -> Text:
    change = _CHANGES[row.change]
    leads, arrow = ("←", "->") if row.side == "source" else ("→", "<-")
    return Text(
        f"{row.code} ({change.fa}) {leads} {row.other}", f"{row.code} ({change.en}) {arrow} {row.other}"
    )


def _value_sets(told: Impact, show: int) -> Iterator[Text]:
    for one in told.value_sets:
        gone = Text("، دیگر تعریف نشده است", ", no longer defined") if one.gone else Text("", "")
        head = Text(
            f"مجموعهٔ مقادیر «{one.title.fa}» ({one.id}){gone.fa}، {one.joined} کد می‌آید و بیرون می‌روند",
            f"Value set '{one.title.en}' ({one.id}){gone.en}, codes that join {one.joined}, that leave",
        )
        yield from _section(head, one.left, (Text(code, code) for code in one.first_left), show)


def _fields(told: Impact, show: int) -> Iterator[Text]:
    head = Text(
        "عنصرهای داده‌پیام که از این فهرست کد می‌گیرند",
        "Fields of prescriber messages that take codes of this list",
    )
    return _section(head, len(told.fields), map(_field, told.fields), show)


def _field(one: FieldBound) -> Text:
    only = f" ({one.value_set})" if one.value_set else ""
    return Text(f"{one.title.fa}: {one.path}{only}", f"{one.title.en}: {one.path}{only}")


def _parties(told: Impact, show: int) -> Iterator[Text]:
    head = Text(
        f"سازمان‌هایی که در {OBSERVED_DAYS} روز گذشته از این فهرست پرسیده‌اند",
        f"Parties that asked for this list in the last {OBSERVED_DAYS} days",
    )
    return _section(head, len(told.uses), map(_use, told.uses), show)


def _use(one: PartyUse) -> Text:
    party = (
        Text("کارخواه‌های بی سازمان", "clients of no party")
        if one.party is None
        else Text(one.party, one.party)
    )
    return Text(f"{party.fa}: {one.count} پرسش", f"{party.en}: {one.count} questions")


def _work(told: Impact, show: int) -> Iterator[Text]:
    records = Text("مغایرت‌های باز دربارهٔ این کدها", "Discrepancies on these codes that are not closed")
    yield from _section(records, told.discrepancies, map(_record, told.first_discrepancies), show)
    requests = Text("درخواست‌های بازی که از این کدها می‌گویند", "Open requests that speak of these codes")
    yield from _section(requests, told.requests, map(_request, told.first_requests), show)
    uploads = Text(
        "سازمان‌هایی که فهرست خود را با این فهرست سنجیده‌اند",
        "Parties that had their own list compared with this one",
    )
    yield from _section(uploads, len(told.uploads), map(_upload, told.uploads), show)


def _record(one: RecordAffected) -> Text:
    line = f"{one.number} {one.party}: {one.code}, {one.kind}"
    return Text(line, line)


def _request(one: RequestAffected) -> Text:
    change = _CHANGES[one.change]
    return Text(
        f"{one.number} «{one.text}»: کد {one.code} {change.fa}",
        f"{one.number} '{one.text}': code {one.code} {change.en}",
    )


def _upload(one: ListUploaded) -> Text:
    return Text(f"{one.party}: {one.file} ({format_jalali(one.day)})", f"{one.party}: {one.file} ({one.day})")
