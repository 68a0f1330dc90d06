"""Which lists are here; the editions of one, and their files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from toys import DAY, DRUGS, FIRST, THIRD

from maksa.errors import EditionUnreadable, UnknownEdition, UnknownTerminology
from maksa.model.concept import Concept

REGISTERED = ["ATC", "ICD-O-3", "ICD10", "ICPC2P", "ISO_3166-1", "LOINC", "SNOMEDCT", "UCUM"]


def ids(entries):
    """Give the ids of a catalogue."""
    return [entry.terminology.id for entry in entries]


def test_lists_of_the_letters_stand_first_then_all_others_by_id(service):
    """Row numbers of letter 110/130 decide, then the id."""
    listed = ids(service.catalogue(on=DAY))

    assert listed[:2] == ["RVU3", "eRx"]
    assert listed[2:] == sorted(listed[2:], key=str.casefold)
    assert set(REGISTERED) <= set(listed)


def test_an_entry_shows_the_edition_in_force_and_its_letters(service):
    """A list registered by form only has no edition."""
    listed = {entry.terminology.id: entry.entry for entry in service.catalogue(on=DAY)}

    assert listed["RVU3"].manifest.edition == "1404"
    assert [letter.number for letter in listed["RVU3"].letters] == ["110/356"]
    assert listed["ICD10"] is None
    assert listed["sampled"].manifest.sample


def test_a_list_not_yet_in_force_or_torn_is_left_out(service, library):
    """The others go on answering; the list itself says why when asked."""
    library.tear("eRx", "1")

    listed = ids(service.catalogue(on=DAY))

    assert not {"future-list", "eRx"} & set(listed)
    with pytest.raises(UnknownEdition):
        service.terminology("future-list", on=DAY)
    with pytest.raises(EditionUnreadable):
        service.terminology("eRx", on=DAY)


def test_since_keeps_what_changed_on_that_day_or_later(service, library):
    """Published or effective since then, whichever is later; lists known by form never change."""
    assert ids(service.catalogue(on=DAY, since=date(2025, 3, 21))) == ["RVU3"]
    assert service.catalogue(on=DAY, since=date(2025, 3, 22)) == []

    library.publish(DRUGS, "2", (Concept("1", "یک"),), published=datetime(2025, 5, 1, tzinfo=UTC))
    assert ids(service.catalogue(on=DAY, since=date(2025, 5, 1))) == ["eRx"]
    library.withdraw("eRx", "2")
    assert ids(service.catalogue(on=DAY, since=date(2025, 5, 1))) == ["eRx"]


def test_an_edition_of_the_future_is_no_change_yet(service):
    """It is one on the day it begins."""
    assert "future-list" not in ids(service.catalogue(on=DAY, since=FIRST))
    assert set(ids(service.catalogue(on=THIRD, since=THIRD))) == {"RVU3", "future-list"}


def test_today_decides_when_no_day_is_given(service):
    """The catalogue and one list of it answer for today."""
    assert "RVU3" in ids(service.catalogue())
    assert service.terminology(" rvu3").entry.manifest.edition == "1404"


def test_one_list_by_any_spelling(service):
    """A list registered by form is a list of the catalogue too."""
    assert service.terminology("icd-10").terminology.id == "ICD10"
    assert service.terminology("icd-10").entry is None
    with pytest.raises(UnknownTerminology):
        service.terminology("RVU9")


def test_editions_newest_first(service):
    """Withdrawn and future ones too; a form has none."""
    assert [entry.manifest.edition for entry in service.editions("rvu3")] == ["1478", "1404", "1403"]
    assert list(service.editions("ICD10")) == []


def test_the_file_of_an_edition(service):
    """It is named by list and edition; unknown ones are refused."""
    entry, path = service.edition_file("rvu3", "1403")

    assert entry.manifest.edition == "1403"
    assert path == Path("RVU3/1403.sqlite")
    with pytest.raises(UnknownEdition):
        service.edition_file("RVU3", "1402")
    with pytest.raises(UnknownEdition):
        service.edition_file("ICD10", "2019")
