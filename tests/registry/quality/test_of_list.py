"""Rules that only the whole list shows: replacements, parents, titles that are alike, what most codes have."""

from datetime import date
from itertools import combinations

import pytest
from checking import codes, herb, report
from desk import issue
from herbs import herbs
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from maksa.model.concept import Property
from maksa.model.persian import fold
from maksa.registry.quality.gathered import gathering
from maksa.registry.quality.of_list import look_alike_title, parent_circle, replacement_circle
from maksa.registry.quality.rules import rules

GREEN, WHITE = (Property("colour", "green"),), (Property("colour", "white"),)
DAY = date(2025, 3, 21)


def test_a_replacement_that_nowhere_stands_dangles(registry, shelf):
    """It must be in the draft or in the edition before; of a code that ends it is an error, of one in use a warning."""
    issue(registry, shelf, herbs(herb("3", "مریم‌گلی")), "1")

    told = report(
        registry,
        shelf,
        herb("1", "نعناع", status="retired", replaced_by="2"),
        herb("2", "پونه", status="retired", replaced_by="9"),
        herb("4", "آویشن", status="retired", replaced_by="3"),
        herb("5", "کاسنی", replaced_by="9"),
    )

    assert codes(told, "dangling-replacement") == ["2"]
    assert codes(told, "missing-successor") == ["5"]
    assert told.errors == 1
    assert "9" in told.of("dangling-replacement")[0].text.en
    assert told.of("dangling-replacement")[0].severity == "error"


def test_replacements_that_go_round_are_told_with_those_that_lead_there(registry, shelf):
    """None of them leads to a code that holds; a chain that ends well is fine."""
    told = report(
        registry,
        shelf,
        herb("1", "یک", status="retired", replaced_by="2"),
        herb("2", "دو", status="retired", replaced_by="3"),
        herb("3", "سه", status="retired", replaced_by="2"),
        herb("4", "چهار", status="retired", replaced_by="5"),
        herb("5", "پنج", status="retired", replaced_by="6"),
        herb("6", "شش"),
        herb("7", "هفت", replaced_by="7"),
    )

    assert codes(told, "replacement-circle") == ["1", "2", "3", "7"]


def test_a_replacement_must_hold_itself(registry, shelf):
    """One that is retired, or that this draft drops, is no help; one that leads on to another is."""
    issue(registry, shelf, herbs(herb("8", "هشت"), herb("1", "یک")), "1")

    told = report(
        registry,
        shelf,
        herb("1", "یک", status="retired", replaced_by="2"),
        herb("2", "دو", effective_to=DAY),
        herb("3", "سه", status="retired", replaced_by="8"),
        herb("4", "چهار", status="retired", replaced_by="3"),
    )

    assert codes(told, "replacement-retired") == ["1", "3"]


def test_parents_must_be_there_and_lead_up(registry, shelf):
    """A parent of the edition before counts; one that nowhere stands is told, and so is a circle."""
    issue(registry, shelf, herbs(herb("8", "هشت")), "1")

    told = report(
        registry,
        shelf,
        herb("1", "یک", parents=("9", "8")),
        herb("2", "دو", parents=("3",)),
        herb("3", "سه", parents=("2", "8")),
        herb("4", "چهار", parents=("8",)),
    )

    assert codes(told, "unknown-parent") == ["1"]
    assert codes(told, "parent-circle") == ["2", "3"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25))
def test_circles_are_those_that_a_plain_walk_finds(pairs):
    """A code is told exactly when some way from it never ends, however parents and circles lie."""
    ways = {code: {target for source, target in pairs if source == code} for code in range(10)}
    reached = {code: set(targets) for code, targets in ways.items()}
    for _ in ways:
        reached = {code: set().union(step, *(ways[one] for one in step)) for code, step in reached.items()}
    circling = {code for code in ways if any(one in reached[one] for one in {code, *reached[code]})}
    with gathering(partial=False, reasons=frozenset(), likenesses=False) as gathered:
        for code, targets in ways.items():
            parents = tuple(str(target) for target in sorted(targets))
            gathered.take(str(code), herb(str(code), "گیاه", parents=parents), None)
        gathered.finish()

        found = {int(code) for code, _ in parent_circle(gathered, rules()["parent-circle"])}

    assert found == circling


def test_a_chain_of_any_length_is_walked():
    """Ten thousand codes that replace each other one after the other end well, or all go round."""
    for last, told in ((None, 0), ("0", 10_000)):
        with gathering(partial=False, reasons=frozenset(), likenesses=False) as gathered:
            for code in sorted(map(str, range(10_000))):
                following = str(int(code) + 1) if code != "9999" else last
                gathered.take(code, herb(code, "گیاه", status="retired", replaced_by=following), None)
            gathered.finish()

            assert len(list(replacement_circle(gathered, rules()["replacement-circle"]))) == told


def test_what_ends_without_a_word_is_told_once(registry, shelf):
    """Neither replacement nor note: retired in the draft or dropped by it; what ended before is no news."""
    issue(
        registry,
        shelf,
        herbs(herb("1", "یک"), herb("2", "دو"), herb("3", "سه", status="retired"), herb("4", "چهار")),
        "1",
    )

    told = report(
        registry,
        shelf,
        herb("1", "یک", status="retired"),
        herb("3", "سه", status="retired"),
        herb("4", "چهار", status="retired", replaced_by="5"),
        herb("5", "پنج"),
    )

    assert codes(told, "retired-unexplained") == ["1", "2"]
    assert "is retired" in told.of("retired-unexplained")[0].text.en
    assert "is not in the new list" in told.of("retired-unexplained")[1].text.en


def test_a_part_of_a_list_drops_nothing(registry, shelf):
    """Codes that a part does not name stay."""
    issue(registry, shelf, herbs(herb("1", "یک")), "1")

    assert codes(report(registry, shelf, herb("2", "دو"), partial=True), "retired-unexplained") == []


@pytest.mark.parametrize(
    ("window", "starts", "told"),
    [
        (None, date(2025, 3, 22), []),
        (None, date(2025, 3, 23), ["1"]),
        (date(2025, 4, 1), date(2025, 4, 2), []),
        (date(2025, 4, 1), date(2025, 4, 3), ["1"]),
        (None, None, []),
    ],
)
def test_no_day_may_lie_between_a_code_and_its_replacement(registry, shelf, window, starts, told):
    """The day after the last day, or after the window, is the latest on which the replacement may begin."""
    old = herb("1", "یک", effective_to=DAY, transition_until=window, replaced_by="2")

    found = report(registry, shelf, old, herb("2", "دو", effective_from=starts))

    assert codes(found, "transition-gap") == told


def test_titles_that_are_the_same_are_told_apart_by_properties(registry, shelf):
    """All the same is a warning, other properties a note; spelling does not count, nor a code that ends."""
    told = report(
        registry,
        shelf,
        herb("1", "سنبل‌الطیب", properties=GREEN),
        herb("2", "سنبل الطيب", properties=GREEN),
        herb("3", "سنبل الطیب", properties=WHITE),
        herb("4", "سنبل الطیب", properties=GREEN, status="retired"),
        herb("5", "آویشن"),
    )

    assert codes(told, "duplicate-title") == ["2"]
    assert codes(told, "same-title") == ["3"]
    assert "code 1" in told.of("duplicate-title")[0].text.en


def test_an_english_title_lacks_only_where_most_have_one(registry, shelf):
    """At twenty codes and four fifths of them; a title in Latin letters is an English one."""
    many = [herb(str(n), f"گیاه {n}", english=f"herb {n}") for n in range(100, 125)]

    most = report(registry, shelf, *many, herb("1", "بی‌نام"), herb("2", "Thyme"))
    few = report(registry, shelf, *many[:15], herb("1", "بی‌نام"))

    assert codes(most, "english-missing") == ["1"]
    assert codes(few, "english-missing") == []


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("آملودیپین 2.5 میلی‌گرم", "آملودیپین 25 میلی‌گرم"),
        ("قرص 10 mg", "قرص ۱۰۰ mg"),
        ("محلول 0.5 درصد", "محلول 5 درصد"),
    ],
)
def test_a_point_or_a_nought_makes_another_amount(registry, shelf, title, other):
    """Ten times the amount is told, whatever the script of the digits."""
    told = report(registry, shelf, herb("1", title), herb("2", other), herb("3", "قرص 40 mg"))

    assert codes(told, "look-alike-amount") == ["2"]


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("هیدروکسی‌زین قرص", "هیدرالازین قرص"),
        ("قرص 100 mg", "قرص 200 mg"),
        ("سرم A", "سرم B"),
        ("نعناع تازه", "نعناع خشک"),
    ],
)
def test_other_words_and_other_strengths_are_no_look_alikes(registry, shelf, title, other):
    """Several letters, a digit, a word of a few letters: those are differences that a reader sees."""
    assert codes(report(registry, shelf, herb("1", title), herb("2", other)), "look-alike-title") == []


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("آزمایش NRAS خون", "آزمایش KRAS خون"),
        ("کلرپرومازین", "کلروپرومازین"),
        ("انسولین 12 واحد", "انسولین 21 واحد"),
    ],
)
def test_one_letter_or_two_swapped_digits_make_a_look_alike(registry, shelf, title, other):
    """The two words are named."""
    told = report(registry, shelf, herb("1", title), herb("2", other))

    assert codes(told, "look-alike-title") == ["2"]


def test_codes_that_a_slip_turns_into_each_other_are_told_when_titles_do_not_warn(registry, shelf):
    """The same title, or the same but for a word among several; other titles warn by themselves."""
    told = report(
        registry,
        shelf,
        herb("12", "لوراتادین 10 میلی‌گرم قرص"),
        herb("21", "هیوسین 10 میلی‌گرم قرص"),
        herb("34", "نعناع"),
        herb("43", "آویشن"),
        herb("56", "پونه", properties=GREEN),
        herb("65", "پونه", properties=WHITE),
    )

    assert codes(told, "look-alike-code") == ["21", "65"]


WORDS = st.sampled_from(["نعناع", "نعنای", "آویشن", "آویشنک", "کوهی", "کوهیا", "12", "21", "تازه"])
TITLES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=7)


@given(TITLES)
def test_look_alikes_are_those_that_a_plain_comparison_finds(titles):
    """Every told pair differs in one word and that by one edit; and of each such pair one is told."""
    with gathering(partial=False, reasons=frozenset(), likenesses=True) as gathered:
        for place, title in enumerate(titles):
            gathered.take(str(place), herb(str(place), title), None)
        gathered.finish()
        found = list(look_alike_title(gathered, rules()["look-alike-title"]))

    told = {frozenset((titles[int(code)], titles[int(values["other"])])) for code, values in found}
    near = {frozenset(pair) for pair in combinations(titles, 2) if differ_in_one_letter(*pair)}
    assert told <= near
    assert {title for pair in near for title in pair} == {title for pair in told for title in pair}


def differ_in_one_letter(one, other):
    """Compare two titles word by word."""
    left, right = fold(one).split(), fold(other).split()
    if len(left) != len(right):
        return False
    apart = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    if len(apart) != 1:
        return False
    if any(word.isdigit() for word in apart[0]):
        return set(apart[0]) == {"12", "21"}
    return OSA.distance(*apart[0]) == 1


def test_titles_that_are_too_many_of_one_likeness_are_counted(registry, shelf, monkeypatch):
    """The first are compared, and the report says how many were not: here as the same title, and as the same but for a word."""
    monkeypatch.setattr("maksa.registry.quality.gathered.MOST_ALIKE", 3)

    told = report(registry, shelf, *(herb(str(n), "گیاه") for n in range(1, 6)))

    assert told.uncompared == 2 * 2
    assert codes(told, "duplicate-title") == ["2", "3"]
    assert report(registry, shelf, herb("1", "گیاه"), herb("2", "گیاه"), edition="3").uncompared == 0
