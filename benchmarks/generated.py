"""Concepts made for measuring: as many as asked, the same every time, with names as long as those of the field."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept, Designation, Property, PropertyDefinition, Terminology
from maksa.text import Text

_CONSONANTS = "بپتجچحخدرزسشصطعغفقکگلمنوه"
_VOWELS = ("ا", "ی", "و", "")
_LATIN = ("bra", "cef", "dol", "fen", "gli", "lox", "met", "nor", "pra", "sul", "tri", "vir", "zol", "xan")
_FORMS = ("قرص", "کپسول", "شربت", "آمپول", "پماد", "قطره", "اسپری", "شیاف")

LIST = Terminology(
    id="generated",
    title=Text(fa="فهرست ساختگی سنجش", en="Generated list for measuring"),
    code_form=CodeForm(pattern=r"[0-9]{8}", width=8, example="00000001"),
    properties=(PropertyDefinition("strength", "decimal", Text(fa="قدرت", en="strength")),),
)


def _words(chance: random.Random, count: int) -> list[str]:
    made = {
        "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randint(2, 4)))
        for _ in range(count)
    }
    return sorted(made)


def concepts(count: int, *, seed: int = 1) -> Iterator[Concept]:
    """Yield `count` concepts in the order of their codes: two to five Persian words, a form, a strength.

    The vocabulary has some 60,000 words used with a falling frequency, as words of real lists are.
    """
    chance = random.Random(seed)
    persian = _words(chance, 60_000)
    for number in range(count):
        words = [persian[int(len(persian) * chance.random() ** 3)] for _ in range(chance.randint(2, 5))]
        strength = chance.randint(1, 200) * 5
        latin = "".join(chance.choice(_LATIN) for _ in range(3))
        yield Concept(
            code=f"{number:08d}",
            display=f"{' '.join(words)} {chance.choice(_FORMS)} {strength}",
            designations=(Designation(f"{latin} {strength} mg", "en", "english"),),
            properties=(Property("strength", Decimal(strength)),),
            changed=1,
        )
