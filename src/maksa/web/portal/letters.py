"""The pages of letters: a timeline of all, and one with its chain and what became of its lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response

from maksa.model.edition import ADDRESSEE_KINDS, Letter
from maksa.model.jalali import format_jalali
from maksa.model.letters import CitedLetter, LetterChain, LetterFound
from maksa.web.parts import Parts
from maksa.web.portal.pages import TERMINOLOGY, Pages
from maksa.web.query import Parameter, read_choice, read_query, read_text

PAGE_SIZE = 50


def _read_stub(name: str, text: str) -> bool | None:
    return read_choice("true", "false")(name, text) == "true" if text else None


STUB: Parameter[bool | None] = Parameter(
    "stub", _read_stub, "Letters whose text is not at hand, or the others; empty: all."
)
AFTER: Parameter[str] = Parameter("after", read_text, "The page after the letter of this number.")
_STATES = {
    "as-announced": "همان که ابلاغ شد",
    "changed": "پس از نامه تغییر کرده",
    "not-yet-effective": "هنوز اجرا نشده",
    "withdrawn": "پس گرفته شده",
    "sample": "تنها نمونه",
    "not-held": "در این‌جا نیست",
    "unreadable": "خوانده نمی‌شود",
}
_CHANGES = {
    "added": "افزوده",
    "changed": "دگرگون",
    "retired": "کنارگذاشته",
    "restored": "بازگردانده",
    "removed": "برداشته",
}


@dataclass(frozen=True, slots=True)
class _Link:
    """A letter of a chain, and what ties it to the one shown."""

    relation: str
    cited: CitedLetter


@dataclass(frozen=True, slots=True)
class LetterPages:
    """The endpoints of letters."""

    pages: Pages

    async def timeline(self, parts: Parts, request: Request) -> Response:
        """Show the letters, newest first, year by year."""
        query = read_query(request.scope["query_string"], (TERMINOLOGY, STUB, AFTER))
        stub, terminology = query.get(STUB), (query.get(TERMINOLOGY) or "").strip()
        page = parts.service.letters(
            terminology=terminology or None,
            stub=stub,
            after=query.get(AFTER) or None,
            limit=PAGE_SIZE,
        )
        listed = parts.service.catalogue()
        return self.pages.page(
            parts,
            request,
            "letters.html",
            {
                "found": page,
                "years": [(year, tuple(letters)) for year, letters in groupby(page.letters, key=_year)],
                "stub": "" if stub is None else str(stub).lower(),
                "terminology": terminology,
                "titles": {one.terminology.id: one.terminology.title.fa for one in listed},
                "states": _STATES,
            },
        )

    async def letter(self, parts: Parts, request: Request) -> Response:
        """Show one letter."""
        read_query(request.scope["query_string"], ())
        number = request.path_params["number"]
        found = await parts.ask(partial(parts.service.letter, number), costly=True)
        newer, older = _beside(found.chain)
        return self.pages.page(
            parts,
            request,
            "letter.html",
            {
                "found": found,
                "letter": found.letter,
                "newer": newer,
                "older": older,
                "addressees": _addressees(found.letter),
                "states": _STATES,
                "changes": _CHANGES,
            },
        )


def _year(found: LetterFound) -> str:
    """Give the Jalali year of a letter; empty for one without a day."""
    day = found.letter.date
    return "" if day is None else format_jalali(day).partition("/")[0]


def _beside(chain: LetterChain) -> tuple[Sequence[_Link], Sequence[_Link]]:
    """Give the letters that speak of the one shown, and those that it speaks of, each newest first."""
    newer = [
        *_links("جایگزین این نامه است", chain.superseded_by),
        *_links("از این نامه نام می‌برد", chain.referred_to_by),
    ]
    older = [
        *_links("این نامه جایگزین آن است", chain.supersedes),
        *_links("این نامه از آن نام می‌برد", chain.refers_to),
    ]
    return _newest_first(newer), _newest_first(older)


def _links(relation: str, cited: Sequence[CitedLetter]) -> Iterator[_Link]:
    return (_Link(relation, one) for one in cited)


def _newest_first(links: Sequence[_Link]) -> Sequence[_Link]:
    return sorted(links, key=lambda link: link.cited.date or date.min, reverse=True)


def _addressees(letter: Letter) -> dict[str, list[str]]:
    """Give the names of the addressees by the Persian word for their kind."""
    by_kind: dict[str, list[str]] = {}
    for one in letter.addressees:
        kind = ADDRESSEE_KINDS.get(one.kind)
        by_kind.setdefault(one.kind if kind is None else kind.fa, []).append(one.name)
    return by_kind
