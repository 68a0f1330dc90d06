"""The words in which the discrepancy register is shown by commands: columns, sides and suggestions."""

from __future__ import annotations

from typing import Any

from maksa.cli.words import CODE, LETTER, TERMINOLOGY
from maksa.model.discrepancy import Side, Suggestion
from maksa.registry.discrepancies.records import Discrepancy
from maksa.registry.discrepancies.words import KIND_WORDS, OUTCOME_WORDS, STATE_WORDS
from maksa.text import Text

NUMBER = Text("شماره", "number")
PARTY = Text("طرف", "party")
KIND = Text("نوع مغایرت", "kind")
STATE = Text("وضعیت", "state")
THEIR_CODE = Text("کد طرف", "their code")
THEIR_TITLE = Text("عنوان طرف", "their title")
OUR_CODE = Text("کد مرجع", "our code")
OUR_TITLE = Text("عنوان مرجع", "our title")
OWNER = Text("مسئول", "owner")
DEADLINE = Text("مهلت", "deadline")
DECISION = Text("تصمیم", "decision")
WHY = Text("دلیل", "why")
ROWS = Text("ردیف‌ها در فایل", "rows of the file")
SUGGESTED = Text("پیشنهاد", "suggested")
EVIDENCE = Text("گواه", "evidence")
REPORTER = Text("گزارش‌دهنده", "reporter")
CHANNEL = Text("مجرای گزارش", "channel")
PRODUCT = Text("فراورده", "product")
SAID = Text("شرح", "what differs")
DECIDED_BY = Text("تصمیم‌گیرنده", "decided by")
DECIDED_ON = Text("روز تصمیم", "decided on")

COLUMNS: tuple[Text, ...] = (
    NUMBER, PARTY, TERMINOLOGY, KIND, STATE, CODE, PRODUCT, ROWS, THEIR_TITLE, OUR_CODE, OUR_TITLE, SAID, SUGGESTED,
    EVIDENCE, REPORTER, CHANNEL, OWNER, DEADLINE, DECISION, DECIDED_BY, DECIDED_ON, WHY, LETTER,
)  # fmt: skip
"""The columns of a workbook of records."""


def row_of(record: Discrepancy, language: str) -> tuple[str | int | None, ...]:
    """Give a record in the columns of `COLUMNS`; days are ISO."""
    one, ruling = record.difference, record.ruling
    return (
        record.number,
        record.party,
        record.list,
        KIND_WORDS[one.kind].in_language(language),
        STATE_WORDS[record.state].in_language(language),
        one.code,
        one.product or None,
        ", ".join(map(str, one.rows)) or None,
        None if one.theirs is None else side_text(one.theirs),
        ", ".join(side.code for side in one.ours) or None,
        " | ".join(side_text(side) for side in one.ours) or None,
        one.said.in_language(language),
        " | ".join(map(suggestion_text, one.suggestions)) or None,
        " | ".join(evidence_text(suggestion, language) for suggestion in one.suggestions) or None,
        record.reporter,
        record.channel,
        record.owner,
        None if record.deadline is None else record.deadline.isoformat(),
        None if ruling is None else OUTCOME_WORDS[ruling.outcome].in_language(language),
        None if ruling is None else ruling.by,
        None if ruling is None else ruling.on.isoformat(),
        None if ruling is None else ruling.why,
        None if ruling is None else ruling.letter,
    )


def side_text(side: Side) -> str:
    """Write the title of one side, and what differs beside it."""
    return " · ".join(filter(None, (side.display, side.detail)))


def suggestion_text(suggestion: Suggestion) -> str:
    """Write a suggested code with its title and score."""
    coding = suggestion.coding
    return " ".join(filter(None, (coding.terminology, coding.code, coding.display, f"({suggestion.score})")))


def evidence_text(suggestion: Suggestion, language: str) -> str:
    """Write why a code is suggested."""
    return "; ".join(text.in_language(language) for text in suggestion.evidence)


def record_json(record: Discrepancy) -> dict[str, Any]:
    """Give a record as JSON has it: its own members, with those of its difference among them."""
    one = record.difference
    return {
        "number": record.number,
        "party": record.party,
        "terminology": record.list,
        "kind": one.kind,
        "state": record.state,
        "code": one.code,
        "product": one.product or None,
        "rows": one.rows,
        "theirs": one.theirs,
        "ours": one.ours,
        "message": one.said.fa,
        "message_en": one.said.en,
        "suggestions": [_suggestion_json(suggestion) for suggestion in one.suggestions],
        "reporter": record.reporter,
        "channel": record.channel,
        "owner": record.owner,
        "deadline": record.deadline,
        "decision": record.ruling,
        "opened": record.opened,
        "changed": record.changed,
        "first_upload": record.first_upload,
        "last_upload": record.last_upload,
    }


def _suggestion_json(suggestion: Suggestion) -> dict[str, Any]:
    evidence = [{"message": text.fa, "message_en": text.en} for text in suggestion.evidence]
    return {"target": suggestion.coding, "score": suggestion.score, "evidence": evidence}
