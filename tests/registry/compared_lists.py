"""Comparisons as an upload takes them, made without comparing anything."""

from datetime import date

from maksa.model.discrepancy import Difference, Side, Suggestion
from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding
from maksa.registry.discrepancies.uploads import ComparedList
from maksa.text import Text


def difference(code, kind="title-differs", *, title="theirs", row=2, product=""):
    """Make a difference of a code; its title is what may change between uploads."""
    offered = Suggestion(Coding("herbs", "00125", "ours"), 80, (Text("گواه", "evidence"),))
    ours = (Side("00125", "ours"),)
    return Difference(
        kind, code, (row,), Side(code, title), ours, Text("فرق", "differs"), product, (offered,)
    )


def compared(*differences, party="insurer", partial=False, codes=(), channel="direct"):
    """Make the comparison of a party's list."""
    return ComparedList(
        party=party,
        list="herbs",
        file="list.csv",
        file_hash="0" * 64,
        day=date(2025, 6, 1),
        edition=EditionRef("herbs", "1", "0" * 64),
        partial=partial,
        codes=frozenset(codes) | {one.code for one in differences},
        differences=differences,
        rows={"read": len(differences)},
        kinds={"title-differs": len(differences)},
        reporter=party,
        channel=channel,
    )
