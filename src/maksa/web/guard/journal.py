"""The access log: one JSON line a request, without bodies, query values, codes or names of people."""

from __future__ import annotations

import sys
import traceback
from typing import Any, Protocol

import msgspec
import structlog


class Journal(Protocol):
    """What the guard needs of a log."""

    def info(self, event: str, **fields: Any) -> Any:
        """Note what happened."""

    def error(self, event: str, **fields: Any) -> Any:
        """Note a fault of ours."""


def open_journal() -> Journal:
    """Give the log that writes JSON lines to standard error; it leaves structlog's own settings alone."""
    encoder = msgspec.json.Encoder()
    journal: Journal = structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=lambda fields, **_: encoder.encode(fields).decode()),
        ],
        wrapper_class=structlog.BoundLogger,
    )
    return journal


def where(error: BaseException) -> list[str]:
    """Tell where an exception was raised, file by file, without its message: that may hold what was sent."""
    return [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
