"""Pure builders of the answers about letters; the command line prints the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from maksa.model.edition import EditionRef, Letter
from maksa.model.letters import AnnouncedList, CitedLetter, LetterChain, LetterFound, LettersPage
from maksa.web.api import build
from maksa.web.api import letters_wire as wire

IsSample = Callable[[EditionRef], bool]


def letters_answer(page: LettersPage, is_sample: IsSample) -> wire.LettersAnswer:
    """Write a page of letters."""
    return wire.LettersAnswer(
        total=page.total,
        items=tuple(wire.ListedLetter(**_fields(found)) for found in page.letters),
        next_after=page.next_after,
        editions=build.editions(_editions(page.letters), is_sample),
    )


def letter_answer(found: LetterFound, is_sample: IsSample) -> wire.LetterAnswer:
    """Write one letter."""
    return wire.LetterAnswer(
        **_fields(found),
        text=found.letter.text,
        chain=_chain(found.chain),
        editions=build.editions(_editions([found]), is_sample),
    )


def _fields(found: LetterFound) -> dict[str, Any]:
    letter = found.letter
    plain = build.letter(letter)
    return {name: getattr(plain, name) for name in plain.__struct_fields__} | {
        "attachments": tuple(_files(letter)),
        "addressees": tuple(wire.AddresseeOut(one.kind, one.name) for one in letter.addressees),
        "announces": tuple(wire.AnnouncesOut(name, edition) for name, edition in letter.announces),
        "lists": tuple(map(_list, found.lists)),
    }


def _files(letter: Letter) -> Iterator[wire.FileOut]:
    place = f"{build.PREFIX}/letters/{quote(letter.number, safe='')}/attachments"
    for one in letter.attachments:
        yield wire.FileOut(one.name, one.size, one.hash, f"{place}/{quote(one.name, safe='')}")


def _list(one: AnnouncedList) -> wire.AnnouncedListOut:
    return wire.AnnouncedListOut(
        terminology=one.terminology,
        kind=one.kind,
        title=None if one.title is None else build.title(one.title),
        named=one.named,
        state=one.state,
        text=build.title(one.text),
        announced=None if one.announced is None else one.announced.edition,
        in_force=None if one.in_force is None else one.in_force.edition,
        changes=None if one.changes is None else dict(one.changes),
        diff=_diff(one),
    )


def _diff(one: AnnouncedList) -> str | None:
    """Give where the difference of the announced edition and the one in force is told."""
    if not one.comparable or one.announced is None or one.in_force is None:
        return None
    ends = urlencode({"from": one.announced.edition, "to": one.in_force.edition})
    return f"{build.PREFIX}/terminologies/{quote(one.terminology, safe='')}/diff?{ends}"


def _chain(chain: LetterChain) -> wire.ChainOut:
    return wire.ChainOut(
        tuple(map(_cited, chain.supersedes)),
        tuple(map(_cited, chain.superseded_by)),
        tuple(map(_cited, chain.refers_to)),
        tuple(map(_cited, chain.referred_to_by)),
    )


def _cited(cited: CitedLetter) -> wire.CitedOut:
    return wire.CitedOut(cited.number, build.day(cited.date), cited.subject, cited.recorded, cited.stub)


def _editions(letters: Iterable[LetterFound]) -> Iterator[EditionRef | None]:
    for found in letters:
        for one in found.lists:
            yield from (one.announced, one.in_force)
