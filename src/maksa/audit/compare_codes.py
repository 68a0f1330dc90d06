"""How one code of a party differs from the reference: its title, strength, values, state, or the code itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maksa.audit import compare_sentences as said
from maksa.audit.compare_likeness import MOST, Finder, likeness, strength_words, strengths_of
from maksa.audit.compare_reference import Reference
from maksa.audit.compare_rows import TheirCode
from maksa.errors import NotFound
from maksa.model.concept import Concept, PropertyValue, Terminology, Variant
from maksa.model.discrepancy import Difference, DifferenceKind, Side, Suggestion
from maksa.model.persian import ascii_digits, title_key
from maksa.model.service import TerminologyService
from maksa.model.strength import parse_drug
from maksa.model.verdict import Coding, Triple
from maksa.text import Text

_CERTAIN = 100
_PLAIN_MAP = 95
_SEEK_BELOW = 70
"""Percent of likeness below which the title may be meant for another code."""
_NUMBERS = frozenset({"decimal", "integer"})
_MOST_ASKED = 2_000
"""Codes for which validation is asked for candidates, at some milliseconds each."""
_NOWHERE = frozenset({"retired", "not-related-to"})
_NOT_IN_FORCE = frozenset({"retired", "not-yet-effective"})
_LONGEST = 60
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,٬][0-9]{3})+(?:\.[0-9]+)?")


@dataclass(slots=True)
class Elsewhere:
    """A code that stands for the same product in the reference, and why; `usable` that it may be used on the day."""

    side: Side
    score: int
    evidence: list[Text]
    usable: bool = True


class CodeComparer:
    """Compares the codes of one party with a list; maps may lead there from the list `maps_from`, if it is given.

    `not_sought` counts codes without a title like theirs, for which no further candidates were looked for.
    """

    def __init__(
        self,
        service: TerminologyService,
        terminology: Terminology,
        reference: Reference,
        *,
        day: date,
        maps_from: str | None,
    ) -> None:
        self._service = service
        self._terminology = terminology.id
        self._numbers = [one.code for one in terminology.properties if one.type in _NUMBERS]
        self._reference = reference
        self._day = day
        self._maps_from = maps_from
        self._unmapped: set[str] = set()
        self._finder = Finder(service, terminology.id, day)
        self._asked = 0
        self.not_sought = 0

    def elsewhere(self, theirs: TheirCode) -> list[Elsewhere]:
        """Give other codes of the reference that have the same title, or that maps lead to, best first."""
        own = self._reference.ours(theirs.code)
        found: dict[str, Elsewhere] = {}
        for row in theirs.titles:
            keys = [title_key(title) for title in row]
            sides = [side for key in dict.fromkeys(keys) for side in self._reference.titled.get(key, ())]
            if any(side.code == own for side in sides):
                continue  # The row has the title of its own code; that others share it is no difference.
            for side in sides:
                found.setdefault(side.code, Elsewhere(side, _CERTAIN, [said.same_title()]))
        for mapped in self._mapped(theirs):
            known = found.setdefault(mapped.side.code, mapped)
            if known is not mapped:
                known.evidence += mapped.evidence
        found.pop(theirs.code if own is None else own, None)
        return sorted(found.values(), key=lambda one: (-one.score, one.side.code))

    def _mapped(self, theirs: TheirCode) -> Iterator[Elsewhere]:
        """Yield what maps say of the product, or of the code in a list of the party's own.

        A target that is not in the list is told too: the map says of the same product that it has that code.
        """
        asked = theirs.product
        if asked is None and self._maps_from is not None:
            asked = Coding(self._maps_from, theirs.code, None)
        if asked is None or asked.terminology in self._unmapped:
            return
        try:
            translation = self._service.translate(
                asked.terminology, asked.code, target=self._terminology, on=self._day
            )
        except NotFound:
            return
        if not translation.maps:
            self._unmapped.add(asked.terminology)
        for match in translation.matches:
            over = any(issue.code in _NOT_IN_FORCE for issue in match.issues)
            if match.target is not None and match.relationship not in _NOWHERE and not over:
                side = Side(match.target.code, match.target.display, match.condition)
                evidence = [said.by_map(match.map, match.condition)]
                yield Elsewhere(side, _PLAIN_MAP if match.usable else 0, evidence, match.usable)

    def differences(self, theirs: TheirCode, elsewhere: Sequence[Elsewhere]) -> Iterator[Difference]:
        """Yield how a code differs by itself. Cost: at most one search and one question."""
        ours = self._reference.ours(theirs.code)
        if elsewhere:
            yield self._code_differs(theirs, elsewhere)
        if ours is None:
            if not elsewhere:
                yield self._unknown(theirs)
            return
        if ours != theirs.code and not elsewhere:
            yield self._misspelt(theirs, ours)
        if self._reference.states[ours] != "active":
            yield self._not_in_force(theirs, ours)
            return
        concept = self._reference.unlike.get(ours)
        if concept is not None:
            titles = {title_key(title) for title in concept.titles()}
            if not elsewhere and not all(_agrees(row, titles) for row in theirs.titles):
                yield from self._titles(theirs, concept, titles)
            yield from self._values(theirs, concept)

    def _difference(
        self, theirs: TheirCode, kind: DifferenceKind, text: Text, ours: Sequence[Side], **more: str | None
    ) -> Difference:
        code, product = theirs.key
        side = Side(code, theirs.display, more.get("detail"))
        return Difference(kind, code, theirs.rows, side, tuple(ours), text, product)

    def _code_differs(self, theirs: TheirCode, elsewhere: Sequence[Elsewhere]) -> Difference:
        sides = [one.side for one in elsewhere]
        text = said.code_differs(theirs.code, [side.code for side in sides])
        suggestions = tuple(
            Suggestion(self._coding(one.side), one.score, tuple(one.evidence))
            for one in elsewhere
            if one.usable
        )
        return replace(self._difference(theirs, "code-differs", text, sides), suggestions=suggestions)

    def _misspelt(self, theirs: TheirCode, ours: str) -> Difference:
        side, text = self._reference.sides[ours], said.spelled_otherwise(theirs.code, ours)
        made = self._difference(theirs, "code-differs", text, (side,))
        return replace(made, suggestions=(Suggestion(self._coding(side), _CERTAIN, (text,)),))

    def _unknown(self, theirs: TheirCode) -> Difference:
        found = self._finder.suggestions(tuple(theirs.all_titles()))
        if not found or found[0].score < _SEEK_BELOW:
            found = (*found, *self._near(theirs))[:MOST]
        text = said.not_in_reference(theirs.code, self._terminology)
        return replace(self._difference(theirs, "not-in-reference", text, ()), suggestions=found)

    def _near(self, theirs: TheirCode) -> tuple[Suggestion, ...]:
        """Ask validation what a code may be meant for: one of another list, or one with nearly the same digits."""
        if self._asked == _MOST_ASKED:
            self.not_sought += 1
            return ()
        self._asked += 1
        verdict = self._service.validate(Triple(self._terminology, theirs.code, theirs.display), on=self._day)
        offered = [
            (coding, issue.text)
            for issue in verdict.issues
            for coding in (*filter(None, (issue.suggestion,)), *issue.candidates)
        ]
        distinct = {(coding.terminology, coding.code): (coding, text) for coding, text in reversed(offered)}
        return tuple(
            Suggestion(coding, likeness(theirs.all_titles(), filter(None, (coding.display,))), (text,))
            for coding, text in reversed(distinct.values())
        )[:MOST]

    def _not_in_force(self, theirs: TheirCode, ours: str) -> Difference:
        side, new = self._reference.sides[ours], self._reference.replaced.get(ours)
        if self._reference.states[ours] == "not-yet-effective":
            return self._difference(theirs, "not-yet-effective", said.not_yet_used(theirs.code), (side,))
        made = self._difference(theirs, "retired", said.no_longer_used(theirs.code, new), (side,))
        if new is None:
            return replace(made, suggestions=self._finder.suggestions(tuple(theirs.all_titles())))
        display = None
        with suppress(NotFound):
            display = self._service.lookup(self._terminology, new, on=self._day).concept.display
        offered = Coding(self._terminology, new, display)
        evidence = (said.replaces(self._reference.edition),)
        return replace(made, suggestions=(Suggestion(offered, _CERTAIN, evidence),))

    def _titles(self, theirs: TheirCode, concept: Concept, keys: set[str]) -> Iterator[Difference]:
        """Yield how titles differ: in their strengths, in their words, or in both."""
        unlike = [title for row in theirs.titles if not _agrees(row, keys) for title in row]
        strengths, ours = strengths_of(unlike), strengths_of(concept.titles())
        side = Side(concept.code, concept.display)
        other = bool(strengths and ours and strengths != ours)
        if other:
            words = strength_words(strengths), strength_words(ours)
            made = self._difference(
                theirs,
                "strength-differs",
                said.strength_differs(theirs.code, *words),
                (replace(side, detail=words[1]),),
                detail=words[0],
            )
            yield replace(made, suggestions=self._finder.suggestions(unlike, but=concept.code))
            names = {parse_drug(title).name for title in unlike}
            if names & {parse_drug(title).name for title in concept.titles()}:
                return
        percent = likeness(unlike, concept.titles())
        made = self._difference(theirs, "title-differs", said.title_differs(theirs.code, percent), (side,))
        if percent < _SEEK_BELOW and not other:
            made = replace(made, suggestions=self._finder.suggestions(unlike, but=concept.code))
        yield made

    def _values(self, theirs: TheirCode, concept: Concept) -> Iterator[Difference]:
        names, left, right = [], [], []
        for name in self._numbers:
            told = [_number(value) for value in theirs.values.get(name, ())]
            held = [_number(value) for value in _held(concept, name)]
            if told and not set(told) <= set(held):
                names.append(name)
                left.append(f"{name} = {_shown(told)}")
                right.append(f"{name} = {_shown(held)}")
        if names:
            side = Side(concept.code, concept.display, "; ".join(right))
            text = said.value_differs(theirs.code, names)
            yield self._difference(theirs, "value-differs", text, (side,), detail="; ".join(left))

    def _coding(self, side: Side) -> Coding:
        return Coding(self._terminology, side.code, side.display)


def _agrees(row: Sequence[str], keys: set[str]) -> bool:
    return any(title_key(title) in keys for title in row)


def _held(concept: Concept, code: str) -> Iterator[PropertyValue]:
    rows: tuple[Concept | Variant, ...] = (concept, *concept.variants)
    for one in rows:
        yield from (prop.value for prop in one.properties if prop.code == code)


def _number(value: PropertyValue) -> Decimal | str:
    """Read a number in any digits, with its thousands apart or not; what is none stays as it is written."""
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    plain = ascii_digits(text).strip().replace("٫", ".")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace("٬", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else text[:_LONGEST]


def _shown(numbers: Sequence[Decimal | str]) -> str:
    """Write numbers without zeros at their end, so that 2.5 and 2.50 look the same."""
    texts = (f"{one:f}" if isinstance(one, Decimal) else one for one in numbers)
    return " | ".join(text.rstrip("0").rstrip(".") if "." in text else text for text in texts) or "-"
