"""Units of quantities: the words of SEPAS, and codes of UCUM by their grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from maksa.prescriptions.rules.records import Units

MAX_UNIT = 60
"""Characters of a unit; the longest of laboratory results has some twenty."""
_ANNOTATION = re.compile(r"\{[!-z|~]*\}")
_FACTOR = re.compile(r"[1-9][0-9]{0,8}\Z")
_EXPONENT = re.compile(r"(?P<atom>.*?[^0-9+-])(?P<power>[+-]?[1-9][0-9]?)\Z")
_TEN = re.compile(r"10[*^][+-]?[1-9][0-9]?\Z")
_LITRE = re.compile(r"l(?![^./()])")
_SPLIT = re.compile(r"[./()]")


@lru_cache(maxsize=2_000)
def is_unit(text: str, units: Units) -> bool:
    """Tell whether a text is a unit: a word of SEPAS, or a well-formed code of UCUM made of known atoms.

    Source: UCUM 2.1, sections 2 to 11; special functions are not known here.
    """
    if text in units.words:
        return True
    if not text or len(text) > MAX_UNIT or not text.isascii():
        return False
    if text.count("(") != text.count(")"):
        return False
    annotated = _ANNOTATION.sub("\x01", text)
    terms = _SPLIT.split(annotated)
    if text.startswith("/"):
        terms = terms[1:]
    return any(terms) and all(_is_component(term, units) for term in terms if term or not _grouped(annotated))


def other_case(text: str, units: Units) -> str | None:
    """Give the one unit of which this is another case (`mg/dl` of `mg/dL`); None when it is none, or of several."""
    if len(text) > MAX_UNIT:
        return None
    found = {spelling for spelling in _cases(text, units) if spelling != text and is_unit(spelling, units)}
    return found.pop() if len(found) == 1 else None


def _cases(text: str, units: Units) -> Iterator[str]:
    """Yield the spellings of a unit in which each part has the case that SEPAS writes."""
    folded = text.strip().casefold()
    for word in units.words:
        if word.casefold() == folded:
            yield word
            return
    parts = re.split(r"([./()])", text.strip())
    usual = {unit.casefold(): unit for unit in _USUAL}
    yield _LITRE.sub("L", text.strip())
    yield "".join(usual.get(part.casefold(), part) for part in parts)


_USUAL = (
    "mg", "mL", "dL", "L", "g", "kg", "ug", "ng", "pg", "uL", "fL", "mmol", "umol", "nmol", "mol", "meq", "eq",
    "[iU]", "U", "mU", "h", "min", "s", "d", "wk", "mo", "a", "cm", "mm", "m", "mm[Hg]", "Cel", "10*6", "10*3", "10*9",
)  # fmt: skip
"""Units that prescriptions use; only among them is another case understood."""


def _grouped(text: str) -> bool:
    return "(" in text


def _is_component(term: str, units: Units) -> bool:
    if term == "\x01":
        return True
    term = term.removesuffix("\x01")
    if not term or "\x01" in term:
        return False
    if _FACTOR.match(term) or _TEN.match(term) or _is_atom(term, units):
        return True
    powered = _EXPONENT.match(term)
    return powered is not None and _is_atom(powered["atom"], units)


def _is_atom(atom: str, units: Units) -> bool:
    if atom in units.metric or atom in units.plain:
        return True
    return any(atom.startswith(prefix) and atom[len(prefix) :] in units.metric for prefix in units.prefixes)
