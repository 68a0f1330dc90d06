"""How the figures are taken, and how they are printed: a method line, then one row a figure."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def heading(title: str, method: str) -> None:
    """Print what is measured, on what, and how."""
    print(f"\n## {title}")
    print(
        f"machine: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}"
    )
    print(f"method:  {method}")


def figure(name: str, value: float, unit: str, limit: str = "") -> None:
    """Print one figure, with its limit where it has one."""
    print(f"  {name:<44} {value:>14,.2f} {unit:<14} {limit}")


def median_seconds(work: Callable[[], object], *, runs: int = 5) -> float:
    """Give the median wall time of several runs, in seconds."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def microseconds_each(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """Give the median and the 99th percentile of the time of one question, in microseconds."""
    taken = []
    for question in questions:
        begun = time.perf_counter_ns()
        ask(question)
        taken.append((time.perf_counter_ns() - begun) / 1_000)
    taken.sort()
    return statistics.median(taken), taken[int(len(taken) * 0.99)]


def peak_memory_mb(*, children: bool = False) -> float:
    """Give the largest resident memory so far of this process, or of its largest child, in MB."""
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    return resource.getrusage(who).ru_maxrss / 1_000


def real_list(name: str) -> Path | None:
    """Give a real public list that lies beside the project (or where MAKSA_REAL_DATA says), else None."""
    folder = Path(os.environ.get("MAKSA_REAL_DATA") or Path(__file__).parents[2] / "shared" / "data")
    path = folder / name
    return path if path.is_file() else None
