"""What must never stand in the project: addresses of indexes, paths of one machine, unfinished work, real lists."""

from __future__ import annotations

import hashlib
import re

import pytest
from house import name_of, project_files

FORBIDDEN = {
    # A letter in brackets keeps this file from finding itself.
    "the address of a package index": r"pyp[i]\.org|files\.pythonhoste[d]|registry\.npm[j]s|/simpl[e]/?(?:[\s\"']|$)",
    "a path of one machine": r"(?<![A-Za-z0-9_.~-])/(?:roo[t]|hom[e]|wor[k]|far[m]|tm[p]|User[s])/",
    "unfinished work": r"\b(?:TOD[O]|FIXM[E]|HAC[K])\b",
    "who wrote it with what": r"(?i)\b(?:claud[e]|anthropi[c]|chatgp[t]|opena[i]|copilo[t]|ll[m]s?|sub-?agen[t]s?)\b",
}
BINARY = frozenset({".woff2", ".ttf", ".png", ".ico", ".xlsx", ".sqlite"})


def texts():
    """Yield the name and the text of every file of the project."""
    for path in project_files():
        if path.suffix not in BINARY:
            yield name_of(path), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_thing_that_must_not_stand_here_does_not(what):
    """No line of any file holds it."""
    pattern = re.compile(FORBIDDEN[what])

    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]

    assert not found


def test_every_pattern_finds_what_it_forbids():
    """The patterns catch an example each, so that a silent one is noticed."""
    examples = [
        "https://pyp" + "i.org/simp" + "le",
        "open('/tm" + "p/x')",
        "# TO" + "DO: later",
        "made by Clau" + "de",
    ]

    assert all(
        re.search(pattern, example) for pattern, example in zip(FORBIDDEN.values(), examples, strict=True)
    )


def test_no_real_list_is_copied_here(real_data):
    """The public lists are input for tests and stay where they are: none of the project's files is one of them."""
    real = {digest(path) for path in real_data.iterdir() if path.is_file()}

    assert not [name_of(path) for path in project_files() if digest(path) in real]


def digest(path):
    """Hash a file's text, whatever its line ends."""
    return hashlib.sha256(b"\n".join(path.read_bytes().split())).hexdigest()


def test_the_licence_stands_here():
    """The project carries the Apache License 2.0 in full."""
    licence = next(path for path in project_files() if path.name == "LICENSE").read_text(encoding="utf-8")

    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
