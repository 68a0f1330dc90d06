"""The life of a request as content: request_states.toml says which act leads from where to where, and how long it may take."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal

from maksa.errors import WrongState
from maksa.model.code_request import STATE_WORDS, State
from maksa.model.jalali import format_jalali
from maksa.text import Text

Said = Literal["question", "answer", "code", "reason"]


@dataclass(frozen=True, slots=True)
class Transition:
    """An act: the states it is done in, the state it leads to, what must be said with it, the notice of it."""

    name: str
    sources: tuple[State, ...]
    target: State
    says: Said | None
    by_asker: bool
    once: bool
    decides: bool
    told: Text

    def notice(self, number: int, said: str | None) -> Text:
        """Give what the asker is told."""
        return Text(*(text.format(number=number, said=said) for text in self.told))


@dataclass(frozen=True, slots=True)
class Life:
    """The whole table: the acts, the targets in working days, the days of rest."""

    acts: Mapping[str, Transition]
    acknowledge: int
    decide: int
    appeal: int
    rest: frozenset[int]
    holidays: frozenset[str]

    def allowed(self, state: State) -> tuple[str, ...]:
        """Name the acts that may be done in a state."""
        return tuple(name for name, act in self.acts.items() if state in act.sources)

    def transition(self, number: int, state: State, act: str) -> Transition:
        """Give the act, if a request in a state allows it. Raises: WrongState saying what is allowed."""
        found = self.acts[act]
        if state not in found.sources:
            raise self._refused(number, state, act)
        return found

    def _refused(self, number: int, state: State, act: str) -> WrongState:
        allowed, word = self.allowed(state), STATE_WORDS[state]
        mend = Text(fa=f"آنچه اکنون می‌شود: {'، '.join(allowed)}.", en=f"Allowed now: {', '.join(allowed)}.")
        nothing = Text(fa="با آن دیگر کاری نمی‌شود.", en="Nothing more can be done to it.")
        return WrongState(
            Text(
                fa=f"درخواست {number} در وضعیت «{word.fa}» است و «{act}» در آن پذیرفته نیست.",
                en=f"Request {number} is in the state '{state}', in which '{act}' is not allowed.",
            ),
            mend=mend if allowed else nothing,
            known=allowed,
        )

    def is_working(self, day: date) -> bool:
        """Tell whether the desk works on a day."""
        return day.weekday() not in self.rest and format_jalali(day)[5:] not in self.holidays

    def after(self, day: date, count: int) -> date:
        """Give the working day that is `count` working days after a day; with 0 the day itself."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Count the working days after the first day, up to and with the last; 0 when it is not later."""
        days = (last - first).days
        return sum(self.is_working(first + timedelta(days=passed)) for passed in range(1, days + 1))


@cache
def life() -> Life:
    """Read the table, once."""
    source = resources.files("maksa.registry.requests") / "states.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return Life(
        acts={row["name"]: _transition(row) for row in table["acts"]},
        **table["targets"],
        rest=frozenset(table["week"]["rest"]),
        holidays=frozenset(table["week"]["holidays"]),
    )


def _transition(row: Mapping[str, Any]) -> Transition:
    return Transition(
        name=row["name"],
        sources=tuple(row["from"]),
        target=row["to"],
        says=row.get("says"),
        by_asker=row.get("by") == "asker",
        once=row.get("once", False),
        decides=row.get("decides", False),
        told=Text(row["told_fa"], row["told_en"]),
    )
