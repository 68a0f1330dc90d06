"""Drafts of herbs as the rules of quality see them, in one call each."""

from dataclasses import replace

from desk import draft
from herbs import HERBS, herbs

from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept, Designation
from maksa.registry.quality.check import check_draft

FORMED = replace(HERBS, code_form=CodeForm(pattern="[0-9]{1,4}", example="12"))


def herb(code, display, *, english=None, **more):
    """Make a herb, with an English title if told."""
    titles = () if english is None else (Designation(english, "en", "english"),)
    return Concept(code, display, designations=titles, **more)


def report(registry, shelf, *concepts, edition="2", terminology=FORMED, least="note", **options):
    """Save a draft of herbs and check it."""
    saved = draft(registry, herbs(*concepts, terminology=terminology), edition, **options)
    return check_draft(registry, shelf, saved, least=least)


def codes(told, rule):
    """Name the codes of which a rule found something, in their order."""
    return [finding.code for finding in told.of(rule)]
