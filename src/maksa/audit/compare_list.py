"""Compare a party's own list with the reference on a day: every way in which they differ, every row accounted for.

It asks the `TerminologyService` protocol only: one pass over the list, and a search where a title must be found. Suggestions are ranked with their evidence, and never taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from maksa.audit import compare_sentences as said
from maksa.audit.compare_codes import CodeComparer, Elsewhere
from maksa.audit.compare_reference import MAX_DIFFERENCES, Reference, pass_over
from maksa.audit.compare_rows import TheirCode, TheirList
from maksa.model.discrepancy import KINDS, Difference, Side
from maksa.model.edition import EditionRef
from maksa.model.jalali import today
from maksa.model.service import TerminologyService
from maksa.text import Text

_MOST = 20
"""Codes of the other side that one difference names."""


@dataclass(frozen=True, slots=True)
class RowAccount:
    """The fate of every row: `read` is the sum of all after it.

    `ended` are rows of codes that the party itself no longer uses; `agreeing` and `differing` those compared.
    """

    read: int
    set_aside: int
    passed_over: int
    repeated: int
    ended: int
    agreeing: int
    differing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A party's list against the reference on a day; `differences` stand by kind, the graver first, then by row.

    `active` counts the active codes of the reference, `partial` tells that the codes which the party lacks were not
    looked for, and `codes` are the party's codes that were compared. `not_sought` counts codes that are not in the
    reference and for which, beyond a bound, no near codes were looked for.
    """

    terminology: str
    day: date
    edition: EditionRef
    partial: bool
    active: int
    codes: frozenset[str]
    differences: tuple[Difference, ...]
    rows: RowAccount
    not_sought: int = 0

    def kinds(self) -> dict[str, int]:
        """Count the differences by kind, in the order of kinds; none is left out."""
        counted = Counter(one.kind for one in self.differences)
        return {kind: counted[kind] for kind in KINDS}


def compare(
    service: TerminologyService,
    theirs: TheirList,
    terminology: str,
    *,
    on: date | None = None,
    partial: bool = False,
) -> Comparison:
    """Compare a party's list with the list of the reference in force on a day.

    `partial` says that the list is a part: what it lacks is no difference.
    Raises: UnknownTerminology, UnknownEdition, BadParameter (a map, a list held by its form only), TooLarge.
    Cost:   20,000 codes in some seconds; memory grows with the party's list, not with the reference.
    """
    day = today() if on is None else on
    entry = service.terminology(terminology, on=day)
    described = entry.terminology
    if described.kind == "map":
        raise said.is_a_map(described.id)
    if entry.entry is None:
        raise said.not_held(described.id)
    reference = pass_over(service, described.id, described.code_form, theirs.codes, day, partial=partial)
    maps_from = None if theirs.id == described.id else theirs.id
    comparer = CodeComparer(service, described, reference, day=day, maps_from=maps_from)
    differences: list[Difference] = []
    stands_for: dict[tuple[str, str], list[Elsewhere]] = {}
    for one in theirs.codes:
        stands_for[one.key] = elsewhere = comparer.elsewhere(one)
        differences += comparer.differences(one, elsewhere)
    differences += _one_to_many(theirs.codes, stands_for, reference)
    differing = {(one.code, one.product) for one in differences}
    differences += _missing(reference, stands_for, theirs)
    if len(differences) > MAX_DIFFERENCES:
        raise said.too_many_differences(MAX_DIFFERENCES)
    differences.sort(key=lambda one: (KINDS.index(one.kind), one.rows, one.code, one.product))
    return Comparison(
        described.id,
        day,
        reference.edition,
        partial,
        reference.active,
        frozenset(one.code for one in theirs.codes) | theirs.ended.keys(),
        tuple(differences),
        _account(theirs, differing),
        comparer.not_sought,
    )


def _one_to_many(
    codes: Sequence[TheirCode],
    stands_for: dict[tuple[str, str], list[Elsewhere]],
    reference: Reference,
) -> Iterator[Difference]:
    """Yield each code that stands for several of ours or several products, or shares one of ours with others."""
    sharing: dict[tuple[str, str], dict[str, None]] = {}
    products: dict[str, dict[str, None]] = {}
    for one in codes:
        if one.product is not None:
            sharing.setdefault(("product", one.product.code), {})[one.code] = None
            products.setdefault(one.code, {})[one.product.code] = None
            continue
        for code in _ours(one, stands_for, reference):
            sharing.setdefault(("code", code), {})[one.code] = None
    for one in codes:
        ours = list(_ours(one, stands_for, reference))
        several = list(products.get(one.code, ())) if one.product is not None else ours
        end = ("product", one.product.code) if one.product is not None else ("code", ours[0] if ours else "")
        theirs = list(sharing.get(end, ()))
        if len(several) > 1:
            yield _many(one, said.one_of_theirs(one.code, several), several, reference, stands_for)
        elif len(theirs) > 1:
            yield _many(one, said.several_of_theirs(end[1], theirs), [end[1]], reference, stands_for)


def _ours(
    one: TheirCode, stands_for: dict[tuple[str, str], list[Elsewhere]], reference: Reference
) -> Iterator[str]:
    """Yield the codes of the reference that a code stands for: itself, and those of the same title or by a map."""
    ours = reference.ours(one.code)
    if ours is not None:
        yield ours
    yield from (other.side.code for other in stands_for[one.key])


def _many(
    one: TheirCode,
    text: Text,
    ends: Sequence[str],
    reference: Reference,
    stands_for: dict[tuple[str, str], list[Elsewhere]],
) -> Difference:
    known = {other.side.code: other.side for other in stands_for[one.key]}
    sides = [known.get(end) or reference.sides.get(end) or Side(end) for end in ends[:_MOST]]
    code, product = one.key
    # Which of several is right, no evidence of a list can say: there is no suggestion.
    return Difference("one-to-many", code, one.rows, Side(code, one.display), tuple(sides), text, product)


def _missing(
    reference: Reference, stands_for: dict[tuple[str, str], list[Elsewhere]], theirs: TheirList
) -> Iterator[Difference]:
    """Yield the active codes that the party does not have, not even under another code."""
    covered = {one.side.code for elsewhere in stands_for.values() for one in elsewhere}
    for code, display in reference.unmet.items():
        if code not in covered:
            rows = theirs.ended.get(code, ())
            ended = Side(code) if rows else None
            ours = (Side(code, display),)
            yield Difference("not-in-their-list", code, rows, ended, ours, said.not_in_their_list(code))


def _account(theirs: TheirList, differing: set[tuple[str, str]]) -> RowAccount:
    rows = [(len(one.rows), one.key in differing) for one in theirs.codes]
    return RowAccount(
        theirs.read,
        theirs.set_aside,
        theirs.passed_over,
        theirs.repeated,
        sum(map(len, theirs.ended.values())),
        sum(count for count, differs in rows if not differs),
        sum(count for count, differs in rows if differs),
    )
