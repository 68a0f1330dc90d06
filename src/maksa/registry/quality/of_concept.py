"""Rules that one concept of a draft shows by itself, or beside what the edition before has of its code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from maksa.editions.content import value_from_text, value_text
from maksa.intake.sentences import shown
from maksa.model.concept import Concept, PropertyType, Terminology
from maksa.model.jalali import format_jalali
from maksa.model.persian import title_key
from maksa.registry.quality.rules import Rule, Values
from maksa.registry.requests.title_likeness import alike, see
from maksa.text import Text

_INVISIBLE = "\u200b\u200c\u200d"
_STRAY = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd\ue000-\uf8ff]")
_ARABIC = re.compile("[\u0643\u064a]")
_PERSIAN = re.compile("[\u06a9\u06cc]")
_COMPARED = 4
"""Titles of a code that are compared with those it had."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A concept of a draft, its property values still texts; what the edition before has of its code; the list.

    `types` gives the type of each property that the list defines.
    """

    concept: Concept
    before: Concept | None
    terminology: Terminology
    types: Mapping[str, PropertyType]


def malformed_code(seen: Seen, _rule: Rule) -> Iterator[Values]:
    """Find a code that cannot be one of the list; what was published before stays as it is."""
    form = seen.terminology.code_form
    if seen.before is None and not form.fits(seen.concept.code):
        yield {"like": form.example or form.pattern or form.check or ""}


def empty_title(seen: Seen, _rule: Rule) -> Iterator[Values]:
    """Find a title of which nothing can be seen."""
    if not seen.concept.display.strip().strip(_INVISIBLE):
        yield {}


def property_type(seen: Seen, _rule: Rule) -> Iterator[Values]:
    """Find a value that cannot be read as its type."""
    concept = seen.concept
    for prop in (*concept.properties, *(p for variant in concept.variants for p in variant.properties)):
        kind = seen.types.get(prop.code, "string")
        if kind not in {"string", "code"} and not _is_of(str(prop.value), kind):
            yield {"property": prop.code, "value": shown(str(prop.value)), "type": kind}


def date_order(seen: Seen, _rule: Rule) -> Iterator[Values]:
    """Find a last day before the first, or a window that closes before the last day."""
    concept = seen.concept
    days = [
        (Text("نخستین روز آن", "its first day"), concept.effective_from),
        (Text("واپسین روز آن", "its last day"), concept.effective_to),
        (Text("پایان مهلت گذار آن", "the end of its window"), concept.transition_until),
    ]
    known = [(name, day) for name, day in days if day is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            yield {
                "earlier": earlier,
                "earlier_day": day_word(first),
                "later": later,
                "later_day": day_word(second),
            }


def meaning_changed(seen: Seen, rule: Rule) -> Iterator[Values]:
    """Find a code that comes back under a wholly different title, whatever its other titles."""
    concept, before = seen.concept, seen.before
    if before is None or concept.display == before.display:
        return
    now, then = dict.fromkeys(concept.titles()), dict.fromkeys(before.titles())
    if not {title_key(title) for title in now}.isdisjoint(title_key(title) for title in then):
        return
    likeness = max(
        alike(see(one), see(other)).points for one in [*now][:_COMPARED] for other in [*then][:_COMPARED]
    )
    if likeness < rule.parameters["alike_below"]:
        yield {"before": shown(before.display), "title": shown(concept.display)}


def sharp_change(seen: Seen, rule: Rule) -> Iterator[Values]:
    """Find a decimal value that grew or shrank beyond a factor, or came from or to nought."""
    if seen.before is None:
        return
    for definition in seen.terminology.properties:
        if definition.type != "decimal":
            continue
        now, then = seen.concept.values(definition.code), seen.before.values(definition.code)
        if len(now) != 1 or len(then) != 1 or not _is_of(str(now[0]), "decimal"):
            continue
        after, before = Decimal(str(now[0])), Decimal(value_text(then[0]))
        low, high = sorted((abs(after), abs(before)))
        if after != before and (low == 0 or high > low * rule.parameters["factor"]):
            yield {"property": definition.title, "before": f"{before:f}", "after": f"{after:f}"}


def stray_character(seen: Seen, _rule: Rule) -> Iterator[Values]:
    """Find a title with a character that controls or turns and is not seen; once a code."""
    for title in seen.concept.titles():
        found = _STRAY.search(title)
        if found is not None:
            name = unicodedata.name(found[0], "control character")
            yield {"character": f"U+{ord(found[0]):04X} ({name})", "title": shown(title)}
            return


def long_title(seen: Seen, rule: Rule) -> Iterator[Values]:
    """Find a title that is too long for one; once a code."""
    for title in seen.concept.titles():
        if len(title) > rule.parameters["most"]:
            yield {"length": str(len(title)), "title": shown(title)}
            return


def mixed_letters(seen: Seen, _rule: Rule) -> Iterator[Values]:
    """Find a title with the ye or kaf of both alphabets; once a code."""
    for title in seen.concept.titles():
        if _ARABIC.search(title) and _PERSIAN.search(title):
            yield {"title": shown(title)}
            return


ConceptRule = Callable[[Seen, Rule], Iterator[Values]]
CONCEPT_RULES: Mapping[str, ConceptRule] = {
    "malformed-code": malformed_code,
    "empty-title": empty_title,
    "property-type": property_type,
    "date-order": date_order,
    "meaning-changed": meaning_changed,
    "sharp-change": sharp_change,
    "stray-character": stray_character,
    "long-title": long_title,
    "mixed-letters": mixed_letters,
}


def day_word(day: date) -> Text:
    """Write a day for both readers."""
    return Text(format_jalali(day), day.isoformat())


def _is_of(text: str, kind: PropertyType) -> bool:
    if kind == "boolean":
        return text in {"true", "false"}
    try:
        value = value_from_text(text, kind)
    except (ValueError, ArithmeticError):
        return False
    return not isinstance(value, Decimal) or value.is_finite()
