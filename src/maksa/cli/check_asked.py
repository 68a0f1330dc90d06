"""What is asked of a check of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Form = Literal["text", "json", "html", "sarif"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of messages: which, for which day (None: each for its own), in which form, and where to."""

    paths: tuple[Path, ...]
    on: date | None
    form: Form
    output: Path | None
    fix: Path | None
