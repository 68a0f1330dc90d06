"""Letters of the ministry, recorded by who may, and the files that came with them."""

from __future__ import annotations

from collections.abc import Callable

from maksa.model.edition import Addressee, Letter
from maksa.model.jalali import parse_day
from maksa.text import Text
from maksa.web.api import letters_build, letters_wire
from maksa.web.api.desk import recording_wire as wire
from maksa.web.api.desk.reading import read_fields
from maksa.web.api.questions import Asked
from maksa.web.desk import letters as desk
from maksa.web.desk.acting import Acting, at_desk
from maksa.web.refusal import bad_parameter


async def record(asked: Asked) -> letters_wire.LetterAnswer:
    """Record a letter, or add to the record of its number."""
    sent = await read_fields(asked, wire.LetterIn)
    letter = Letter(
        number=sent.number,
        date=None if sent.date is None else parse_day(sent.date, parameter="date"),
        subject=sent.subject or "",
        signatory=sent.signatory,
        supersedes=sent.supersedes,
        refers_to=sent.refers_to,
        remark=sent.remark,
        addressees=tuple(Addressee(one.kind, one.name) for one in sent.addressees),
        text=sent.text,
        stub=sent.stub,
    )
    announces = [(one.terminology, one.edition) for one in sent.announces]
    return await _recorded(asked, lambda acting: desk.record(acting, letter, announces))


async def attach(asked: Asked) -> letters_wire.LetterAnswer:
    """Keep a file that came with a letter; the same file again changes nothing."""
    path = asked.request.path_params
    number, name, content = str(path["number"]), str(path["name"]), await asked.request.body()
    if not content:
        raise bad_parameter("body", Text("فایل خالی است.", "The file is empty."))
    return await _recorded(asked, lambda acting: desk.attach(acting, number, name, content))


async def _recorded(asked: Asked, act: Callable[[Acting], Letter]) -> letters_wire.LetterAnswer:
    def do(acting: Acting) -> letters_wire.LetterAnswer:
        found = acting.home.service.letter(act(acting).number)
        return letters_build.letter_answer(found, asked.parts.marks.is_sample)

    return await at_desk(asked.parts, asked.request, do)
