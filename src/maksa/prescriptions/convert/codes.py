"""What a code of a message becomes in a list of an insurer: by the maps held and only when there is one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maksa.errors import BadInput, NotFound
from maksa.model.concept import Concept
from maksa.model.edition import EditionRef
from maksa.model.persian import title_key
from maksa.model.service import TerminologyService
from maksa.model.translation import MapMatch
from maksa.model.verdict import Coding, Triple, Verdict
from maksa.prescriptions.convert import sentences
from maksa.prescriptions.convert.records import Why
from maksa.text import Text

_EXACT = frozenset({"equivalent", "source-is-narrower-than-target"})
_NO_RELATION = "not-related-to"
_PERSIAN_LETTERS = range(0x0621, 0x06D4)


@dataclass(frozen=True, slots=True)
class Found:
    """A code that may be used; `map` is None when the code of the message is already one of the list."""

    source: Coding
    target: Coding
    map: EditionRef | None = None


@dataclass(frozen=True, slots=True)
class NotFoundHere:
    """Why there is no code that may be used."""

    why: Why
    reason: Text


Outcome = Found | NotFoundHere


class Codes:
    """Asks a service what codes become on one day, under the conditions of one insurer."""

    def __init__(self, service: TerminologyService, day: date, conditions: Sequence[str]) -> None:
        self._service = service
        self._day = day
        self._conditions = {title_key(condition) for condition in conditions}

    def own(self, triple: Triple) -> Verdict | NotFoundHere:
        """Judge the code as it was sent; one that may not be used is not converted."""
        verdict = self._service.validate(triple, on=self._day)
        wrong = next((issue for issue in verdict.issues if issue.severity == "error"), None)
        if wrong is not None:
            return NotFoundHere("code-not-usable", wrong.text)
        return verdict

    def code(self, triple: Triple, lists: Sequence[str]) -> Outcome:
        """Give the code in the first of these lists to which a map of it leads.

        A decided "no map", several targets or one that may not be used end the search: the next list is asked only
        where nothing is said of this one.
        """
        verdict = self.own(triple)
        if isinstance(verdict, NotFoundHere):
            return verdict
        source = Coding(verdict.terminology or "", verdict.code or "", verdict.display)
        if source.terminology in lists:
            return Found(source, source)
        outcome: Outcome = NotFoundHere("no-map", sentences.no_list(source))
        for name in lists:
            outcome = self._mapped(source, name)
            if not (isinstance(outcome, NotFoundHere) and outcome.why == "no-map"):
                break
        return outcome

    def words(self, triple: Triple, lists: Sequence[str]) -> tuple[Outcome, str]:
        """Give the Persian title of the code itself, else of what it becomes in one of these lists."""
        verdict = self.own(triple)
        if isinstance(verdict, NotFoundHere):
            return verdict, ""
        source = Coding(verdict.terminology or "", verdict.code or "", verdict.display)
        title = self.persian(source)
        if title is not None:
            return Found(source, source), title
        outcome = self.code(triple, lists)
        if isinstance(outcome, NotFoundHere):
            return outcome, ""
        title = self.persian(outcome.target)
        if title is None:
            return NotFoundHere("no-words", sentences.no_words(outcome.target)), ""
        return outcome, title

    def title(self, triple: Triple) -> tuple[Outcome, str]:
        """Give the published title of the code itself; else the one that was sent, which validation did not refuse."""
        verdict = self.own(triple)
        if isinstance(verdict, NotFoundHere):
            return verdict, ""
        source = Coding(verdict.terminology or "", verdict.code or "", verdict.display)
        title = verdict.display or (triple.value or "").strip()
        if not title:
            return NotFoundHere("no-words", sentences.no_words(source)), ""
        return Found(source, source), title

    def persian(self, coding: Coding) -> str | None:
        """Give the Persian title of a code; None when its list is not held or gives none."""
        concept = self.concept(coding)
        if concept is None:
            return None
        titles = [concept.display, *(d.value for d in concept.designations if d.language in {"fa", None})]
        return next((title for title in titles if _is_persian(title)), None)

    def concept(self, coding: Coding) -> Concept | None:
        """Give the concept of a code; None when its list is not held, or has no such code."""
        try:
            return self._service.lookup(coding.terminology, coding.code, on=self._day).concept
        except (NotFound, BadInput):
            return None

    def _mapped(self, source: Coding, target: str) -> Outcome:
        try:
            answer = self._service.translate(source.terminology, source.code, target=target, on=self._day)
        except (NotFound, BadInput) as refusal:
            return NotFoundHere("no-map", refusal.text)
        matches = [match for match in answer.matches if match.relationship != "retired"]
        held = [
            match for match in matches if match.condition and title_key(match.condition) in self._conditions
        ]
        applying = held or [match for match in matches if not match.condition]
        if not applying:
            conditions = [match.condition for match in matches if match.condition]
            reason = answer.reason or sentences.only_under(source, target, conditions)
            return NotFoundHere("no-map", reason)
        return _one_of(source, target, applying)


def _one_of(source: Coding, target: str, matches: Sequence[MapMatch]) -> Outcome:
    """Give the one exact target that may be used, or say why there is not exactly one."""
    leading = [match for match in matches if match.target is not None and match.relationship != _NO_RELATION]
    if not leading:
        return NotFoundHere("decided-no-map", sentences.decided(source, target, matches[0].decision))
    usable = [match for match in leading if match.usable]
    if not usable:
        return NotFoundHere("target-not-usable", sentences.not_usable(source, leading[0]))
    exact = {
        match.target.code: Found(source, match.target, match.map)
        for match in usable
        if match.target is not None and match.relationship in _EXACT
    }
    if not exact:
        return NotFoundHere("not-exact", sentences.not_exact(source, usable[0]))
    refused = ["no-map"] if any(match.target is None for match in matches) else []
    if len(exact) == 1 and not refused:
        return next(iter(exact.values()))
    return NotFoundHere("several", sentences.several(source, target, [*sorted(exact), *refused]))


def _is_persian(title: str) -> bool:
    return any(ord(character) in _PERSIAN_LETTERS for character in title)
