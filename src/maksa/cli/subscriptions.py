"""`maksa subscriptions`: who wants to be told of what, by webhook or e-mail."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from maksa.cli.asking import desk_of
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.registry.delivery import subscriptions as desk
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.records import (
    TOPICS,
    Channel,
    NewSubscription,
    Owner,
    OwnerKind,
    Subscription,
    Target,
    WantedSubscription,
    shown_address,
)
from maksa.text import Text

_NUMBER = click.argument("number", type=click.IntRange(1, 2**31 - 1))
_OWNERS: tuple[OwnerKind, ...] = ("party", "person", "client")
_STATES = {
    "unconfirmed": Text("در انتظار تأیید", "unconfirmed"),
    "active": Text("در کار", "active"),
    "paused": Text("متوقف", "paused"),
    "ended": Text("پایان‌یافته", "ended"),
}
_HEADERS = (
    Text("شماره", "number"),
    Text("صاحب", "owner"),
    Text("خبرهای", "told of"),
    Text("به", "to"),
    Text("وضعیت", "state"),
    Text("تا خبر", "up to notice"),
)


@click.group("subscriptions")
def command() -> None:
    """Subscribe parties, people and clients to notices, by webhook or e-mail."""


@command.command("add")
@click.option("--party", metavar="ID", help="Whose it is: a party.")
@click.option("--person", metavar="LOGIN", help="Whose it is: a person.")
@click.option("--client", metavar="ID", help="Whose it is: a client.")
@click.option(
    "--list", "listed", metavar="ID", help="Told of a list: its editions, and letters that announce it."
)
@click.option(
    "--code", metavar="CODE", help="With --list: told when an edition changes this code, and what changed."
)
@click.option("--request", "about_request", type=click.IntRange(1), help="Told of a request for a code.")
@click.option("--discrepancies", metavar="PARTY", help="Told of the discrepancies of a party.")
@click.option("--letters", is_flag=True, help="Told of all letters.")
@click.option("--everything", is_flag=True, help="Told of everything that the owner may see.")
@click.option(
    "--webhook", metavar="URL", help="Where it is sent; the secret of the webhook is shown this once."
)
@click.option("--email", metavar="ADDRESS", help="Where it is sent, once the address has confirmed.")
@click.option("--topic", "topics", multiple=True, type=click.Choice(TOPICS), help="Keep only these notices.")
@click.option(
    "--mail-language", type=click.Choice(["fa", "en"]), default="fa", show_default=True, help="Of mails."
)
@acting
def add(session: Session, *, topics: tuple[str, ...], mail_language: Any, **given: Any) -> None:
    """Subscribe a party, a person or a client to one thing, from now on.

    Private notices (requests, discrepancies, drafts) go only to those whom they concern.
    """
    channel, address = _one_of(given, {"webhook": "webhook", "email": "email"})
    wanted = WantedSubscription(
        _owner(given), _target(given), _channel(channel), address, topics, mail_language
    )
    home = desk_of(session)
    new = desk.subscribe(home.registry, home.shelf, DeliveryKeys(home.token_key), wanted)
    _show_once(session, new)


@command.command("list")
@click.option("--party", metavar="ID", help="Only those of a party.")
@click.option("--person", metavar="LOGIN", help="Only those of a person.")
@click.option("--client", metavar="ID", help="Only those of a client.")
@click.option("--after", type=click.IntRange(0), default=0, help="Only those after a number.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="How many to print."
)
@shared
def list_all(session: Session, *, after: int, limit: int, **given: Any) -> None:
    """List subscriptions in the order of their numbers; addresses are not shown whole."""
    owner = _owner(given) if any(given.values()) else None
    found = desk.list_subscriptions(open_home(session.home).registry, owner, after=after, limit=limit)
    if session.json:
        print_json({"total": len(found), "items": [_record(one) for one in found]})
    elif found:
        print_table(session, _HEADERS, (_row(session, one) for one in found))
    else:
        say(session, Text("اشتراکی نیست.", "There are no subscriptions."))


@command.command("show")
@_NUMBER
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Attempts to print."
)
@shared
def show(session: Session, *, number: int, limit: int) -> None:
    """Show a subscription and the last attempts to deliver to it, newest first."""
    registry = open_home(session.home).registry
    held = desk.find_subscription(registry, number)
    attempts = desk.list_attempts(registry, number, limit=limit)
    if session.json:
        print_json({"subscription": _record(held), "attempts": attempts})
        return
    print_table(session, _HEADERS, [_row(session, held)])
    if held.next_try is not None:
        when = held.next_try.isoformat(sep=" ", timespec="seconds")
        say(session, Text(f"بار بعد: {when} (UTC)", f"Next try: {when} (UTC)"))
    headers = (
        Text("خبر", "notice"),
        Text("زمان (UTC)", "at (UTC)"),
        Text("رسید", "arrived"),
        Text("پاسخ", "answer"),
    )
    if attempts:
        yes = ("-", Text("بله", "yes").in_language(session.language))
        rows = ((one.notice, str(one.at)[:19], yes[one.arrived], one.said) for one in attempts)
        print_table(session, headers, rows)


@command.command("confirm")
@_NUMBER
@click.argument("code")
@acting
def confirm(session: Session, *, number: int, code: str) -> None:
    """Confirm an e-mail address by the code that was mailed to it."""
    home = desk_of(session)
    _tell(session, desk.confirm(home.registry, DeliveryKeys(home.token_key), number, code))


@command.command("rotate")
@_NUMBER
@click.option(
    "--hours",
    type=click.IntRange(0, 720),
    default=24,
    show_default=True,
    help="How long both secrets are valid.",
)
@acting
def rotate(session: Session, *, number: int, hours: int) -> None:
    """Make a new secret of a webhook, shown this once; the old one stays valid for a while."""
    home = desk_of(session)
    _show_once(session, desk.rotate_secret(home.registry, DeliveryKeys(home.token_key), number, hours=hours))


@command.command("pause")
@_NUMBER
@click.option("--why", help="The reason.")
@acting
def pause(session: Session, *, number: int, why: str | None) -> None:
    """Pause a subscription: its notices wait."""
    _tell(session, desk.pause(desk_of(session).registry, number, why))


@command.command("resume")
@_NUMBER
@acting
def resume(session: Session, *, number: int) -> None:
    """Go on with a paused subscription from where it stands."""
    _tell(session, desk.resume(desk_of(session).registry, number))


@command.command("replay")
@_NUMBER
@click.option(
    "--from", "start", type=click.IntRange(1), required=True, metavar="NOTICE", help="The first notice."
)
@acting
def replay(session: Session, *, number: int, start: int) -> None:
    """Deliver again from a notice on; each comes under the id that it had."""
    _tell(session, desk.replay(desk_of(session).registry, number, start))


@command.command("end")
@_NUMBER
@acting
def end(session: Session, *, number: int) -> None:
    """End a subscription for good; its address and secrets are forgotten."""
    _tell(session, desk.end_subscription(desk_of(session).registry, number))


def _one_of(given: dict[str, Any], options: dict[str, str]) -> tuple[str, str]:
    """Give which one of several options was given, by its own name, and its value. Raises: BadParameter."""
    named = [(kind, given[name]) for name, kind in options.items() if given.get(name)]
    if len(named) == 1:
        return named[0][0], str(named[0][1])
    known = tuple(f"--{kind}" for kind in options.values())
    raise BadParameter(
        known[0].removeprefix("--"),
        Text(
            f"یکی و تنها یکی از {'، '.join(known)} را بدهید.",
            f"Give one of {', '.join(known)}, and only one.",
        ),
        known=known,
    )


def _owner(given: dict[str, Any]) -> Owner:
    kind, name = _one_of(given, {kind: kind for kind in _OWNERS})
    return Owner(next(one for one in _OWNERS if one == kind), name)


def _target(given: dict[str, Any]) -> Target:
    names = {
        "listed": "list",
        "about_request": "request",
        "discrepancies": "discrepancies",
        "letters": "letters",
        "everything": "everything",
    }
    kind, value = _one_of(given, names)
    if kind == "list":
        return Target("list", value) if given["code"] is None else Target("code", value, given["code"])
    if given["code"] is not None:
        raise BadParameter("code", Text("--code با --list می‌آید.", "--code comes with --list."))
    match kind:
        case "request":
            return Target("request", about=value)
        case "discrepancies":
            return Target("discrepancies", about=value)
        case _:
            return Target("letters") if kind == "letters" else Target("everything")


def _channel(name: str) -> Channel:
    return "webhook" if name == "webhook" else "email"


def _record(held: Subscription) -> dict[str, Any]:
    return {**asdict(held), "address": shown_address(held)}


def _what(target: Target) -> str:
    return " ".join(part for part in (target.kind, target.list, target.code, target.about) if part)


def _row(session: Session, held: Subscription) -> tuple[object, ...]:
    state = _STATES[held.state].in_language(session.language)
    return (
        held.number,
        f"{held.owner.kind} {held.owner.id}",
        _what(held.target),
        shown_address(held),
        state if held.why is None else f"{state}: {held.why}",
        held.cursor,
    )


def _tell(session: Session, held: Subscription) -> None:
    if session.json:
        print_json(_record(held))
        return
    state = _STATES[held.state]
    say(session, Text(f"اشتراک {held.number}: {state.fa}.", f"Subscription {held.number} is {state.en}."))


def _show_once(session: Session, new: NewSubscription) -> None:
    held = new.subscription
    if session.json:
        print_json({**_record(held), "secret": new.secret})
        return
    if new.secret is None:
        said = Text(
            f"اشتراک {held.number} ساخته شد و پس از تأیید نشانی آغاز می‌شود؛ کد تأیید با ایمیل می‌رسد.",
            f"Subscription {held.number} is made and begins when the address confirms; the code comes by e-mail.",
        )
    else:
        said = Text(
            f"اشتراک {held.number}؛ راز وب‌هوک (تنها همین یک بار): {new.secret}",
            f"Subscription {held.number}; the secret of the webhook (shown this once): {new.secret}",
        )
    say(session, said)
