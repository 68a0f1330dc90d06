"""What the reference has of a party's codes and titles: one pass over the list, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from maksa.audit.compare_rows import TheirCode
from maksa.audit.compare_sentences import too_many_differences
from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept, StatusOnDay
from maksa.model.discrepancy import Side
from maksa.model.edition import EditionRef
from maksa.model.persian import title_key
from maksa.model.service import Lookup, TerminologyService

MAX_DIFFERENCES = 200_000
"""Differences of one comparison."""
_PAGE = 1_000


@dataclass(slots=True)
class Reference:
    """What one pass over the list of the reference found.

    `spelled` holds the codes that a spelling of the party may mean, `sides` and `states` what they are, `replaced` what
    replaces a retired one. `titled` are the active concepts under each folded title of the party, `unlike` the concepts
    whose titles or values may differ from the party's, `unmet` the active codes (with titles) that the party lacks.
    """

    edition: EditionRef
    active: int = 0
    spelled: dict[str, list[str]] = field(default_factory=dict)
    sides: dict[str, Side] = field(default_factory=dict)
    states: dict[str, StatusOnDay] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    titled: dict[str, list[Side]] = field(default_factory=dict)
    unlike: dict[str, Concept] = field(default_factory=dict)
    unmet: dict[str, str] = field(default_factory=dict)

    def ours(self, code: str) -> str | None:
        """Give the code of the reference that a code of the party is, where its spelling is certain."""
        meant = self.spelled.get(code, [])
        if code in meant:
            return code
        return meant[0] if len(meant) == 1 else None


def pass_over(
    service: TerminologyService,
    terminology: str,
    form: CodeForm,
    codes: Sequence[TheirCode],
    day: date,
    *,
    partial: bool,
) -> Reference:
    """Read the list of the reference once.

    Memory: what concerns the party's codes; without `partial` also the codes that it lacks, `MAX_DIFFERENCES` at most.
    Raises: TooLarge; as service.codes.
    """
    page = service.codes(terminology, limit=_PAGE, on=day)
    passing = _Pass(Reference(page.edition), form, codes, partial=partial)
    while True:
        for seen in page.concepts:
            passing.note(seen)
        if page.next_after is None:
            return passing.reference
        page = service.codes(terminology, limit=_PAGE, after=page.next_after, on=day)


class _Pass:
    """Notes what concerns the party, concept by concept."""

    def __init__(
        self, reference: Reference, form: CodeForm, codes: Sequence[TheirCode], *, partial: bool
    ) -> None:
        self.reference = reference
        self._partial = partial
        self._theirs: dict[str, list[TheirCode]] = {}
        for one in codes:
            for spelling in form.spellings(one.code):
                self._theirs.setdefault(spelling, []).append(one)
        self._wanted = {title_key(title) for one in codes for title in one.all_titles()}

    def note(self, seen: Lookup) -> None:
        reference, concept = self.reference, seen.concept
        active = seen.status == "active"
        reference.active += active
        keys = {title_key(title) for title in concept.titles()}
        side = Side(concept.code, concept.display)
        if active:
            for key in keys & self._wanted:
                reference.titled.setdefault(key, []).append(side)
        met = self._theirs.get(concept.code)
        if met is not None:
            self._note_met(seen, met, side, keys)
        elif active and not self._partial:
            reference.unmet[concept.code] = concept.display
            if len(reference.unmet) > MAX_DIFFERENCES:
                raise too_many_differences(MAX_DIFFERENCES)

    def _note_met(self, seen: Lookup, met: list[TheirCode], side: Side, keys: set[str]) -> None:
        reference, concept = self.reference, seen.concept
        for code in dict.fromkeys(one.code for one in met):
            reference.spelled.setdefault(code, []).append(concept.code)
        reference.sides[concept.code] = side
        reference.states[concept.code] = seen.status
        if concept.replaced_by is not None:
            reference.replaced[concept.code] = concept.replaced_by
        if any(one.values or any(_unlike(one, keys)) for one in met):
            reference.unlike[concept.code] = concept


def _unlike(theirs: TheirCode, keys: set[str]) -> Iterator[bool]:
    for row in theirs.titles:
        yield not any(title_key(title) in keys for title in row)
