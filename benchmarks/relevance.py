"""How good search is: the labelled queries over the real lists, hit@1, hit@5 and MRR by kind.

Usage: relevance.py [--misses]. The lists lie beside the project (or where MAKSA_REAL_DATA says).
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from measure import real_list

from maksa.home import Home, open_home
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.registry.drafts import DraftOptions, save_draft
from maksa.registry.publish import publish

QUERIES = Path(__file__).parents[1] / "tests" / "relevance" / "queries.csv"
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
    if real_list("rvu3_1404.csv") is None:
        print("Relevance: skipped, the real lists are not beside the project (MAKSA_REAL_DATA may name their folder)")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = open_home(Path(folder) / "home", create=True)
        _publish_lists(home)
        ranks = _ranks(home, show_misses="--misses" in sys.argv)
    print(f"{'kind':<20} {'queries':>7} {'hit@1':>7} {'hit@5':>7} {'MRR':>7}")
    for kind in sorted(ranks):
        _row(kind, ranks[kind])
    _row("all", [rank for some in ranks.values() for rank in some])


def _publish_lists(home: Home) -> None:
    for profile, name in LISTS.items():
        path = real_list(name)
        if path is None:
            raise FileNotFoundError(name)
        intake = take_in(path, load_profile(profile))
        for one in intake.lists:
            save_draft(home.registry, one, "real", source=intake.source, options=DraftOptions())
            publish(home.registry, home.shelf, one.terminology.id, "real")


def _ranks(home: Home, *, show_misses: bool) -> dict[str, list[int | None]]:
    ranks: dict[str, list[int | None]] = defaultdict(list)
    with QUERIES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            page = home.service.search(row["query"], terminology=row["terminology"], limit=_DEPTH)
            codes = [hit.hit.concept.code for hit in page.hits]
            right = set(row["codes"].split("|"))
            rank = next((place for place, code in enumerate(codes, start=1) if code in right), None)
            ranks[row["kind"]].append(rank)
            if show_misses and (rank is None or rank > 5):
                first = [(h.hit.concept.code, h.hit.how, h.hit.matched[:60]) for h in page.hits[:3]]
                print(f"{row['kind']:<14} «{row['query']}» {row['terminology']} {row['codes'][:40]} rank {rank}: {first}")
    return ranks


def _row(kind: str, ranks: list[int | None]) -> None:
    count = len(ranks)
    first = sum(rank == 1 for rank in ranks) / count
    five = sum(rank is not None and rank <= 5 for rank in ranks) / count
    reciprocal = sum(1 / rank for rank in ranks if rank is not None) / count
    print(f"{kind:<20} {count:>7} {first:>7.1%} {five:>7.1%} {reciprocal:>7.3f}")


if __name__ == "__main__":
    main()
