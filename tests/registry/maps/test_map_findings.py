"""What is told of the draft of a map: targets that may not be used, and decisions that differ from the file."""

from dataclasses import replace
from datetime import date

import pytest
from herbs import HERBS, SOURCE, herbs, use, uses

from maksa.model.concept import Concept, Decision
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.maps.decisions import decide
from maksa.registry.maps.findings import map_findings

TARGETS = (
    Concept("oil", "روغن"),
    Concept("soap", "صابون", status="retired", effective_to=date(2020, 1, 1), replaced_by="oil"),
    Concept("tea", "دم‌نوش", effective_from=date(2999, 1, 1)),
)


@pytest.fixture
def findings(registry, shelf):
    """Give what is told of a draft of rows, when the list of targets is published."""
    targets = replace(HERBS, id="uses")
    save_draft(registry, herbs(*TARGETS, terminology=targets), "1", source=SOURCE, options=DraftOptions())
    publish(registry, shelf, "uses", "1")

    def findings(*rows):
        saved = save_draft(registry, uses(*rows), "1", source=SOURCE, options=DraftOptions())
        return map_findings(registry, shelf, saved.draft)

    return findings


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("soap", "target-retired", "replaced by oil"),
        ("tea", "target-not-yet-effective", "Choose another"),
        ("paint", "target-unknown", "Choose another"),
    ],
)
def test_a_target_that_may_not_be_used_is_told(findings, target, code, said):
    """With its row, and what to use instead."""
    [finding] = findings(use("2", "oil"), replace(use("1", target), row=7))

    assert (finding.code, finding.row, finding.concept) == (code, 7, "1")
    assert said in finding.mend.en


def test_no_map_has_no_target_to_look_at(findings):
    """Nothing is told of a row without a target, nor of a list that is not held."""
    assert findings(use("1", None), replace(use("2", "x"), target_terminology="elsewhere")) == ()


def test_a_decision_that_the_file_contradicts_is_told(registry, findings):
    """The decided row is what would be published, and its own target is looked at."""
    decision = Decision("Dr. Rah", date(2025, 3, 1), "seen")
    decide(registry, "herb-uses", replace(use("1", "soap"), decision=decision))
    decide(registry, "herb-uses", replace(use("9", None), decision=decision))

    told = findings(replace(use("1", "oil"), row=2))

    assert [finding.code for finding in told] == [
        "decision-without-source",
        "decision-overrules",
        "target-retired",
    ]
    assert "Dr. Rah" in told[1].text.en


def test_nothing_is_told_of_a_list(registry, shelf):
    """Targets are a matter of maps."""
    saved = save_draft(registry, herbs(TARGETS[0]), "1", source=SOURCE, options=DraftOptions())

    assert map_findings(registry, shelf, saved.draft) == ()
