"""Search, lookup and validation in process as a list grows. Usage: bench_search.py [--plot FILE.svg] [CONCEPTS ...].

The last and largest size is held against the limits of the product.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generated import LIST, concepts
from maksa.home import Home, open_home
from maksa.model.concept import Concept
from maksa.model.verdict import Triple
from measure import figure, heading, microseconds_each
from plot import Line, draw
from shelves import home_with

_SIZES = (2_000, 20_000, 200_000, 2_000_000)
_ASKED = 2_000
_LIMITS_MS = {  # Median and 99th percentile, for 2,000,000 names.
    "exact words": (0.1, None),
    "prefixes": (0.4, 3.0),
    "one edit": (0.5, None),
}
_INDEX_TABLES = ("word", "word_word", "prefix", "sqlite_autoindex_prefix_1", "deletion", "sound")
_INDEX_LIMIT_MB = 150
_MEMORY_LIMIT_MB = 150
_OPENING_LIMIT_MS = 50


def main() -> None:
    """Measure each size in a home of its own and draw how the cost grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("sizes", type=int, nargs="*", default=_SIZES)
    chosen = parser.parse_args()
    if chosen.worker:
        _worker(chosen.worker)
        return
    grown: dict[str, list[tuple[int, float]]] = {}
    for size in chosen.sizes:
        heading(
            f"Questions in process, one list of {size:,} concepts",
            f"{_ASKED:,} different questions of each kind, one by one, each timed alone, none asked twice",
        )
        with tempfile.TemporaryDirectory() as folder:
            home_with(size, Path(folder) / "home")
            for name, middle in _measure(Path(folder) / "home", size).items():
                grown.setdefault(name, []).append((size, middle))
            _memory(Path(folder) / "home")
    if chosen.plot:
        lines = [Line(name, points) for name, points in grown.items()]
        chosen.plot.write_text(draw(lines, x="concepts in the list", y="median, ms"), encoding="utf-8")


def _measure(path: Path, size: int) -> dict[str, float]:
    some = _some_concepts(size)
    begun = time.perf_counter()
    home = open_home(path)
    home.service.lookup(LIST.id, some[0].code)
    opening = (time.perf_counter() - begun) * 1e3
    titles = {concept.code: concept.display for concept in some[:_ASKED]}
    codes = list(titles)
    asked: dict[str, tuple[list[str], Callable[[str], object]]] = {
        "lookup": (codes, lambda code: home.service.lookup(LIST.id, code)),
        "validate": (codes[::-1], lambda code: home.service.validate(Triple(LIST.id, code, titles[code]))),
    }
    for name, texts in _texts(some).items():
        asked[name] = (texts[::2], _search(home))
        asked[f"{name}, hits not read"] = (texts[1::2], _search(home, limit=0))
    medians: dict[str, float] = {}
    for name, (questions, ask) in asked.items():
        middle, slow = (taken / 1e3 for taken in microseconds_each(ask, questions))
        limits = _LIMITS_MS.get(name, (None, None))
        figure(f"{name}: median", middle, "ms", _held(middle, limits[0], "ms"))
        figure(f"{name}: 99 of 100 within", slow, "ms", _held(slow, limits[1], "ms"))
        medians[name] = middle
    figure("open the home and answer once", opening, "ms", _held(opening, _OPENING_LIMIT_MS, "ms"))
    index = _index_mb(home.shelf.file(LIST.id, "1"))
    figure("search index", index, "MB", _held(index, _INDEX_LIMIT_MB, "MB"))
    return medians


def _search(home: Home, *, limit: int = 20) -> Callable[[str], object]:
    provider = home.shelf.provider(LIST.id, "1")
    return lambda text: provider.search(text, limit=limit)


def _texts(some: list[Concept]) -> dict[str, list[str]]:
    words = [concept.display.split()[:2] for concept in some]
    return {
        "exact words": [" ".join(pair) for pair in words],
        "prefixes": [" ".join(word[: max(3, len(word) - 1)] for word in pair) for pair in words],
        "one edit": [f"{_misspelled(first)} {second}" for first, second in words],
    }


def _misspelled(word: str) -> str:
    return word[:2] + word[3:] if len(word) > 4 else word + word[-1]


def _some_concepts(size: int) -> list[Concept]:
    chance = random.Random(4)
    wanted = {chance.randrange(size) for _ in range(2 * _ASKED)}
    some = [concept for number, concept in enumerate(concepts(size)) if number in wanted]
    chance.shuffle(some)
    return some


def _held(value: float, limit: float | None, unit: str) -> str:
    return "" if limit is None else f"limit {limit:g} {unit}, ratio {value / limit:.2f}"


def _index_mb(path: Path) -> float:
    connection = sqlite3.connect(path)
    places = ",".join("?" * len(_INDEX_TABLES))
    (size,) = connection.execute(
        f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({places})",  # noqa: S608 - places only.
        _INDEX_TABLES,
    ).fetchone()
    connection.close()
    return float(size) / 1e6


def _memory(home: Path) -> None:
    command = [sys.executable, __file__, "--worker", str(home)]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    private = float(said.stdout)
    figure(
        "private memory of a process that answered 1,000",
        private,
        "MB",
        _held(private, _MEMORY_LIMIT_MB, "MB"),
    )


def _worker(path: Path) -> None:
    home = open_home(path)
    search = _search(home)
    page = home.service.codes(LIST.id, limit=1_000)
    for found in page.concepts:
        search(found.concept.display[:12])
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("RssAnon"))
    print(int(kilobytes) / 1e3)


if __name__ == "__main__":
    main()
