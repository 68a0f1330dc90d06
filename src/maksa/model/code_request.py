"""Requests for a code that is missing: what is asked, how it stands, and the port through which doors ask the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from maksa.model.verdict import Coding
from maksa.text import Text

State = Literal["new", "accepted", "in-work", "question", "done", "refused", "appeal"]
Act = Literal["accept", "work", "ask", "answer", "done-new", "done-existing", "refuse", "appeal"]
AskersAct = Literal["answer", "appeal"]
Origin = Literal["search", "validation", "batch", "api", "desk"]
Found = Literal["list", "draft", "request"]

STATE_WORDS: Mapping[State, Text] = {
    "new": Text("تازه", "new"),
    "accepted": Text("پذیرفته", "accepted"),
    "in-work": Text("در دست کار", "in work"),
    "question": Text("در انتظار پاسخ درخواست‌کننده", "question to the asker"),
    "done": Text("انجام شده", "done"),
    "refused": Text("رد شده", "refused"),
    "appeal": Text("در اعتراض", "under appeal"),
}
ACT_WORDS: Mapping[str, Text] = {
    "file": Text("ثبت درخواست", "file"),
    "accept": Text("پذیرفتن برای بررسی", "accept"),
    "work": Text("آغاز کار", "begin the work"),
    "ask": Text("پرسش از درخواست‌کننده", "ask the asker"),
    "answer": Text("پاسخ درخواست‌کننده", "answer"),
    "done-new": Text("انجام با کد تازه", "done with a new code"),
    "done-existing": Text("انجام با کد موجود", "done with a code that is there"),
    "refuse": Text("رد با دلیل", "refuse"),
    "appeal": Text("اعتراض درخواست‌کننده", "appeal"),
}
LONGEST_TITLE = 500
"""Characters of what was typed, and of a proposed title."""
LONGEST_TEXT = 2_000
"""Characters of a use case, a reference, a question, an answer or a reason."""
LONGEST_NAME = 200
"""Characters of an organisation's id or of a contact."""
LIKELY = 75
"""Points from which a candidate is likely what is asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks a code for. The list and the words are needed; what else lacks, the desk may ask.

    `organisation` is the id of a party; `contact` an address for notices, which no log and no journal names.
    """

    terminology: str
    text: str
    title_fa: str | None = None
    title_en: str | None = None
    use_case: str | None = None
    reference: str | None = None
    organisation: str | None = None
    contact: str | None = None
    origin: Origin = "desk"

    def titles(self) -> tuple[str, ...]:
        """Give all that it is called: as typed, and as proposed."""
        return tuple(dict.fromkeys(title for title in (self.text, self.title_fa, self.title_en) if title))


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """A request as it stands. Targets are days in Tehran; `waited` counts the working days spent on the asker.

    `answer_by` stands still while a question is open (`paused` is the day it was asked). `result` is the code it
    led to: `done-new` made it, `done-existing` was there. `said` is what was last asked, answered or given as reason.
    """

    number: int
    wanted: Wanted
    state: State
    created: datetime
    changed: datetime
    acknowledge_by: date
    answer_by: date
    acknowledged_days: int | None = None
    decided_days: int | None = None
    waited: int = 0
    paused: date | None = None
    outcome: Literal["done-new", "done-existing"] | None = None
    result: Coding | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act upon a request: who did it, when, between which states, and what was said."""

    act: str
    before: State | None
    after: State
    at: datetime
    actor: str
    said: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be what is asked for already. `key` is a code, or the number of another request.

    `points` are 0 to 100; from `LIKELY` on it is likely the same. `reasons` say what speaks for and against it.
    """

    found: Found
    terminology: str
    key: str
    title: str
    points: int
    reasons: tuple[Text, ...]

    @property
    def likely(self) -> bool:
        """Tell whether it is likely the same."""
        return self.points >= LIKELY


@dataclass(frozen=True, slots=True)
class Filed:
    """A request just filed; `token` lets its asker follow it and is given this once."""

    request: CodeRequest
    token: str
    candidates: tuple[Candidate, ...]


class RequestDesk(Protocol):
    """The port through which doors file requests and let their askers follow them; the registry keeps them."""

    def similar(self, wanted: Wanted) -> Sequence[Candidate]:
        """Give what may be asked for already, the likeliest first; nothing is kept.

        Raises: UnknownTerminology, BadParameter. Cost: several searches, and a read of the drafts of the list.
        """

    def file(self, wanted: Wanted, *, address: str) -> Filed:
        """Keep a request that came from an address, which is not kept.

        Raises: as `similar`; OverQuota until tomorrow.
        """

    def own(self, number: int, token: str) -> CodeRequest:
        """Give the request of a number to who shows its token. Raises: NotFound for any other."""

    def act(self, number: int, token: str, act: AskersAct, said: str) -> CodeRequest:
        """Answer a question or appeal against a refusal, by who shows the token of a request.

        Raises: NotFound as `own`; WrongState naming the state and what is allowed, BadParameter.
        """
