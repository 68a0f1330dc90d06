"""Who was told what about a code on a day, for who may read the journal or the records of all parties."""

from __future__ import annotations

from datetime import date

from maksa.registry.delivery import told as room
from maksa.registry.delivery.told import Told
from maksa.registry.parties.access import may
from maksa.web.desk.acting import Acting, person_acting


def told(acting: Acting, terminology: str, code: str, on: date) -> Told:
    """Tell what stood published about a code on a day, and who was told of it by then.

    Raises: Refused for who may read neither, and as told.
    """
    if not may(person_acting(acting).roles, "journal-read"):
        acting.require("registry-read")
    return room.told(acting.registry, acting.shelf, terminology, code, on)
