"""What a verdict says of a coded field at its place: findings with certain changes, and what was not checked."""

from __future__ import annotations

from collections.abc import Iterator

from maksa.errors import BadParameter
from maksa.model.verdict import Coding, Issue, Triple, Verdict
from maksa.prescriptions import sentences
from maksa.prescriptions.memo import Ask
from maksa.prescriptions.remarks import Coded
from maksa.prescriptions.report import Change, Finding, NotChecked
from maksa.text import Text

_SURE_LISTS = frozenset({"wrong-terminology", "unknown-terminology"})


def judged(field: Coded, verdict: Verdict, ask: Ask) -> Iterator[Finding | NotChecked]:
    """Give the remarks of a verdict, and whether the field takes this list and this part of it."""
    for issue in verdict.issues:
        if issue.code == "not-checked":
            yield NotChecked(field.rule, field.path, issue.text)
        elif issue.part == "value" and issue.code == "missing-part" and field.leaves[2] is None:
            continue
        else:
            yield _finding(field, verdict, issue)
    if verdict.valid and verdict.terminology is not None:
        if not _bound(field, verdict.terminology):
            yield _not_bound(field, verdict, ask)
        elif verdict.edition is not None:
            yield from _in_value_set(field, verdict.terminology, ask)


def _bound(field: Coded, terminology: str) -> bool:
    folded = terminology.casefold()
    return not field.terminologies or any(folded == known.casefold() for known in field.terminologies)


def _not_bound(field: Coded, verdict: Verdict, ask: Ask) -> Finding:
    """Say that the field takes no code of this list, and offer the code if it is certain where it belongs."""
    sent = verdict.terminology or ""
    homes = [
        Coding(home.terminology, home.code, home.display)
        for known in field.terminologies
        if (home := ask(Triple(known, field.triple.code, field.triple.value), None)).valid
        and home.terminology is not None
        and home.code is not None
        and not any(issue.code == "display-mismatch" for issue in home.issues)
    ]
    certain = homes[0] if len(homes) == 1 else None
    text, mend = sentences.not_bound(field.terminologies, sent)
    changes = () if certain is None else _changes_to(field, certain)
    return Finding(
        field.rule,
        field.path,
        "wrong-terminology",
        "error",
        text,
        mend,
        certain,
        () if certain else tuple(homes),
        changes,
    )


def _in_value_set(field: Coded, terminology: str, ask: Ask) -> Iterator[Finding | NotChecked]:
    value_set = field.value_sets.get(terminology)
    if value_set is None:
        return
    try:
        verdict = ask(Triple(terminology, field.triple.code, field.triple.value), value_set)
    except BadParameter:
        yield NotChecked(field.rule, field.path, sentences.no_value_set(value_set, terminology))
        return
    for issue in verdict.issues:
        if issue.code == "not-in-value-set":
            yield _finding(field, verdict, issue)


def _finding(field: Coded, verdict: Verdict, issue: Issue) -> Finding:
    return Finding(
        rule=field.rule,
        path=field.path,
        issue=issue.code,
        severity=issue.severity,
        text=issue.text,
        mend=_mend(issue) or _taken(field, verdict, issue),
        suggestion=issue.suggestion,
        candidates=issue.candidates,
        changes=tuple(_changes(field, verdict, issue)),
    )


def _mend(issue: Issue) -> Text | None:
    offered = [issue.suggestion] if issue.suggestion is not None else issue.candidates
    if not offered:
        return None
    fa = "، ".join(_named(one, "«{}»") for one in offered)
    en = ", ".join(_named(one, "'{}'") for one in offered)
    if issue.suggestion is not None:
        return Text(f"پیشنهاد: {fa}.", f"Suggested: {en}.")
    return Text(f"نامزدها: {fa}.", f"Candidates: {en}.")


def _named(coding: Coding, quoted: str) -> str:
    title = f" {quoted.format(sentences.shown(coding.display))}" if coding.display else ""
    return f"{coding.terminology} {coding.code}{title}"


def _taken(field: Coded, verdict: Verdict, issue: Issue) -> Text | None:
    """Name the lists of the field where a wrong code is of a list that it does not take anyway."""
    if issue.severity != "error" or _bound(field, verdict.terminology or field.triple.terminology or ""):
        return None
    return sentences.takes(field.terminologies)


def _changes(field: Coded, verdict: Verdict, issue: Issue) -> Iterator[Change]:
    """Give the changes that a remark makes certain; a code is never changed into another one."""
    terminology, code, value = field.leaves
    sent, offered = field.triple, issue.suggestion
    if issue.code == "terminology-id-form" and verdict.terminology is not None:
        yield Change(f"{field.path}.{terminology}", sent.terminology, verdict.terminology)
    elif issue.code == "code-form" and offered is not None:
        yield Change(f"{field.path}.{code}", sent.code, offered.code)
    elif issue.code == "code-display-swapped" and offered is not None:
        yield Change(f"{field.path}.{code}", sent.code, offered.code)
        if value is not None:
            yield Change(f"{field.path}.{value}", sent.value, sent.code or "")
    elif issue.code in _SURE_LISTS and offered is not None and _bound(field, offered.terminology):
        yield from _changes_to(field, offered)
    elif issue.code == "missing-part" and issue.part == "value" and verdict.display and value is not None:
        yield Change(f"{field.path}.{value}", sent.value, verdict.display)


def _changes_to(field: Coded, coding: Coding) -> tuple[Change, ...]:
    terminology, code, _ = field.leaves
    changes = [Change(f"{field.path}.{terminology}", field.triple.terminology, coding.terminology)]
    if coding.code != field.triple.code:
        changes.append(Change(f"{field.path}.{code}", field.triple.code, coding.code))
    return tuple(change for change in changes if change.old != change.new)
