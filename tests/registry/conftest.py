"""A registry and a shelf of its own for each test."""

from pathlib import Path

import pytest

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.registry.database import Registry, open_registry, sqlite_url


@pytest.fixture
def registry_file(tmp_path: Path) -> Path:
    """Name the file of the registry, alone in a folder."""
    folder = tmp_path / "registry"
    folder.mkdir()
    return folder / "registry.sqlite"


@pytest.fixture
def registry(registry_file: Path) -> Registry:
    """Open an empty registry."""
    return open_registry(sqlite_url(registry_file))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Stand before an empty shelf with a signing key."""
    keyring = KeyRing(tmp_path / "keys")
    keyring.create()
    for folder in ("editions", "letters", "cache"):
        (tmp_path / folder).mkdir()
    return Shelf(tmp_path, keyring)
