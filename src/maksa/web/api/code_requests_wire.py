"""The JSON of requests for a missing code."""

from __future__ import annotations

import msgspec

from maksa.model.code_request import STATE_WORDS, Candidate, CodeRequest
from maksa.web.api import build
from maksa.web.api.wire import CodingOut, Day, Edition, Record, Title


class CodeRequestIn(msgspec.Struct, frozen=True):
    """What a code is asked for: the list and the words are needed, the rest helps the desk."""

    terminology: str
    text: str
    title_fa: str | None = None
    title_en: str | None = None
    use_case: str | None = None
    reference: str | None = None
    organisation: str | None = None
    contact: str | None = None
    origin: str = "api"


class AskerSays(msgspec.Struct, frozen=True):
    """The answer to a question, or the reasons of an appeal."""

    said: str


class CandidateOut(Record, frozen=True):
    """Something that may be what is asked for already; from 75 points of 100 on it is likely the same."""

    found: str
    terminology: str
    key: str
    title: str
    points: int
    likely: bool
    reasons: tuple[Title, ...]


class CodeRequestOut(Record, frozen=True):
    """A request as it stands; its contact is not repeated. `said` is the last question, answer or reason."""

    number: int
    terminology: str
    text: str
    title_fa: str | None
    title_en: str | None
    use_case: str | None
    reference: str | None
    organisation: str | None
    origin: str
    state: str
    state_title: Title
    created: str
    changed: str
    acknowledge_by: Day | None
    answer_by: Day | None
    outcome: str | None
    result: CodingOut | None
    said: str | None


class CodeRequestAnswer(Record, frozen=True):
    """A request; `token` and `candidates` are told when it is filed, and the token never again."""

    request: CodeRequestOut
    token: str | None
    candidates: tuple[CandidateOut, ...]
    editions: tuple[Edition, ...]


def code_request(request: CodeRequest) -> CodeRequestOut:
    """Write a request."""
    wanted = request.wanted
    return CodeRequestOut(
        number=request.number,
        terminology=wanted.terminology,
        text=wanted.text,
        title_fa=wanted.title_fa,
        title_en=wanted.title_en,
        use_case=wanted.use_case,
        reference=wanted.reference,
        organisation=wanted.organisation,
        origin=wanted.origin,
        state=request.state,
        state_title=build.title(STATE_WORDS[request.state]),
        created=request.created.isoformat(timespec="seconds"),
        changed=request.changed.isoformat(timespec="seconds"),
        acknowledge_by=build.day(request.acknowledge_by),
        answer_by=build.day(request.answer_by),
        outcome=request.outcome,
        result=None if request.result is None else build.coding(request.result),
        said=request.said,
    )


def candidate(one: Candidate) -> CandidateOut:
    """Write a candidate."""
    return CandidateOut(
        found=one.found,
        terminology=one.terminology,
        key=one.key,
        title=one.title,
        points=one.points,
        likely=one.likely,
        reasons=tuple(map(build.title, one.reasons)),
    )
