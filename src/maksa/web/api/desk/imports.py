"""A source list, sent as a file, into a draft."""

from __future__ import annotations

from maksa.model.edition import Letter
from maksa.registry.drafts.drafts import DraftOptions
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk import recording_wire as wire
from maksa.web.api.desk.reading import read_file
from maksa.web.api.questions import Asked
from maksa.web.desk import imports as desk
from maksa.web.desk.acting import at_desk

_SHOWN = 100
"""Findings that an answer tells one by one."""


async def bring_in(asked: Asked) -> wire.ImportAnswer:
    """Import a list, CSV or XLSX, into a draft, with an account of every row; nothing is published."""
    query = asked.query
    letter = query.get(of.ANNOUNCED_BY) or None
    options = DraftOptions(
        effective=query.get(of.EFFECTIVE),
        partial=query.get(of.A_PART) == "true",
        letter=None if letter is None else Letter(letter, None, ""),
        transition_until=query.get(of.TRANSITION_UNTIL),
    )
    profile, edition = query.need(of.READ_BY), query.need(of.BECOMES)
    sent = desk.SentSource(
        file=query.get(of.FILE) or "list",
        content=await read_file(asked),
        profile=profile,
        edition=edition,
        options=options,
        terminology=query.get(of.NAMED_LIST) or None,
        over_edits=query.get(of.OVER_EDITS) == "true",
    )
    done = await at_desk(asked.parts, asked.request, lambda acting: desk.bring_in(acting, sent))
    return _answer(done)


def _answer(done: desk.Imported) -> wire.ImportAnswer:
    source, counts = done.intake.source, done.intake.counts
    return wire.ImportAnswer(
        file=source.name,
        format=source.format,
        sha256=source.hash,
        counts=wire.RowCounts(counts.read, counts.accepted, counts.repaired, counts.set_aside),
        lists=tuple(map(_become, done.lists)),
        findings_total=len(done.findings),
        findings=tuple(map(wire.finding, done.findings[:_SHOWN])),
    )


def _become(one: desk.Become) -> wire.BecomeOut:
    return wire.BecomeOut(
        terminology=one.draft.terminology.id,
        edition=one.draft.edition,
        state="unchanged" if one.unchanged else "draft",
        codes=one.draft.count,
        rows=one.draft.rows,
        from_draft=wire.difference(one.from_draft),
        from_edition=wire.difference(one.from_edition),
    )
