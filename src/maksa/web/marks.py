"""Which editions are samples: asked once an edition, since an edition never changes."""

from __future__ import annotations

from maksa.errors import MaksaError
from maksa.model.edition import EditionRef
from maksa.model.service import TerminologyService


class SampleMarks:
    """Tell of an edition whether it is a sample. Memory: one entry an edition."""

    def __init__(self, service: TerminologyService) -> None:
        self._service = service
        self._known: dict[EditionRef, bool] = {}

    def is_sample(self, ref: EditionRef) -> bool:
        """Tell whether an edition is a sample; one that is no longer held counts as none."""
        mark = self._known.get(ref)
        if mark is None:
            mark = self._known[ref] = self._look_up(ref)
        return mark

    def _look_up(self, ref: EditionRef) -> bool:
        try:
            entries = self._service.editions(ref.terminology)
        except MaksaError:
            return False
        return any(entry.manifest.sample for entry in entries if entry.manifest.ref == ref)
