"""The check of one prescriber message: its bytes in, JSON or XML, the report out. Nothing of it is kept or logged."""

from __future__ import annotations

from maksa.model.verdict import Coding
from maksa.prescriptions.report import Finding, MessageReport, MessageType, NotChecked
from maksa.text import Text
from maksa.web.api import parameters as of
from maksa.web.api.questions import Asked
from maksa.web.api.wire import CodingOut, Edition, Record
from maksa.web.refusal import Refusal, shown

MESSAGE_TYPES = ("application/json", "application/xml", "text/xml")
"""The content types of a message; without one, or as octet-stream, its first character decides."""
_UNNAMED = frozenset({"", "application/octet-stream"})
_CHARSETS = frozenset({"utf-8", "utf8", "utf-16"})


class FindingOut(Record, frozen=True):
    """One remark on a message. `path` ends at the coded element; what is missing is named where it should stand."""

    rule: str
    path: str
    issue: str
    severity: str
    message: str
    message_en: str
    mend: str | None
    mend_en: str | None
    suggestion: CodingOut | None
    candidates: tuple[CodingOut, ...]


class NotCheckedOut(Record, frozen=True):
    """A rule that could not be applied, and why; never the same as passed."""

    rule: str
    path: str
    reason: str
    reason_en: str


class CheckAnswer(Record, frozen=True):
    """The report on one message; `valid` is false exactly when a finding is an error."""

    valid: bool
    message_type: MessageType | None
    findings: tuple[FindingOut, ...]
    not_checked: tuple[NotCheckedOut, ...]
    editions: tuple[Edition, ...]


async def check_prescription(asked: Asked) -> CheckAnswer:
    """Check one prescriber message, JSON or XML, by the rules of its type and the lists of its own day."""
    body = await asked.request.body()
    _check_content_type(asked.request.headers.get("content-type") or "")
    on = asked.query.get(of.ON)
    checker = asked.parts.checker
    report = await asked.parts.ask(lambda: checker.check(body, on=on, name="message"), costly=True)
    return _written(report, asked.editions(report.editions))


def _written(report: MessageReport, editions: tuple[Edition, ...]) -> CheckAnswer:
    return CheckAnswer(
        valid=report.valid,
        message_type=report.message_type,
        findings=tuple(map(_finding, report.findings)),
        not_checked=tuple(map(_not_checked, report.not_checked)),
        editions=editions,
    )


def _finding(finding: Finding) -> FindingOut:
    return FindingOut(
        rule=finding.rule,
        path=finding.path,
        issue=finding.issue,
        severity=finding.severity,
        message=finding.text.fa,
        message_en=finding.text.en,
        mend=None if finding.mend is None else finding.mend.fa,
        mend_en=None if finding.mend is None else finding.mend.en,
        suggestion=None if finding.suggestion is None else _coding(finding.suggestion),
        candidates=tuple(map(_coding, finding.candidates)),
    )


def _not_checked(one: NotChecked) -> NotCheckedOut:
    return NotCheckedOut(one.rule, one.path, one.reason.fa, one.reason.en)


def _coding(coding: Coding) -> CodingOut:
    return CodingOut(coding.terminology, coding.code, coding.display)


def _check_content_type(content_type: str) -> None:
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().casefold()
    name, _, charset = parameters.strip().casefold().partition("=")
    readable = kind in _UNNAMED or kind in MESSAGE_TYPES or kind.endswith(("+json", "+xml"))
    if readable and (name != "charset" or charset.strip('"') in _CHARSETS):
        return
    sent = shown(content_type)
    raise Refusal(
        415,
        "unsupported-media-type",
        Text(
            fa=f"نوع محتوای «{sent}» در این نشانی خوانده نمی‌شود.",
            en=f"The content type '{sent}' is not read at this address.",
        ),
        mend=Text(
            fa="پیام را به شکل application/json یا application/xml و با کدگذاری UTF-8 بفرستید.",
            en="Send the message as application/json or application/xml, encoded in UTF-8.",
        ),
        known=MESSAGE_TYPES,
    )
