"""Drafts: saved, compared, listed, discarded."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from herbs import HERBS, MINT, SAGE, SOURCE, THYME, herbs, use, uses

from maksa.errors import BadInput, UnknownEdition, WrongState
from maksa.model.concept import Concept, Property
from maksa.model.edition import Letter
from maksa.registry.drafts.drafts import (
    DraftOptions,
    discard_draft,
    draft_concepts,
    draft_mappings,
    drop_draft,
    list_drafts,
    read_draft,
    save_draft,
)

PLAIN = DraftOptions()


def save(registry, imported, edition="1", options=PLAIN):
    """Save a draft of the herbs."""
    return save_draft(registry, imported, edition, source=SOURCE, options=options)


def concepts_of(registry, draft):
    """Read the concepts of a draft back."""
    with registry.reading() as connection:
        return tuple(draft_concepts(connection, draft))


def test_a_draft_gives_back_what_was_saved(registry):
    """Concepts, description, source and options come back as they were, in code order."""
    letter = Letter("110/1", date(2021, 7, 1), "گیاهان", announces=(("herbs", None),))
    options = DraftOptions(date(2025, 3, 21), partial=True, letter=letter)
    before = datetime.now(UTC)

    saved = save(registry, herbs(SAGE, MINT, THYME), "1404", options)

    draft = read_draft(registry, "herbs", "1404")
    assert saved.difference is None
    assert saved.draft == draft
    assert (draft.terminology, draft.source, draft.options) == (HERBS, SOURCE, options)
    assert (draft.count, draft.rows) == (3, 3)
    assert before <= draft.saved <= datetime.now(UTC)
    assert concepts_of(registry, draft) == (MINT, THYME, SAGE)


def test_a_second_import_shows_the_difference_and_replaces_the_draft(registry):
    """Added, removed and changed codes are counted and named; the draft holds the new list."""
    taller = replace(THYME, properties=(Property("height", Decimal("0.3")),))
    basil = Concept(code="4", display="ریحان")
    save(registry, herbs(MINT, THYME, SAGE))

    saved = save(registry, herbs(MINT, taller, basil))

    difference = saved.difference
    assert difference is not None
    assert not difference.none
    assert difference.against == "draft"
    assert (difference.added.count, difference.added.examples) == (1, ("4",))
    assert (difference.removed.count, difference.removed.examples) == (1, ("3",))
    assert (difference.changed.count, difference.changed.examples) == (1, ("2",))
    assert difference.unchanged == 1
    assert len(list_drafts(registry)) == 1
    assert concepts_of(registry, saved.draft) == (MINT, taller, basil)


def test_rows_and_use_are_no_difference(registry):
    """The same list with other row numbers and counts of use is the same list."""
    save(registry, herbs(MINT, THYME))
    moved = replace(MINT, row=7, usage=5, variants=(replace(MINT.variants[0], row=8),))

    saved = save(registry, herbs(THYME, moved))

    assert saved.difference is not None
    assert saved.difference.none
    assert saved.difference.unchanged == 2


def test_a_map_is_compared_by_what_it_maps(registry):
    """All rows of a source code count as one; their order among other sources does not."""
    save(registry, uses(use("1", "a"), use("2", "b"), use("3", None)))

    saved = save(registry, uses(use("2", "b"), use("1", "a"), use("1", "c"), use("4", "d")))

    difference = saved.difference
    assert difference is not None
    assert difference.added.examples == ("4",)
    assert difference.removed.examples == ("3",)
    assert difference.changed.examples == ("1",)
    assert difference.unchanged == 1
    assert saved.draft.count == 4
    with registry.reading() as connection:
        assert [m.source_code for m in draft_mappings(connection, saved.draft)] == ["2", "1", "1", "4"]


def test_examples_are_few_however_many_differ(registry):
    """A difference names at most ten codes of a kind."""
    save(registry, herbs())

    saved = save(registry, herbs(*(Concept(code=f"{n:03}", display="گیاه") for n in range(50))))

    assert saved.difference is not None
    assert saved.difference.added.count == 50
    assert saved.difference.added.examples == tuple(f"{n:03}" for n in range(10))


def test_drafts_of_other_editions_and_lists_stand_beside_each_other(registry):
    """Each list and edition has a draft of its own; discarding one leaves the others."""
    save(registry, herbs(MINT), "2")
    save(registry, herbs(MINT), "1")
    save(registry, uses(use("1", "a")), "1")

    discard_draft(registry, "Herbs", "1")

    assert [(d.terminology.id, d.edition) for d in list_drafts(registry)] == [
        ("herb-uses", "1"),
        ("herbs", "2"),
    ]


def test_a_draft_that_is_not_there_is_an_error_that_names_the_drafts(registry):
    """Reading and discarding name what there is."""
    save(registry, herbs(MINT), "1")

    for act in (read_draft, discard_draft):
        with pytest.raises(UnknownEdition, match="'2'") as refusal:
            act(registry, "herbs", "2")
        assert refusal.value.known == ("herbs 1",)


def test_dropping_a_draft_leaves_one_saved_after_it(registry):
    """Who drops the draft that it read does not lose what was saved meanwhile."""
    read = save(registry, herbs(MINT)).draft
    save(registry, herbs(THYME))

    drop_draft(registry, read)

    assert concepts_of(registry, read_draft(registry, "herbs", "1")) == (THYME,)


@pytest.mark.parametrize(
    "name", ["", " ", " 1", "1 ", "a/b", "a\\b", "a\nb", "a\x00", "x" * 65, ".", "..", "\udcff", "a\u202eb"]
)
def test_malformed_names_are_refused(registry, name):
    """An edition and a list have a name that can stand in a path, a URL and a sentence."""
    with pytest.raises(BadInput) as refusal:
        save(registry, herbs(MINT), name)
    str(refusal.value).encode()
    with pytest.raises(BadInput):
        save(registry, herbs(MINT, terminology=replace(HERBS, id=name if len(name) < 65 else name * 2)))

    assert list_drafts(registry) == ()


def test_persian_names_are_accepted(registry):
    """A name may hold Persian letters and half-spaces."""
    assert save(registry, herbs(MINT), "ویرایش\u200cها 1404").draft.edition == "ویرایش\u200cها 1404"


def test_an_id_that_differs_in_case_only_is_refused(registry):
    """Two lists never share an id but for letter case."""
    save(registry, herbs(MINT))

    with pytest.raises(WrongState, match="letter case") as refusal:
        save(registry, herbs(MINT, terminology=replace(HERBS, id="Herbs")))

    assert refusal.value.known == ("herbs",)


@pytest.mark.parametrize(
    "concepts",
    [
        (MINT, replace(THYME, code="1")),
        (replace(MINT, properties=(Property("weight", Decimal(1)),)),),
        (replace(MINT, display="نع\x1fناع"),),
    ],
    ids=["code twice", "unknown property", "control character"],
)
def test_what_no_edition_can_hold_is_refused_and_the_earlier_draft_stays(registry, concepts):
    """A draft is saved whole or not at all."""
    save(registry, herbs(SAGE))

    with pytest.raises(BadInput):
        save(registry, herbs(*concepts))

    assert concepts_of(registry, read_draft(registry, "herbs", "1")) == (SAGE,)
