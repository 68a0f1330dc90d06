"""Every sentence of maps and relative values that is no issue of a code, Persian and English side by side."""

from __future__ import annotations

from collections.abc import Sequence

from maksa.errors import TooLarge, UnknownTerminology
from maksa.model.verdict import Coding
from maksa.terminology.refusals import named, shown
from maksa.text import Text


def no_map_of(source: str, target: str | None, held: Sequence[tuple[str, str, str]]) -> Text:
    """Say that no map has a source (or leads from it to a target); `held` are map, source and target of each."""
    to = Text("", "") if target is None else Text(f" به {target}", f" to {target}")
    what = Text(f"هیچ نگاشتی از {source}{to.fa} در این‌جا نیست.", f"No map from {source}{to.en} is held here.")
    if not held:
        return what
    ends = {source, target}
    held = sorted(held, key=lambda one: ends.isdisjoint(one[1:]))  # Those that touch either list first.
    fa = named([f"{name} (از {start} به {end})" for name, start, end in held])
    en = named([f"{name} (from {start} to {end})" for name, start, end in held])
    return Text(f"{what.fa} نگاشت‌های موجود: {fa.fa}.", f"{what.en} Maps held: {en.en}.")


def no_row_of(source: Coding, maps: Sequence[str]) -> Text:
    """Say that the maps that were asked have no row for a code."""
    names = named(maps)
    return Text(
        f"کد {shown(source.code)} از {source.terminology} در هیچ‌یک از این نگاشت‌ها ردیفی ندارد: {names.fa}.",
        f"The code {shown(source.code)} of {source.terminology} has no row in these maps: {names.en}.",
    )


def list_says(coding: Coding, book: str, codes: Sequence[str]) -> Text:
    """Say that the list itself names codes of the book for a concept, which no map confirms."""
    names = named(codes)
    return Text(
        f"فهرست {coding.terminology} خود برای این کد در {book} نوشته است: {names.fa}؛ همان را از {book} بپرسید.",
        f"The list {coding.terminology} itself names for this code in {book}: {names.en}; ask {book} for it.",
    )


def no_coefficients(list_id: str) -> UnknownTerminology:
    """Refuse to compute amounts while no coefficients are held."""
    return UnknownTerminology(
        Text(
            f"فهرست ضریب‌های ریالی ({list_id}) در این‌جا نیست.",
            f"The list of rial coefficients ({list_id}) is not held here.",
        ),
        mend=Text(
            f"آن را با --profile {list_id} وارد کنید، یا ارزش نسبی را بدون ضریب بپرسید.",
            f"Import it with --profile {list_id}, or ask for the relative value without coefficients.",
        ),
    )


def too_many_coefficients(list_id: str, most: int) -> TooLarge:
    """Refuse coefficients that are more than any sheet of a year, or that cannot be told apart."""
    return TooLarge(
        Text(
            f"ضریب‌های {list_id}، یا حالت‌هایی که از آن‌ها برمی‌آید، بیش از {most} است.",
            f"The coefficients of {list_id}, or the cases that they make, are more than {most}.",
        ),
        mend=Text(
            "ضریب‌های یک سال را با بخش و جزء روشن وارد کنید.",
            "Import the coefficients of one year, each with a clear sector and component.",
        ),
    )
