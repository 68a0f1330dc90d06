"""What publishing refuses for fear of loss: an edition of nothing, and one that retires most of a list unasked."""

from __future__ import annotations

from maksa.errors import WrongState
from maksa.registry.drafts.drafts import Draft
from maksa.text import Text

FEW = 1_000
"""Codes that may be retired unasked, whatever their share: the small lists of a centre change as a whole."""


def require_content(draft: Draft) -> None:
    """See that a draft has a code or a mapping. Raises: WrongState."""
    if draft.count == 0:
        raise nothing_usable(draft.name)


def nothing_usable(name: str) -> WrongState:
    """Say that nothing of a source became a code."""
    return WrongState(
        Text(
            fa=f"«{name}» منتشر نمی‌شود: هیچ ردیفی از آن به کار نیامد و کدی ندارد.",
            en=f"'{name}' is not published: no row of its source was usable, so it has no codes.",
        ),
        mend=Text(
            fa="یافته‌های واردکردن را ببینید و فایل، سرستون‌ها یا --profile را درست کنید.",
            en="See the findings of the import, and mend the file, its headers or --profile.",
        ),
    )


def require_few_retired(name: str, base: str, *, retired: int, standing: int) -> None:
    """See that a publish does not retire most of a large list unasked. Raises: WrongState.

    Most is more than half of the codes that the edition before has in use, and at least `FEW` of them.
    """
    if retired >= FEW and retired * 2 > standing:
        raise WrongState(
            Text(
                fa=f"انتشار «{name}» {retired} کد از {standing} کد انتشار «{base}» را منسوخ می‌کند، چون فهرست تازه آن‌ها را ندارد.",
                en=f"Publishing '{name}' would retire {retired} of the {standing} codes of edition '{base}', because the new list lacks them.",
            ),
            mend=Text(
                fa="اگر این تنها بخشی از فهرست است آن را با --partial وارد کنید؛ اگر آن کدها به‌راستی منسوخ می‌شوند، با --retire-missing منتشر کنید.",
                en="If it is a part of the list, import it with --partial; if those codes do end, publish with --retire-missing.",
            ),
        )
