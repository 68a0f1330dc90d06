"""The report: counts of all, samples of each rule, and the refusal that it makes."""

import pytest
from checking import herb, report

from maksa.errors import WrongState
from maksa.registry.quality.report import SAMPLES, require_sound


def test_all_findings_are_counted_and_the_first_are_kept(registry, shelf):
    """A report stays small whatever a list holds."""
    told = report(registry, shelf, *(herb(f"{n}x", f"گیاه {chr(0x41 + n)}") for n in range(25)))

    (count,) = [one for one in told.counts if one.rule == "malformed-code"]
    assert (count.count, told.errors, told.examined) == (25, 25, 25)
    assert len(told.of("malformed-code")) == SAMPLES


def test_a_refusal_names_the_first_error_of_each_rule_and_its_mend(registry, shelf):
    """Who publishes reads what is wrong and what to do, without asking again."""
    told = report(
        registry,
        shelf,
        herb("1x", ""),
        herb("2", "دو", status="retired", replaced_by="9"),
        herb("3", "كرفس یک"),
    )

    with pytest.raises(WrongState) as refused:
        require_sound(told)

    said = str(refused.value)
    assert "3 errors" in said
    assert "Code 1x cannot be a code of this list" in said
    assert "The replacement of code 2, 9," in said
    assert "Write its title." in said
    assert "maksa drafts check herbs 2" in said
    assert "--despite-errors" in refused.value.mend.fa
    assert "كرفس" not in said


def test_a_draft_without_errors_passes(registry, shelf):
    """Warnings and notes refuse nothing."""
    told = report(registry, shelf, herb("1", "كرفس یک"), herb("2", "دو", status="retired"))

    require_sound(told)

    assert (told.errors, told.warnings, told.notes) == (0, 1, 1)


def test_the_graver_rules_come_first(registry, shelf):
    """Errors, warnings, notes: in the order of the rules."""
    told = report(registry, shelf, herb("1x", "كرفس یک"), herb("2", "دو", status="retired"))

    assert [one.severity for one in told.counts] == ["error", "warning", "note"]
    assert [finding.rule for finding in told.findings] == [
        "malformed-code",
        "retired-unexplained",
        "mixed-letters",
    ]
