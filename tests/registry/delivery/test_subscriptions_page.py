"""The page on subscriptions: its program verifies the message that it shows."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[3] / "docs" / "subscriptions.md").read_text(encoding="utf-8")


def test_the_program_of_the_page_runs_as_it_stands():
    """It verifies the signature that stands there."""
    (program,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)

    exec(program, {})  # noqa: S102 - Our own page.


def test_the_page_names_every_topic():
    """What notices can be about."""
    from maksa.registry.delivery.records import TOPICS

    assert all(f"| `{topic}` |" in PAGE for topic in TOPICS)
