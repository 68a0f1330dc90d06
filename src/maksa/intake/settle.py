"""Settle a draft once its cells are read: its list, the form of its code, its days, and what can be derived."""

from __future__ import annotations

from maksa.intake.bounds import MAX_CODE
from maksa.intake.cell_sentences import broken_code
from maksa.intake.cells import has_line_break, settle_code
from maksa.intake.derive import DERIVATIONS
from maksa.intake.draft_concept import DraftConcept
from maksa.intake.ledger import Ledger, Remark, RowRefusedError
from maksa.intake.lists import ListFinder
from maksa.intake.profile_records import Profile
from maksa.intake.sentences import (
    code_display_swapped,
    code_repaired,
    days_crossed,
    malformed_code,
)
from maksa.model.concept import Terminology


class Settler:
    """Settles the drafts of one import."""

    def __init__(self, profile: Profile, ledger: Ledger) -> None:
        """Prepare the known lists of a profile whose files hold many."""
        self._profile = profile
        self._ledger = ledger
        self._lists = ListFinder(profile, ledger) if profile.groups else None
        self.lists: dict[str, Terminology] = {}

    def settle(self, draft: DraftConcept) -> None:
        """Repair and test the code, compare the days, and derive what the profile names.

        Raises: RowRefusedError when the code cannot be one of the list.
        """
        terminology = self._profile.terminology
        if self._lists is not None:
            terminology = self._lists.find(draft.list_id, draft.code)
            draft.list_id = terminology.id
            self.lists[terminology.id] = terminology
        self._settle_code(draft, terminology)
        if draft.effective_from and draft.effective_to and draft.effective_to < draft.effective_from:
            self._ledger.note(days_crossed(draft.code), None, draft.code)
        if self._profile.derive:
            self._derive(draft)

    def _settle_code(self, draft: DraftConcept, terminology: Terminology) -> None:
        if has_line_break(draft.code):
            raise RowRefusedError(broken_code(draft.code), None, draft.code)
        settled = settle_code(draft.code, terminology.code_form, self._profile.pad_at_most)
        too_long = not settled.code or len(settled.code) > MAX_CODE
        if not settled.fits or too_long:
            remark = _misfit(draft, terminology)
            if too_long or self._profile.misfit == "set-aside":
                raise RowRefusedError(remark, None, draft.code)
            self._ledger.note(remark, None, draft.code)
        if settled.repaired:
            self._ledger.repair(code_repaired(draft.code, settled.code), None, settled.code)
        draft.code = settled.code

    def _derive(self, draft: DraftConcept) -> None:
        titles = len(draft.designations)
        said: set[str] = set()
        for step in self._profile.derive:
            for remark in DERIVATIONS[step].apply(draft):
                if remark.text.en not in said:
                    said.add(remark.text.en)
                    self._ledger.note(remark, None, draft.code)
        if len(draft.designations) > titles:
            self._ledger.tally["title-split"] += 1


def _misfit(draft: DraftConcept, terminology: Terminology) -> Remark:
    form = terminology.code_form
    if form.known and draft.display and form.fits(draft.display):
        return code_display_swapped(draft.code, draft.display)
    return malformed_code(draft.code, terminology.id, form)
