"""Names of files that are sent: what may be written to a disk as it is."""

from __future__ import annotations

from urllib.parse import quote

_LONGEST = 200
"""Bytes of a name as the shelf writes it, where other letters than Latin ones take more."""
_FORBIDDEN = frozenset('/\\:*?"<>|')


def is_file_name(name: str) -> bool:
    """Tell whether a name is one of a plain file: no path, printable, short, with more than dots."""
    printable = name.replace("\u200c", "").isprintable()
    return (
        printable and not _FORBIDDEN & set(name) and bool(name.strip(". ")) and len(quote(name)) <= _LONGEST
    )
