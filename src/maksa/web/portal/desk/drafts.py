"""The pages of drafts: what there is, how one stands and what may be done to it, its checks and its impact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args
from urllib.parse import quote

from starlette.responses import Response

from maksa.errors import BadParameter, MaksaError, NotAllowed
from maksa.model.jalali import parse_day
from maksa.registry.drafts.drafts import DraftOptions
from maksa.registry.parties.access import may
from maksa.registry.quality.rules import rules as quality_rules
from maksa.registry.review.states import table
from maksa.registry.review.votes import Choice, MinutesRecord
from maksa.text import Text
from maksa.web.desk import drafts as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, done_word, go_to
from maksa.web.query import MAX_TEXT
from maksa.web.refusal import bad_parameter

PATH = "/desk/drafts"
_BEGIN = ("terminology", "edition", "effective")
_SAID = ("act", "said", "choice", "text", "day", "present", "attachment", "number", "retire_missing", "sure")
_CHOICES = get_args(Choice)
_DONE: Mapping[str, Text] = {
    **{str(name): transition.title for name, transition in table().acts.items()},
    "begin": Text("پیش‌نویس آغاز شد", "begun"),
    "comment": Text("نظر ثبت شد", "said"),
    "resolve": Text("به نظر پاسخ داده شد", "answered"),
    "undo": Text("ویرایش واگردانده شد", "undone"),
    "published": Text("منتشر شد", "published"),
}


async def drafts(visit: Visit) -> Response:
    """Show all drafts, and the form that begins one."""
    visit.query()
    return await _list(visit)


async def begin(visit: Visit) -> Response:
    """Begin a draft from the edition in force, and show it."""
    sent = await visit.form(_BEGIN)
    name = (sent.get("terminology", ""), sent.get("edition", "").strip())
    try:
        first_day = sent.get("effective", "").strip()
        options = DraftOptions(effective=parse_day(first_day, parameter="effective") if first_day else None)
        begun = await visit.do(lambda acting: desk.begin(acting, name, options))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _list(visit, typed=sent, wrong=wrong)
    return go_to(f"{path_of((begun.terminology.id, begun.edition))}?done=begin")


async def draft(visit: Visit) -> Response:
    """Show how one draft stands, and what who is signed in may do to it."""
    done = visit.query((filters.DONE,)).get(filters.DONE)
    return await _show(visit, done=done)


async def act(visit: Visit) -> Response:
    """Do an act to a draft and show it again; where it became an edition, show that."""
    sent = await visit.form(_SAID)
    name, wanted = name_of(visit), sent.get("act", "")
    do = _ACTS.get(wanted)
    if do is None:
        raise bad_parameter("act", Text("این کار شناخته نیست.", "There is no such act."), known=tuple(_ACTS))
    given = {field: value.strip() for field, value in sent.items()}
    try:
        await visit.do(lambda acting: do(acting, name, given))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, typed=sent, wrong=wrong)
    if wanted == "discard":
        return go_to(PATH)
    if wanted == "publish":
        return go_to(f"/?terminology={quote(name[0], safe='')}")
    return go_to(f"{path_of(name)}?done={wanted}")


async def quality(visit: Visit) -> Response:
    """Show what the content checks found in a draft."""
    visit.query()
    name = name_of(visit)

    def ask(acting: Acting) -> tuple[Any, Any]:
        return desk.draft(acting, name), desk.quality(acting, name)

    held, report = await visit.do(ask)
    return visit.page(
        "desk/draft_quality.html",
        {"draft": held, "report": report, "rules": quality_rules(), "path": path_of(name)},
    )


async def impact(visit: Visit) -> Response:
    """Show what publishing a draft would touch, and whom."""
    visit.query()
    name = name_of(visit)

    def ask(acting: Acting) -> tuple[Any, Any]:
        return desk.draft(acting, name), desk.impact(acting, name)

    held, found = await visit.do(ask)
    return visit.page("desk/draft_impact.html", {"draft": held, "impact": found, "path": path_of(name)})


def name_of(visit: Visit) -> desk.Name:
    """Give the list and the edition that the path names."""
    parameters = visit.request.path_params
    return str(parameters["list"])[:MAX_TEXT], str(parameters["edition"])[:MAX_TEXT]


def path_of(name: desk.Name) -> str:
    """Give the address of a draft's page."""
    return f"{PATH}/{quote(name[0], safe='')}/{quote(name[1], safe='')}"


async def _list(
    visit: Visit, *, typed: Mapping[str, str] | None = None, wrong: MaksaError | None = None
) -> Response:
    def ask(acting: Acting) -> tuple[Any, Any]:
        return desk.find(acting), desk.rules(acting)

    found, governance = await visit.do(ask)
    listed = [one.terminology for one in visit.parts.service.catalogue() if one.entry is not None]
    return visit.page(
        "desk/drafts.html",
        {
            "drafts": [(one, path_of((one.draft.terminology.id, one.draft.edition))) for one in found],
            "governance": governance,
            "words": table().words,
            "lists": listed,
            "may_edit": may(visit.roles, "draft-edit"),
            "typed": {name: (typed or {}).get(name, "") for name in _BEGIN},
        },
        wrong=wrong,
    )


async def _show(
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    name = name_of(visit)

    def ask(acting: Acting) -> tuple[Any, Any, Any, Any]:
        detail, allowed = desk.one(acting, name)
        said = desk.said(acting, name, key=None, open_only=True, after=0, limit=100)
        return detail, allowed, desk.rules(acting), said

    detail, allowed, governance, said = await visit.do(ask)
    return visit.page(
        "desk/draft.html",
        {
            "detail": detail,
            "draft": detail.standing.draft,
            "life": detail.standing.life,
            "work": detail.standing.work,
            "allowed": allowed,
            "acts": table().acts,
            "words": table().words,
            "governance": governance,
            "comments": said,
            "path": path_of(name),
            "may_edit": may(visit.roles, "draft-edit"),
            "may_comment": may(visit.roles, "draft-comment"),
            "may_publish": may(visit.roles, "edition-publish"),
            "typed": {field: (typed or {}).get(field, "") for field in _SAID},
            "done": done_word(done, _DONE),
        },
        wrong=wrong,
    )


Given = Mapping[str, str]


def _vote(acting: Acting, name: desk.Name, given: Given) -> None:
    choice: Any = given.get("choice", "")
    if choice not in _CHOICES:
        raise BadParameter("choice", Text("رأی را برگزینید.", "Choose a vote."), known=_CHOICES)
    desk.vote(acting, name, choice, given.get("said") or None)


def _close(acting: Acting, name: desk.Name, given: Given) -> None:
    present = tuple(line.strip() for line in given.get("present", "").splitlines() if line.strip())
    day = parse_day(given.get("day", ""), parameter="day")
    desk.close(
        acting, name, MinutesRecord(given.get("text", ""), day, present, given.get("attachment") or None)
    )


def _resolve(acting: Acting, name: desk.Name, given: Given) -> None:
    desk.resolve(acting, name, _number(given), given.get("said", ""))


def _undo(acting: Acting, name: desk.Name, given: Given) -> None:
    desk.undo(acting, name, _number(given) if given.get("number") else None, given.get("said") or None)


def _discard(acting: Acting, name: desk.Name, given: Given) -> None:
    if given.get("sure") != "1":
        raise BadParameter(
            "sure",
            Text("برای دور ریختن، خانهٔ «مطمئنم» را علامت بزنید.", "Tick 'I am sure' to discard the draft."),
        )
    desk.discard(acting, name)


def _number(given: Given) -> int:
    text = given.get("number", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadParameter("number", Text("شماره درست نیست.", "The number is none."))
    return int(text)


_ACTS: Mapping[str, Callable[[Acting, desk.Name, Given], object]] = {
    "submit": lambda acting, name, given: desk.submit(acting, name, given.get("said") or None),
    "approve": lambda acting, name, given: desk.review(
        acting, name, approve=True, reason=given.get("said") or None
    ),
    "return": lambda acting, name, given: desk.review(
        acting, name, approve=False, reason=given.get("said") or None
    ),
    "recall": lambda acting, name, given: desk.recall(acting, name, given.get("said", "")),
    "vote": _vote,
    "close": _close,
    "comment": lambda acting, name, given: desk.say(acting, name, given.get("said", ""), None),
    "resolve": _resolve,
    "undo": _undo,
    "discard": _discard,
    "publish": lambda acting, name, given: desk.put_out(
        acting, name, retire_missing=given.get("retire_missing") == "1"
    ),
}
