"""Counting who uses which edition of a list: by clients that showed a token, never by persons, addresses or codes."""

from __future__ import annotations

from collections.abc import Iterable

from maksa.model.adoption import UseKind, Uses, UseWay
from maksa.model.edition import EditionRef
from maksa.model.verdict import Verdict
from maksa.web.parts import Parts


def used(kind: UseKind, way: UseWay, editions: Iterable[EditionRef | None]) -> Uses:
    """Tell what a question used that some editions answered."""
    return {(ref.terminology, ref.edition, kind, way): 1 for ref in editions if ref is not None}


def used_by_verdicts(verdicts: Iterable[tuple[UseWay, Verdict]]) -> Uses:
    """Tell what validating used: of each edition its codes, and those that are retired past any transition."""
    found: dict[tuple[str, str, UseKind, UseWay], int] = {}
    for way, verdict in verdicts:
        ref = verdict.edition
        if ref is None:  # A list registered by its form only has no editions.
            continue
        kinds: tuple[UseKind, ...] = ("validate", "retired") if _is_retired(verdict) else ("validate",)
        for kind in kinds:
            use = (ref.terminology, ref.edition, kind, way)
            found[use] = found.get(use, 0) + 1
    return found


def count(parts: Parts, client: str | None, uses: Uses) -> None:
    """Count what a client used; of no client, or where nothing is counted, do nothing."""
    if client is None or parts.uses is None:
        return
    for use, often in uses.items():
        parts.uses.note((client, *use), often)


def _is_retired(verdict: Verdict) -> bool:
    return any(issue.code == "retired" and issue.severity == "error" for issue in verdict.issues)
