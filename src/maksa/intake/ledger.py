"""The account of an import: one fate for every row, and the findings."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from maksa.intake.bounds import MAX_FINDINGS
from maksa.intake.result import Counts, Finding
from maksa.text import Text


class Remark(NamedTuple):
    """What a finding says, before it is known where: a stable code, the sentence and the mend."""

    code: str
    text: Text
    mend: Text | None = None


class RowRefusedError(Exception):
    """A row cannot be taken; it ends the reading of that row alone and never leaves this room."""

    def __init__(self, remark: Remark, column: str | None = None, concept: str | None = None) -> None:
        """Keep the reason and the place."""
        super().__init__(remark.code)
        self.remark = remark
        self.column = column
        self.concept = concept


class Ledger:
    """Counts rows by their fate and keeps the findings; `row` is the one now being read."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self.row: int | None = None
        self.tally: Counter[str] = Counter()
        self._findings: list[Finding] = []
        self._unlisted: Counter[str] = Counter()
        self._fates: Counter[str] = Counter()
        self._repaired = False

    def open_row(self, row: int) -> None:
        """Begin a row."""
        self.row = row
        self._repaired = False

    def close_row(self) -> None:
        """Count the row as accepted, or as repaired when something in it was."""
        self._fates["repaired" if self._repaired else "accepted"] += 1

    def refuse_row(self, refused: RowRefusedError) -> None:
        """Count the row as set aside, with its reason."""
        self._fates["set-aside"] += 1
        self._add("set-aside", refused.remark, self.row, refused.column, refused.concept)

    def repair(self, remark: Remark, column: str | None, concept: str | None = None) -> None:
        """Say what was repaired in the row."""
        self._repaired = True
        self._add("repaired", remark, self.row, column, concept)

    def note(
        self,
        remark: Remark,
        column: str | None = None,
        concept: str | None = None,
        *,
        row: int | None = None,
    ) -> None:
        """Say what a curator should look at, in the row being read or in an earlier one."""
        self._add("note", remark, self.row if row is None else row, column, concept)

    def note_file(self, remark: Remark) -> None:
        """Say something of the whole file."""
        self._findings.append(Finding("note", remark.code, None, None, remark.text, remark.mend))

    def counts(self) -> Counts:
        """Give the account so far."""
        fates = self._fates
        return Counts(fates.total(), fates["accepted"], fates["repaired"], fates["set-aside"])

    def findings(self) -> tuple[Finding, ...]:
        """Give the findings in the order of rows, those of the whole file first."""
        listed = [*self._findings, *(_unlisted(code, count) for code, count in self._unlisted.items())]
        return tuple(sorted(listed, key=lambda finding: finding.row or 0))

    def _add(
        self,
        kind: Literal["repaired", "set-aside", "note"],
        remark: Remark,
        row: int | None,
        column: str | None,
        concept: str | None,
    ) -> None:
        if len(self._findings) >= MAX_FINDINGS:
            self._unlisted[remark.code] += 1
        else:
            self._findings.append(Finding(kind, remark.code, row, column, remark.text, remark.mend, concept))


def _unlisted(code: str, count: int) -> Finding:
    text = Text(
        fa=f"{count} یافتهٔ دیگر با کد {code} شمرده شد و جداگانه فهرست نشد.",
        en=f"{count} further findings '{code}' were counted and not listed one by one.",
    )
    return Finding("note", "findings-unlisted", None, None, text)
