"""The codes of a list that are near to what was sent: offers, of which only a certain one is a suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from maksa.model.concept import Concept
from maksa.model.persian import ascii_digits, fold
from maksa.model.provider import ConceptFilter, Hit, Provider
from maksa.model.verdict import Coding
from maksa.terminology.bounds import MAX_ID, MAX_QUERY, MAX_VALUE
from maksa.terminology.carriers import carrying

MOST = 5
"""Candidates of an issue."""
_NEIGHBOURS_UP_TO = 20  # Characters; every digit costs nine reads, and no code of the field is longer.
_PREFIX_FROM = 3
_LETTERS_FROM = 3  # Fewer say nothing: `1` and `x` begin or are too many titles.
_CHAIN = 8  # Replacements that are followed; a longer chain is a circle or a mistake.


@dataclass(frozen=True, slots=True)
class Near:
    """What is offered: one coding when it is certain, and others worth a look, best first."""

    certain: Coding | None
    candidates: tuple[Coding, ...]


def coding(provider: Provider, concept: Concept) -> Coding:
    """Give a concept as it is offered."""
    return Coding(provider.terminology.id, concept.code, concept.display)


def offer(provider: Provider, code: str, day: date) -> Coding | None:
    """Give a code as an offer; None when the list does not have it, or it may not be used on the day."""
    concept = provider.concept(code)
    if concept is None or concept.not_selectable or concept.status_on(day) != "active":
        return None
    return coding(provider, concept)


def titled(provider: Provider, title: str | None, day: date, *, but: str | None = None) -> Near:
    """Offer the codes with exactly this title; a single one is certain."""
    if title is None or len(title) > MAX_VALUE:
        return Near(None, ())
    codes = [code for code in provider.titled(title, limit=MOST + 1) if code != but]
    offers = [offered for code in codes if (offered := offer(provider, code, day)) is not None]
    if len(codes) == len(offers) == 1:
        return Near(offers[0], ())
    return Near(None, tuple(offers[:MOST]))


def nearest(provider: Provider, code: str | None, value: str | None, day: date) -> Near:
    """Offer what an unknown or empty code may have meant: by title, by spelling, by neighbours, by words.

    Cost: some 200 index reads for a code of 16 digits, none when titles and spellings give five.
    """
    by_title = titled(provider, value, day)
    if by_title.certain is not None:
        return by_title
    candidates: dict[str, Coding] = {offered.code: offered for offered in by_title.candidates}
    for near_code in _near_codes(provider, code, value):
        if len(candidates) == MOST:
            break
        if near_code not in candidates and (offered := offer(provider, near_code, day)) is not None:
            candidates[near_code] = offered
    return Near(None, tuple(candidates.values()))


def replacement(provider: Provider, concept: Concept, day: date) -> Near:
    """Offer the code that replaces a retired one, by as many steps as it takes to one that holds."""
    following: Concept | None = concept
    for _ in range(_CHAIN):
        code = following.replaced_by if following is not None else None
        if code is None:
            break
        offered = offer(provider, code, day)
        if offered is not None:
            return Near(offered, ())
        following = provider.concept(code)
    return Near(None, ())


def _near_codes(provider: Provider, code: str | None, value: str | None) -> Iterator[str]:
    if code is not None and len(code) <= MAX_ID:
        yield from provider.recognise(code)
        yield from carrying(provider, code)
        if _has_words(code):
            yield from provider.titled(code, limit=MOST)
        plain = ascii_digits(code).strip()
        if len(plain) <= _NEIGHBOURS_UP_TO:
            yield from _one_digit_off(plain)
            yield from _same_beginning(provider, plain)
    if value is not None:
        yield from _by_words(provider, value)


def _one_digit_off(code: str) -> Iterator[str]:
    """Yield codes with two neighbours transposed, then with one digit changed."""
    for place in range(len(code) - 1):
        if code[place] != code[place + 1]:
            yield code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    for place, digit in enumerate(code):
        if digit.isascii() and digit.isdigit():
            yield from (code[:place] + other + code[place + 1 :] for other in "0123456789" if other != digit)


def _same_beginning(provider: Provider, code: str) -> Iterator[str]:
    """Yield a few codes that begin as this one does, without its last character or two, or go on from it."""
    everything = ConceptFilter(day=date.max)
    for beginning in (code, code[:-1], code[:-2]):
        if len(beginning) >= _PREFIX_FROM:
            page = provider.page(everything, after=beginning, limit=MOST)
            yield from (concept.code for concept in page if concept.code.startswith(beginning))


def _by_words(provider: Provider, value: str) -> Iterator[str]:
    """Yield codes whose titles have all words of the value, else its two longest.

    A hit that lacks a word, or was found as if typed with the other keyboard, is no offer.
    """
    words = fold(value[:MAX_QUERY]).split()
    if not _has_words(value):
        return
    longest = sorted(words, key=len, reverse=True)[:2]
    for query in (words, longest):
        if query:
            found = [hit for hit in provider.search(" ".join(query), limit=MOST).hits if _is_plain(hit)]
            yield from (hit.concept.code for hit in found)
            if found:
                return


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text[:MAX_QUERY])) >= _LETTERS_FROM


def _is_plain(hit: Hit) -> bool:
    return hit.how != "partial" and all(repair.kind != "keyboard" for repair in hit.repairs)
