"""Which letters are recorded; and one letter with those beside it and what became of its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from maksa.model.edition import Letter
from maksa.model.jalali import today
from maksa.model.letters import CitedLetter, LetterChain, LetterFound, LettersPage
from maksa.model.persian import ascii_digits
from maksa.terminology.announced import announced_lists
from maksa.terminology.bounds import check_limit, sound
from maksa.terminology.refusals import unknown_after, unknown_letter
from maksa.terminology.resolve import Resolver

MAX_NUMBER = 40
"""Characters of a letter's number."""


def letters(
    resolver: Resolver,
    *,
    terminology: str | None = None,
    since: date | None = None,
    stub: bool | None = None,
    after: str | None = None,
    limit: int = 100,
    on: date | None = None,
) -> LettersPage:
    """Give a page of the recorded letters, newest first, those without a day last.

    `terminology` keeps those that announce a list, `since` those issued on that day or later, `stub` those whose
    text is (not) at hand; `after` is the number of the last letter of the page before.
    Raises: UnknownTerminology, BadParameter.
    """
    check_limit(limit)
    held = resolver.library.all_letters()
    newest = tuple(reversed(held))
    name = None if terminology is None else _list_name(resolver, terminology, held)
    kept = [letter for letter in newest if _is_kept(letter, name, since, stub)]
    rest = kept
    if after is not None:
        before = set(_up_to(newest, after))
        rest = [letter for letter in kept if letter.number not in before]
    page = rest[:limit]
    return LettersPage(
        total=len(kept),
        letters=tuple(_found(resolver, letter, on, counted=False) for letter in page),
        next_after=page[-1].number if len(rest) > limit else None,
    )


def letter(resolver: Resolver, number: str, *, on: date | None = None) -> LetterFound:
    """Give one letter, with what changed in its lists counted. Raises: UnknownLetter naming near ones."""
    written = written_number(number)
    found = resolver.library.letter(written) if len(written) <= MAX_NUMBER else None
    if found is None:
        raise unknown_letter(number, [one.number for one in resolver.library.all_letters()])
    return _found(resolver, found, on, counted=True)


def written_number(number: str) -> str:
    """Give a number as records write it: digits in ASCII, without spaces around it."""
    return ascii_digits(sound(number)).strip()


def _found(resolver: Resolver, letter: Letter, on: date | None, *, counted: bool) -> LetterFound:
    held = resolver.library.all_letters()
    day = today() if on is None else on
    lists = announced_lists(resolver, letter, held, day, counted=counted)
    return LetterFound(letter, _chain(letter, held), lists)


def _chain(letter: Letter, held: Sequence[Letter]) -> LetterChain:
    known = {one.number: one for one in held}

    def cited(numbers: Sequence[str]) -> tuple[CitedLetter, ...]:
        return tuple(_cited(number, known.get(number)) for number in numbers)

    return LetterChain(
        supersedes=cited(letter.supersedes),
        superseded_by=cited(letter.superseded_by),
        refers_to=cited(letter.refers_to),
        referred_to_by=cited([one.number for one in held if letter.number in one.refers_to]),
    )


def _cited(number: str, letter: Letter | None) -> CitedLetter:
    if letter is None:
        return CitedLetter(number)
    return CitedLetter(number, letter.date, letter.subject, recorded=True, stub=letter.stub)


def _list_name(resolver: Resolver, sent: str, held: Sequence[Letter]) -> str:
    """Give the id of a list: one that is known here, or that a letter announces."""
    folded = sound(sent).strip().casefold()
    announced = {name.casefold(): name for letter in held for name, _ in letter.announces}
    return resolver.recognised(sound(sent)) or announced.get(folded) or resolver.canonical(sound(sent))


def _is_kept(letter: Letter, name: str | None, since: date | None, stub: bool | None) -> bool:  # noqa: FBT001 - None is a third value.
    return (
        (name is None or any(terminology == name for terminology, _ in letter.announces))
        and (since is None or (letter.date is not None and letter.date >= since))
        and (stub is None or letter.stub is stub)
    )


def _up_to(newest: Sequence[Letter], after: str) -> Iterator[str]:
    """Yield the numbers of the letters up to one of them. Raises: BadParameter when there is none of its number."""
    wanted = written_number(after)
    for letter in newest:
        yield letter.number
        if letter.number == wanted:
            return
    raise unknown_after(after)
