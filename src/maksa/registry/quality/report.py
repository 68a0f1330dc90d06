"""The report on a draft: how much each rule found, a sample of it, and whether it may be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from maksa.errors import WrongState
from maksa.registry.quality.rules import Rule, Severity, Values
from maksa.text import Text

SAMPLES = 20
"""Findings of each rule that a report holds; all are counted."""
_NAMED = 5
"""Rules that a refusal names."""


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """One thing that a rule found, of the code of a list (of a map: the source code)."""

    rule: str
    severity: Severity
    code: str
    text: Text
    mend: Text


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule found something."""

    rule: str
    severity: Severity
    title: Text
    count: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What the rules found in a draft.

    `draft` is its number, `base` the edition that it would follow, `examined` counts the concepts (of a map: rows) that
    were read, `rules` names all rules that were tried. `uncompared` counts codes whose titles were not compared with
    all that are like them, because these are too many: once for each likeness. `counts` has the rules that found something, the graver first;
    `findings` at most `SAMPLES` of each.
    """

    terminology: str
    edition: str
    draft: int
    base: str | None
    examined: int
    rules: tuple[str, ...]
    counts: tuple[RuleCount, ...]
    findings: tuple[QualityFinding, ...]
    uncompared: int = 0

    @property
    def errors(self) -> int:
        """Count what blocks publishing."""
        return self._count("error")

    @property
    def warnings(self) -> int:
        """Count what should be looked at before publishing."""
        return self._count("warning")

    @property
    def notes(self) -> int:
        """Count what is worth knowing."""
        return self._count("note")

    def of(self, rule: str) -> tuple[QualityFinding, ...]:
        """Give the findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def _count(self, severity: Severity) -> int:
        return sum(one.count for one in self.counts if one.severity == severity)


@dataclass(slots=True)
class Collected:
    """Findings as they come: counted all, kept up to `SAMPLES` a rule."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: dict[str, list[QualityFinding]] = field(default_factory=dict)

    def take(self, rule: Rule, found: Iterable[tuple[str, Values]]) -> None:
        """Take what a rule found: codes, and what fills its sentence."""
        for code, values in found:
            self.counts[rule.id] += 1
            kept = self.findings.setdefault(rule.id, [])
            if len(kept) < SAMPLES:
                told = rule.sentence({"code": code, **values})
                kept.append(QualityFinding(rule.id, rule.severity, code, told, rule.mend))

    def told(self, rules: Iterable[Rule]) -> tuple[tuple[RuleCount, ...], tuple[QualityFinding, ...]]:
        """Give counts and findings in the order of the rules, the findings of each in the order of codes."""
        found = [rule for rule in rules if self.counts[rule.id]]
        counts = tuple(RuleCount(rule.id, rule.severity, rule.title, self.counts[rule.id]) for rule in found)
        samples = (sorted(self.findings[rule.id], key=lambda finding: finding.code) for rule in found)
        return counts, tuple(finding for sample in samples for finding in sample)


def require_sound(report: QualityReport) -> None:
    """See that a draft has no error. Raises: WrongState naming the first of each rule, with the mend."""
    grave = [one for one in report.counts if one.severity == "error"]
    if not grave:
        return
    first = {finding.rule: finding for finding in reversed(report.findings)}
    named = [(one, first[one.rule]) for one in grave[:_NAMED]]
    name = f"{report.terminology} {report.edition}"
    raise WrongState(
        Text(
            fa=f"«{name}» منتشر نمی‌شود: {report.errors} خطا دارد. "
            + " ".join(f"{one.title.fa} ({one.count}): {finding.text.fa}" for one, finding in named),
            en=f"'{name}' is not published: it has {_errors(report.errors)}. "
            + " ".join(f"{one.title.en} ({one.count}): {finding.text.en}" for one, finding in named),
        ),
        mend=Text(
            fa=" ".join(finding.mend.fa for _, finding in named)
            + f" همه را با «maksa drafts check {name}» ببینید (هنگام واردکردن: نخست بی --publish)؛ اگر با این همه باید منتشر شود، دلیل را با --despite-errors بگویید.",
            en=" ".join(finding.mend.en for _, finding in named)
            + f" See all with 'maksa drafts check {name}' (of an import: first without --publish); if it must be published all the same, say why with --despite-errors.",
        ),
    )


def _errors(count: int) -> str:
    return "1 error" if count == 1 else f"{count} errors"
