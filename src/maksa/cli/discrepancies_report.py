"""The report of the discrepancy register as a page, a workbook or JSON: complete, or not written at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from maksa.cli.discrepancies_words import record_json
from maksa.errors import BadParameter
from maksa.model.jalali import today
from maksa.registry.database import Registry
from maksa.registry.discrepancies.register import Wanted, count_discrepancies, every_discrepancy
from maksa.text import Text


def write_report(registry: Registry, wanted: Wanted, form: str, output: Path, language: str) -> int:
    """Write the records asked for in one of `FORMATS`, over an earlier report of that name; give how many they are.

    Raises: BadParameter when the folder is not there, or the name is no file's. Memory: of JSON and XLSX one page of
    records, of HTML what the page shows, which is bounded.
    """
    if not output.absolute().parent.is_dir() or (output.exists() and not output.is_file()):
        raise BadParameter(
            "output",
            Text(
                f"{output} نوشته نمی‌شود: پوشه نیست یا نام فایل نیست.",
                f"{output} cannot be written: no such folder, or no file.",
            ),
            mend=Text("نام فایلی در پوشه‌ای که هست بدهید.", "Name a file in a folder that is there."),
        )
    made = output.with_name(f".{output.name}.part")
    try:
        count = _WRITERS[form](registry, wanted, made, language)
        made.replace(output)
    finally:
        made.unlink(missing_ok=True)
    return count


def _write_json(registry: Registry, wanted: Wanted, path: Path, language: str) -> int:
    """Write one object, a record a line: a long register need not be held in memory."""
    del language  # JSON has both.
    count = 0
    with path.open("wb") as stream:
        stream.write(b'{"items": [')
        for record in every_discrepancy(registry, wanted):
            stream.write((b",\n" if count else b"\n") + msgspec.json.encode(record_json(record)))
            count += 1
        stream.write(f'],\n"total": {count}, "day": "{today().isoformat()}"}}\n'.encode())
    return count


def _write_workbook(registry: Registry, wanted: Wanted, path: Path, language: str) -> int:
    from maksa.cli.discrepancies_workbook import write_workbook  # noqa: PLC0415 - It loads slowly.

    return write_workbook(every_discrepancy(registry, wanted), path, language)


def _write_page(registry: Registry, wanted: Wanted, path: Path, language: str) -> int:
    from maksa.cli.discrepancies_page import Scope, write_page  # noqa: PLC0415 - It loads slowly.

    del language  # The page is Persian, with the English beside it.
    counts = count_discrepancies(registry, wanted)
    scope = Scope(wanted.party, wanted.list, wanted.kind, wanted.state)
    with path.open("w", encoding="utf-8") as stream:
        for piece in write_page(every_discrepancy(registry, wanted), counts, scope, today()):
            stream.write(piece)
    return sum(counts.values())


_WRITERS: Mapping[str, Callable[[Registry, Wanted, Path, str], int]] = {
    "html": _write_page,
    "xlsx": _write_workbook,
    "json": _write_json,
}
FORMATS = tuple(_WRITERS)
