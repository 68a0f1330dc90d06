"""Check a table of coded fields with the command, from its start to its end. Usage: bench_check.py [ROWS].

Python's compiled files are kept in a folder of the benchmark, so that the first run alone compiles them, as it is
for users, whatever the environment says of them.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from generated import LIST, concepts
from measure import figure, heading
from shelves import home_with

_ROWS = 1_000_000
_DISTINCT = 50_000
_XLSX_PART = 5
_RUNS = 3
_TIMES = (2, 4, 8)
"""Larger tables, whose memory should be that of the first."""
_LIMITS = {".csv": 500_000, ".parquet": 500_000, ".xlsx": 50_000}


def main() -> None:
    """Make the tables, check each kind, then larger ones for the memory."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    heading(
        f"Check {rows:,} rows, {_DISTINCT:,} distinct triples, 2 % failing (XLSX: {rows // _XLSX_PART:,} rows)",
        f"`maksa check FILE --out results.csv` as a process of its own, its start, the loading of its tools and the"
        f" writing of the failing rows included; median wall time of {_RUNS} runs; peak is the largest resident"
        " memory of the process; more rows are the same rows again. Memory that was freed is kept for a while by"
        " the allocator under polars, more of it the longer a check runs, up to some tens of MB",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home_with(_DISTINCT, folder / "home")
        table = _table(rows)
        for suffix, limit in _LIMITS.items():
            part = table.head(rows // _XLSX_PART) if suffix == ".xlsx" else table
            path = _write(folder / f"claims{suffix}", part)
            wall, cpu, peak = _check(folder, path)
            figure(f"{suffix}: rows a second", part.height / wall, "rows/s", f"at least {limit:,}")
            figure(f"{suffix}: wall", wall, "s")
            figure(f"{suffix}: processor time, all cores together", cpu, "s")
            figure(f"{suffix}: peak memory", peak, "MB")
            path.unlink()
            for times in _TIMES if suffix != ".xlsx" else ():
                larger = _write(folder / f"larger{suffix}", pl.concat([part] * times))
                peak = _check(folder, larger)[2]
                figure(f"{suffix}: peak memory of {times} times the rows", peak, "MB", "levels off")
                larger.unlink()


def _table(rows: int) -> pl.DataFrame:
    """Draw rows evenly from the distinct triples, of which two in a hundred name a code that does not exist."""
    chance = random.Random(3)
    triples = [(LIST.id, concept.code, concept.display) for concept in concepts(_DISTINCT)]
    for place in chance.sample(range(_DISTINCT), _DISTINCT // 50):
        terminology, code, display = triples[place]
        triples[place] = (terminology, f"9{code[1:]}", display)
    names = ["Terminology_id", "Coded_string", "Value"]
    distinct = pl.DataFrame(triples, schema=names, orient="row")
    return distinct[[chance.randrange(_DISTINCT) for _ in range(rows)]]


def _write(path: Path, table: pl.DataFrame) -> Path:
    if path.suffix == ".csv":
        table.write_csv(path)
    elif path.suffix == ".parquet":
        table.write_parquet(path)
    else:
        table.write_excel(path)
    return path


def _check(folder: Path, path: Path) -> tuple[float, float, float]:
    """Give the median wall and processor time in seconds and the peak memory in MB of checking one file."""
    command = ["check", path, "--home", folder / "home", "--out", folder / "results.csv"]
    runs = [_run([str(word) for word in command], folder / "compiled") for _ in range(_RUNS)]
    walls, cpus, peaks = zip(*runs, strict=True)
    return statistics.median(walls), statistics.median(cpus), max(peaks)


def _run(arguments: Sequence[str], compiled: Path) -> tuple[float, float, float]:
    """Run the command once; a runner between measures it, so that the memory is that of the one command."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(compiled)}
    done = subprocess.run(
        [sys.executable, __file__, "--run", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    wall, cpu, peak = map(float, done.stdout.split())
    return wall, cpu, peak


def _measured(arguments: Sequence[str]) -> None:
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "maksa", *arguments], stdout=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - begun
    if done.returncode != 1:
        sys.exit(f"the check ended with {done.returncode}; some rows should fail")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1_000)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        _measured(sys.argv[2:])
    else:
        main()
