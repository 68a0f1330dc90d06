"""Lookup, validation and search in process. Usage: bench_questions.py [CONCEPTS]."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from generated import LIST, concepts
from maksa.home import open_home
from maksa.model.verdict import Triple
from measure import figure, heading, microseconds_each, peak_memory_mb
from shelves import home_with

_DEFAULT = 200_000
_ASKED = 20_000


def main() -> None:
    """Ask codes spread over the whole list (each new to the memory), then a few codes again and again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT
    heading(
        f"Questions in process, one list of {count:,} concepts",
        f"{_ASKED:,} questions one by one, each timed alone; spread: codes drawn evenly; again: 100 codes repeated",
    )
    chance = random.Random(2)
    asked = sorted({chance.randrange(count) for _ in range(_ASKED)})
    wanted = set(asked)
    titles = {c.code: c.display for n, c in enumerate(concepts(count)) if n in wanted}
    codes = list(titles)
    chance.shuffle(codes)
    with tempfile.TemporaryDirectory() as folder:
        home_with(count, Path(folder) / "home")
        service = open_home(Path(folder) / "home").service
        service.lookup(LIST.id, codes[0])
        few = (codes[:100] * (len(codes) // 100))[: len(codes)]
        for name, some in (("spread", codes), ("again", few)):
            middle, slow = microseconds_each(lambda code: service.lookup(LIST.id, code), some)
            figure(f"lookup, {name}: median", middle, "us")
            figure(f"lookup, {name}: 99 of 100 within", slow, "us")
        service = open_home(Path(folder) / "home").service
        for name, some in (("spread", codes), ("again", few)):
            middle, slow = microseconds_each(
                lambda code: service.validate(Triple(LIST.id, code, titles[code])), some
            )
            figure(f"validate, {name}: median", middle, "us")
            figure(f"validate, {name}: 99 of 100 within", slow, "us")
        words = [" ".join(title.split()[:2]) for title in list(titles.values())[:2_000]]
        for name, texts in (("whole words", words), ("prefixes", [w[:-1] for w in words])):
            middle, slow = microseconds_each(lambda text: service.search(text, terminology=LIST.id), texts)
            figure(f"search, two {name}, 20 hits: median", middle, "us")
            figure(f"search, two {name}, 20 hits: 99 of 100 within", slow, "us")
    figure("peak memory (building included)", peak_memory_mb(), "MB")


if __name__ == "__main__":
    main()
