"""The service that a command asks: the editions of a home, without opening its registry."""

from __future__ import annotations

from pathlib import Path

from maksa.cli.options import Session
from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.model.service import TerminologyService
from maksa.terminology.service import LocalTerminology


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
