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
_DRAWS = 1 << 16
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

    The vocabulary has some 60,000 words used with a falling frequency, as words of real lists are. What a concept
    is made of is drawn from tables, so that making it costs little beside writing it.
    """
    chance = random.Random(seed)
    persian = _words(chance, 60_000)
    drawn = [persian[int(len(persian) * (place / _DRAWS) ** 3)] for place in range(_DRAWS)]
    latin = ["".join(chance.choice(_LATIN) for _ in range(3)) for _ in range(_DRAWS)]
    strengths = [(str(step * 5), Property("strength", Decimal(step * 5))) for step in range(1, 257)]
    for number in range(count):
        bits = chance.getrandbits(112)
        words = [drawn[(bits >> 16 * place) & 0xFFFF] for place in range(2 + (bits >> 110))]
        strength, prop = strengths[(bits >> 96) & 0xFF]
        yield Concept(
            code=f"{number:08d}",
            display=f"{' '.join(words)} {_FORMS[(bits >> 104) & 7]} {strength}",
            designations=(Designation(f"{latin[(bits >> 80) & 0xFFFF]} {strength} mg", "en", "english"),),
            properties=(prop,),
            changed=1,
        )
