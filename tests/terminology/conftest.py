"""The toy shelf in memory and in files, and the service over it."""

from __future__ import annotations

import pytest
from memory import FileLibrary, MemoryLibrary
from toys import stock

from maksa.terminology.service import LocalTerminology


@pytest.fixture
def library():
    """Give the toy shelf in memory, fresh for each test."""
    return stock(MemoryLibrary())


@pytest.fixture
def service(library):
    """Give the service over the toy shelf in memory."""
    return LocalTerminology(library)


@pytest.fixture(scope="session")
def file_service(tmp_path_factory):
    """Give the service over the same toys in edition files."""
    return LocalTerminology(stock(FileLibrary(folder=tmp_path_factory.mktemp("shelf"))))
