"""What the judges of a code are asked and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maksa.model.verdict import Issue
from maksa.terminology.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Question:
    """A triple whose list is known: its canonical id, code and value as sent (None: empty), and the day."""

    resolver: Resolver
    terminology: str
    code: str | None
    value: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Judgement:
    """The one error that names the cause, warnings beside it, and the canonical code where it was recognised."""

    error: Issue | None = None
    warnings: tuple[Issue, ...] = ()
    code: str | None = None
    display: str | None = None
