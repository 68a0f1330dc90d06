"""Decisions on maps: they win over every import, survive it, and are told where it says otherwise."""

from dataclasses import replace
from datetime import date

import pytest
from herbs import SOURCE, USES, use, uses

from maksa.errors import BadInput, BadParameter
from maksa.model.concept import Decision
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.journal import list_journal
from maksa.registry.maps.decisions import copy_decisions, decide, decisions_of, key_of, overlay, undecide

DECISION = Decision("Dr. Rah", date(2025, 3, 1), "seen in the field", "110/1")
MAP = USES.id


def decided(source, target, **other):
    """Give a decided row."""
    return replace(use(source, target), decision=DECISION, **other)


def published_rows(registry, shelf, edition, *rows):
    """Import rows, publish them, and give the rows of the edition."""
    save_draft(registry, uses(*rows), edition, source=SOURCE, options=DraftOptions())
    publish(registry, shelf, MAP, edition)
    return shelf.provider(MAP, edition).all_mappings()


def test_a_decision_survives_every_import(registry, shelf):
    """The decided row stands in each edition from then on, in place of what the file says."""
    decide(registry, MAP, decided("1", "tea"))

    for edition, target in (("a", "oil"), ("b", "soap")):
        rows = published_rows(registry, shelf, edition, use("1", target), use("2", "oil"))
        assert [(row.source_code, row.target_code) for row in rows] == [("1", "tea"), ("2", "oil")]
        assert rows[0].decision == DECISION
        assert rows[1].decision is None


def test_a_decision_whose_source_is_gone_stays(registry, shelf):
    """It stands at the end of the edition."""
    decide(registry, MAP, decided("9", None, relationship="not-related-to"))

    rows = published_rows(registry, shelf, "a", use("1", "oil"))

    assert [row.source_code for row in rows] == ["1", "9"]
    assert rows[1].target_code is None


def test_a_decision_is_of_one_condition():
    """Rows under another condition stay as they are; all rows of its own give way to it."""
    adult = decided("1", "tea", condition="age=adult")
    rows = (
        use("1", "oil"),
        replace(use("1", "oil"), condition="age=adult", row=3, comment="c"),
        replace(use("1", "soap"), condition="age=adult", row=4),
    )

    laid = overlay(rows, (adult,))

    assert laid.rows == (rows[0], replace(adult, row=3, comment="c"))
    assert [row.row for row, _ in laid.overruled] == [3, 4]


def test_a_later_decision_takes_the_place_of_the_earlier(registry):
    """There is one a source and condition, and the journal has both."""
    first, second = decided("1", "tea"), decided("1", "oil")

    assert decide(registry, MAP, first) is None
    assert decide(registry, MAP, second) == first

    assert decisions_of(registry, MAP) == (second,)
    assert [entry.act for entry in list_journal(registry)] == ["map-decide"] * 2
    assert list_journal(registry)[0].details["target_code"] == "oil"


def test_a_decision_is_taken_back(registry, shelf):
    """The next import says again what holds."""
    decide(registry, MAP, decided("1", "tea"))

    assert undecide(registry, MAP, key_of(use("1", None))) == decided("1", "tea")

    assert published_rows(registry, shelf, "a", use("1", "oil"))[0].target_code == "oil"
    assert "map-undecide" in {entry.act for entry in list_journal(registry)}


def test_what_was_never_decided_is_not_taken_back(registry):
    """The error names the decisions that stand."""
    decide(registry, MAP, decided("1", "tea"))

    with pytest.raises(BadParameter) as caught:
        undecide(registry, MAP, ("herbs", "2", None))

    assert caught.value.known == ("1",)


@pytest.mark.parametrize("why", ["", "x" * 1001, "a\x1fb", "a\nb", "a\x01b"])
def test_a_decision_has_a_reason(registry, why):
    """An empty, endless or broken one is refused, and nothing is kept."""
    row = replace(decided("1", "tea"), decision=replace(DECISION, why=why))

    with pytest.raises(BadInput):
        decide(registry, MAP, row)

    assert decisions_of(registry, MAP) == ()


@pytest.mark.parametrize(
    ("condition", "letter", "said"),
    [
        ("x" * 201, None, "condition has over 200"),
        (None, "1" * 65, "number of the letter has over 64"),
        ("a\tb", None, "control character"),
        (None, "110\n40", "control character"),
    ],
)
def test_a_decision_has_no_endless_or_broken_part(registry, condition, letter, said):
    """Condition and letter fit on a line; nothing is kept."""
    decision = replace(DECISION, letter=letter)
    row = replace(decided("1", "tea"), condition=condition, decision=decision)

    with pytest.raises(BadInput, match=said):
        decide(registry, MAP, row)

    assert decisions_of(registry, MAP) == ()


def test_a_look_ahead_has_the_same_decisions(registry, tmp_path):
    """A dry run copies them into a registry that is thrown away."""
    scratch = open_registry(sqlite_url(tmp_path / "scratch.sqlite"))
    decide(registry, MAP, decided("1", "tea"))

    copy_decisions(registry, scratch, MAP)
    copy_decisions(registry, scratch, MAP)

    assert decisions_of(scratch, MAP) == decisions_of(registry, MAP)
