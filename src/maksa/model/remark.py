"""What is said to people of a hit that is not plainly what they typed."""

from __future__ import annotations

from maksa.model.provider import Hit, Repair
from maksa.text import Text

_WHY = {
    "spelling": Text(fa="اصلاح املا", en="spelling"),
    "transliteration": Text(fa="برگردان خط", en="transliteration"),
    "synonym": Text(fa="به واژه‌ای دیگر", en="in other words"),
    "keyboard": Text(fa="چیدمان صفحه‌کلید", en="keyboard layout"),
}


def remark_on(hit: Hit) -> Text | None:
    """Say what was repaired and which words a hit lacks; None when it has all words as they were typed."""
    parts = [_repaired(repair) for repair in hit.repairs]
    if hit.left_out:
        missing = "، ".join(f"«{word}»" for word in hit.left_out)
        parts.append(Text(fa=f"بدون {missing}", en=f"without {', '.join(map(repr, hit.left_out))}"))
    if not parts:
        return None
    return Text(fa="؛ ".join(part.fa for part in parts), en="; ".join(part.en for part in parts))


def _repaired(repair: Repair) -> Text:
    why = _WHY[repair.kind]
    return Text(
        fa=f"«{repair.meant}» به جای «{repair.typed}» ({why.fa})",
        en=f"'{repair.meant}' for '{repair.typed}' ({why.en})",
    )
