"""A registry, on SQLite and on PostgreSQL, and a shelf of its own for each test."""

from pathlib import Path

import pytest

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Stand before an empty shelf with a signing key."""
    keyring = KeyRing(tmp_path / "keys")
    keyring.create()
    for folder in ("editions", "letters", "cache"):
        (tmp_path / folder).mkdir()
    return Shelf(tmp_path, keyring)
