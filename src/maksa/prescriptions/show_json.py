"""Reports of messages as JSON: each as the native API gives it, with its place, then the sums."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding
from maksa.prescriptions.batch import Checked, Mending, Outcome
from maksa.prescriptions.report import Change, Finding, MessageReport
from maksa.prescriptions.sent import Place, Unread
from maksa.prescriptions.show_change import shown_values
from maksa.prescriptions.tally import Tally

IsSample = Callable[[EditionRef], bool]


def write_json(outcomes: Iterable[Outcome], tally: Tally, *, is_sample: IsSample) -> Iterator[str]:
    """Write `{"messages": […], "summary": {…}}` piece by piece, one message a line. Memory: one message."""
    yield '{"messages": ['
    comma = ""
    for one in tally.counting(outcomes):
        yield f"{comma}\n{_dumped(message_record(one, is_sample))}"
        comma = ","
    yield f'\n], "summary": {_dumped(summary_record(tally))}}}\n'


def message_record(one: Checked | Unread, is_sample: IsSample) -> dict[str, Any]:
    """Give the record of one outcome; `valid` is null and `error` says why when no message could be read."""
    place = place_record(one.place)
    if isinstance(one, Unread):
        return place | {"valid": None, "error": _error_record(one)}
    mending = {} if one.mending is None else {"repaired": _mending_record(one.mending, is_sample)}
    return place | report_record(one.report, is_sample) | mending


def place_record(place: Place) -> dict[str, Any]:
    """Give where a message stands: its name, its file, and its member, line (1…) or element (0…) if it has one."""
    inside = {"member": place.member, "line": place.line, "element": place.element}
    return {"name": place.name, "file": place.file} | {
        key: value for key, value in inside.items() if value is not None
    }


def report_record(report: MessageReport, is_sample: IsSample) -> dict[str, Any]:
    """Give a report in the shape of `POST prescriptions/check`."""
    return {
        "valid": report.valid,
        "message_type": report.message_type,
        "findings": [finding_record(finding) for finding in report.findings],
        "not_checked": [
            {"rule": one.rule, "path": one.path, "reason": one.reason.fa, "reason_en": one.reason.en}
            for one in report.not_checked
        ],
        "editions": [
            {
                "terminology": ref.terminology,
                "edition": ref.edition,
                "hash": ref.hash,
                "sample": is_sample(ref),
            }
            for ref in report.editions
        ],
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """Give one finding."""
    return {
        "rule": finding.rule,
        "path": finding.path,
        "issue": finding.issue,
        "severity": finding.severity,
        "message": finding.text.fa,
        "message_en": finding.text.en,
        "mend": finding.mend.fa if finding.mend else None,
        "mend_en": finding.mend.en if finding.mend else None,
        "suggestion": _coding_record(finding.suggestion) if finding.suggestion else None,
        "candidates": [_coding_record(one) for one in finding.candidates],
    }


def summary_record(tally: Tally) -> dict[str, Any]:
    """Give the sums of a batch."""
    return {
        "messages": tally.messages,
        "valid": tally.valid,
        "with_warnings": tally.warned,
        "not_valid": tally.failing,
        "not_read": tally.unread,
        "passed_over": tally.passed_over,
        "issues": dict(tally.issues.most_common()),
        "not_checked": dict(tally.not_checked.most_common()),
        "repaired": tally.repaired,
        "changes": tally.changes,
        "not_valid_after_repair": tally.remaining,
    }


def _mending_record(mending: Mending, is_sample: IsSample) -> dict[str, Any]:
    return {
        "file": mending.target,
        "changes": [_change_record(change) for change in mending.made],
        "left": [change.path for change in mending.left],
        "remaining": report_record(mending.after, is_sample),
    }


def _change_record(change: Change) -> dict[str, Any]:
    values = shown_values(change)
    if values is None:
        return {"path": change.path, "shown": False}
    old, new = values
    return {"path": change.path, "shown": True, "old": None if change.old is None else old, "new": new}


def _coding_record(coding: Coding) -> dict[str, Any]:
    return {"terminology": coding.terminology, "code": coding.code, "display": coding.display}


def _error_record(one: Unread) -> dict[str, Any]:
    mend = one.error.mend
    return {
        "message": one.error.text.fa,
        "message_en": one.error.text.en,
        "mend": mend.fa if mend else None,
        "mend_en": mend.en if mend else None,
    }


def _dumped(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)
