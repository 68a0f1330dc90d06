"""What a command works on: the editions of a home, or (of the desk) the whole home with its registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from maksa.cli.options import Session
from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.model.service import TerminologyService
from maksa.terminology.service import LocalTerminology

if TYPE_CHECKING:
    from maksa.home import Home


def service_of(session: Session) -> TerminologyService:
    """Give the service over a home's editions; a home on a read-only disk answers too.

    Raises: BadParameter (no home is named), BadInput (the folder is no home).
    """
    return LocalTerminology(shelf_of(session.home))


def shelf_of(path: Path) -> Shelf:
    """Give the shelf of a home. Raises: BadInput when the folder is no home."""
    path = path.absolute()
    if not (path / "keys" / "token.key").is_file():
        from maksa.home import open_home  # noqa: PLC0415 - For its refusal only; it loads an SQL toolkit.

        return open_home(path).shelf
    return Shelf(path, KeyRing(path / "keys"))


def desk_of(session: Session, *, create: bool = False) -> Home:
    """Open a home whose journal names the actor of the session. Raises: as maksa.home.open_home."""
    from maksa.home import open_home  # noqa: PLC0415 - It loads an SQL toolkit, which questions do without.

    home = open_home(session.home, create=create)
    return home if session.actor is None else home.acting_as(session.actor)
