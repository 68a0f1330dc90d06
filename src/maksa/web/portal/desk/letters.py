"""The page that records a letter, and the files that came with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from starlette.responses import Response

from maksa.errors import BadParameter, MaksaError, NotAllowed
from maksa.model.edition import ADDRESSEE_KINDS, Addressee, Letter
from maksa.model.jalali import parse_day
from maksa.text import Text
from maksa.web.desk import letters as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk.visit import Visit, go_to

_FIELDS = (
    *("number", "date", "subject", "signatory", "supersedes", "refers_to"),
    *("announces", "addressees", "remark", "text", "stub"),
)
_MOST = 1024 * 1024
Given = Mapping[str, str]


async def blank(visit: Visit) -> Response:
    """Show the forms that record a letter and a file of one."""
    visit.query()
    return await _show(visit)


async def record(visit: Visit) -> Response:
    """Record a letter, and show it."""
    given = {name: value.strip() for name, value in (await visit.form(_FIELDS, most=_MOST)).items()}
    try:
        letter, announces = _letter(given), [*_announces(given)]
        kept = await visit.do(lambda acting: desk.record(acting, letter, announces))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, typed=given, wrong=wrong)
    return go_to(_path_of(kept.number))


async def attach(visit: Visit) -> Response:
    """Keep a file of a recorded letter, and show the letter."""
    given, file = await visit.file_form(("number",))
    number = given.get("number", "").strip()
    try:
        kept = await visit.do(lambda acting: desk.attach(acting, number, file.name, file.content))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _show(visit, typed=given, wrong=wrong)
    return go_to(_path_of(kept.number))


async def _show(visit: Visit, *, typed: Given | None = None, wrong: MaksaError | None = None) -> Response:
    def ask(acting: Acting) -> None:
        acting.require("letter-record")

    await visit.do(ask)
    fields = {
        "lists": visit.lists(),
        "addressee_kinds": ADDRESSEE_KINDS,
        "typed": {name: (typed or {}).get(name, "") for name in _FIELDS},
    }
    return visit.page("desk/letter_new.html", fields, wrong=wrong)


def _letter(given: Given) -> Letter:
    return Letter(
        number=given.get("number", ""),
        date=parse_day(given["date"], parameter="date") if given.get("date") else None,
        subject=given.get("subject", ""),
        signatory=given.get("signatory") or None,
        supersedes=_words(given, "supersedes"),
        refers_to=_words(given, "refers_to"),
        remark=given.get("remark") or None,
        addressees=tuple(_addressees(given)),
        text=given.get("text") or None,
        stub=given.get("stub") == "1",
    )


def _words(given: Given, name: str) -> tuple[str, ...]:
    return tuple(given.get(name, "").replace("،", " ").replace(",", " ").split())


def _announces(given: Given) -> Iterator[tuple[str, str | None]]:
    """Read a list a line: its id and, after a space, the edition that is meant."""
    for line in given.get("announces", "").splitlines():
        terminology, _, edition = line.strip().partition(" ")
        if terminology:
            yield terminology, edition.strip() or None


def _addressees(given: Given) -> Iterator[Addressee]:
    """Read an addressee a line: the kind, a colon and the name."""
    kinds = {title.fa: kind for kind, title in ADDRESSEE_KINDS.items()}
    for line in filter(None, map(str.strip, given.get("addressees", "").splitlines())):
        kind, colon, name = line.partition(":")
        if not colon:
            raise BadParameter(
                "addressees",
                Text(
                    f"در سطر «{line[:60]}» گونهٔ گیرنده نیست.",
                    f"The line '{line[:60]}' has no kind of addressee.",
                ),
                mend=Text("گونه، دونقطه و نام را بنویسید.", "Write the kind, a colon and the name."),
                known=tuple(ADDRESSEE_KINDS),
            )
        yield Addressee(kinds.get(kind.strip(), kind.strip()), name)


def _path_of(number: str) -> str:
    return f"/letters/{quote(number)}"
