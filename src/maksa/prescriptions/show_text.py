"""Reports of messages as lines for people: what was found where, what was mended, and the sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding
from maksa.prescriptions.batch import Checked, Mending, Outcome
from maksa.prescriptions.report import Change, Finding
from maksa.prescriptions.sent import Unread
from maksa.prescriptions.show_change import shown_values
from maksa.prescriptions.tally import Tally
from maksa.text import Text


def write_text(
    outcomes: Iterable[Outcome], tally: Tally, *, is_sample: Callable[[EditionRef], bool]
) -> Iterator[Text]:
    """Write lines: of messages with findings what they are, of the rest their sum. Memory: one message."""
    for one in tally.counting(outcomes):
        yield from _outcome_lines(one)
    yield from _summary_lines(tally)
    for ref in tally.editions:
        fa, en = ("؛ نمونه، غیررسمی", ", sample, not official") if is_sample(ref) else ("", "")
        yield Text(
            f"  سنجیده با {ref.terminology}، انتشار {ref.edition}{fa}",
            f"  judged by {ref.terminology}, edition {ref.edition}{en}",
        )


def _outcome_lines(one: Checked | Unread) -> Iterator[Text]:
    if isinstance(one, Unread):
        mend = one.error.mend or Text("", "")
        said = one.error.text
        yield Text(f"خوانده نشد: {said.fa} {mend.fa}".rstrip(), f"not read: {said.en} {mend.en}".rstrip())
        return
    report, name = one.report, one.place.name
    if not report.findings:
        return
    kind = f" ({report.message_type})" if report.message_type else ""
    if report.valid:
        yield Text(f"{name}{kind}: معتبر، با هشدار", f"{name}{kind}: valid, with warnings")
    else:
        yield Text(f"{name}{kind}: نامعتبر", f"{name}{kind}: not valid")
    for finding in report.findings:
        yield from _finding_lines(finding)
    for remark in report.not_checked:
        yield Text(
            f"  سنجیده نشد {remark.rule} {remark.path}: {remark.reason.fa}",
            f"  not checked {remark.rule} {remark.path}: {remark.reason.en}",
        )
    if one.mending is not None:
        yield from _mending_lines(one.mending)


def _finding_lines(finding: Finding) -> Iterator[Text]:
    # A mend names what is offered; without one, that is told by itself.
    fa = "خطا" if finding.severity == "error" else "هشدار"
    about = f"{finding.issue} [{finding.rule}] {finding.path}"
    yield Text(f"  {fa} {about}", f"  {finding.severity} {about}")
    yield Text(f"    {finding.text.fa}", f"    {finding.text.en}")
    if finding.mend is not None:
        yield Text(f"    {finding.mend.fa}", f"    {finding.mend.en}")
        return
    if finding.suggestion is not None:
        offered = _coding(finding.suggestion)
        yield Text(f"    پیشنهاد: {offered}", f"    suggestion: {offered}")
    for candidate in finding.candidates:
        offered = _coding(candidate)
        yield Text(f"    شاید: {offered}", f"    perhaps: {offered}")


def _mending_lines(mending: Mending) -> Iterator[Text]:
    if mending.target is not None:
        yield Text(f"  رونوشت اصلاح‌شده: {mending.target}", f"  repaired copy: {mending.target}")
    for change in mending.made:
        said = _change(change)
        yield Text(f"    {change.path}: {said.fa}", f"    {change.path}: {said.en}")
    for change in mending.left:
        yield Text(
            f"    {change.path}: دست‌نخورده ماند، چون جای آن در متن یکتا نیست",
            f"    {change.path}: left as it is, its place in the text is not certain",
        )
    if mending.target is None:
        return
    errors = sum(finding.severity == "error" for finding in mending.after.findings)
    warnings = len(mending.after.findings) - errors
    yield Text(
        f"    پس از اصلاح: {errors} خطا، {warnings} هشدار مانده است",
        f"    after the repair: {errors} errors, {warnings} warnings remain",
    )
    for finding in mending.after.findings:
        fa = "خطا" if finding.severity == "error" else "هشدار"
        yield Text(
            f"      {fa} {finding.issue} {finding.path}",
            f"      {finding.severity} {finding.issue} {finding.path}",
        )


def _change(change: Change) -> Text:
    values = shown_values(change)
    if values is None:
        return Text("اصلاح شد (مقدار نشان داده نمی‌شود)", "mended (its value is not shown)")
    old, new = values
    if change.old is None:
        return Text(f"افزوده شد «{new}»", f"added '{new}'")
    return Text(f"«{old}» ← «{new}»", f"'{old}' -> '{new}'")


def _summary_lines(tally: Tally) -> Iterator[Text]:
    yield Text(
        f"{tally.messages} پیام: {tally.valid} معتبر ({tally.warned} با هشدار)، {tally.failing} نامعتبر",
        f"{tally.messages} message{'' if tally.messages == 1 else 's'}: {tally.valid} valid ({tally.warned} with warnings), {tally.failing} not valid",
    )
    if tally.unread:
        yield Text(f"{tally.unread} خوانده نشد", f"{tally.unread} not read")
    if tally.passed_over:
        names = ", ".join(tally.names_passed_over)
        more = ", …" if tally.passed_over > len(tally.names_passed_over) else ""
        yield Text(
            f"{tally.passed_over} فایل پیام نیست و کنار گذاشته شد: {names}{more}",
            f"{tally.passed_over} files are no messages and were passed over: {names}{more}",
        )
    for issue, count in tally.issues.most_common():
        yield Text(f"  {issue}: {count} مورد", f"  {issue}: {count}")
    for rule, count in tally.not_checked.most_common():
        yield Text(f"  سنجیده‌نشده {rule}: {count} مورد", f"  not checked {rule}: {count}")
    if tally.repaired:
        yield Text(
            f"{tally.changes} اصلاح در {tally.repaired} رونوشت؛ {tally.remaining} پیام هنوز نامعتبر است",
            f"{tally.changes} changes in {tally.repaired} repaired copies; {tally.remaining} messages still not valid",
        )


def _coding(coding: Coding) -> str:
    return " ".join(filter(None, (coding.terminology, coding.code, coding.display)))
