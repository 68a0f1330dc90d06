"""Tell a quoted cell that has swallowed rows of its table from one that only has several lines."""

from __future__ import annotations

import re

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def parts_like_rows(cell: str, place: int, width: int, delimiter: str) -> bool:
    """Tell whether the lines of a cell part like rows: the rest of one, whole ones, the beginning of one.

    `place` is that of the cell in its row, from 0; `width` is the number of cells of a row.
    """
    first, *middle = (line.count(delimiter) for line in _LINE_BREAK.split(cell.strip()))
    if not middle:
        return False
    last = middle.pop()
    whole = width - 1
    return first >= whole - place and last >= place and all(count >= whole for count in middle)
