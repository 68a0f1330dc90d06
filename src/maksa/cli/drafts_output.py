"""How drafts, their rows, edits and votes are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maksa.cli import words
from maksa.cli.options import Session
from maksa.cli.output import print_json, print_table, say
from maksa.registry.drafts.cells import cells_of
from maksa.registry.drafts.drafts import Draft
from maksa.registry.drafts.edits import Edited
from maksa.registry.drafts.history import Edit
from maksa.registry.drafts.lines import RowContent
from maksa.registry.drafts.rows import DraftRow
from maksa.registry.review.comments import Comment
from maksa.registry.review.life import Life, Step
from maksa.registry.review.standing import DraftDetail, PastDraft, Standing
from maksa.registry.review.states import table
from maksa.registry.review.votes import Minutes, Tally
from maksa.text import Text

STATE = Text("وضعیت کار", "state")
EDITS = Text("ویرایش‌ها", "edits")
COMMENTS = Text("نظرهای باز", "open comments")
NUMBER = Text("شماره", "number")
BY = Text("چه کسی", "by")
AT = Text("زمان (UTC)", "at (UTC)")
ROW = Text("ردیف", "row")
_SAVED = Text("ذخیره (UTC)", "saved (UTC)")
_SOURCE = Text("منبع", "source")


def draft_record(draft: Draft) -> dict[str, Any]:
    """Give a draft as JSON has it."""
    return {
        "terminology": draft.terminology.id,
        "edition": draft.edition,
        "count": draft.count,
        "rows": draft.rows,
        "effective": draft.options.effective,
        "sample": draft.options.sample,
        "partial": draft.options.partial,
        "letter": draft.options.letter.number if draft.options.letter else None,
        "source": draft.source,
        "saved": draft.saved,
    }


def standing_record(standing: Standing) -> dict[str, Any]:
    """Give a draft with its state and counts."""
    return {
        **draft_record(standing.draft),
        "state": standing.life.state,
        "edits": standing.work.edits,
        "open_comments": standing.work.comments,
    }


def print_standings(session: Session, standings: tuple[Standing, ...]) -> None:
    """Print the table of drafts."""
    headers = (
        words.TERMINOLOGY,
        words.EDITION,
        words.COUNT,
        words.ROWS,
        words.EFFECTIVE,
        _SOURCE,
        _SAVED,
        STATE,
        EDITS,
        COMMENTS,
    )
    print_table(session, headers, (_standing_row(session, standing) for standing in standings))


def detail_record(detail: DraftDetail) -> dict[str, Any]:
    """Give all that was done and decided of a draft."""
    life, involved = detail.standing.life, detail.involved
    return {
        **standing_record(detail.standing),
        "hash": life.hash,
        "makers": sorted(involved.makers),
        "submitter": next(iter(involved.submitter), None),
        "reviewers": sorted(involved.reviewers),
        "steps": detail.steps,
        "votes": detail.tally.votes,
        "minutes": detail.minutes,
    }


def detail_lines(session: Session, detail: DraftDetail) -> list[Text]:
    """Say how one draft stands: what it is, its state, and each step that led there."""
    draft, life = detail.standing.draft, detail.standing.life
    source, day = draft.source, words.day_word(draft.options.effective, session.language)
    count, word = words.codes_word(draft.count), table().words[life.state]
    work = detail.standing.work
    return [
        Text(
            f"{draft.name}: {count.fa} از {draft.rows} ردیف",
            f"{draft.name}: {count.en} from {draft.rows} rows",
        ),
        Text(f"منبع: {source.name} ({source.hash[:12]})", f"source: {source.name} ({source.hash[:12]})"),
        Text(f"تاریخ اجرا: {day}", f"effective: {day}"),
        Text(
            f"وضعیت: {word.fa}؛ {work.edits} ویرایش، {work.comments} نظر باز",
            f"state: {word.en}; {work.edits} edits, {work.comments} open comments",
        ),
        *(_step_line(step) for step in detail.steps),
        *(_minutes_line(session, minutes) for minutes in detail.minutes),
    ]


def print_past(session: Session, drafts: Sequence[PastDraft]) -> None:
    """Print what was done to earlier drafts of an edition, and the minutes of the votes on them."""
    if session.json:
        print_json({"items": drafts})
        return
    if not drafts:
        say(session, Text("پیش‌نویس پیشینی نبوده است.", "There was no earlier draft."))
    for draft in drafts:
        word = table().words[draft.life.state]
        number, subject = draft.life.number, draft.life.subject
        said = Text(
            f"پیش‌نویس {number} از «{subject}»: {word.fa}", f"draft {number} of '{subject}': {word.en}"
        )
        say(session, said)
        for step in draft.steps:
            say(session, _step_line(step))
        for minutes in draft.minutes:
            say(session, _minutes_line(session, minutes))


def print_life(session: Session, life: Life) -> None:
    """Say in which state a draft is now."""
    word = table().words[life.state]
    if session.json:
        print_json({"draft": life.subject, "state": life.state, "round": life.round, "hash": life.hash})
    else:
        say(session, Text(f"پیش‌نویس «{life.subject}»: {word.fa}.", f"The draft '{life.subject}': {word.en}."))


def print_edited(session: Session, edited: Edited) -> None:
    """Say what a call changed, and what became of the draft's state by it."""
    if session.json:
        print_json(
            {
                "draft": draft_record(edited.draft),
                "started": edited.started,
                "left": edited.left,
                "edits": [edit_record(edit) for edit in edited.edits],
            }
        )
        return
    name, source = edited.draft.name, edited.draft.source.name
    if edited.started:
        say(
            session,
            Text(
                f"پیش‌نویس «{name}» از «{source}» ساخته شد.",
                f"The draft '{name}' was started from '{source}'.",
            ),
        )
    for edit in edited.edits:
        say(session, Text(_change_line(edit), _change_line(edit)))
    if not edited.edits:
        say(session, Text("چیزی تغییر نکرد: ردیف همان است.", "Nothing changed: the row is so already."))
    if edited.left is not None:
        word = table().words[edited.left]
        say(
            session,
            Text(
                f"پیش‌نویس در وضعیت «{word.fa}» بود و به ویرایش بازگشت؛ آن را دوباره ارسال کنید.",
                f"The draft was in the state '{word.en}' and is back in editing; submit it again.",
            ),
        )


def edit_record(edit: Edit) -> dict[str, Any]:
    """Give an edit as JSON has it."""
    return {
        "number": edit.number,
        "batch": edit.batch,
        "key": edit.key,
        "by": edit.by,
        "at": edit.at,
        "why": edit.why,
        "before": _cells(edit.before),
        "after": _cells(edit.after),
        "seen": edit.seen,
        "undoes": edit.undoes,
        "undone_by": edit.undone_by,
    }


def print_edits(session: Session, edits: list[Edit]) -> None:
    """Print the history of a draft or row, newest first."""
    headers = (NUMBER, AT, BY, ROW, Text("تغییر", "change"), Text("دلیل", "why"))
    print_table(session, headers, (_edit_row(edit) for edit in edits))


def row_record(row: DraftRow) -> dict[str, Any]:
    """Give a row of a draft as JSON has it."""
    return {
        "key": row.key,
        "seen": row.seen,
        "cells": _cells(row.content),
        "edits": row.edits,
        "last_edit": None if row.last_edit is None else edit_record(row.last_edit),
        "comments": row.comments,
    }


def print_rows(session: Session, rows: tuple[DraftRow, ...]) -> None:
    """Print rows of a draft: what they say, and who was at them."""
    headers = (ROW, words.DISPLAY, words.STATUS, EDITS, COMMENTS)
    print_table(session, headers, (_grid_row(session, row) for row in rows))


def print_comments(session: Session, comments: list[Comment]) -> None:
    """Print comments in their order."""
    headers = (NUMBER, AT, BY, ROW, Text("نظر", "comment"), Text("پاسخ", "resolution"))
    rows = (
        (
            c.number,
            _instant(c.at),
            c.by,
            c.key,
            c.text,
            f"{c.resolved_by}: {c.resolution}" if c.resolved_by else None,
        )
        for c in comments
    )
    print_table(session, headers, rows)


def print_tally(session: Session, name: str, tally: Tally) -> None:
    """Say how a vote stands."""
    if session.json:
        print_json({"draft": name, "tally": tally})
        return
    say(session, _count_line(name, tally.in_favour, tally.against, tally.abstained))


def print_minutes(session: Session, name: str, minutes: Minutes) -> None:
    """Say how a vote ended."""
    if session.json:
        print_json({"draft": name, "minutes": minutes})
        return
    say(session, _count_line(name, minutes.in_favour, minutes.against, minutes.abstained))
    word = table().words[minutes.outcome]
    say(session, Text(f"پیش‌نویس «{name}»: {word.fa}.", f"The draft '{name}': {word.en}."))


def _count_line(name: str, in_favour: int, against: int, abstained: int) -> Text:
    return Text(
        f"رأی دربارهٔ «{name}»: {in_favour} موافق، {against} مخالف، {abstained} ممتنع.",
        f"Votes on '{name}': {in_favour} for, {against} against, {abstained} abstained.",
    )


def _standing_row(session: Session, standing: Standing) -> tuple[object, ...]:
    draft = standing.draft
    return (
        draft.terminology.id,
        draft.edition,
        draft.count,
        draft.rows,
        words.day_word(draft.options.effective, session.language),
        draft.source.name,
        _instant(draft.saved),
        table().words[standing.life.state].in_language(session.language),
        standing.work.edits,
        standing.work.comments,
    )


def _step_line(step: Step) -> Text:
    word = table().words[step.after]
    said = f": {step.said}" if step.said else ""
    when = _instant(step.at)
    return Text(f"{when} {step.actor} ← {word.fa}{said}", f"{when} {step.actor} -> {word.en}{said}")


def _minutes_line(session: Session, minutes: Minutes) -> Text:
    record, word = minutes.record, table().words[minutes.outcome]
    day = words.day_word(record.day, session.language)
    counts = f"{minutes.in_favour} / {minutes.against} / {minutes.abstained}"
    present_fa, present_en = "، ".join(record.present), ", ".join(record.present)
    return Text(
        f"صورت‌جلسهٔ {day}: {word.fa} ({counts})؛ حاضران: {present_fa}؛ {record.text}",
        f"minutes of {day}: {word.en} ({counts}); present: {present_en}; {record.text}",
    )


def _change_line(edit: Edit) -> str:
    return f"{edit.number}  {edit.key}  {_change(edit)}"


def _change(edit: Edit) -> str:
    before, after = _cells(edit.before), _cells(edit.after)
    if before is None or after is None:
        sign, cells = ("+", after) if before is None else ("-", before)
        title = (cells or {}).get("display") or (cells or {}).get("target_code")
        return f"{sign} {title or ''}"
    names = [name for name in (before | after) if before.get(name) != after.get(name)]
    return "; ".join(f"{name}: {_short(before.get(name))} -> {_short(after.get(name))}" for name in names)


def _edit_row(edit: Edit) -> tuple[object, ...]:
    change = _change(edit)
    if edit.undoes is not None:
        change = f"{change} (undo {edit.undoes})"
    if edit.undone_by is not None:
        change = f"{change} (undone by {edit.undone_by})"
    return edit.number, _instant(edit.at), edit.by, edit.key, change, edit.why


def _grid_row(session: Session, row: DraftRow) -> tuple[object, ...]:
    cells = _cells(row.content)
    if cells is None:
        gone = Text("برداشته شده", "removed").in_language(session.language)
        return row.key, gone, None, row.edits, len(row.comments)
    title = cells.get("display") or f"{cells.get('source_code')} -> {cells.get('target_code') or '-'}"
    return row.key, title, cells.get("status"), row.edits, len(row.comments)


def _cells(content: RowContent | None) -> dict[str, object] | None:
    return None if content is None else cells_of(content)


def _short(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(str(one.get("value") if isinstance(one, dict) else one) for one in value)
    return "-" if value in {None, ""} else str(value)


def _instant(at: Any) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
