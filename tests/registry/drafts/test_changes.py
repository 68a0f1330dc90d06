"""Two people at one draft lose nothing: a conflict shows both sides; what is no edit is refused; rows of maps."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from colleagues import (
    CURATOR,
    SECOND,
    THYME_READ,
    WHERE,
    edit,
    gather,
    standing_list,
)
from desk import draft
from herbs import MINT, SAGE, use, uses

from maksa.errors import (
    BadInput,
    BadParameter,
    Conflict,
    TooLarge,
    UnknownCode,
    WrongState,
)
from maksa.model.concept import Decision, Mapping, Property
from maksa.registry.drafts.changes import AS_IT_STANDS, RowEdit
from maksa.registry.drafts.drafts import (
    draft_concepts,
    draft_mappings,
    held_draft,
)
from maksa.registry.drafts.edits import MOST_EDITS, edit_draft, undo_edits
from maksa.registry.drafts.history import list_edits
from maksa.registry.drafts.lines import hash_of, line_of
from maksa.registry.maps.decisions import decide

MAP = ("herb-uses", "1")


@pytest.fixture
def at_desk(registry, shelf):
    """A published edition of three herbs, and the draft of the next with one edit of a curator."""
    gather(registry)
    standing_list(registry, shelf)
    return registry


def held(registry, where=WHERE):
    """Read the rows of a draft by their codes."""
    with registry.reading() as connection:
        return {
            concept.code: concept for concept in draft_concepts(connection, held_draft(connection, *where))
        }


def rows_of_map(registry):
    """Read the rows of the draft of a map."""
    with registry.reading() as connection:
        return list(draft_mappings(connection, held_draft(connection, *MAP)))


def test_two_people_at_different_rows_both_stand(at_desk, shelf):
    """Nobody waits for anybody, and nothing is overwritten."""
    edit(at_desk, shelf, ("1", replace(MINT, changed=1), {"display": "پونه"}), who=SECOND)
    edit(at_desk, shelf, ("3", replace(SAGE, changed=1), {"display": "سلوی"}), who=CURATOR)

    assert [c.display for c in held(at_desk).values()] == ["پونه", "آویشن باغی", "سلوی"]
    assert [one.by for one in list_edits(at_desk, *WHERE)] == ["maryam", "nader", "maryam"]


def test_a_conflict_shows_both_sides_and_loses_nothing(at_desk, shelf):
    """Who comes second is told what stands and whose it is; theirs stays, and mine can be sent again."""
    mine = {"display": "آویشن کوهی", "property:colour": "white"}
    with pytest.raises(Conflict) as refusal:
        edit(
            at_desk,
            shelf,
            ("1", replace(MINT, changed=1), {"display": "پونه"}),
            ("2", THYME_READ, mine),
            who=SECOND,
        )

    (clash,) = refusal.value.clashes
    assert (clash.key, clash.by, clash.yours) == ("2", "maryam", mine)
    assert clash.theirs is not None
    assert clash.theirs["display"] == "آویشن باغی"
    assert clash.at is not None
    assert isinstance(refusal.value, WrongState)
    for sentence in refusal.value.text:
        assert all(word in sentence for word in ("maryam", "آویشن باغی", "آویشن کوهی"))
    assert [c.display for c in held(at_desk).values()] == ["نعناع", "آویشن باغی", "مریم‌گلی"]

    edit_draft(at_desk, shelf, *WHERE, [RowEdit("2", clash.seen, clash.yours)], who=SECOND)

    assert held(at_desk)["2"].display == "آویشن کوهی"
    assert held(at_desk)["2"].properties == (Property("colour", "white"),)


@pytest.mark.parametrize(
    ("theirs", "mine", "shows"),
    [
        (None, {"display": "کوهی"}, (None, {"display": "کوهی"})),
        ({"display": "باغی"}, None, ("باغی", None)),
    ],
    ids=["they removed it", "I remove it"],
)
def test_a_removal_conflicts_as_any_change_does(at_desk, shelf, theirs, mine, shows):
    """A row that is gone, and one that is to go, are shown as that."""
    sage = replace(SAGE, changed=1)
    edit(at_desk, shelf, ("3", sage, theirs))

    with pytest.raises(Conflict) as refusal:
        edit(at_desk, shelf, ("3", sage, mine), who=SECOND)

    (clash,) = refusal.value.clashes
    assert (clash.theirs and clash.theirs["display"], clash.yours) == shows


def test_the_same_new_row_of_two_people_is_a_conflict_unless_it_is_the_same(at_desk, shelf):
    """Two people add one code: the second is shown the first's; the same content is nothing new."""
    edit(at_desk, shelf, ("4", None, {"display": "ریحان"}))

    assert edit(at_desk, shelf, ("4", None, {"display": "ریحان"}), who=SECOND).edits == ()
    with pytest.raises(Conflict):
        edit(at_desk, shelf, ("4", None, {"display": "شاهی"}), who=SECOND)


def test_a_call_that_was_cut_off_can_be_sent_again(at_desk, shelf):
    """What the draft has already is not kept twice, and is no conflict."""
    sent = (("1", replace(MINT, changed=1), {"display": "پونه"}), ("3", replace(SAGE, changed=1), None))
    first = edit(at_desk, shelf, *sent)

    again = edit(at_desk, shelf, *sent)

    assert (len(first.edits), again.edits) == (2, ())
    assert again.draft.count == 2


def test_at_once_one_of_two_wins_and_the_other_is_told(at_desk, shelf):
    """Two people press the key at the same moment, twenty times over: one stands, one is a conflict."""
    for turn in range(20):
        start = threading.Barrier(2)
        row, told = held(at_desk)["2"], []

        def press(who, start=start, row=row, told=told, turn=turn):
            start.wait()
            try:
                edit(at_desk, shelf, ("2", row, {"display": f"{who.login} {turn}"}), who=who)
            except Conflict as refusal:
                told.append(refusal)

        threads = [threading.Thread(target=press, args=(who,)) for who in (CURATOR, SECOND)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        (conflict,) = told
        (clash,) = conflict.clashes
        assert clash.theirs is not None
        assert clash.theirs["display"] == held(at_desk)["2"].display


def test_a_row_may_be_meant_as_it_stands(at_desk, shelf):
    """A script that has seen nothing says so, and writes over what stands."""
    edit_draft(at_desk, shelf, *WHERE, [RowEdit("2", AS_IT_STANDS, {"status": "retired"})], who=SECOND)

    assert (held(at_desk)["2"].status, held(at_desk)["2"].display) == ("retired", "آویشن باغی")


@pytest.mark.parametrize(
    ("edits", "error"),
    [
        ([], BadInput),
        ([RowEdit("1", "*", {"display": "x"})] * 2, BadInput),
        ([RowEdit(f"{n}", None, {"display": "x"}) for n in range(MOST_EDITS + 1)], TooLarge),
        ([RowEdit("9", "*", None)], UnknownCode),
        ([RowEdit("9", "0" * 64, {"display": "x"})], UnknownCode),
        ([RowEdit(None, None, {"display": "x"})], BadParameter),
        ([RowEdit("a\0b", None, {"display": "x"})], BadParameter),
        ([RowEdit("a\nb", None, {"display": "x"})], BadParameter),
        ([RowEdit("x" * 257, None, {"display": "x"})], BadParameter),
        ([RowEdit("9", None, {})], BadParameter),
    ],
)
def test_what_is_no_edit_is_refused(at_desk, shelf, edits, error):
    """Nothing, too much, one row twice, rows that never were, and keys that no row has."""
    with pytest.raises(error):
        edit_draft(at_desk, shelf, *WHERE, edits, who=CURATOR)

    assert len(list_edits(at_desk, *WHERE)) == 1


def test_rows_of_a_map_are_edited_by_their_place(registry, shelf):
    """A row is changed, removed and added; no target is a decided no; the order of the others stays."""
    gather(registry)
    draft(registry, uses(use("1", "a"), use("2", "b"), use("3", "c")), "1")
    second = rows_of_map(registry)[1]

    done = edit_draft(
        registry,
        shelf,
        *MAP,
        [
            RowEdit("1", hash_of(line_of(second)), {"target_code": None, "comment": "جایگزین ندارد"}),
            RowEdit("2", AS_IT_STANDS, None),
            RowEdit(
                None,
                None,
                {
                    "source_terminology": "herbs",
                    "source_code": "4",
                    "target_terminology": "uses",
                    "target_code": "d",
                    "relationship": "wider",
                },
            ),
        ],
        who=CURATOR,
    )

    assert rows_of_map(registry) == [
        use("1", "a"),
        Mapping("herbs", "2", "uses", None, "not-related-to", comment="جایگزین ندارد"),
        Mapping("herbs", "4", "uses", "d", "source-is-narrower-than-target"),
    ]
    assert (done.draft.count, [one.key for one in done.edits]) == (3, ["1", "2", "3"])
    undo_edits(registry, shelf, *MAP, who=CURATOR)
    assert rows_of_map(registry) == [use("1", "a"), use("2", "b"), use("3", "c")]


def test_a_new_row_of_a_map_that_stands_is_a_conflict_or_nothing(registry, shelf):
    """The same source, target and condition stand once."""
    gather(registry)
    draft(registry, uses(use("1", "a")), "1")
    cells = {
        "source_terminology": "herbs",
        "source_code": "1",
        "target_terminology": "uses",
        "target_code": "a",
    }

    assert edit_draft(registry, shelf, *MAP, [RowEdit(None, None, cells)], who=CURATOR).edits == ()
    with pytest.raises(Conflict) as refusal:
        edit_draft(
            registry, shelf, *MAP, [RowEdit(None, None, {**cells, "relationship": "wider"})], who=CURATOR
        )
    assert refusal.value.clashes[0].key == "0"
    with pytest.raises(UnknownCode):
        edit_draft(registry, shelf, *MAP, [RowEdit("7", None, cells)], who=CURATOR)
    with pytest.raises(BadParameter):
        edit_draft(registry, shelf, *MAP, [RowEdit("one", None, cells)], who=CURATOR)


def test_a_row_that_the_desk_decided_is_not_edited_in_vain(registry, shelf):
    """A decision stands over the rows of a draft, so an edit of its row would do nothing: it is refused."""
    gather(registry)
    draft(registry, uses(use("1", "a")), "1")
    decide(registry, "herb-uses", replace(use("1", "b"), decision=Decision("x", date(2025, 1, 1), "دلیل")))

    with pytest.raises(WrongState, match="maps undecide") as refusal:
        edit_draft(registry, shelf, *MAP, [RowEdit("0", AS_IT_STANDS, {"target_code": "c"})], who=CURATOR)

    assert "'1' of 'herbs'" in refusal.value.text.en
