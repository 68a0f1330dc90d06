"""What a row says between the lines: glued titles, LOINC numbers inside codes, modality, anatomy, section."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from maksa.intake.draft_concept import DraftConcept
from maksa.intake.imaging_words import anatomy_of, modality_of
from maksa.intake.ledger import Remark
from maksa.intake.sentences import fake_loinc, loinc_disagrees
from maksa.model.checkdigits import is_loinc, is_snomed_concept, mod10

_GLUED_NUMBER = re.compile(r"([0-9]{6}-[0-9]{3}|[0-9]{1,7}-[0-9]|[0-9]{6,18})\s*-\s*(?=\S)")
_BEFORE_LATIN = re.compile(r"[\u0600-\u06ff](?=[\x20-\x7e]*\Z)")
_LATIN_PART = re.compile(r"(\s*+(?:[(\[][^()\[\]]*+[)\]])?)\s*+-\s*+([A-Za-z].+)\Z", re.DOTALL)
_ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_SERVICE_CODE = re.compile(r"([01][0-9]{5})-([0-9])[0-9]{2}\Z")
_SERVICE = re.compile(r"[0-9]{6}(?:\.[0-9]+)?\Z")
_LOINC_FORM = re.compile(r"[0-9]{1,7}-[0-9]\Z")


class Derivation(NamedTuple):
    """A step: what it does to a row (giving remarks), and the properties that it may add."""

    apply: Callable[[DraftConcept], list[Remark]]
    gives: tuple[str, ...]


def split_titles(draft: DraftConcept) -> list[Remark]:
    """Split `36156-8-ام آر آي …-MR Chest …` into number, Persian and English; the published title stays."""
    remarks: list[Remark] = []
    for title in draft.titles():
        rest = title
        match = _GLUED_NUMBER.match(title)
        if match:
            number = match[1]
            if _LOINC_FORM.match(number):
                remarks += _take_loinc(draft, number)
                rest = title[match.end() :]
            elif is_snomed_concept(number):
                draft.give("snomed", number)
                rest = title[match.end() :]
            elif number == draft.code:
                rest = title[match.end() :]
        _designate_parts(draft, rest, glued=rest is not title)
    return remarks


def _designate_parts(draft: DraftConcept, title: str, *, glued: bool) -> None:
    persian, english = _parts_of(title)
    if english:
        draft.designate(persian, "fa", "persian")
        draft.designate(english, "en", "english")
    elif glued and _ARABIC_LETTER.search(title):
        draft.designate(title.strip(), "fa", "persian")
    elif glued:
        draft.designate(title.strip(), "en", "english")


def _parts_of(title: str) -> tuple[str, str]:
    """Part a title at the hyphen between its Persian and its Latin end; the second part is empty without one."""
    last = _BEFORE_LATIN.search(title)
    latin = _LATIN_PART.match(title, last.end()) if last else None
    if latin is None or sum(map(str.isalpha, latin[2])) < 2:
        return title, ""
    return title[: latin.end(1)].strip(), latin[2].strip()


def _take_loinc(draft: DraftConcept, number: str) -> list[Remark]:
    if not is_loinc(number):
        return [fake_loinc(draft.code, number, f"{number[:-1]}{mod10(number[:-2])}")]
    held = [str(prop.value) for prop in draft.properties if prop.code == "loinc"]
    if held and number not in held:
        return [loinc_disagrees(draft.code, held[0], number)]
    draft.give("loinc", number)
    return []


def loinc_of_code(draft: DraftConcept) -> list[Remark]:
    """Read the LOINC number that a code holds: `036156-800` is 36156-8, and `1558-6` is itself.

    A code that begins with 1 may be of section 1 of the RVU book too: there a wrong check digit says nothing.
    """
    if _LOINC_FORM.match(draft.code):
        return _take_loinc(draft, draft.code)
    match = _SERVICE_CODE.match(draft.code)
    if not match:
        return []
    number = f"{match[1].lstrip('0')}-{match[2]}"
    if match[1].startswith("1") and not is_loinc(number):
        return []
    return _take_loinc(draft, number) if _LOINC_FORM.match(number) else []


def find_modality(draft: DraftConcept) -> list[Remark]:
    """Read the modality from the titles, where no column says it."""
    if not draft.has("modality"):
        modality = modality_of(draft.titles())
        if modality is not None:
            draft.give("modality", modality)
    return []


def find_anatomy(draft: DraftConcept) -> list[Remark]:
    """Read the parts of the body from the titles of an imaging service, where no column says them."""
    if draft.has("modality") and not draft.has("anatomy"):
        for part in anatomy_of(draft.titles()):
            draft.give("anatomy", part)
    return []


def find_section(draft: DraftConcept) -> list[Remark]:
    """Read the section of the RVU book: the first digit of a service's code; a modifier stands in none."""
    if _SERVICE.match(draft.code):
        draft.give("section", draft.code[:1])
    return []


DERIVATIONS: Mapping[str, Derivation] = {
    "glued-title": Derivation(split_titles, ("loinc", "snomed")),
    "loinc": Derivation(loinc_of_code, ("loinc",)),
    "modality": Derivation(find_modality, ("modality",)),
    "anatomy": Derivation(find_anatomy, ("anatomy",)),
    "section": Derivation(find_section, ("section",)),
}
"""The steps by the names that profiles use; they run in the order in which a profile names them."""
