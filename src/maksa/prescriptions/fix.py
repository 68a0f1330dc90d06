"""Mend a copy of a message where the mend is certain, in its own format; all that is not mended stays as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from maksa.prescriptions.fix_json import JsonDocument
from maksa.prescriptions.fix_tree import Document, Edit, Node, Step, find, steps_of
from maksa.prescriptions.fix_xml import XmlDocument
from maksa.prescriptions.report import Change
from maksa.prescriptions.split import is_xml


class Fixed(NamedTuple):
    """A mended message, the changes that were made in it, and those that were left because their place is not certain."""

    body: bytes
    made: tuple[Change, ...]
    left: tuple[Change, ...]


def fix(body: bytes, changes: Sequence[Change]) -> Fixed:
    """Make changes in a message, JSON or XML. `body` itself is given back when none can be made.

    A change is left when its place is not found exactly once, does not hold its `old` value, or has been changed
    by another one. Cost: one reading of the message, whatever the number of changes.
    """
    document = _document(body)
    if document is None:
        return Fixed(body, (), tuple(changes))
    edits: dict[Change, Edit] = {}
    taken: set[tuple[int, int]] = set()
    for change in dict.fromkeys(changes):
        edit = _edit(document, change)
        if edit is None or (edit.start < edit.end and edit[:2] in taken):
            continue
        taken.add(edit[:2])
        edits[change] = edit
    left = tuple(change for change in dict.fromkeys(changes) if change not in edits)
    return Fixed(document.edited([*edits.values()]) if edits else body, tuple(edits), left)


def _document(body: bytes) -> Document | None:
    try:
        return XmlDocument(body) if is_xml(body) else JsonDocument(body)
    except (ValueError, RecursionError):
        return None


def _edit(document: Document, change: Change) -> Edit | None:
    steps = steps_of(change.path)
    if steps is None:
        return None
    holding = [node for node in find(document.root, steps) if node.kind == "leaf"]
    if len(holding) == 1:
        return document.set(holding[0], change.new) if _holds(holding[0], change.old) else None
    if holding or change.old is not None or steps[-1].nth is not None:
        return None
    return _addition(document, steps, change.new)


def _addition(document: Document, steps: Sequence[Step], new: str) -> Edit | None:
    parents = [node for node in find(document.root, steps[:-1]) if node.kind == "object"]
    if len(parents) != 1 or parents[0].named(steps[-1].name):
        return None
    return document.add(parents[0], steps[-1].name, new)


def _holds(node: Node, old: str | None) -> bool:
    return (node.text or "").strip() == (old or "").strip()
