"""The program over a home that does not exist yet."""

from __future__ import annotations

import pytest
from program import Program


@pytest.fixture
def maksa(tmp_path):
    """Give the program over a home of the story's own."""
    return Program(tmp_path / "home")


@pytest.fixture
def desk(tmp_path, registry_url):
    """Give the program over a home of the story's own, its registry on SQLite and on PostgreSQL."""
    return Program(tmp_path / "home", registry_url)
