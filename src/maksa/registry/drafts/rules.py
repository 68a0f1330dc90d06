"""What every draft must keep to, however it came to be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from maksa.errors import BadInput
from maksa.model.concept import Concept, Terminology
from maksa.model.edition import Letter
from maksa.registry.letter_form import checked_letter
from maksa.text import Text


def checked_announcement(letter: Letter | None, *, sample: bool) -> Letter | None:
    """Give the letter that announces an edition in its checked form. Raises: BadInput (of a sample; the letter itself)."""
    if letter is None:
        return None
    if sample:
        raise BadInput(
            Text(
                fa="نمونه را نامه‌ای ابلاغ نمی‌کند: «نمونه» و «نامه» با هم داده شده‌اند.",
                en="No letter announces a sample: a sample and a letter are both given.",
            ),
            mend=Text(fa="یکی از آن دو را بردارید.", en="Leave one of them away."),
        )
    return checked_letter(letter)


def check_concepts(terminology: Terminology, concepts: Sequence[Concept]) -> None:
    """Check concepts in code order: each code once, and no property that the list does not define. Raises: BadInput."""
    for concept, following in pairwise(concepts):
        if concept.code == following.code:
            raise BadInput(
                Text(
                    fa=f"کد «{concept.code}» دو بار آمده است.",
                    en=f"The code '{concept.code}' stands twice.",
                )
            )
    known = {definition.code for definition in terminology.properties}
    for concept in concepts:
        for prop in concept.properties:
            if prop.code not in known:
                raise BadInput(
                    Text(
                        fa=f"ویژگی «{prop.code}» کد «{concept.code}» در فهرست {terminology.id} تعریف نشده است.",
                        en=f"The property '{prop.code}' of code '{concept.code}' is not defined in the list {terminology.id}.",
                    ),
                    known=tuple(sorted(known)),
                )
