"""What of a mended value may be shown: codes, titles and units; never what may tell of a person."""

from __future__ import annotations

from maksa.prescriptions.fix_tree import folded, steps_of
from maksa.prescriptions.report import Change

_SHOWN = frozenset(("terminologyid", "codedstring", "value", "unit", "magnitude"))
_OF_PERSONS = frozenset(("person", "msgid"))
_LONGEST = 200


def shown_values(change: Change) -> tuple[str, str] | None:
    """Give the old and the new value of a change; None when they are not shown: names, ids, days and free text.

    A long value is cut; an old value that was absent is ''.
    """
    steps = steps_of(change.path) or []
    names = [folded(step.name) for step in steps]
    if not names or names[-1] not in _SHOWN or _OF_PERSONS & set(names):
        return None
    return (change.old or "")[:_LONGEST], change.new[:_LONGEST]
