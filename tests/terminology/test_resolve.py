"""From the name of a list and a day to the edition in force."""

from __future__ import annotations

from datetime import date

import pytest
from memory import MemoryLibrary
from toys import DAY, DRUGS, FIRST, SECOND, SERVICES, THIRD

from maksa.errors import BadParameter, EditionUnreadable, UnknownEdition, UnknownTerminology
from maksa.model.concept import Concept, Terminology
from maksa.terminology import resolve
from maksa.terminology.registered import known_misspellings, registered_lists
from maksa.terminology.resolve import Resolver
from maksa.text import Text

ONE = (Concept("1", "یک"),)


def named(library, terminology, **when):
    """Give the name of the edition that answers."""
    return Resolver(library).opened(terminology, **when).entry.manifest.edition


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ("RVU3", "RVU3"),
        (" rvu3\u200f", "RVU3"),
        ("RVU۳", "RVU3"),
        ("e-rx", "eRx"),
        ("thritaehr.WARDTYPE", "thritaEHR.wardType"),
        ("icd10", "ICD10"),
        ("ICD-10", "ICD10"),
        ("snomedct", "SNOMEDCT"),
        ("LNC", "LOINC"),
        ("iso_3166-1", "ISO_3166-1"),
        ("thritaEHR.diagnosis.status", "thritaEHR.daignosis.status"),
    ],
)
def test_spellings_of_real_traffic_are_recognised(library, sent, known):
    """Case, outer spaces, declared spellings and known misspellings give the canonical id."""
    assert Resolver(library).canonical(sent) == known


@pytest.mark.parametrize("sent", ["RVU9", "RVU", "RVU-3", "eRxx", "ambiguous", "thritaEHR.speciality", ""])
def test_likeness_is_no_spelling(library, sent):
    """What is only like an id, could mean two, or is a misspelling of a list not held, is unknown."""
    with pytest.raises(UnknownTerminology) as refused:
        Resolver(library).canonical(sent)

    assert refused.value.known
    assert refused.value.mend is not None


def test_ids_that_differ_only_in_case_are_told_apart_by_exact_spelling(library):
    """Each exact id is itself; any other case of it means neither."""
    library.publish(Terminology("Erx", Text("دیگر", "Other")), "1", ONE)
    resolver = Resolver(library)

    assert (resolver.canonical("eRx"), resolver.canonical("Erx")) == ("eRx", "Erx")
    with pytest.raises(UnknownTerminology):
        resolver.canonical("ERX")


def test_a_torn_list_is_still_recognised_and_says_so(library):
    """Its id is known; only opening it fails."""
    library.tear("eRx", "1")
    resolver = Resolver(library)

    assert resolver.canonical("erx") == "eRx"
    with pytest.raises(EditionUnreadable):
        resolver.opened("eRx")


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (FIRST, "1403"),
        (DAY, "1404"),
        (SECOND, "1404"),
        (date(2025, 3, 20), "1403"),
        (THIRD, "1478"),
        (date.max, "1478"),
    ],
)
def test_the_edition_in_force_is_the_one_of_greatest_effective_day(library, on, edition):
    """An edition holds from its effective day until the next one begins."""
    assert named(library, "RVU3", on=on) == edition


def test_today_decides_when_no_day_is_given(library):
    """Without a day the edition of today answers."""
    assert named(library, "RVU3") == "1404"


def test_among_equal_days_the_greatest_sequence_holds(library):
    """A correction of the same effective day replaces the edition before it."""
    library.publish(SERVICES, "1404-2", ONE, effective=SECOND)

    assert named(library, "RVU3", on=DAY) == "1404-2"


def test_an_edition_without_a_day_holds_always_and_yields_to_a_dated_one(library):
    """It answers before the first dated edition, and no more from then on."""
    library.publish(DRUGS, "2", ONE, effective=SECOND)

    assert named(library, "eRx", on=date(1990, 1, 1)) == "1"
    assert named(library, "eRx", on=SECOND) == "2"


def test_before_the_first_edition_the_first_is_named(library):
    """The refusal says which edition comes first, and when."""
    with pytest.raises(UnknownEdition) as refused:
        named(library, "RVU3", on=date(2024, 3, 19))

    assert "1403" in refused.value.mend.en
    assert "2024-03-20" in refused.value.mend.en
    assert "1403/01/01" in refused.value.mend.fa


def test_a_withdrawn_edition_answers_only_by_name(library):
    """It is never in force; the one before it is."""
    library.withdraw("RVU3", "1404")

    assert named(library, "RVU3", on=DAY) == "1403"
    assert named(library, "RVU3", edition="1404") == "1404"


def test_a_list_of_withdrawn_editions_says_so(library):
    """Nothing of it is in force on any day."""
    library.withdraw("eRx", "1")

    with pytest.raises(UnknownEdition) as refused:
        named(library, "eRx")

    assert "withdrawn" in refused.value.mend.en


def test_a_sample_is_in_force_only_while_nothing_real_is(library):
    """A real edition pushes the samples out, even on days before it begins; withdrawn, it gives them back."""
    assert named(library, "sampled", on=DAY) == "sample"

    sampled = Terminology("sampled", Text("واقعی", "Real"))
    library.publish(sampled, "real", ONE, effective=SECOND)
    library.publish(sampled, "sample-2", ONE, sample=True)

    assert named(library, "sampled", on=DAY) == "real"
    with pytest.raises(UnknownEdition) as refused:
        named(library, "sampled", on=FIRST)
    assert "real" in refused.value.mend.en

    library.withdraw("sampled", "real")
    assert named(library, "sampled", on=DAY) == "sample-2"


def test_a_day_and_an_edition_together_are_refused(library):
    """Only one of the two can decide."""
    with pytest.raises(BadParameter):
        named(library, "RVU3", on=DAY, edition="1404")


def test_an_unknown_edition_is_refused_naming_the_known_ones(library):
    """All editions of the list are named."""
    with pytest.raises(UnknownEdition) as refused:
        named(library, "RVU3", edition="1402")

    assert refused.value.known == ("1478", "1404", "1403")


def test_a_list_registered_by_form_has_no_edition(library):
    """Asking for its content is refused, and the mend is to import it."""
    with pytest.raises(UnknownEdition) as refused:
        named(library, "ICD10")

    assert "import" in refused.value.mend.en


def test_what_was_resolved_is_remembered_until_the_shelf_changes(library):
    """The same question opens nothing anew; a new edition or a withdrawal is seen at once."""
    resolver = Resolver(library)
    resolver.opened("RVU3", on=DAY)
    opened = library.opened

    assert resolver.opened("RVU3", on=DAY).entry.manifest.edition == "1404"
    assert library.opened == opened

    library.publish(SERVICES, "1404-2", ONE, effective=SECOND)
    assert resolver.opened("RVU3", on=DAY).entry.manifest.edition == "1404-2"
    library.withdraw("RVU3", "1404-2")
    assert resolver.opened("RVU3", on=DAY).entry.manifest.edition == "1404"


def test_a_new_list_is_recognised_at_once(library):
    """Spellings are remembered under the generation of the shelf too."""
    resolver = Resolver(library)
    with pytest.raises(UnknownTerminology):
        resolver.canonical("NEWLIST")

    library.publish(Terminology("newList", Text("نو", "New")), "1", ONE)

    assert resolver.canonical("NEWLIST") == "newList"


def test_memory_is_bounded(library, monkeypatch):
    """Many different questions forget the old ones."""
    monkeypatch.setattr(resolve, "REMEMBERED", 10)
    resolver = Resolver(library)

    for day in range(1, 29):
        resolver.opened("RVU3", on=date(2025, 6, day))

    assert len(resolver._opened) <= 10


def test_registered_lists_are_those_of_the_design():
    """Eight lists are known by form in every home; each example fits its form."""
    lists = registered_lists()

    assert set(lists) == {"ICD10", "SNOMEDCT", "LOINC", "ICD-O-3", "ICPC2P", "ATC", "UCUM", "ISO_3166-1"}
    for registered in lists.values():
        assert registered.content == "not-present"
        assert registered.url
        for example in registered.code_form.example.split(", "):
            assert registered.code_form.fits(example)


@pytest.mark.parametrize(
    ("terminology", "code", "fits"),
    [
        ("ICD10", "B24", True),
        ("ICD10", "E78.6", True),
        ("ICD10", "34436003", False),
        ("ICD-O-3", "8000/3", True),
        ("ICD-O-3", "C00.5", True),
        ("ICD-O-3", "8010", False),
        ("ICPC2P", "F14005", True),
        ("ICPC2P", "N01", False),
        ("ATC", "A10BA02", True),
        ("ATC", "A10B", True),
        ("ATC", "A10BA2", False),
        ("UCUM", "10*6/uL", True),
        ("UCUM", "میلی‌گرم", False),
        ("ISO_3166-1", "IR", True),
        ("ISO_3166-1", "98", False),
        ("SNOMEDCT", "229797004", True),
        ("SNOMEDCT", "22710", False),
        ("LOINC", "30611-8", True),
        ("LOINC", "30611-9", False),
    ],
)
def test_forms_of_public_standards(terminology, code, fits):
    """Codes that were seen in traffic fit their lists; those of other lists do not."""
    assert registered_lists()[terminology].code_form.fits(code) is fits


def test_misspellings_are_data_and_never_ids_of_their_own():
    """No misspelling is itself an id that a row points to."""
    rows = known_misspellings()

    assert rows["thritaEHR.diagnosis.status"] == "thritaEHR.daignosis.status"
    assert not set(rows) & set(rows.values())


def test_an_empty_library_knows_the_registered_lists():
    """A home without any import answers about forms."""
    assert list(Resolver(MemoryLibrary()).known_ids()) == list(registered_lists())


@pytest.mark.parametrize("sent", ["Local", " local", "TarahanHIS"])
def test_an_id_private_to_one_system_is_near_to_none(library, sent):
    """Local is no misspelling of LOINC: it is said to be private, and nothing is offered."""
    with pytest.raises(UnknownTerminology) as refused:
        Resolver(library).canonical(sent)

    assert refused.value.known == ()
    assert "private" in refused.value.text.en
    assert "خصوصی" in refused.value.text.fa
    assert "LOINC" not in str(refused.value)


def test_a_private_id_under_which_a_list_is_held_is_that_list(library):
    """A home that imports its own local list can ask for it."""
    library.publish(Terminology("Local", Text("محلی", "Local")), "1", ONE)

    assert Resolver(library).canonical("local") == "Local"
