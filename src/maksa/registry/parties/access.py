"""Who may do what: one table of roles and acts (access.toml), and the sentence of a refusal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from maksa.errors import BadInput, NotFound, Refused
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is at a party; `at` names the kinds of party at which it can be held."""

    name: str
    title: Text
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done, and the names of the roles that may."""

    name: str
    title: Text
    roles: tuple[str, ...]


def roles() -> Mapping[str, Role]:
    """Give all roles by their names, in the order of the table."""
    return {name: Role(name, _title(row), tuple(row["at"])) for name, row in _table()["role"].items()}


def acts() -> Mapping[str, Act]:
    """Give all acts by their names, in the order of the table."""
    return {name: Act(name, _title(row), tuple(row["roles"])) for name, row in _table()["act"].items()}


def may(held: Sequence[str], act: str) -> bool:
    """Tell whether a person with these roles may do an act. Raises: NotFound (no such act)."""
    return not set(held).isdisjoint(_act(act).roles)


def require(held: Sequence[str], act: str) -> None:
    """Let a person with these roles do an act.

    Raises: Refused, which names the roles held, the act and who may; NotFound (no such act).
    """
    if may(held, act):
        return
    wanted, known = _act(act), roles()
    allowed = [known[name].title for name in wanted.roles]
    mine = [known[name].title for name in held]
    raise Refused(
        Text(
            fa=f"نقش شما ({_joined(mine, 'fa') or 'هیچ'}) اجازهٔ «{wanted.title.fa}» ({act}) ندارد.",
            en=f"Your role ({_joined(mine, 'en') or 'none'}) may not {wanted.title.en} ({act}).",
        ),
        mend=Text(
            fa=f"این کار با {_joined(allowed, 'fa')} است.",
            en=f"This is for: {_joined(allowed, 'en')}.",
        ),
        known=wanted.roles,
    )


def checked_roles(names: Sequence[str], kind: str) -> tuple[str, ...]:
    """Give the roles that a person is to hold at a party of a kind, each once, in the order of the table.

    Raises: NotFound (an unknown role), BadInput (a role that cannot be held at a party of this kind).
    """
    known = roles()
    for name in names:
        if name not in known:
            raise NotFound(
                Text(fa=f"نقش «{name[:40]}» شناخته نیست.", en=f"The role '{name[:40]}' is unknown."),
                known=tuple(known),
            )
        if kind not in known[name].at:
            possible = tuple(role.name for role in known.values() if kind in role.at)
            raise BadInput(
                Text(
                    fa=f"نقش «{known[name].title.fa}» ({name}) در سازمانی از نوع «{kind}» داده نمی‌شود.",
                    en=f"The role {name} cannot be held at a party of kind {kind}.",
                ),
                known=possible,
            )
    return in_order(names)


def in_order(names: Sequence[str]) -> tuple[str, ...]:
    """Give roles each once, in the order of the table."""
    return tuple(name for name in roles() if name in names)


def _act(name: str) -> Act:
    act = acts().get(name)
    if act is None:
        raise NotFound(
            Text(fa=f"کار «{name[:40]}» شناخته نیست.", en=f"The act '{name[:40]}' is unknown."),
            known=tuple(acts()),
        )
    return act


def _title(row: Mapping[str, Any]) -> Text:
    return Text(fa=row["fa"], en=row["en"])


def _joined(titles: Sequence[Text], language: str) -> str:
    return ("، " if language == "fa" else ", ").join(title.in_language(language) for title in titles)


@cache
def _table() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(resources.files(__package__).joinpath("access.toml").read_text(encoding="utf-8"))
