"""Imports only go down the stairs; the contracts stand in pyproject.toml, and each of them can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from house import ROOT, SOURCE

LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts over the house that stands in a folder."""
    return subprocess.run(
        LINT,
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """A copy of the house that a test may spoil."""
    shutil.copytree(SOURCE, tmp_path / "src" / "maksa", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept():
    """The project keeps all its contracts."""
    told = lint(ROOT)

    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("The stairs: imports only go down", "model/persian.py", "import maksa.editions.words"),
        ("The doors do not know each other", "web/api/routes.py", "import maksa.web.portal"),
        ("Below the doors: no HTTP", "model/persian.py", "import starlette"),
        (
            "The doors ask the protocol and never write",
            "web/api/routes.py",
            "import maksa.registry.drafts.drafts",
        ),
        ("Checkers ask the protocol", "audit/check.py", "import maksa.terminology.service"),
        ("Bulk work stays out of the web worker", "web/api/routes.py", "import polars"),
        ("Questions never open a file themselves", "terminology/search.py", "import sqlite3"),
        (
            "One pen: only publish writes an edition",
            "registry/drafts/drafts.py",
            "import maksa.editions.writer",
        ),
    ],
)
def test_a_contract_catches_who_breaks_it(copy, contract, file, line):
    """One wrong import breaks the contract that forbids it."""
    with (copy / "src" / "maksa" / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")

    told = lint(copy)

    assert told.returncode == 1
    assert any(row.startswith(contract) and " BROKEN" in row for row in told.stdout.splitlines())


def test_a_new_room_must_be_placed_by_decision(copy):
    """A folder that no layer names is refused."""
    (copy / "src" / "maksa" / "attic").mkdir()
    (copy / "src" / "maksa" / "attic" / "__init__.py").write_text('"""Odds and ends."""\n')

    told = lint(copy)

    assert told.returncode == 1
    assert "attic" in told.stdout
