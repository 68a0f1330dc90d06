"""Letters: which are recorded, their chains both ways, and what became of the lists that they announce."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from memory import MemoryLibrary
from toys import CONCEPTS, DAY, MAP, SERVICES

from maksa.errors import BadParameter, EditionUnreadable, UnknownLetter, UnknownTerminology
from maksa.model.concept import Mapping
from maksa.model.edition import Letter
from maksa.terminology import announced
from maksa.terminology.service import LocalTerminology

FIRST, SECOND, LATER = date(2024, 3, 20), date(2025, 3, 21), date(2030, 1, 1)
BOOK = Letter("110/1", date(2024, 1, 1), "ابلاغ کتاب", announces=(("RVU3", "1403"),))
WHOLE = replace(BOOK, announces=(("RVU3", None),))


@pytest.fixture
def library():
    """A library without lists or letters."""
    return MemoryLibrary()


@pytest.fixture
def service(library):
    """The questions over it."""
    return LocalTerminology(library)


def publish(library, edition, concepts=CONCEPTS, **more):
    """Put an edition of the book on the shelf."""
    library.publish(SERVICES, edition, concepts, **more)


def only_list(service, number="110/1", on=DAY):
    """Give the one list that a letter announces."""
    (found,) = service.letter(number, on=on).lists
    return found


def test_letters_are_listed_newest_first_and_those_without_a_day_last(library, service):
    """Of one day, the greater number first."""
    library.letters += [
        Letter("3", None, "پ"),
        BOOK,
        Letter("110/2", BOOK.date, "ب"),
        Letter("9", FIRST, "ت"),
    ]

    assert [found.letter.number for found in service.letters().letters] == ["9", "110/2", "110/1", "3"]


def test_letters_are_narrowed_by_list_day_and_stub(library, service):
    """Filters meet; a list is named by any known spelling, or as a letter names it."""
    publish(library, "1403")
    library.letters += [
        BOOK,
        Letter("110/2", SECOND, "ب", announces=(("coming", None),), stub=True),
        Letter("110/3", None, "پ", stub=True),
    ]

    def numbers(**asked):
        page = service.letters(**asked)
        assert page.total == len(page.letters)
        return [found.letter.number for found in page.letters]

    assert numbers(terminology="rvu3 ") == ["110/1"]
    assert numbers(terminology="Coming") == ["110/2"]
    assert numbers(since=SECOND) == ["110/2"]
    assert numbers(stub=True) == ["110/2", "110/3"]
    assert numbers(stub=False) == ["110/1"]
    assert numbers(stub=True, since=FIRST, terminology="coming") == ["110/2"]
    assert numbers(terminology="LOINC") == []
    with pytest.raises(UnknownTerminology):
        service.letters(terminology="nothing")


def test_pages_go_on_by_the_number_of_the_last_letter(library, service):
    """Every letter once, whatever its digits; a letter that is filtered out is a place all the same."""
    library.letters += [Letter(f"110/{n}", date(2024, 1, n), "الف", stub=n % 2 == 0) for n in range(1, 8)]

    seen, after = [], None
    while True:
        page = service.letters(limit=2, after=after)
        assert page.total == 7
        seen += [found.letter.number for found in page.letters]
        after = page.next_after
        if after is None:
            break

    assert seen == [f"110/{n}" for n in range(7, 0, -1)]
    rest = service.letters(after="۱۱۰/۵", stub=True)
    assert [found.letter.number for found in rest.letters] == ["110/4", "110/2"]


def test_a_page_has_bounds(service):
    """Of its size and of its beginning."""
    for limit in (0, 1_001):
        with pytest.raises(BadParameter, match="limit"):
            service.letters(limit=limit)
    with pytest.raises(BadParameter, match="after"):
        service.letters(after="110/1")


def test_a_letter_is_found_by_its_number_in_any_digits(library, service):
    """An unknown one is refused, naming near ones; the two halves are often turned around."""
    library.letters.append(replace(BOOK, number="110/130"))

    assert service.letter(" ۱۱۰/۱۳۰ ").letter.number == "110/130"
    with pytest.raises(UnknownLetter, match="110/130") as refusal:
        service.letter("130/110")
    assert refusal.value.known == ("110/130",)
    for number in ("", "x" * 5_000, "\udcff", "../keys"):
        with pytest.raises(UnknownLetter):
            service.letter(number)


def test_the_chain_is_told_from_both_sides(library, service):
    """What a letter says of others, what others say of it, and numbers that are not recorded here."""
    library.letters += [
        Letter("1", FIRST, "الف"),
        Letter("2", SECOND, "ب", supersedes=("1",), refers_to=("9",), stub=True),
        Letter("3", None, "پ", refers_to=("1", "2")),
    ]

    first, second = service.letter("1"), service.letter("2")

    assert [one.number for one in first.chain.superseded_by] == ["2"]
    assert [one.number for one in first.chain.referred_to_by] == ["3"]
    (superseding,) = first.chain.superseded_by
    assert (superseding.date, superseding.subject, superseding.recorded, superseding.stub) == (
        SECOND,
        "ب",
        True,
        True,
    )
    assert [(one.number, one.recorded) for one in second.chain.supersedes] == [("1", True)]
    assert [(one.number, one.recorded, one.subject) for one in second.chain.refers_to] == [("9", False, None)]


def test_the_announced_edition_is_in_force(library, service):
    """Named or not; of a letter that names the list alone it is not said that it named an edition."""
    publish(library, "1403", effective=FIRST)
    library.letters.append(BOOK)
    named = only_list(service)
    library.letters[:] = [WHOLE]
    unnamed = only_list(service)

    assert (named.state, named.named, named.announced, named.changes) == (
        "as-announced",
        "1403",
        named.in_force,
        None,
    )
    assert (unnamed.state, unnamed.named, unnamed.announced.edition) == ("as-announced", None, "1403")
    assert "names no edition" in unnamed.text.en
    assert named.title == SERVICES.title


@pytest.mark.parametrize(
    "letter", [BOOK, WHOLE, replace(BOOK, announces=(("RVU3", "1403"), ("RVU3", "1404")))]
)
def test_a_later_edition_is_a_change_after_the_letter(library, service, letter):
    """Whether no letter stands behind it or the same one does: which was announced, which is in force, what changed."""
    publish(library, "1403", effective=FIRST)
    later = [
        replace(CONCEPTS[0], display="سونوگرافی کلیه"),
        *(replace(one, status="retired") if one.code == "700105" else one for one in CONCEPTS[1:-1]),
    ]
    publish(library, "1404", later, effective=SECOND)
    library.letters.append(letter)

    found = only_list(service)

    assert found.state == "changed"
    assert (found.announced.edition, found.in_force.edition) == ("1403", "1404")
    assert dict(found.changes) == {"changed": 1, "retired": 1, "removed": 1}
    assert "1404" in found.text.fa
    assert service.letter("110/1", on=DAY).changed
    diff = service.diff("RVU3", "1403", "1404")
    assert sum(count for _, count in found.changes) == len(diff.changes)


def test_on_a_day_before_the_later_edition_nothing_was_changed(library, service):
    """The day asked decides, as in every question."""
    publish(library, "1403", effective=FIRST)
    publish(library, "1404", effective=SECOND)
    library.letters.append(BOOK)

    assert only_list(service, on=FIRST).state == "as-announced"
    assert only_list(service, on=SECOND).state == "changed"
    (listed,) = service.letters(on=SECOND).letters
    assert (listed.lists[0].state, listed.lists[0].changes) == ("changed", None)


def test_an_edition_of_another_letter_is_not_what_this_one_announced(library, service):
    """A letter that names the list alone announced none of the editions that other letters name."""
    later = Letter("110/2", SECOND, "ب", announces=(("RVU3", "1404"),))
    publish(library, "1404", effective=FIRST, letters=(later,))
    library.letters.append(WHOLE)

    found = only_list(service)

    assert (found.state, found.announced, found.in_force.edition) == ("not-held", None, "1404")
    assert only_list(service, "110/2").state == "as-announced"


def test_the_letter_behind_the_edition_in_force_is_named(library, service):
    """Of two letters for one list, the earlier says by which its edition was followed."""
    later = Letter("110/2", SECOND, "ب", announces=(("RVU3", "1404"),))
    publish(library, "1403", effective=FIRST, letters=(BOOK,))
    publish(library, "1404", effective=SECOND, letters=(later,))

    assert "by letter 110/2" in only_list(service).text.en
    assert only_list(service, "110/2").state == "as-announced"


def test_an_announced_edition_that_is_not_in_force(library, service):
    """It was withdrawn, or its day has not come: neither is a change after the letter."""
    publish(library, "1402", effective=date(2023, 3, 21))
    publish(library, "1403", effective=LATER)
    library.letters.append(BOOK)

    waiting = only_list(service)
    library.withdraw("RVU3", "1403")
    withdrawn = only_list(service)

    assert (waiting.state, waiting.in_force.edition) == ("not-yet-effective", "1402")
    assert "2030-01-01" in waiting.text.en
    assert (withdrawn.state, withdrawn.in_force.edition) == ("withdrawn", "1402")


def test_a_list_that_is_not_here_or_only_as_a_sample(library, service):
    """No sample is announced; an edition that is named and not held is named."""
    library.letters.append(BOOK)
    missing = only_list(service)
    publish(library, "s1", sample=True)
    sample = only_list(service)

    assert (missing.state, missing.kind, missing.title, missing.named) == ("not-held", None, None, "1403")
    assert "1403" in missing.text.en
    assert (sample.state, sample.announced, sample.in_force.edition) == ("sample", None, "s1")


def test_a_list_of_many_editions_is_announced_once(library, service):
    """One line a list, in the order in which the letter names them."""
    library.letters.append(replace(BOOK, announces=(("b", "1"), ("a", None), ("b", None), ("b", "2"))))

    assert [one.terminology for one in service.letter("110/1").lists] == ["b", "a"]


def test_the_changes_of_a_map_are_told_and_not_counted(library, service):
    """A diff compares concepts, of which a map has none."""
    rows = [Mapping("eRx", "1", "RVU3", "700100")]
    library.publish(MAP, "1", (), mappings=rows)
    library.publish(MAP, "2", (), mappings=[replace(rows[0], target_code="700105")])
    library.letters.append(replace(BOOK, announces=(("drug-map", None),)))

    found = only_list(service)

    assert (found.state, found.kind, found.changes, found.comparable) == ("changed", "map", None, False)


def test_changes_are_counted_up_to_a_bound_and_once(library, service, monkeypatch):
    """Beyond it the answer does not wait for them; what was counted is remembered by the hashes."""
    counted = []
    real = announced.count_changes
    monkeypatch.setattr(announced, "count_changes", lambda *ends: counted.append(ends) or real(*ends))
    publish(library, "1403", effective=FIRST)
    publish(library, "1404", CONCEPTS[:3], effective=SECOND)
    library.letters.append(BOOK)

    assert only_list(service).changes == only_list(service).changes == (("removed", 13),)
    assert len(counted) == 1
    monkeypatch.setattr(announced, "MOST_COUNTED", 3)
    assert only_list(service).changes is None


def test_a_torn_edition_does_not_hide_its_letter(library, service):
    """The change is told, its counts are not; the title is none."""
    publish(library, "1403", effective=FIRST)
    publish(library, "1404", effective=SECOND)
    library.tear("RVU3", "1404")
    library.letters.append(BOOK)

    found = only_list(service)

    assert (found.state, found.title, found.changes) == ("changed", None, None)


def test_a_damaged_manifest_is_told_of_the_list(library, service, monkeypatch):
    """It cannot be known which edition is in force, and that is said."""
    library.letters.append(BOOK)
    damage = EditionUnreadable(SERVICES.title)
    monkeypatch.setattr(library, "damage", lambda _: damage)
    alone = only_list(service)
    publish(library, "1403", effective=FIRST)

    for found in (alone, only_list(service)):
        assert (found.state, found.in_force, found.text) == ("unreadable", None, SERVICES.title)
