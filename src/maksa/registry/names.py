"""What a list and an edition may be called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from maksa.errors import BadInput, WrongState
from maksa.text import Text

_MAX_ID = 128
_MAX_EDITION = 64
_ZERO_WIDTH_NON_JOINER = "\u200c"


def check_terminology_id(terminology: str, held: Iterable[str]) -> None:
    """Check the id of a list against its form and the ids that are held.

    Raises: BadInput (form), WrongState (a held id differs from it in letter case only).
    """
    if not _fits(terminology, _MAX_ID):
        raise _bad_name("شناسهٔ فهرست", "id of a list", terminology, _MAX_ID)
    for other in held:
        if other != terminology and other.casefold() == terminology.casefold():
            raise WrongState(
                Text(
                    fa=f"فهرست «{terminology}» پذیرفته نمی‌شود: «{other}» هست و تنها در بزرگی و کوچکی حرف‌ها فرق دارد.",
                    en=f"The list '{terminology}' is refused: '{other}' is held and differs in letter case only.",
                ),
                mend=Text(fa=f"شناسهٔ «{other}» را به کار ببرید.", en=f"Use the id '{other}'."),
                known=(other,),
            )


def check_edition_name(edition: str) -> None:
    """Check the name of an edition: 1-64 characters, no slashes and control characters. Raises: BadInput."""
    if not _fits(edition, _MAX_EDITION):
        raise _bad_name("نام انتشار", "name of an edition", edition, _MAX_EDITION)


def _fits(name: str, limit: int) -> bool:
    return (
        0 < len(name) <= limit
        and name == name.strip()
        and name not in {".", ".."}
        and not any(
            c in "/\\" or (unicodedata.category(c)[0] == "C" and c != _ZERO_WIDTH_NON_JOINER) for c in name
        )
    )


def _bad_name(what_fa: str, what_en: str, name: str, limit: int) -> BadInput:
    shown = name[:40].encode("ascii", "backslashreplace").decode() if not name.isprintable() else name[:40]
    return BadInput(
        Text(fa=f"«{shown}» {what_fa} نمی‌شود.", en=f"'{shown}' cannot be the {what_en}."),
        mend=Text(
            fa=f"1 تا {limit} نویسه، بی خط کج، نویسهٔ کنترلی و فاصله در دو سر.",
            en=f"Use 1 to {limit} characters without slashes, control characters and spaces at the ends.",
        ),
    )
