"""Transitions: what a draft is told, and the verdict on each day of the window once it is published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from checking import codes, herb
from desk import content, draft, issue
from herbs import MINT, herbs, use, uses

from maksa.errors import BadParameter, UnknownCode, UnknownEdition, WrongState
from maksa.model.concept import Property
from maksa.model.verdict import Triple
from maksa.registry.drafts.drafts import DraftOptions, draft_concepts, read_draft
from maksa.registry.drafts.edits import undo_edits
from maksa.registry.drafts.publish import publish
from maksa.registry.journal import list_journal
from maksa.registry.quality.check import check_draft
from maksa.registry.transition.announce import (
    Window,
    announce_edition,
    announce_replacement,
    require_window,
)
from maksa.terminology.service import LocalTerminology

EVE, FIRST, LAST, AFTER = date(2025, 3, 20), date(2025, 3, 21), date(2025, 4, 20), date(2025, 4, 21)
OVERLAP = Window(new_from=FIRST, old_until=LAST)


def stand(registry, shelf, *concepts):
    """Publish an edition with herbs 1 and 2, and save the draft of one with 1, 2 and others."""
    two = (herb("1", "نعناع"), herb("2", "آویشن"))
    issue(registry, shelf, herbs(*two), "1")
    draft(registry, herbs(*two, *concepts), "2")


def verdicts(shelf, code, days):
    """Judge a code on each of some days: valid, and the issues with their severity."""
    service = LocalTerminology(shelf)
    told = []
    for day in days:
        verdict = service.validate(Triple("herbs", code, None), on=day)
        told.append((verdict.valid, [(issue.code, issue.severity) for issue in verdict.issues]))
    return told


def kinds(told):
    """Put verdicts in words: fine, warned, refused as retired, refused as not yet effective, unknown."""
    words = []
    for valid, issues in told:
        named = {name: severity for name, severity in issues if name != "missing-part"}
        if not named:
            words.append("fine")
        else:
            (name,) = named
            words.append(f"{name} {named[name]}")
            assert valid == (named[name] == "warning")
    return words


def announce(registry, shelf, window, **more):
    """Say that herb 3 replaces herb 1 in the draft."""
    return announce_replacement(registry, shelf, "herbs", "2", old="1", new="3", window=window, **more)


def test_each_day_of_an_overlapping_window_has_its_verdict(registry, shelf):
    """The old is fine until the eve of the new, warned of until its last day, refused after; the new begins once."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))

    announce(registry, shelf, OVERLAP)
    publish(registry, shelf, "herbs", "2")

    days = [EVE, FIRST, LAST, AFTER]
    assert kinds(verdicts(shelf, "1", days)) == [
        "fine",
        "retired warning",
        "retired warning",
        "retired error",
    ]
    assert kinds(verdicts(shelf, "3", days)) == ["not-yet-effective error", "fine", "fine", "fine"]
    assert kinds(verdicts(shelf, "2", days)) == ["fine"] * 4


def test_every_day_of_the_window_is_warned_and_no_other(registry, shelf):
    """Day by day, from a week before to a week after."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))
    announce(registry, shelf, OVERLAP)
    publish(registry, shelf, "herbs", "2")
    days = [EVE + timedelta(days=n - 7) for n in range(46)]

    told = dict(zip(days, kinds(verdicts(shelf, "1", days)), strict=True))

    assert all(word == "fine" for day, word in told.items() if day < FIRST)
    assert all(word == "retired warning" for day, word in told.items() if FIRST <= day <= LAST)
    assert all(word == "retired error" for day, word in told.items() if day > LAST)


def test_the_warning_suggests_the_new_code_only_once_it_holds(registry, shelf):
    """In the window the replacement is named as the mend."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))
    announce(registry, shelf, OVERLAP)
    publish(registry, shelf, "herbs", "2")

    (retired,) = [
        issue
        for issue in LocalTerminology(shelf).validate(Triple("herbs", "1", None), on=FIRST).issues
        if issue.code == "retired"
    ]

    assert retired.suggestion is not None
    assert retired.suggestion.code == "3"


def test_days_in_the_other_order_leave_a_gap_that_is_told(registry, shelf):
    """The old ends before the new begins: no window, days without a code, and a warning of quality."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))

    announce(registry, shelf, Window(new_from=AFTER, old_until=FIRST))
    told = check_draft(registry, shelf, read_draft(registry, "herbs", "2"))
    publish(registry, shelf, "herbs", "2")

    assert codes(told, "transition-gap") == ["1"]
    assert told.errors == 0
    days = [EVE, FIRST, FIRST + timedelta(days=1), LAST, AFTER]
    assert kinds(verdicts(shelf, "1", days)) == [
        "fine",
        "fine",
        "retired error",
        "retired error",
        "retired error",
    ]
    assert kinds(verdicts(shelf, "3", days)) == ["not-yet-effective error"] * 4 + ["fine"]


def test_the_new_may_follow_the_old_on_the_next_day(registry, shelf):
    """Neither a window nor a gap."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))

    announce(registry, shelf, Window(new_from=FIRST, old_until=EVE))
    told = check_draft(registry, shelf, read_draft(registry, "herbs", "2"))
    publish(registry, shelf, "herbs", "2")

    assert codes(told, "transition-gap") == []
    assert kinds(verdicts(shelf, "1", [EVE, FIRST])) == ["fine", "retired error"]
    assert kinds(verdicts(shelf, "3", [EVE, FIRST])) == ["not-yet-effective error", "fine"]


def test_an_old_code_that_the_draft_lacks_comes_from_the_edition_before(registry, shelf):
    """Its title and properties come with it, and it is replaced as if it had been in the list."""
    green = herb("1", "نعناع", english="Mint", properties=(Property("colour", "green"),))
    issue(registry, shelf, herbs(green), "1")
    draft(registry, herbs(herb("3", "نعناع فلفلی")), "2")

    announce(registry, shelf, OVERLAP)
    publish(registry, shelf, "herbs", "2")

    held = next(concept for concept in content(shelf, "2") if concept.code == "1")
    assert held == replace(
        green,
        effective_to=EVE,
        transition_until=LAST,
        replaced_by="3",
        changed=2,
        designations=held.designations,
    )
    assert "Mint" in held.titles()
    assert held.carried_from is None


def test_an_old_code_with_variants_is_not_brought_without_them(registry, shelf):
    """Nothing is dropped silently."""
    issue(registry, shelf, herbs(MINT), "1")
    draft(registry, herbs(herb("3", "نعناع فلفلی")), "2")

    with pytest.raises(WrongState, match="variants or properties"):
        announce(registry, shelf, OVERLAP)


def test_it_is_an_edit_that_can_be_undone(registry, shelf):
    """One undo takes back both days and the replacement."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))
    before = concepts(registry)

    told = announce(registry, shelf, OVERLAP, why="ابلاغ ۱۱۰/۱")
    undo_edits(registry, shelf, "herbs", "2")

    assert [edit.key for edit in told.edits] == ["1", "3"]
    assert {edit.why for edit in told.edits} == {"ابلاغ ۱۱۰/۱"}
    assert concepts(registry) == before


def concepts(registry):
    """Read the concepts of the draft."""
    held = read_draft(registry, "herbs", "2")
    with registry.reading() as connection:
        return tuple(draft_concepts(connection, held))


def test_codes_and_drafts_that_are_not_there_are_named(registry, shelf):
    """The old, the new, the draft, and a code that would replace itself."""
    stand(registry, shelf, herb("3", "نعناع فلفلی"))

    for old, new in (("9", "3"), ("1", "9")):
        with pytest.raises(UnknownCode, match="'9'"):
            announce_replacement(registry, shelf, "herbs", "2", old=old, new=new, window=OVERLAP)
    with pytest.raises(BadParameter, match="itself"):
        announce_replacement(registry, shelf, "herbs", "2", old="1", new="1", window=OVERLAP)
    with pytest.raises(UnknownEdition):
        announce_replacement(registry, shelf, "herbs", "7", old="1", new="3", window=OVERLAP)


def test_a_map_has_no_days(registry, shelf):
    """Neither its rows nor the map as a whole."""
    draft(registry, uses(use("1", "A")), "2")

    with pytest.raises(BadParameter, match="map"):
        announce_replacement(registry, shelf, "herb-uses", "2", old="1", new="3", window=OVERLAP)
    with pytest.raises(BadParameter, match="map"):
        announce_edition(registry, shelf, "herb-uses", "2", OVERLAP)


def test_all_codes_that_an_edition_ends_have_its_window(registry, shelf):
    """Codes that the new list lacks are warned of until the day told, then refused; the journal has the days."""
    issue(registry, shelf, herbs(herb("1", "نعناع"), herb("2", "آویشن")), "1")
    draft(registry, herbs(herb("2", "آویشن")), "2")

    told = announce_edition(registry, shelf, "herbs", "2", OVERLAP)
    publish(registry, shelf, "herbs", "2")

    assert (told.options.effective, told.options.transition_until) == (FIRST, LAST)
    days = [EVE, FIRST, LAST, AFTER]
    assert kinds(verdicts(shelf, "1", days)) == [
        "fine",
        "retired warning",
        "retired warning",
        "retired error",
    ]
    assert kinds(verdicts(shelf, "2", days)) == ["fine"] * 4
    entry = next(one for one in list_journal(registry) if one.act == "draft-window")
    assert entry.details["transition_until"] == "2025-04-20"


def test_the_window_stays_with_its_codes_in_later_editions(registry, shelf):
    """What a later edition ends has a window of its own, or none; what ended before keeps what was announced."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("2", "دو"), herb("3", "سه")), "1")
    issue(
        registry, shelf, herbs(herb("2", "دو"), herb("3", "سه")), "2", effective=FIRST, transition_until=LAST
    )
    later = date(2025, 4, 1)
    issue(registry, shelf, herbs(herb("3", "سه")), "3", effective=later)

    held = {concept.code: concept for concept in content(shelf, "3")}

    assert (held["1"].effective_to, held["1"].transition_until) == (EVE, LAST)
    assert (held["2"].effective_to, held["2"].transition_until) == (date(2025, 3, 31), None)


def test_an_edition_without_a_first_day_ends_codes_with_a_window_too(registry, shelf):
    """They are warned of until the day told, whatever day they ended."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("3", "سه")), "1")
    issue(registry, shelf, herbs(herb("3", "سه")), "2", transition_until=LAST)

    assert kinds(verdicts(shelf, "1", [EVE, LAST, AFTER])) == [
        "retired warning",
        "retired warning",
        "retired error",
    ]


def test_the_same_import_with_another_window_is_no_repetition(registry, shelf):
    """The published edition never changes, so another window is refused and the same one does nothing."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("3", "سه")), "1")
    told = {"effective": FIRST, "transition_until": LAST}
    issue(registry, shelf, herbs(herb("3", "سه")), "2", **told)

    again = issue(registry, shelf, herbs(herb("3", "سه")), "2", **told)
    assert again.unchanged
    with pytest.raises(WrongState, match="window"):
        issue(registry, shelf, herbs(herb("3", "سه")), "2", effective=FIRST, transition_until=AFTER)


@pytest.mark.parametrize(
    "options",
    [
        DraftOptions(effective=FIRST, transition_until=EVE),
        DraftOptions(effective=FIRST, transition_until=FIRST + timedelta(days=3_661)),
        DraftOptions(effective=FIRST, transition_until=LAST, partial=True),
    ],
)
def test_a_window_without_sense_is_refused(options):
    """One that is over before it begins, one of more than ten years, one of a part of a list."""
    with pytest.raises(BadParameter, match="window"):
        require_window(options)


def test_windows_that_make_sense_pass():
    """None, a day, ten years, or without a first day."""
    for options in (
        DraftOptions(),
        DraftOptions(effective=FIRST, transition_until=FIRST),
        DraftOptions(effective=FIRST, transition_until=FIRST + timedelta(days=3_660)),
        DraftOptions(transition_until=LAST),
    ):
        require_window(options)


def test_a_published_edition_gets_no_other_window(registry, shelf):
    """A draft that a cut-off publish left behind its edition is not changed any more."""
    issue(registry, shelf, herbs(herb("1", "یک")), "1")
    draft(registry, herbs(herb("1", "یک")), "1")

    with pytest.raises(WrongState):
        announce_edition(registry, shelf, "herbs", "1", OVERLAP)
