"""The impact of a draft: what it does to codes, maps, value sets and message fields, and whom it concerns."""

from dataclasses import replace
from datetime import date

import pytest
from asking_codes import keep
from checking import herb
from compared_lists import compared, difference
from desk import draft, issue
from herbs import HERBS, herbs, use, uses

from maksa.errors import BadParameter
from maksa.model.adoption import Use
from maksa.model.code_request import Wanted
from maksa.model.concept import Mapping, Property, ValueSet
from maksa.model.jalali import today
from maksa.registry.adoption.uses import add_uses
from maksa.registry.discrepancies.uploads import record_upload
from maksa.registry.impact.impact import impact_of
from maksa.registry.impact.records import FIRST
from maksa.text import Text

FIRST_DAY, LAST_DAY = date(2025, 3, 21), date(2025, 4, 20)
GREEN, WHITE = (Property("colour", "green"),), (Property("colour", "white"),)
GREENS = ValueSet("greens", Text("سبزها", "greens"), "colour", ("green",))
WHITES = ValueSet("whites", Text("سفیدها", "whites"), "colour", ("white",))


class Counted:
    """Uses that a test says."""

    def __init__(self, **counts):
        """Keep the counts by party."""
        self.counts = counts

    def uses_of(self, terminology):
        """Give them for the herbs only."""
        return (
            {party or None: count for party, count in self.counts.items()} if terminology == "herbs" else {}
        )


def impact(registry, shelf, *concepts, terminology=HERBS, observed=None, **options):
    """Save a draft of herbs and tell its impact."""
    saved = draft(registry, herbs(*concepts, terminology=terminology), "2", **options)
    return impact_of(registry, shelf, saved, uses=observed)


def changes(told):
    """Name the codes that retire, change and are added."""
    return tuple([one.code for one in part.first] for part in (told.retired, told.changed, told.added))


def test_codes_that_retire_change_and_come_are_told_with_their_days(registry, shelf):
    """Dropped ones end on the eve of the edition and have its window, others have their own days."""
    four = (herb("1", "یک"), herb("2", "دو"), herb("3", "سه"), herb("4", "چهار"))
    issue(registry, shelf, herbs(*four), "1")

    told = impact(
        registry,
        shelf,
        herb("2", "دو", effective_to=LAST_DAY, replaced_by="5"),
        herb("3", "سه‌برگ"),
        herb("4", "چهار"),
        herb("5", "پنج"),
        effective=FIRST_DAY,
        transition_until=LAST_DAY,
    )

    assert changes(told) == (["1", "2"], ["3"], ["5"])
    dropped, ended = told.retired.first
    assert (dropped.since, dropped.until) == (FIRST_DAY, LAST_DAY)
    assert (told.changed.first[0].was, ended.was) == ("سه", None)
    assert (ended.since, ended.until, ended.replaced_by) == (date(2025, 4, 21), None, "5")
    assert (told.base, told.effective, told.transition_until) == ("1", FIRST_DAY, LAST_DAY)


def test_what_ended_before_and_what_a_part_does_not_name_are_left_alone(registry, shelf):
    """Carried codes are no news; one that comes back is an addition."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("2", "دو"), herb("3", "سه")), "0")
    issue(registry, shelf, herbs(herb("3", "سه")), "1")

    assert changes(impact(registry, shelf, herb("3", "سه"))) == ([], [], [])
    assert changes(impact(registry, shelf, herb("1", "یک"), herb("3", "سه"))) == ([], [], ["1"])
    assert changes(impact(registry, shelf, herb("4", "چهار"), partial=True)) == ([], [], ["4"])


def test_many_codes_are_counted_and_the_first_shown(registry, shelf):
    """A report stays small."""
    told = impact(registry, shelf, *(herb(str(n), f"گیاه {n}") for n in range(100, 150)))

    assert told.added.count == 50
    assert [one.code for one in told.added.first] == [str(n) for n in range(100, 100 + FIRST)]
    assert told.base is None


def test_maps_in_force_and_in_draft_are_told_with_their_rows(registry, shelf):
    """Rows from and to codes that retire or change; not those of added codes."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("2", "دو"), herb("3", "سه")), "1")
    issue(registry, shelf, uses(use("1", "A"), use("2", "B"), Mapping("uses", "C", "herbs", "1")), "1")
    draft(registry, uses(use("2", "B"), use("3", "C")), "2")

    told = impact(registry, shelf, herb("2", "دوبرگ"), herb("3", "سه"))

    published, drafted = told.maps
    assert (published.map, published.drafted, published.retired, published.changed) == (
        "herb-uses 1",
        False,
        2,
        1,
    )
    assert [(row.code, row.side, row.other) for row in published.first] == [
        ("1", "source", "uses A"),
        ("2", "source", "uses B"),
        ("1", "target", "uses C"),
    ]
    assert (drafted.map, drafted.drafted, drafted.retired, drafted.changed) == ("herb-uses 2", True, 0, 1)


def test_value_sets_are_told_by_who_leaves_and_joins(registry, shelf):
    """A code that retires leaves; one whose property changes leaves one set and joins another."""
    listed = replace(HERBS, value_sets=(GREENS, WHITES))
    one, two, three = (herb(code, f"گیاه {code}", properties=GREEN) for code in "123")
    issue(registry, shelf, herbs(one, two, three, terminology=listed), "1")

    told = impact(registry, shelf, replace(two, properties=WHITE), three, terminology=listed)

    greens, whites = told.value_sets
    assert (greens.id, greens.left, greens.joined, greens.first_left, greens.gone) == (
        "greens",
        2,
        0,
        ("1", "2"),
        False,
    )
    assert (whites.left, whites.joined) == (0, 1)


def test_a_value_set_that_the_draft_no_longer_defines_is_gone(registry, shelf):
    """All its codes leave it, even if none of them changes."""
    one = herb("1", "یک", properties=GREEN)
    issue(registry, shelf, herbs(one, terminology=replace(HERBS, value_sets=(GREENS,))), "1")

    (gone,) = impact(registry, shelf, one).value_sets

    assert (gone.gone, gone.left) == (True, 1)


def test_the_fields_of_messages_that_take_the_list_are_named(registry, shelf):
    """With path, rule and value set, as the rules of prescriber messages have them."""
    told = impact(registry, shelf, herb("1", "یک"), terminology=replace(HERBS, id="drug-usage"))

    (frequency,) = [one for one in told.fields if one.rule == "med.order.frequency"]
    assert frequency.message == "MedicationPrescriptions"
    assert frequency.path == "Composition.MedicationPrescriptions.Orders[].Frequency"
    assert frequency.value_set == "time"
    assert impact(registry, shelf, herb("1", "یک")).fields == ()


def test_parties_are_told_by_their_use_of_the_list(registry, shelf):
    """The most use first; whoever observes it is given."""
    told = impact(registry, shelf, herb("1", "یک"), observed=Counted(small=3, large=70))

    assert [(one.party, one.count) for one in told.uses] == [("large", 70), ("small", 3)]


def test_the_board_of_adoption_is_asked_where_nothing_else_is_given(registry, shelf):
    """Counts of the last ninety days; a client of no party is counted as nobody's, a verdict not twice."""
    counts = {
        Use("client-1", "herbs", "1", "validate", "now"): 5,
        Use("client-1", "herbs", "1", "retired", "now"): 2,
        Use("client-2", "other", "1", "lookup", "now"): 9,
    }
    add_uses(registry, counts, today())

    told = impact(registry, shelf, herb("1", "یک"))

    assert [(one.party, one.count) for one in told.uses] == [(None, 5)]


def test_a_map_has_no_impact_of_its_own(registry, shelf):
    """Nothing depends on the rows of a map; its check is named."""
    saved = draft(registry, uses(use("1", "A")), "1")

    with pytest.raises(BadParameter, match="drafts check"):
        impact_of(registry, shelf, saved)


def test_open_discrepancies_on_such_codes_are_told_with_their_party(registry, shelf):
    """By the party's code or the reference's; codes that stay are not told, nor records that are closed."""
    issue(registry, shelf, herbs(herb("1", "یک"), herb("00125", "دو"), herb("3", "سه")), "1")
    record_upload(registry, compared(difference("1"), difference("x"), party="first"))
    record_upload(registry, compared(difference("1"), party="second"))
    record_upload(registry, compared(party="second", codes=("1",)))

    told = impact(registry, shelf, herb("3", "سه"))
    kept = impact(registry, shelf, herb("1", "یک"), herb("00125", "دو"), herb("3", "سه"))

    assert told.discrepancies == 2
    assert [(one.party, one.code, one.state) for one in told.first_discrepancies] == [
        ("first", "1", "open"),
        ("first", "00125", "open"),
    ]
    assert kept.discrepancies == 0
    assert [(one.party, one.file, one.edition) for one in told.uploads] == [
        ("first", "list.csv", "1"),
        ("second", "list.csv", "1"),
    ]


def test_open_requests_that_speak_of_such_codes_are_told(registry, shelf):
    """A request for a title that this draft adds, and one that names a code which it retires."""
    issue(registry, shelf, herbs(herb("1", "یک")), "1")
    keep(registry, Wanted("herbs", "گل ختمي"))
    keep(registry, Wanted("herbs", " 1 "))
    keep(registry, Wanted("herbs", "چیز دیگر"))
    keep(registry, Wanted("others", "گل ختمی"))

    told = impact(registry, shelf, herb("7", "گل ختمی"))

    assert told.requests == 2
    assert [(one.number, one.code, one.change, one.state) for one in told.first_requests] == [
        (1, "7", "added", "new"),
        (2, "1", "retired", "new"),
    ]
