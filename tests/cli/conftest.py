"""A runner of commands on a home of its own."""

from __future__ import annotations

import pytest
from running import HERBS, Runner


@pytest.fixture(autouse=True)
def _no_home_in_the_environment(monkeypatch):
    monkeypatch.delenv("MAKSA_HOME", raising=False)


@pytest.fixture
def run(tmp_path, capsys):
    """Run commands on a home that does not exist yet."""
    return Runner(tmp_path / "home", capsys)


@pytest.fixture
def herbs(run):
    """Run commands on a home with one published edition of herbs."""
    assert run.take_in(*HERBS, more=("--publish",)).status == 0
    return run
