"""How alike titles are, what strengths they name, and which codes of the reference may be meant by a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rapidfuzz import fuzz

from maksa.audit.compare_sentences import alike, other_strength, same_strength
from maksa.errors import BadParameter
from maksa.model.concept import Concept
from maksa.model.discrepancy import Suggestion
from maksa.model.persian import fold
from maksa.model.service import TerminologyService
from maksa.model.strength import Strength, parse_drug
from maksa.model.verdict import Coding
from maksa.text import Text

MOST = 5
"""Suggestions of one difference."""
_LEAST_ALIKE = 55
"""Percent below which a title is no suggestion."""
_SAME_STRENGTH, _OTHER_STRENGTH = 10, -20
_TITLES = 6
_LONGEST = 200
"""Characters of a title that are searched for."""


def likeness(left: Iterable[str], right: Iterable[str]) -> int:
    """Give in percent how alike the two most alike titles are; the order of words does not matter. Cost: some 5 µs a pair."""
    folded = [fold(title) for title in list(right)[:_TITLES]]
    pairs = (fuzz.token_sort_ratio(fold(title), other) for title in list(left)[:_TITLES] for other in folded)
    # Only what is the same after folding is wholly alike.
    return min(99, round(max(pairs, default=0)))


def strengths_of(titles: Iterable[str]) -> frozenset[Strength]:
    """Give the strengths of the first title that names any."""
    return next(
        (found for title in list(titles)[:_TITLES] if (found := parse_drug(title).strengths)), frozenset()
    )


def strength_words(strengths: Iterable[Strength]) -> str:
    """Write strengths for a reader: `2.5 mg/mL + 500 mg`."""
    return " + ".join(sorted(map(_word, strengths)))


def _word(strength: Strength) -> str:
    return f"{_number(strength.amount)} {strength.unit}" + (f"/{strength.per}" if strength.per else "")


def _number(amount: Fraction) -> str:
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return str(amount) if Fraction(exact) != amount else f"{exact.normalize():f}"


class Finder:
    """Looks for codes of one list that may be meant by titles."""

    def __init__(self, service: TerminologyService, terminology: str, day: date) -> None:
        self._service = service
        self._terminology = terminology
        self._day = day

    def suggestions(self, titles: Sequence[str], *, but: str | None = None) -> tuple[Suggestion, ...]:
        """Rank active codes with like titles, best first, without the code `but`. Cost: one search."""
        if not titles:
            return ()
        strengths = strengths_of(titles)
        found = [
            self._suggestion(one, titles, strengths) for one in self._found(titles[0]) if one.code != but
        ]
        fit = [one for one in found if one.score >= _LEAST_ALIKE]
        return tuple(sorted(fit, key=lambda one: (-one.score, one.coding.code))[:MOST])

    def _found(self, title: str) -> list[Concept]:
        words = " ".join(parse_drug(title).name)[:_LONGEST].strip() or title[:_LONGEST]
        with suppress(BadParameter):  # A title of punctuation alone is no search.
            page = self._service.search(
                words, terminology=self._terminology, limit=2 * MOST, status="active", on=self._day
            )
            return [hit.hit.concept for hit in page.hits]
        return []

    def _suggestion(
        self, concept: Concept, titles: Sequence[str], strengths: frozenset[Strength]
    ) -> Suggestion:
        percent = likeness(titles, concept.titles())
        evidence: list[Text] = [alike(percent)]
        score = percent
        ours = strengths_of(concept.titles()) if strengths else frozenset()
        if ours:
            same = ours == strengths
            score += _SAME_STRENGTH if same else _OTHER_STRENGTH
            evidence.append((same_strength if same else other_strength)(strength_words(ours)))
        coding = Coding(self._terminology, concept.code, concept.display)
        return Suggestion(coding, max(0, min(99, score)), tuple(evidence))
