"""The pages of subscriptions: those of who is signed in, of their party and its clients; a secret is shown once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from starlette.responses import Response

from maksa.errors import BadParameter, MaksaError, NotAllowed
from maksa.registry.delivery.records import (
    CHANNELS,
    OWNER_KINDS,
    TARGET_KINDS,
    TOPICS,
    NewSubscription,
    Owner,
    Target,
    WantedSubscription,
    shown_address,
)
from maksa.text import Text
from maksa.web.desk import subscriptions as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, done_word, go_to
from maksa.web.query import read_choice, read_number

Word = TypeVar("Word", bound=str)

PATH = "/desk/subscriptions"
_LANGUAGES: tuple[Literal["fa", "en"], ...] = ("fa", "en")
_FIELDS = ("owner", "target", "list", "code", "about", "channel", "address", "language")
_SENT = (*_FIELDS, *(f"topic-{name}" for name in TOPICS))
_ACTS = ("pause", "resume", "replay", "secret", "end")
_ACT = ("act", "why", "start", "hours")
_OWNERS = {"person": "خودم", "party": "سازمان", "client": "کارخواه"}
_TARGETS: Mapping[str, str] = {
    "list": "یک فهرست",
    "code": "یک کد",
    "letters": "همهٔ نامه‌ها",
    "request": "یک درخواست کد",
    "discrepancies": "مغایرت‌های یک سازمان",
    "everything": "همهٔ آنچه می‌بینم",
}
_STATES: Mapping[str, tuple[str, str]] = {
    "unconfirmed": ("soon", "در انتظار تأیید نشانی"),
    "active": ("done", "برقرار"),
    "paused": ("late", "درنگ"),
    "ended": ("closed-off", "پایان یافته"),
}
"""The colour and the word of each state."""
_TOPICS: Mapping[str, str] = {
    "edition": "انتشارها",
    "letter": "نامه‌ها",
    "code-request": "درخواست‌های کد",
    "discrepancy": "مغایرت‌ها",
    "draft": "پیش‌نویس‌ها",
    "adoption": "اجرا",
    "subscription": "خود اشتراک‌ها",
}
_DONE: Mapping[str, Text] = {
    "added": Text("ثبت شد؛ نامه‌ای به آن نشانی می‌رود تا تأییدش کند", "a mail asks the address to confirm"),
    "pause": Text("خبرها می‌مانند تا از سر گرفته شود", "paused"),
    "resume": Text("از سر گرفته شد", "resumed"),
    "replay": Text("از همان خبر دوباره فرستاده می‌شود", "replayed"),
    "end": Text("پایان یافت و نشانی‌اش فراموش شد", "ended"),
}


async def subscriptions(visit: Visit) -> Response:
    """Show the subscriptions, and the form that makes one."""
    query = visit.query((filters.AFTER, filters.DONE))
    after = query.get(filters.AFTER) or 0
    return await _list(visit, after=after, done=query.get(filters.DONE))


async def add(visit: Visit) -> Response:
    """Subscribe; the secret of a webhook is shown once."""
    sent = {name: value.strip() for name, value in (await visit.form(_SENT)).items()}
    try:
        wanted = _wanted(sent)
        new = await visit.do(lambda acting: desk.subscribe(acting, wanted))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _list(visit, typed=sent, wrong=wrong)
    return go_to(f"{PATH}?done=added") if new.secret is None else _secret(visit, new, 201)


async def one(visit: Visit) -> Response:
    """Show one subscription, how its deliveries went, and what may be done to it."""
    return await _one(visit, done=visit.query((filters.DONE,)).get(filters.DONE))


async def act(visit: Visit) -> Response:
    """Pause, resume, replay, make a new secret, or end."""
    number, sent = visit.number("subscription"), await visit.form(_ACT)
    wanted = read_choice(*_ACTS)("act", sent.get("act", ""))
    try:
        new = await visit.do(lambda acting: _do(acting, number, wanted, sent))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _one(visit, wrong=wrong)
    return go_to(f"{PATH}/{number}?done={wanted}") if new is None else _secret(visit, new, 200)


def _do(acting: Acting, number: int, wanted: str, sent: Mapping[str, str]) -> NewSubscription | None:
    match wanted:
        case "pause":
            desk.pause(acting, number, sent.get("why", "").strip() or None)
        case "resume":
            desk.resume(acting, number)
        case "replay":
            start = read_number(1, filters.LARGEST_NUMBER)("start", sent.get("start", ""))
            desk.replay(acting, number, start)
        case "secret":
            return desk.rotate(acting, number, read_number(0, 720)("hours", sent.get("hours", "") or "24"))
        case _:
            desk.end(acting, number)
    return None


async def _list(
    visit: Visit,
    *,
    after: int = 0,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    def ask(acting: Acting) -> tuple[Any, Any]:
        return desk.find(acting, after=after, limit=filters.PAGE_SIZE + 1), desk.owners(acting)

    found, owners = await visit.do(ask)
    page = found[: filters.PAGE_SIZE]
    given = typed or {}
    fields = {
        "rows": [(one, shown_address(one)) for one in page],
        "next": f"{PATH}?after={page[-1].number}" if len(found) > len(page) else None,
        "owners": [(f"{one.kind} {one.id}", f"{_OWNERS[one.kind]} ({one.id})") for one in owners],
        "lists": visit.lists(),
        "topics": TOPICS,
        "typed": {name: given.get(name, "") for name in _SENT},
        "done": done_word(done, _DONE),
    }
    return visit.page("desk/subscriptions.html", {**fields, **_words()}, wrong=wrong)


async def _one(visit: Visit, *, wrong: MaksaError | None = None, done: str | None = None) -> Response:
    number = visit.number("subscription")

    def ask(acting: Acting) -> tuple[Any, Any]:
        return desk.one(acting, number), desk.attempts(acting, number, filters.PAGE_SIZE)

    found, attempts = await visit.do(ask)
    fields = {"one": found, "address": shown_address(found), "attempts": attempts}
    return visit.page(
        "desk/subscription.html", {**fields, **_words(), "done": done_word(done, _DONE)}, wrong=wrong
    )


def _words() -> dict[str, Any]:
    return {
        "targets": _TARGETS,
        "states": _STATES,
        "topic_words": _TOPICS,
        "owner_words": _OWNERS,
    }


def _wanted(sent: Mapping[str, str]) -> WantedSubscription:
    kind, _, owner_id = sent.get("owner", "").partition(" ")
    owner_kind = _one_of("owner", kind, OWNER_KINDS)
    target = Target(
        _one_of("target", sent.get("target", ""), TARGET_KINDS),
        sent.get("list") or None,
        sent.get("code") or None,
        sent.get("about") or None,
    )
    return WantedSubscription(
        owner=Owner(owner_kind, owner_id),
        target=target,
        channel=_one_of("channel", sent.get("channel", ""), CHANNELS),
        address=sent.get("address", ""),
        topics=tuple(name for name in TOPICS if sent.get(f"topic-{name}") == "1"),
        language=_one_of("language", sent.get("language", ""), _LANGUAGES),
    )


def _one_of(name: str, sent: str, known: tuple[Word, ...]) -> Word:
    found = next((word for word in known if word == sent), None)
    if found is None:
        raise BadParameter(name, Text(f"{name} را برگزینید.", f"Choose the {name}."), known=known)
    return found


def _secret(visit: Visit, new: NewSubscription, status: int) -> Response:
    number = new.subscription.number
    fields = {
        "title": f"اشتراک {number}",
        "secrets": (("رمز امضای وب‌هوک", new.secret),),
        "back": f"{PATH}/{number}",
    }
    return visit.page("desk/shown_once.html", fields, status=status)
