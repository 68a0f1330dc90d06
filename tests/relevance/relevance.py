"""How good search is: the labelled queries over the real lists, hit@1, hit@5 and MRR by kind.

Usage: relevance.py [--misses]. The lists lie beside the project (or where MAKSA_REAL_DATA says).
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from maksa.home import Home, open_home
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish

QUERIES = Path(__file__).parent / "queries.csv"
LISTS = {
    "rvu3": "rvu3_1404.csv",
    "tamin-drug-amount": "tamin_drug_amounts.csv",
    "tamin-drug-instruction": "tamin_drug_instructions.csv",
    "tamin-drug-usage": "tamin_drug_usages.csv",
    "tamin-repeat-days": "tamin_repeat_days.csv",
    "tamin-service-type": "tamin_service_types.csv",
    "tamin-service": "tamin_services_sample.csv",
    "tamin-formulary": "tamin_formulary_sample.csv",
    "laboratory": "tamin_lab_names_loinc_sample.csv",
    "supplementary-insurer": "tamin_supplementary_insurers.csv",
}
_DEPTH = 20


def main() -> None:
    """Ask every query of its list and print one row a kind; with --misses also what was not in the first five."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("MAKSA_REAL_DATA") or beside)
    if not (folder / "rvu3_1404.csv").is_file():
        print(
            "Relevance: skipped, the real lists are not beside the project (MAKSA_REAL_DATA may name their folder)"
        )
        return
    with tempfile.TemporaryDirectory() as temporary:
        ranks = ranks_by_kind(folder, Path(temporary) / "home", show_misses="--misses" in sys.argv)
    print(f"{'kind':<20} {'queries':>7} {'hit@1':>7} {'hit@5':>7} {'MRR':>7}")
    for kind in sorted(ranks):
        _row(kind, ranks[kind])
    _row("all", [rank for some in ranks.values() for rank in some])


def ranks_by_kind(
    folder: Path, home_folder: Path, *, show_misses: bool = False
) -> dict[str, list[int | None]]:
    """Publish the real lists of a folder in a new home and give the rank of the first right hit of every query."""
    home = open_home(home_folder, create=True)
    _publish_lists(home, folder)
    ranks: dict[str, list[int | None]] = defaultdict(list)
    with QUERIES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            page = home.service.search(row["query"], terminology=row["terminology"], limit=_DEPTH)
            right = set(row["codes"].split("|"))
            places = (n for n, hit in enumerate(page.hits, start=1) if hit.hit.concept.code in right)
            rank = next(places, None)
            ranks[row["kind"]].append(rank)
            if show_misses and (rank is None or rank > 5):
                first = [(hit.hit.concept.code, hit.hit.how, hit.hit.matched[:60]) for hit in page.hits[:3]]
                print(
                    f"{row['kind']:<14} «{row['query']}» {row['terminology']} {row['codes']} rank {rank}: {first}"
                )
    return ranks


def hit_at(ranks: list[int | None], depth: int) -> float:
    """Give the share of queries with a right hit among the first so many."""
    return sum(rank is not None and rank <= depth for rank in ranks) / len(ranks)


def _publish_lists(home: Home, folder: Path) -> None:
    for profile, name in LISTS.items():
        intake = take_in(folder / name, load_profile(profile))
        for one in intake.lists:
            save_draft(home.registry, one, "real", source=intake.source, options=DraftOptions())
            publish(home.registry, home.shelf, one.terminology.id, "real")


def _row(kind: str, ranks: list[int | None]) -> None:
    reciprocal = sum(1 / rank for rank in ranks if rank is not None) / len(ranks)
    print(f"{kind:<20} {len(ranks):>7} {hit_at(ranks, 1):>7.1%} {hit_at(ranks, 5):>7.1%} {reciprocal:>7.3f}")


if __name__ == "__main__":
    main()
