"""A message as the tree of what was written, each part with its place in the text, so that one part can be rewritten alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

MAX_DEPTH = 200
_WRAPPERS = 4
_STEP = re.compile(r"([^.\[\]]+)(?:\[([0-9]{1,6})\])?(?:\.|\Z)")

Kind = Literal["object", "array", "leaf"]


@dataclass(slots=True)
class Node:
    """A part of a message: its name as written ('' for elements of an array), kind, place, and the text of a leaf.

    `text` is None for null and for what is empty. Its name is written at `opened`; what a new value replaces stands
    from `start` to `end`.
    """

    name: str
    kind: Kind
    opened: int
    start: int
    end: int
    text: str | None = None
    children: list[Node] = field(default_factory=list)

    def named(self, name: str) -> list[Node]:
        """Give the children of a name, whatever its case and underscores."""
        return [child for child in self.children if folded(child.name) == folded(name)]


class Edit(NamedTuple):
    """A part of a text that is replaced; an insertion where `start` and `end` are the same."""

    start: int
    end: int
    new: str


class Document(Protocol):
    """A message that was read for mending, in one of the formats."""

    root: Node

    def set(self, node: Node, new: str) -> Edit | None:
        """Give the edit that writes a new value; None when that would lose something."""

    def add(self, parent: Node, name: str, new: str) -> Edit | None:
        """Give the edit that adds a leaf of a canonical name; None when there is no place for one."""

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Give the message with the edits, all else byte for byte."""


class Step(NamedTuple):
    """One name of a path, and its place in a list where it has one."""

    name: str
    nth: int | None


def folded(name: str) -> str:
    """Give a name without what casings differ in: prefix of a namespace, capitals, underscores."""
    return name.rpartition(":")[2].replace("_", "").lower()


def steps_of(path: str) -> list[Step] | None:
    """Read a dotted path; None when it is none."""
    steps = [Step(found[1], int(found[2]) if found[2] else None) for found in _STEP.finditer(path)]
    return steps if steps and sum(len(found[0]) for found in _STEP.finditer(path)) == len(path) else None


def find(root: Node, steps: Sequence[Step]) -> list[Node]:
    """Give every node that a path may mean; more than one is no place to write to."""
    inner = root
    for _ in range(_WRAPPERS):  # A message may stand in an envelope that holds nothing else.
        if not steps or inner.named(steps[0].name) or len(inner.children) != 1:
            break
        inner = inner.children[0]
    return list(_follow(inner, steps))


def _follow(node: Node, steps: Sequence[Step]) -> Iterator[Node]:
    if not steps:
        yield node
        return
    step, rest = steps[0], steps[1:]
    for child in _chosen(node.named(step.name), step.nth):
        yield from _follow(child, rest)


def _chosen(found: Sequence[Node], nth: int | None) -> list[Node]:
    """Choose by place: in an array, among elements that repeat, or among those that one element of their name wraps."""
    if len(found) != 1:
        return list(found) if nth is None else list(found[nth : nth + 1])
    [only] = found
    if only.kind == "array":
        return list(only.children) if nth is None else only.children[nth : nth + 1]
    if nth is None:
        return [only]
    alike = len({child.name for child in only.children}) == 1
    wrapped = only.children[nth : nth + 1] if alike else []
    return [only, *wrapped] if nth == 0 else wrapped


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Write edits into a text. Those that insert at one place keep their order."""
    pieces: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        pieces += (text[place : edit.start], edit.new)
        place = edit.end
    return "".join([*pieces, text[place:]])
