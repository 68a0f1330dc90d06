"""Carrying forward: nothing is lost, what stayed keeps its age."""

from dataclasses import replace
from datetime import date

from herbs import MINT, SAGE, THYME, use
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.concept import Concept
from maksa.registry.drafts.carry import CarryForward


def carry(*, partial=False, effective=date(2025, 3, 21)):
    """Make the rule of the third edition, which follows the one named 1403."""
    return CarryForward(sequence=3, effective=effective, base="1403", partial=partial)


def test_what_is_new_or_changed_carries_the_new_sequence_and_the_rest_its_own():
    """`changed` tells in which edition a code last changed; a row number is no change."""
    old = [replace(MINT, changed=1), replace(THYME, changed=2)]
    new = [replace(MINT, row=99), replace(THYME, display="آویشن باغی"), SAGE]

    result = list(carry().concepts(new, old))

    assert [(concept.code, concept.changed) for concept in result] == [("1", 1), ("2", 3), ("3", 3)]
    assert result[0].row == 99


def test_a_code_that_the_new_list_lacks_is_retired_from_its_first_day():
    """Its last day is the day before, it names the edition that had it, and keeps its replacement."""
    rule = carry()

    (gone,) = rule.concepts([], [replace(MINT, changed=1, replaced_by="2")])

    assert gone == replace(
        MINT,
        status="retired",
        effective_to=date(2025, 3, 20),
        carried_from="1403",
        replaced_by="2",
        changed=3,
    )
    assert rule.carried == 1


def test_a_code_carried_before_stays_as_it_is():
    """A code retired by an earlier edition keeps its last day, its origin and its age."""
    retired = replace(MINT, status="retired", effective_to=date(2024, 1, 1), carried_from="1402", changed=2)

    assert list(carry().concepts([], [retired])) == [retired]


def test_without_a_first_day_a_retired_code_gets_no_last_day():
    """An edition that holds always says nothing of days."""
    (gone,) = carry(effective=None).concepts([], [MINT])

    assert (gone.status, gone.effective_to) == ("retired", None)


def test_a_code_that_comes_back_is_a_change():
    """The list's own word wins over what was carried."""
    retired = replace(MINT, status="retired", carried_from="1402", changed=2)

    (back,) = carry().concepts([MINT], [retired])

    assert back == replace(MINT, changed=3)


def test_a_part_of_a_list_leaves_the_rest_as_it_is():
    """With `partial`, absence means nothing."""
    rule = carry(partial=True)

    assert list(rule.concepts([THYME], [replace(MINT, changed=1)])) == [
        replace(MINT, changed=1),
        replace(THYME, changed=3),
    ]
    assert rule.carried == 1


def test_rows_of_a_map_are_carried_by_what_they_map():
    """A source in the new map is as the new map says; one that it lacks is retired."""
    old = [use("1", "a"), use("1", "b"), use("2", "c"), use("2", "d")]
    rule = carry()

    rows = list(rule.mappings([use("1", "b")], old))

    assert [(r.source_code, r.target_code, r.relationship) for r in rows] == [
        ("1", "b", "equivalent"),
        ("2", "c", "retired"),
        ("2", "d", "retired"),
    ]
    assert rule.carried == 2
    assert list(carry(partial=True).mappings([], old)) == old


codes = st.sets(st.text("abcdef", min_size=1, max_size=3), max_size=20).map(sorted)


@given(codes, codes, st.booleans())
def test_no_code_is_ever_lost_and_the_order_stays(old, new, partial):
    """The new edition has exactly the codes of both, in code order, each once."""
    rule = carry(partial=partial)

    result = [
        concept.code
        for concept in rule.concepts(
            [Concept(code=code, display="n") for code in new],
            [Concept(code=code, display="o") for code in old],
        )
    ]

    assert result == sorted({*old, *new})
    assert rule.carried == len(set(old) - set(new))
