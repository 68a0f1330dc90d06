"""The form of a list's codes: what a code of it can look like, and which spellings mean the same code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from maksa.model.checkdigits import is_loinc, is_national_id, is_snomed_concept

CHECKS: Mapping[str, Callable[[str], bool]] = {
    "loinc-mod10": is_loinc,
    "snomed-verhoeff": is_snomed_concept,
    "national-id-mod11": is_national_id,
}
"""The check digits that a profile may name."""

_NOISE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u0640\ufe58\ufe63\uff0d_]")


def plain_digits(code: str) -> str:
    """Write the digits of any script (Persian, Arabic, full-width, …) as ASCII digits; everything else stays."""
    if code.isascii():
        return code
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in code)


@dataclass(frozen=True, slots=True)
class CodeForm:
    """How codes of a list are made.

    `pattern` is a regular expression that a whole code matches; None says that the form is not known, and
    then any code fits. `check` names one of `CHECKS`. `width` is the fixed number of digits of codes whose
    leading zeros get lost (`817` for `00817`). `example` is shown to people.
    """

    pattern: str | None = None
    check: str | None = None
    width: int | None = None
    example: str | None = None
    fold_case: bool = False

    @property
    def known(self) -> bool:
        """Tell whether anything is known of the form."""
        return self.pattern is not None or self.check is not None

    def fits(self, code: str) -> bool:
        """Tell whether a code can be one of this list; True when the form is not known."""
        return self.fits_pattern(code) and self.check_holds(code)

    def fits_pattern(self, code: str) -> bool:
        """Tell whether length and alphabet are right; True when no pattern is known."""
        return self.pattern is None or re.fullmatch(self.pattern, code) is not None

    def check_holds(self, code: str) -> bool:
        """Tell whether the check digit is right; True when the list has none."""
        return self.check is None or CHECKS[self.check](code)

    def spellings(self, code: str) -> Iterator[str]:
        """Yield the codes that this spelling may mean, nearest first; the first is the code as given.

        Digits of another script, stray spaces and direction marks, other dashes, the Arabic decimal mark, the other case, and lost
        leading zeros are undone. Never more than six.
        """
        seen: set[str] = set()
        for candidate in self._candidates(code):
            if candidate and candidate not in seen:
                seen.add(candidate)
                yield candidate

    def _candidates(self, code: str) -> Iterator[str]:
        yield code
        plain = _DASHES.sub("-", _NOISE.sub("", plain_digits(code)).replace("\u066b", "."))
        yield plain
        yield plain.upper()
        yield plain.lower()
        if self.width and plain.isdigit() and plain.isascii() and len(plain) < self.width:
            yield plain.zfill(self.width)
        if plain.endswith(".0") and plain[:-2].isdigit():  # What a spreadsheet makes of a number.
            yield plain[:-2].zfill(self.width or 0)
