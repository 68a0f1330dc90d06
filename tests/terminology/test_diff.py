"""What changed between two editions: a law and the kinds of change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory import MemoryLibrary

from maksa.errors import UnknownEdition
from maksa.model.concept import Concept, Designation, Property, Terminology, Variant
from maksa.terminology.diff import substance
from maksa.terminology.service import LocalTerminology
from maksa.text import Text

HERBS = Terminology("herbs", Text("گیاهان", "Herbs"))
MINT = Concept("1", "نعناع")


def difference(before, after):
    """Publish two editions and compare them."""
    library = MemoryLibrary()
    library.publish(HERBS, "a", before)
    library.publish(HERBS, "b", after)
    return LocalTerminology(library).diff("herbs", "a", "b")


@pytest.mark.parametrize(
    ("after", "kind", "fields"),
    [
        (replace(MINT, display="پونه"), "changed", ("display",)),
        (replace(MINT, status="retired", replaced_by="2"), "retired", ("status", "replaced_by")),
        (replace(MINT, designations=(Designation("Mint", "en"),)), "changed", ("designations",)),
        (replace(MINT, properties=(Property("part", "leaf"),)), "changed", ("properties.part",)),
        (replace(MINT, effective_to=date(2025, 1, 1)), "changed", ("effective_to",)),
        (replace(MINT, parents=("0",)), "changed", ("parents",)),
        (replace(MINT, variants=(Variant("نعنا"),)), "changed", ("variants",)),
        (replace(MINT, not_selectable=True, usage=3), "changed", ("not_selectable", "usage")),
    ],
)
def test_a_change_names_its_fields(after, kind, fields):
    """Each field that differs is named, a property by its code; and back again the same ones."""
    [change] = difference([MINT], [after]).changes
    [back] = difference([after], [MINT]).changes

    assert (change.code, change.kind, change.before, change.after) == ("1", kind, MINT, after)
    assert change.fields == fields
    assert set(back.fields) == set(fields)
    assert back.kind == ("restored" if kind == "retired" else kind)


def test_added_and_removed_in_the_order_of_codes():
    """What is in one edition only is told with what it was or is."""
    changes = difference([MINT, Concept("3", "سه")], [Concept("0", "صفر"), MINT, Concept("2", "دو")]).changes

    assert [(change.code, change.kind) for change in changes] == [
        ("0", "added"),
        ("2", "added"),
        ("3", "removed"),
    ]
    assert changes[0].before is None
    assert changes[2].after is None


def test_where_it_stood_is_no_change():
    """Row, last change and origin of a carried code say nothing of its content; nor does a variant's row."""
    before = replace(MINT, variants=(Variant("نعنا", row=7),))
    after = replace(before, row=9, changed=2, carried_from="a", variants=(Variant("نعنا", row=8),))

    assert difference([before], [after]).changes == ()


def test_digits_as_published_are_content():
    """1.50 is not 1.5 to a reader, and true is not 1."""
    units = [replace(MINT, properties=(Property("units", Decimal(text)),)) for text in ("1.5", "1.50")]
    marks = [replace(MINT, properties=(Property("mark", value),)) for value in (True, 1)]

    assert [change.fields for change in difference(units[:1], units[1:]).changes] == [("properties.units",)]
    assert [change.fields for change in difference(marks[:1], marks[1:]).changes] == [("properties.mark",)]


def test_an_edition_does_not_differ_from_itself():
    """Both names are given, and no change."""
    library = MemoryLibrary()
    library.publish(HERBS, "a", [MINT])

    answer = LocalTerminology(library).diff("herbs", "a", "a")

    assert (answer.before.edition, answer.after.edition, answer.changes) == ("a", "a", ())


def test_long_lists_are_walked_page_by_page():
    """More concepts than a page holds change nothing of the answer."""
    before = [Concept(f"{number:04}", "الف") for number in range(0, 2_500, 2)]
    after = [Concept(f"{number:04}", "الف") for number in range(0, 2_500, 3)]

    changes = difference(before, after).changes

    assert sum(change.kind == "removed" for change in changes) == len(
        {c.code for c in before} - {c.code for c in after}
    )
    assert sum(change.kind == "added" for change in changes) == len(
        {c.code for c in after} - {c.code for c in before}
    )


def test_an_unknown_edition_is_refused():
    """Both must be known."""
    library = MemoryLibrary()
    library.publish(HERBS, "a", [MINT])

    with pytest.raises(UnknownEdition):
        LocalTerminology(library).diff("herbs", "a", "b")


CONCEPT = st.builds(
    Concept,
    code=st.sampled_from("abcdefgh"),
    display=st.sampled_from(["نعناع", "پونه"]),
    status=st.sampled_from(["active", "retired"]),
    properties=st.lists(
        st.builds(Property, st.sampled_from("xy"), st.sampled_from(["1", Decimal("1.0"), True])), max_size=3
    ).map(tuple),
    effective_from=st.none() | st.just(date(2025, 1, 1)),
    row=st.none() | st.integers(2, 9),
    changed=st.integers(0, 3),
)
EDITION = st.lists(CONCEPT, unique_by=lambda concept: concept.code)


@given(EDITION, EDITION)
def test_applying_the_difference_to_the_first_gives_the_second(before, after):
    """apply(diff(a, b), a) == b, in what concepts say."""
    patched = {concept.code: concept for concept in before}
    for change in difference(before, after).changes:
        if change.after is None:
            del patched[change.code]
        else:
            patched[change.code] = change.after

    assert {c: substance(patched[c]) for c in patched} == {c.code: substance(c) for c in after}


@given(EDITION, EDITION)
def test_the_difference_back_has_the_same_codes(before, after):
    """What was added one way is removed the other."""
    there, back = difference(before, after).changes, difference(after, before).changes

    turned = {"added": "removed", "removed": "added", "retired": "restored", "restored": "retired"}
    assert [(c.code, turned.get(c.kind, c.kind)) for c in there] == [(c.code, c.kind) for c in back]
