"""Build an edition of many generated concepts: wall time, memory, size. Usage: bench_edition.py [CONCEPTS]."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from generated import LIST, concepts
from maksa.editions.reader import EditionFile
from maksa.editions.writer import EditionHead, write_edition
from measure import figure, heading, peak_memory_mb

_DEFAULT = 2_000_000


def main() -> None:
    """Build once and print the figures; the generator runs inside the build and is also timed alone."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT
    heading(
        f"Build an edition of {count:,} generated concepts",
        "one run; concepts stream from a generator, whose own time was taken alone before and is taken off",
    )
    begun = time.perf_counter()
    for _ in concepts(count):
        pass
    generating = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edition.sqlite"
        begun = time.perf_counter()
        write_edition(path, EditionHead(LIST, "1", 1, None, sample=False, rows=count), concepts(count))
        wall = time.perf_counter() - begun
        begun = time.perf_counter()
        EditionFile(path).concept("00000001")
        opening = time.perf_counter() - begun
        size = path.stat().st_size
    figure("build", wall - generating, "s", "limit 60 s, aim 40 s, for 2,000,000")
    figure("build with the generator, wall", wall, "s")
    figure("peak memory, this process", peak_memory_mb(), "MB", "limit 2,500 MB with the next")
    figure("peak memory, the indexing process", peak_memory_mb(children=True), "MB")
    figure("file", size / 1e6, "MB")
    figure("open and read one concept", opening * 1e3, "ms")


if __name__ == "__main__":
    main()
