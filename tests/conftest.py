"""Fixtures that every room may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toy import build_shelf, place

ROOT = Path(__file__).parent.parent


@pytest.fixture
def empty_shelf(tmp_path):
    """A shelf with a signing key and no editions."""
    return build_shelf(tmp_path / "home")


@pytest.fixture
def toy_shelf(empty_shelf):
    """A shelf with one edition of the toy herbs."""
    place(empty_shelf)
    return empty_shelf


@pytest.fixture(scope="session")
def real_data():
    """The folder of real public lists, beside the project or where MAKSA_REAL_DATA says."""
    folder = Path(os.environ.get("MAKSA_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "rvu3_1404.csv").is_file():
        pytest.skip("the real public lists are not beside the project; MAKSA_REAL_DATA may name their folder")
    return folder


@pytest.fixture
def _losses_count_from_the_first_code(monkeypatch):
    """Small lists are held to what is asked of large ones."""
    monkeypatch.setattr("maksa.registry.drafts.loss.FEW", 1)
