"""Verdicts that are remembered between messages: the same codes come again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from maksa.model.service import TerminologyService
from maksa.model.verdict import Triple, Verdict

MOST = 20_000
"""Verdicts that are kept, of some 1 KB each; when there are more, all are forgotten."""
LONGEST = 500
"""Characters of a triple that is remembered."""

Ask = Callable[[Triple, str | None], Verdict]
"""Asks for the verdict of a triple, in a value set or in its whole list, on one day."""
_Key = tuple[Triple, date, str | None]


class Memo:
    """Asks a service, and remembers its verdicts until an edition comes or goes."""

    def __init__(self, service: TerminologyService) -> None:
        self._service = service
        self._known: dict[_Key, Verdict] = {}
        self._generation = service.generation

    def verdicts(self, triples: Sequence[Triple], day: date) -> list[Verdict]:
        """Judge triples on a day, in their order. Raises: EditionUnreadable."""
        self._check_generation()
        known = self._known
        found: dict[Triple, Verdict | None] = {triple: known.get((triple, day, None)) for triple in triples}
        asked = [triple for triple, verdict in found.items() if verdict is None]
        judged = self._service.validate_all(asked, on=day) if asked else ()
        for triple, answer in zip(asked, judged, strict=True):
            found[triple] = answer
            self._keep((triple, day, None), answer)
        return [verdict for triple in triples if (verdict := found[triple]) is not None]

    def asking(self, day: date) -> Ask:
        """Give what asks for one verdict on a day, in a value set or in the whole list.

        What it gives raises BadParameter for a value set that the list does not have.
        """

        def ask(triple: Triple, value_set: str | None) -> Verdict:
            self._check_generation()
            key = (triple, day, value_set)
            verdict = self._known.get(key)
            if verdict is None:
                verdict = self._service.validate(triple, on=day, value_set=value_set)
                self._keep(key, verdict)
            return verdict

        return ask

    def _check_generation(self) -> None:
        generation = self._service.generation
        if generation != self._generation:
            self._known = {}
            self._generation = generation

    def _keep(self, key: _Key, verdict: Verdict) -> None:
        triple = key[0]
        size = len(triple.terminology or "") + len(triple.code or "") + len(triple.value or "")
        if size <= LONGEST:
            if len(self._known) >= MOST:
                self._known = {}
            self._known[key] = verdict
