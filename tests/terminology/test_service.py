"""The service meets the protocol that doors and checkers ask."""

from __future__ import annotations

import inspect

from toys import DAY

from maksa.model.service import TerminologyService
from maksa.model.verdict import Triple
from maksa.terminology.service import LocalTerminology


def test_every_method_of_the_protocol_is_answered_with_its_parameters():
    """Names and defaults are those of the protocol."""
    public = {name: asked for name, asked in vars(TerminologyService).items() if not name.startswith("_")}
    questions = [name for name, asked in public.items() if callable(asked)]

    assert questions
    assert all(hasattr(LocalTerminology, name) for name in public)
    for name in questions:
        ours = inspect.signature(getattr(LocalTerminology, name)).parameters
        theirs = inspect.signature(getattr(TerminologyService, name)).parameters
        assert [(p.name, p.kind, p.default) for p in ours.values()] == [
            (p.name, p.kind, p.default) for p in theirs.values()
        ]


def test_questions_that_name_an_edition_agree(service):
    """Lookup, codes, search and validate of one day answer from one edition."""
    editions = {
        service.lookup("RVU3", "700100", on=DAY).edition,
        service.codes("RVU3", on=DAY).edition,
        service.search("کبد", terminology="RVU3", on=DAY).editions[0],
        service.validate(Triple("RVU3", "700100", None), on=DAY).edition,
        service.diff("RVU3", "1403", "1404").after,
    }

    assert len(editions) == 1
