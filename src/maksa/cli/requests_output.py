"""How requests for missing codes are printed: for people, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maksa.cli import words
from maksa.cli.options import Session
from maksa.cli.output import note, print_json, print_table, say
from maksa.model.code_request import STATE_WORDS, Candidate, CodeRequest, Step
from maksa.registry.outbox import Notice
from maksa.registry.requests.batch import BatchRow
from maksa.registry.requests.code_requests import Kept
from maksa.registry.requests.states import life
from maksa.registry.requests.statistics import Statistics, Times
from maksa.text import Text
from maksa.web.api import code_requests_wire as wire
from maksa.web.api.build import title
from maksa.web.api.wire import CodingOut, Day

_NUMBER = Text("شماره", "number")
_SAID = Text("گفته", "said")
_STATE = Text("وضعیت", "state")


def state_word(request: CodeRequest) -> Text:
    """Give the word for the state of a request, with the code that it led to."""
    word = STATE_WORDS[request.state]
    if request.result is None or request.state != "done":
        return word
    code = f"{request.result.terminology} {request.result.code}"
    return Text(f"{word.fa}، {code}", f"{word.en}, {code}")


def record(request: CodeRequest) -> dict[str, Any]:
    """Write a request as the desk sees it: with the contact, its clock and what may be done now."""
    written = wire.code_request(request)
    return {
        **{name: getattr(written, name) for name in written.__struct_fields__},
        "contact": request.wanted.contact,
        "acknowledged_days": request.acknowledged_days,
        "decided_days": request.decided_days,
        "waited_days": request.waited,
        "allowed": life().allowed(request.state),
    }


def print_filed(session: Session, kept: Kept, candidates: Sequence[Candidate]) -> None:
    """Print a request just filed."""
    request = kept.request
    if session.json:
        answer = {"request": record(request), "token": kept.token, "candidates": _candidates(candidates)}
        print_json(answer)
        return
    day = words.day_word(request.acknowledge_by, session.language)
    said = Text(
        f"درخواست {request.number} ثبت شد؛ پاسخ نخست تا {day}. نشانه (تنها همین یک بار): {kept.token}",
        f"Request {request.number} is filed; first answer by {day}. Its token (shown this once): {kept.token}",
    )
    say(session, said)
    _print_candidates(session, candidates)


def print_list(session: Session, requests: Sequence[CodeRequest]) -> None:
    """Print requests, one a row."""
    if session.json:
        print_json({"total": len(requests), "items": [record(one) for one in requests]})
        return
    if not requests:
        say(session, Text("درخواستی نیست.", "There is no request."))
        return
    due = Text("پاسخ تا", "answer by")
    headers = (_NUMBER, words.TERMINOLOGY, _STATE, due, Text("درخواست", "asked for"))
    rows = (
        (
            one.number,
            one.wanted.terminology,
            state_word(one).in_language(session.language),
            words.day_word(_due(one), session.language),
            one.wanted.text,
        )
        for one in requests
    )
    print_table(session, headers, rows)


def print_whole(
    session: Session,
    request: CodeRequest,
    steps: Sequence[Step],
    similar: tuple[Sequence[Candidate], Sequence[str]],
) -> None:
    """Print a request with its history, what may be there already, and the drafts that were not compared."""
    candidates, not_compared = similar
    if session.json:
        print_json(
            {
                "request": record(request),
                "steps": steps,
                "candidates": _candidates(candidates),
                "not_compared": not_compared,
            }
        )
        return
    for name, value in record(request).items():
        if value is not None and name not in {"state_title", "allowed"}:
            print_table_line(session, name, _plain(value, session.language))
    print_table_line(session, "allowed", ", ".join(life().allowed(request.state)))
    headers = (Text("زمان", "at"), Text("عمل", "act"), _STATE, Text("کننده", "by"), _SAID)
    print_table(
        session,
        headers,
        ((s.at.isoformat(timespec="seconds"), s.act, s.after, s.actor, s.said) for s in steps),
    )
    _print_candidates(session, candidates)
    for edition in not_compared:
        note(
            session,
            Text(
                f"پیش‌نویس {edition} بزرگ است و سنجیده نشد.",
                f"The draft {edition} is large and was not compared.",
            ),
        )


def print_table_line(session: Session, name: str, value: str) -> None:
    """Print one field of a request."""
    say(session, Text(f"{name}: {value}", f"{name}: {value}"))


def print_notices(session: Session, notices: Sequence[Notice]) -> None:
    """Print notices in their order."""
    if session.json:
        items = [
            {"number": n.number, "at": n.at, "request": int(n.subject), "text": n.text._asdict()}
            for n in notices
        ]
        print_json({"total": len(items), "items": items})
        return
    headers = (_NUMBER, Text("زمان", "at"), Text("درخواست", "request"), Text("خبر", "notice"))
    rows = (
        (n.number, n.at.isoformat(timespec="seconds"), n.subject, n.text.in_language(session.language))
        for n in notices
    )
    print_table(session, headers, rows)


def print_batch(session: Session, rows: Iterable[BatchRow]) -> None:
    """Print what became of each row of a batch, then the account of all."""
    done = list(rows)
    fates = Counter(_fate(one) for one in done)
    account = {name: fates[name] for name in ("filed", "filed-before", "set-aside")}
    if session.json:
        print_json({"rows": len(done), **account, "items": [_batch_record(one) for one in done]})
        return
    headers = (Text("ردیف", "row"), words.STATUS, _NUMBER, Text("نشانه", "token"), words.REMARK)
    print_table(session, headers, (_batch_row(session, one) for one in done))
    filed, before, aside = account.values()
    say(
        session,
        Text(
            f"{len(done)} ردیف: {filed} ثبت شد، {before} پیش‌تر ثبت شده بود، {aside} کنار گذاشته شد.",
            f"{len(done)} rows: {filed} filed, {before} filed before, {aside} set aside.",
        ),
    )


def print_statistics(session: Session, counted: Statistics) -> None:
    """Print the counts and times of requests."""
    if session.json:
        print_json(counted)
        return
    say(session, Text(f"{counted.total} درخواست", f"{counted.total} requests"))
    for title_, counts in (
        (_STATE, counted.states),
        (words.TERMINOLOGY, counted.terminologies),
        (Text("خاستگاه", "origin"), counted.origins),
        (Text("نتیجه", "outcome"), counted.outcomes),
    ):
        _print_counts(session, title_, counts)
    _print_times(session, Text("تا پاسخ نخست", "to the first answer"), counted.acknowledged)
    _print_times(session, Text("تا تصمیم", "to the decision"), counted.decided)


def _print_counts(session: Session, title_: Text, counts: Mapping[str, int]) -> None:
    if counts:
        listed = ", ".join(f"{name} {count}" for name, count in counts.items())
        say(session, Text(f"{title_.fa}: {listed}", f"{title_.en}: {listed}"))


def _print_times(session: Session, what: Text, times: Times) -> None:
    if times.in_time is None:
        say(session, Text(f"{what.fa}: هنوز هیچ", f"{what.en}: none yet"))
        return
    percent = int(times.in_time * 100)
    say(
        session,
        Text(
            f"{what.fa}: {times.count} درخواست، میانه {times.median} روز کاری، {percent}٪ در مهلت {times.target} روز",
            f"{what.en}: {times.count} requests, median {times.median} working days, {percent}% within {times.target}",
        ),
    )


def _due(request: CodeRequest) -> Any:
    """Give the day by which the desk must act; None while it waits for the asker, or has decided."""
    if request.state == "new":
        return request.acknowledge_by
    return None if request.state in {"question", "done", "refused"} else request.answer_by


def _candidates(candidates: Sequence[Candidate]) -> list[wire.CandidateOut]:
    return [wire.candidate(one) for one in candidates]


def _print_candidates(session: Session, candidates: Sequence[Candidate]) -> None:
    if not candidates:
        return
    say(session, Text("شاید از پیش هست:", "It may be there already:"))
    headers = (Text("جا", "where"), words.CODE, Text("همانندی", "likeness"), words.DISPLAY, words.REMARK)
    rows = (
        (
            one.found,
            one.key,
            one.points,
            one.title,
            "; ".join(reason.in_language(session.language) for reason in one.reasons),
        )
        for one in candidates
    )
    print_table(session, headers, rows)


def _fate(row: BatchRow) -> str:
    if row.request is None:
        return "set-aside"
    return "filed" if row.token is not None else "filed-before"


def _batch_record(row: BatchRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "fate": _fate(row),
        "number": None if row.request is None else row.request.number,
        "token": row.token,
        "candidates": _candidates(row.candidates),
        "reason": None if row.reason is None else title(row.reason),
    }


def _batch_row(session: Session, row: BatchRow) -> tuple[object, ...]:
    likely = ", ".join(f"{one.found} {one.key}" for one in row.candidates if one.likely)
    alike = Text(f"همانند: {likely}", f"like: {likely}") if likely else Text("", "")
    number = None if row.request is None else row.request.number
    return (row.row, _fate(row), number, row.token, (row.reason or alike).in_language(session.language))


def _plain(value: object, language: str) -> str:
    if isinstance(value, Day):
        return words.day_word(value.iso, language)
    if isinstance(value, CodingOut):
        return f"{value.terminology} {value.code} {value.display or ''}".strip()
    return str(value)
