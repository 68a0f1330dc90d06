"""Small signed records beside the editions: JSON files that appear whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from maksa.editions.connection import unreadable
from maksa.editions.keyring import KeyRing

_LARGEST = 1 << 20
"""Bytes of the largest record that is read."""


def write_record(path: Path, record: dict[str, Any], keyring: KeyRing) -> None:
    """Sign a record and put it at a path in one step. Raises: WrongState without a signing key."""
    text = json.dumps(keyring.sign(record), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.parent / f".{secrets.token_hex(8)}"
    with fresh.open("x", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def read_record(path: Path) -> dict[str, Any]:
    """Read a record without judging its signature. Raises: EditionUnreadable when it is no JSON object."""
    try:
        with path.open("rb") as stream:
            record = json.loads(stream.read(_LARGEST))
    except (OSError, ValueError, RecursionError) as error:
        raise unreadable(path, fa="JSON سالمی نیست", en="it is not whole JSON") from error
    if not isinstance(record, dict):
        raise unreadable(path, fa="شیء JSON نیست", en="it is not a JSON object")
    return record


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
