"""Classify a party's list with the command, from its start to its end. Usage: bench_compare.py [ROWS]."""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from generated import LIST, concepts
from measure import figure, heading
from shelves import home_with

_ROWS = 20_000
_SECONDS = 30
_LISTS = ("usual", "foreign", "untitled")
"""A list with every kind of difference in some rows; one whose codes are all unknown; one of unknown codes alone."""


def main() -> None:
    """Make the reference and the lists; upload each, twice."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    heading(
        f"Classify {rows:,} rows of a party against a list of {rows:,} codes",
        "`maksa discrepancies upload` as a process of its own, its start, the loading of its tools and the writing of"
        " every difference into the register included; wall time of one run; peak is the largest resident memory of"
        " the process. usual: 10 % unknown codes, 5 % other titles, 5 % other values, 5 % other codes with the same"
        " title, 5 % missing; foreign: every code unknown, every title in another order; untitled: unknown codes"
        " without titles",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home_with(rows, folder / "home")
        for kind in _LISTS:
            path = folder / f"{kind}.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows((("code", "display", "property:strength"), *_rows(kind, rows)))
            for time_of in ("first", "second"):
                wall, cpu, peak = _upload(folder, path, kind)
                figure(f"{kind}: {time_of} upload, wall", wall, "s", f"under {_SECONDS}")
                figure(f"{kind}: {time_of} upload, processor time", cpu, "s")
                figure(f"{kind}: {time_of} upload, peak memory", peak, "MB")


def _rows(kind: str, count: int) -> Iterator[tuple[str, str, Decimal | str]]:
    chance = random.Random(3)
    for concept in concepts(count):
        code, title, value = concept.code, concept.display, Decimal(str(concept.properties[0].value))
        if kind != "usual":
            yield f"9{code[1:]}", " ".join(reversed(title.split())) if kind == "foreign" else "", ""
            continue
        drawn = chance.random()
        if drawn < 0.10:
            code, title = f"9{code[1:]}", " ".join(reversed(title.split()[:-1]))
        elif drawn < 0.15:
            title = title[:-4]
        elif drawn < 0.20:
            value += 1
        elif drawn < 0.25:
            code = f"8{code[1:]}"
        elif drawn < 0.30:
            continue
        yield code, title, value


def _upload(folder: Path, path: Path, party: str) -> tuple[float, float, float]:
    """Give the wall and processor time in seconds and the peak memory in MB of one upload, measured by a runner between."""
    command: Sequence[object] = (
        "discrepancies", "upload", path, "--party", party, "--terminology", LIST.id, "--home", folder / "home",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, __file__, "--run", *map(str, command)], capture_output=True, text=True, check=True
    )
    wall, cpu, peak = map(float, done.stdout.split())
    return wall, cpu, peak


def _measured(arguments: Sequence[str]) -> None:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "maksa", *arguments], stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        _measured(sys.argv[2:])
    else:
        main()
