"""What speaks for a candidate and against it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maksa.model.strength import Strength
from maksa.model.translation import MapMatch
from maksa.text import Text

_SHOWN = 6


def same_title(title: str) -> Text:
    """Say that two titles are the same to a reader."""
    return Text(f"عنوان یکی است: «{title}»", f"the same title: '{title}'")


def shared_words(words: Sequence[str], sounding: Sequence[str]) -> Text:
    """Say which words two titles share, the rarest first, and which only sound alike."""
    fa, en = "، ".join(words[:_SHOWN]), ", ".join(words[:_SHOWN])
    alike = ", ".join(sounding[:_SHOWN])
    said_fa = [f"واژه‌های مشترک: {fa}"] if words else []
    said_en = [f"shared words: {en}"] if words else []
    if sounding:
        said_fa.append(f"هم‌آوا: {alike}")
        said_en.append(f"sound alike: {alike}")
    return Text("؛ ".join(said_fa), "; ".join(said_en))


def same(what: Text, values: Iterable[str]) -> Text:
    """Say that both titles have the same strengths, forms or routes."""
    shown = ", ".join(sorted(values))
    return Text(f"{what.fa} یکی است: {shown}", f"the same {what.en}: {shown}")


def other(what: Text, source: Iterable[str], target: Iterable[str]) -> Text:
    """Say that the titles differ in strengths, forms or routes."""
    left, right = ", ".join(sorted(source)), ", ".join(sorted(target))
    return Text(f"{what.fa} یکی نیست: {left} و {right}", f"another {what.en}: {left} and {right}")


def strength_word(strength: Strength) -> str:
    """Write a strength: exactly, as a fraction where it has no end."""
    per = f"/{strength.per}" if strength.per else ""
    return f"{strength.amount} {strength.unit}{per}"


def number(loinc: str) -> Text:
    """Say that both carry one LOINC number."""
    return Text(f"شمارهٔ LOINC هر دو {loinc} است", f"both have the LOINC number {loinc}")


def same_code(code: str) -> Text:
    """Say that the code stands in both lists, which may be chance."""
    return Text(f"کد {code} در هر دو فهرست هست", f"the code {code} stands in both lists")


def made_of(code: str, inside: str) -> Text:
    """Say that a code is made of the other one and an index."""
    return Text(
        f"کد {code} از {inside} و یک شماره ساخته شده است", f"the code {code} is made of {inside} and an index"
    )


def by_hops(first: MapMatch, second: MapMatch) -> Text:
    """Say by which two maps, and through which code, one leads to the other."""
    through = "" if first.target is None else f"{first.target.terminology} {first.target.code}"
    maps = f"{first.map.terminology}, {second.map.terminology}"
    return Text(f"دو نگاشت از راه {through}: {maps}", f"two maps through {through}: {maps}")
