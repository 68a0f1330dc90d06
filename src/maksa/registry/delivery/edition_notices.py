"""The notices of editions and letters: what everybody may be told when one comes, goes or comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection

from maksa.model.edition import Letter, Manifest
from maksa.model.jalali import format_jalali
from maksa.registry.outbox import append_notice
from maksa.text import Text

EditionAct = Literal["published", "withdrawn", "restored"]
_ACTS = {
    "published": Text("منتشر شد", "was published"),
    "withdrawn": Text("پس گرفته شد", "was withdrawn"),
    "restored": Text("بازگردانده شد", "was restored"),
}
_LONGEST = 500


def tell_of_edition(
    connection: Connection,
    manifest: Manifest,
    act: EditionAct,
    *,
    reason: str | None = None,
) -> None:
    """Append the notice of an edition in the transaction that tells the journal of it, after that."""
    subject, told = f"{manifest.terminology} {manifest.edition}", edition_sentence(manifest, act, reason)
    append_notice(connection, "edition", subject, told, at=datetime.now(UTC), act=act)


def tell_of_letter(connection: Connection, letter: Letter) -> None:
    """Append the notice of a letter in the transaction that tells the journal of it."""
    told = letter_sentence(letter)
    append_notice(connection, "letter", letter.number, told, at=datetime.now(UTC), act="recorded")


def edition_sentence(manifest: Manifest, act: EditionAct, reason: str | None = None) -> Text:
    """Tell what became of an edition: how many codes (rows of a map), from when, whether it is a sample, and why."""
    what, count = _ACTS[act], manifest.count
    of_fa, of_en = ("ردیف", "row") if manifest.kind == "map" else ("کد", "code")
    fa, en = f"{what.fa}: {count} {of_fa}", f"{what.en}: {count} {of_en}{'' if count == 1 else 's'}"
    if manifest.effective is not None:
        fa += f"، از {format_jalali(manifest.effective)}"
        en += f", effective {format_jalali(manifest.effective)} ({manifest.effective.isoformat()})"
    if manifest.sample:
        fa, en = f"{fa} (نمونه، غیررسمی)", f"{en} (a sample, not official)"
    if reason is not None:
        fa, en = f"{fa}. دلیل: {reason[:_LONGEST]}", f"{en}. Reason: {reason[:_LONGEST]}"
    return Text(
        f"انتشار «{manifest.edition}» از «{manifest.terminology}» {fa}.",
        f"Edition '{manifest.edition}' of '{manifest.terminology}' {en}.",
    )


def letter_sentence(letter: Letter) -> Text:
    """Tell of a letter: its number, day, subject, and what it announces."""
    day = "" if letter.date is None else f" ({format_jalali(letter.date)})"
    named = [name if edition is None else f"{name} {edition}" for name, edition in letter.announces]
    fa = f"؛ ابلاغ می‌کند: {'، '.join(named)}" if named else ""
    en = f"; it announces {', '.join(named)}" if named else ""
    subject = letter.subject[:_LONGEST]
    return Text(
        f"نامهٔ {letter.number}{day} ثبت شد: {subject}{fa}.",
        f"Letter {letter.number}{day} was recorded: {subject}{en}.",
    )
