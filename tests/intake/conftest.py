"""Small source files for the readers."""

import pytest
from sources import Sources


@pytest.fixture
def sources(tmp_path):
    """Writes source files and takes them in."""
    return Sources(tmp_path)
