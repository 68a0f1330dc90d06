"""Missing-code requests: filed, and led through their states, each act in one transaction with its history, notice and journal.

An act that was cut off anywhere left nothing of itself, so the request stands where it stood and the act can be done again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select, update

from maksa.errors import BadParameter, NotFound, WrongState
from maksa.model.code_request import LONGEST_TEXT, CodeRequest, Step, Wanted
from maksa.model.jalali import TEHRAN, today
from maksa.model.verdict import Coding
from maksa.registry.database import Registry
from maksa.registry.delivery.asker import subscribe_asker
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.registry.requests.duplicates import remember_words
from maksa.registry.requests.form import checked_text, fields_of_wanted
from maksa.registry.requests.states import Transition, life
from maksa.registry.requests.tables import code_request, code_request_step, code_request_word
from maksa.registry.requests.title_likeness import sought_keys
from maksa.text import Text

TOPIC = "code-request"
"""The topic of notices on requests; their subject is the number."""
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class Kept:
    """A request as it was kept, with the token of its asker; `token` is None when the row was kept before."""

    request: CodeRequest
    token: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which requests are sought; None seeks any. `text` keeps those that hold all of its words, as they sound."""

    state: str | None = None
    terminology: str | None = None
    organisation: str | None = None
    text: str | None = None
    overdue: bool = False


def keep_request(
    connection: Connection, registry: Registry, wanted: Wanted, *, source: str | None = None
) -> Kept:
    """Keep a checked request in a transaction that writes.

    `source` names where in a batch it stands: what was kept of the same place before is given back unchanged.
    """
    held = None if source is None else _row(connection, code_request.c.source == source)
    if held is not None:
        return Kept(_request_of(held), None)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now, day, terms = datetime.now(UTC), today(), life()
    number: int = connection.scalars(
        insert(code_request)
        .returning(code_request.c.number)
        .values(
            **{name: getattr(wanted, name) for name in fields_of_wanted()},
            token_hash=_hash_of(token),
            source=source,
            state="new",
            created=now,
            changed=now,
            acknowledge_by=terms.after(day, terms.acknowledge).isoformat(),
            answer_by=terms.after(day, terms.decide).isoformat(),
            waited=0,
        )
    ).one()
    remember_words(connection, number, wanted)
    _write_step(connection, Step("file", None, "new", now, registry.actor, None), number)
    told = Text(
        f"درخواست شما با شمارهٔ {number} ثبت شد.", f"Your request is recorded under the number {number}."
    )
    subscribe_asker(connection, number, wanted.contact)
    append_notice(connection, TOPIC, str(number), told, at=now, act="file")
    write_entry(
        registry,
        connection,
        "request-file",
        _subject(number),
        terminology=wanted.terminology,
        origin=wanted.origin,
    )
    return Kept(_read(connection, number), token)


def do_act(
    registry: Registry, number: int, act: str, *, said: str | None = None, code: Coding | None = None
) -> CodeRequest:
    """Do an act of request_states.toml to a request; `said` is the question, answer or reason, `code` what it led to.

    Raises: NotFound; WrongState naming the state, the act and what is allowed; BadParameter when something must
            be said and is not, or is too long.
    """
    said = f"{code.terminology} {code.code}" if code else checked_text("said", said, LONGEST_TEXT)
    with registry.writing() as connection:
        request = _read(connection, number)
        transition = life().transition(number, request.state, act)
        _check_said(transition, said, code)
        _check_once(connection, number, transition)
        now = datetime.now(UTC)
        changes = {"changed": now, "said": said, **_changes(request, transition, code, today())}
        connection.execute(update(code_request).where(code_request.c.number == number).values(changes))
        step = Step(act, request.state, transition.target, now, registry.actor, said)
        _write_step(connection, step, number)
        append_notice(connection, TOPIC, str(number), transition.notice(number, said), at=now, act=act)
        why = None if transition.by_asker else said
        write_entry(
            registry,
            connection,
            "request-act",
            _subject(number),
            did=act,
            before=request.state,
            after=transition.target,
            why=why,
        )
        return _read(connection, number)


def read_request(registry: Registry, number: int) -> CodeRequest:
    """Give a request. Raises: NotFound."""
    with registry.reading() as connection:
        return _read(connection, number)


def own_request(registry: Registry, number: int, token: str) -> CodeRequest:
    """Give a request to who shows its token. Raises: NotFound, the same for a wrong token as for no such number."""
    with registry.reading() as connection:
        row = _row(connection, code_request.c.number == number) if 0 < number < 2**31 else None
    if row is None or not secrets.compare_digest(row.token_hash, _hash_of(token)):
        raise NotFound(
            Text(
                f"درخواستی با شمارهٔ {number} و این نشانه نیست.",
                f"There is no request {number} that this token belongs to.",
            ),
            mend=Text(
                "شماره و نشانه‌ای را بدهید که هنگام ثبت درخواست نشان داده شد.",
                "Give the number and the token that were shown when the request was filed.",
            ),
        )
    return _request_of(row)


def read_steps(registry: Registry, number: int) -> Sequence[Step]:
    """Give what was done to a request, in order. Raises: NotFound."""
    steps = code_request_step.c
    with registry.reading() as connection:
        _read(connection, number)
        rows = connection.execute(
            select(code_request_step).where(steps.request == number).order_by(steps.ordinal)
        )
        return [Step(r.act, r.before, r.after, r.at, r.actor, r.said) for r in rows]


def list_requests(
    registry: Registry,
    *,
    state: str | None = None,
    terminology: str | None = None,
    overdue: bool = False,
    after: int = 0,
    limit: int = 100,
) -> Sequence[CodeRequest]:
    """Give requests in the order of their numbers; `overdue` ones have passed a target that runs today."""
    sought = Sought(state=state, terminology=terminology, overdue=overdue)
    return find_requests(registry, sought, after=after, limit=limit)[1]


def find_requests(
    registry: Registry, sought: Sought, *, after: int = 0, limit: int = 100
) -> tuple[int, Sequence[CodeRequest]]:
    """Count the requests sought, and give those with numbers above `after`, in the order of numbers."""
    which = list(_conditions(sought))
    counted = select(func.count()).select_from(code_request).where(*which)
    page = select(code_request).where(*which, code_request.c.number > after)
    with registry.reading() as connection:
        total = connection.scalar(counted) or 0
        rows = connection.execute(page.order_by(code_request.c.number).limit(limit))
        return total, [_request_of(row) for row in rows]


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    for name in ("state", "terminology", "organisation"):
        value = getattr(sought, name)
        if value is not None:
            yield code_request.c[name] == value
    if sought.overdue:
        yield _is_overdue(today().isoformat())
    if sought.text is not None:
        word, keys = code_request_word.c, sought_keys(sought.text)
        holding = select(word.request).where(word.word.in_(sorted(keys)))
        yield code_request.c.number.in_(
            holding.group_by(word.request).having(func.count(word.word.distinct()) == len(keys))
        )


def _is_overdue(day: str) -> ColumnElement[bool]:
    request = code_request.c
    return or_(
        and_(request.state == "new", or_(request.acknowledge_by < day, request.answer_by < day)),
        and_(request.state.in_(("accepted", "in-work", "appeal")), request.answer_by < day),
    )


def _changes(request: CodeRequest, transition: Transition, code: Coding | None, day: date) -> dict[str, Any]:
    """Give what an act changes beside the state: the clock stops with a question, and ends with a decision."""
    terms = life()
    waited, answer_by = request.waited, request.answer_by
    if request.paused is not None:
        spent = terms.between(request.paused, day)
        waited, answer_by = waited + spent, terms.after(answer_by, spent)
    passed = terms.between(_day_of(request.created), day)
    changes: dict[str, Any] = {"state": transition.target, "waited": waited, "paused": None}
    if transition.target == "question":
        changes["paused"] = day.isoformat()
    if request.acknowledged_days is None:
        changes["acknowledged_days"] = passed
    if transition.decides and request.decided_days is None:
        changes["decided_days"] = passed - waited
    if transition.target == "appeal":
        answer_by = terms.after(day, terms.appeal)
    if code is not None:
        changes |= {
            "outcome": transition.name,
            "result_terminology": code.terminology,
            "result_code": code.code,
            "result_display": code.display,
        }
    return changes | {"answer_by": answer_by.isoformat()}


def _check_said(transition: Transition, said: str | None, code: Coding | None) -> None:
    if transition.says is not None and (said is None or (code is None) == (transition.says == "code")):
        raise BadParameter(
            transition.says,
            Text(
                f"با «{transition.name}» باید چیزی گفته شود: {transition.says}.",
                f"'{transition.name}' needs a text: the {transition.says}.",
            ),
        )
    if transition.says is None and said is not None:
        raise BadParameter(
            "said",
            Text(f"با «{transition.name}» چیزی گفته نمی‌شود.", f"'{transition.name}' takes no text."),
        )


def _check_once(connection: Connection, number: int, transition: Transition) -> None:
    steps = code_request_step.c
    done = select(func.count()).where(steps.request == number, steps.act == transition.name)
    if transition.once and connection.scalar(done):
        raise WrongState(
            Text(
                f"درخواست {number}: «{transition.name}» تنها یک بار می‌شود و شده است.",
                f"Request {number}: '{transition.name}' may be done once, and was done.",
            ),
            mend=Text(
                "اگر دلیل تازه‌ای هست درخواست تازه‌ای ثبت کنید.", "File a new request if there are new reasons."
            ),
        )


def _write_step(connection: Connection, step: Step, number: int) -> None:
    steps = code_request_step.c
    last = connection.scalar(select(func.max(steps.ordinal)).where(steps.request == number))
    connection.execute(
        insert(code_request_step).values(
            request=number,
            ordinal=(last or 0) + 1,
            act=step.act,
            before=step.before,
            after=step.after,
            at=step.at,
            actor=step.actor,
            said=step.said,
        )
    )


def _read(connection: Connection, number: int) -> CodeRequest:
    row = _row(connection, code_request.c.number == number) if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(
            Text(f"درخواستی با شمارهٔ {number} ثبت نشده است.", f"No request {number} is recorded."),
            mend=Text(
                "شماره‌ها را با «maksa requests list» ببینید.", "See the numbers with 'maksa requests list'."
            ),
        )
    return _request_of(row)


def _row(connection: Connection, which: ColumnElement[bool]) -> Row[Any] | None:
    return connection.execute(select(code_request).where(which)).one_or_none()


def _request_of(row: Row[Any]) -> CodeRequest:
    return CodeRequest(
        number=row.number,
        wanted=Wanted(**{name: getattr(row, name) for name in fields_of_wanted()}),
        state=row.state,
        created=row.created,
        changed=row.changed,
        acknowledge_by=date.fromisoformat(row.acknowledge_by),
        answer_by=date.fromisoformat(row.answer_by),
        acknowledged_days=row.acknowledged_days,
        decided_days=row.decided_days,
        waited=row.waited,
        paused=None if row.paused is None else date.fromisoformat(row.paused),
        outcome=row.outcome,
        result=_result_of(row),
        said=row.said,
    )


def _result_of(row: Row[Any]) -> Coding | None:
    if row.result_code is None:
        return None
    return Coding(row.result_terminology, row.result_code, row.result_display)


def _day_of(instant: datetime) -> date:
    return instant.astimezone(TEHRAN).date()


def _hash_of(token: str) -> str:
    # The token is 192 random bits: a plain hash keeps it as well as a slow one.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _subject(number: int) -> str:
    return f"{TOPIC} {number}"
