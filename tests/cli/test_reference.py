"""docs/cli.md is what the commands say of themselves."""

from __future__ import annotations

from pathlib import Path

from maksa.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_reference_is_current():
    """`python -m maksa.cli.reference > docs/cli.md` writes exactly this page."""
    assert PAGE.read_text(encoding="utf-8") == reference()
