"""How good suggestions of maps are: hit@1 and hit@5 on the maps of the samples, which are withheld.

Usage: suggestions.py. The maps are our own, and their titles are alike on purpose: real lists are harder.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from maksa.editions.shelf import Shelf
from maksa.home import open_home
from maksa.model.concept import Mapping
from maksa.model.edition import EditionEntry
from maksa.model.provider import Provider
from maksa.registry.samples import load_samples
from maksa.terminology.resolve import Resolver
from maksa.terminology.suggest import suggest

MAPS = (
    ("erx-generic-drug", "eRx", "generic-drug"),
    ("irc-erx", "IRC", "eRx"),
    ("drug-usage-tamin", "drug-usage", "tamin.drugInstruction"),
    ("drug-usage-tamin", "drug-usage", "tamin.drugAmount"),
    ("imaging-rvu3", "imaging", "RVU3"),
    ("laboratory-rvu3", "laboratory", "RVU3"),
    ("imaging-tamin-service", "imaging", "tamin-service"),
    ("physiotherapy-rvu3", "physiotherapy", "RVU3"),
)


class Score(NamedTuple):
    """Of how many known pairs the target stood first, and among the first five."""

    pairs: int
    first: int
    five: int


class WithoutMaps:
    """A shelf whose maps are not seen."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.attachment, self.file, self.damage = shelf.attachment, shelf.file, shelf.damage

    @property
    def generation(self) -> int:
        """Give the generation of the shelf."""
        return self._shelf.generation

    def ids(self) -> list[str]:
        """List the ids of the lists that are no maps."""
        entries = {name: self._shelf.entries(name) for name in self._shelf.ids()}
        return [name for name, held in entries.items() if all(e.manifest.kind != "map" for e in held)]

    def entries(self, terminology: str) -> list[EditionEntry]:
        """List the editions of a list."""
        return list(self._shelf.entries(terminology))

    def provider(self, terminology: str, edition: str) -> Provider:
        """Open an edition."""
        return self._shelf.provider(terminology, edition)

    def refusals(self):
        """Give the files that are refused."""
        return self._shelf.refusals()


def score(shelf: Shelf, name: str, source: str, target: str) -> Score:
    """Suggest without any map, and compare with the rows of one."""
    edition = shelf.entries(name)[0].manifest.edition
    known: dict[str, set[str]] = {}
    for row in shelf.provider(name, edition).all_mappings():
        if _counts(row, source, target):
            known.setdefault(row.source_code, set()).add(row.target_code or "")
    found = {
        one.source.code: [candidate.target.code for candidate in one.candidates]
        for one in suggest(Resolver(WithoutMaps(shelf)), source, target)
    }
    asked = [(found[code], wanted) for code, wanted in known.items() if code in found]
    return Score(
        len(asked),
        sum(bool(wanted & set(codes[:1])) for codes, wanted in asked),
        sum(bool(wanted & set(codes)) for codes, wanted in asked),
    )


def _counts(row: Mapping, source: str, target: str) -> bool:
    ends = (row.source_terminology, row.target_terminology)
    return ends == (source, target) and row.target_code is not None and row.condition is None


def sample_shelf(folder: Path) -> Shelf:
    """Publish the samples in a new home and give its shelf."""
    home = open_home(folder, create=True)
    load_samples(home.registry, home.shelf)
    return home.shelf


def main() -> None:
    """Print one row a map."""
    with tempfile.TemporaryDirectory() as temporary:
        shelf = sample_shelf(Path(temporary) / "home")
        print(f"{'source':<14} {'target':<22} {'pairs':>6} {'hit@1':>7} {'hit@5':>7}")
        for name, source, target in MAPS:
            pairs, first, five = score(shelf, name, source, target)
            print(
                f"{source:<14} {target:<22} {pairs:>6} {100 * first / pairs:>7.1f} {100 * five / pairs:>7.1f}"
            )


if __name__ == "__main__":
    main()
