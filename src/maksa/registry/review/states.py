"""The life of a draft as content: states.toml says which act leads from where to where, and who may not do it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from maksa.errors import WrongState
from maksa.text import Text

State = Literal[
    "editing",
    "in-review",
    "returned",
    "reviewed",
    "in-vote",
    "agreed",
    "rejected",
    "published",
    "discarded",
    "replaced",
]
Act = Literal["edit", "submit", "approve", "return", "recall", "vote", "agree", "reject"]
End = Literal["published", "discarded", "replaced"]
Group = Literal["makers", "submitter", "reviewers"]


@dataclass(frozen=True, slots=True)
class Transition:
    """An act on a draft: the states it is done in, the state it leads to, who may do it, the notice of it."""

    name: Act
    title: Text
    sources: tuple[State, ...]
    target: State
    access: str
    person: bool
    says: bool
    not_by: tuple[Group, ...]
    told: Text


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table. `publish` names the states from which a draft is published: governed, submitted, plain."""

    words: Mapping[State, Text]
    acts: Mapping[Act, Transition]
    publish: Mapping[str, tuple[State, ...]]
    ends: Mapping[End, Text]

    def allowed(self, state: State) -> tuple[Act, ...]:
        """Name the acts that are done in a state."""
        return tuple(name for name, act in self.acts.items() if state in act.sources)

    def transition(self, draft: str, state: State, act: Act) -> Transition:
        """Give an act, if a draft in a state allows it. Raises: WrongState naming the state and what it allows."""
        found = self.acts[act]
        if state in found.sources:
            return found
        word, allowed = self.words[state], self.allowed(state)
        titles = [self.acts[name].title for name in allowed]
        raise WrongState(
            Text(
                fa=f"پیش‌نویس «{draft}» در وضعیت «{word.fa}» است و «{found.title.fa}» در آن پذیرفته نیست.",
                en=f"The draft '{draft}' is in the state '{word.en}', in which '{found.title.en}' is not allowed.",
            ),
            mend=Text(
                fa=f"آنچه اکنون می‌شود: {'، '.join(title.fa for title in titles)}.",
                en=f"Allowed now: {', '.join(title.en for title in titles)}.",
            ),
            known=allowed,
        )


@cache
def table() -> Table:
    """Read the table, once."""
    source = resources.files("maksa.registry.review") / "states.toml"
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return Table(
        words={row["name"]: Text(row["fa"], row["en"]) for row in read["states"]},
        acts={row["name"]: _transition(row) for row in read["acts"]},
        publish={name: tuple(states) for name, states in read["publish"].items()},
        ends={
            "published": Text(read["end"]["published_fa"], read["end"]["published_en"]),
            "discarded": Text(read["end"]["discarded_fa"], read["end"]["discarded_en"]),
            "replaced": Text(read["end"]["replaced_fa"], read["end"]["replaced_en"]),
        },
    )


def _transition(row: Mapping[str, Any]) -> Transition:
    return Transition(
        name=row["name"],
        title=Text(row["fa"], row["en"]),
        sources=tuple(row["from"]),
        target=row["to"],
        access=row["access"],
        person=row.get("person", False),
        says=row.get("says", False),
        not_by=tuple(row.get("not_by", ())),
        told=Text(row["told_fa"], row["told_en"]),
    )
