"""What the sample lists show: the dirt of real lists, and each feature of an edition at least once."""

import json

import pytest
from sample_lists import SAMPLES, codes_of, concepts_of, intake_of

from maksa.model.persian import title_key

REPAIRED = {
    "imaging-2.csv": "030691-000",
    "natural-medicine.csv": "67041",
    "generic-drug.csv": "00817",
    "tamin-formulary.csv": "01287",
    "irc.csv": "0000400000000031",
    "rvu3.csv": "701790",
    "thrita.csv": "036",
}


@pytest.mark.parametrize(("file", "code"), REPAIRED.items())
def test_a_repaired_code_stands_in_its_canonical_form(file, code):
    """Digits of another script and lost zeros are repaired and told."""
    assert code in concepts_of(file)
    assert intake_of(file).counts.repaired > 0


SET_ASIDE = {
    "drug-usage.csv": "missing-code",
    "physiotherapy.csv": "missing-code",
    "ambulance-resident.csv": "missing-title",
    "imaging-2.csv": "malformed-code",
    "natural-medicine.csv": "malformed-code",
    "erx-2.csv": "malformed-code",
    "generic-drug.csv": "malformed-code",
    "irc.csv": "malformed-code",
    "laboratory.csv": "malformed-code",
    "rvu3.csv": "malformed-code",
    "thrita.csv": "registered-by-form",
}


@pytest.mark.parametrize(("file", "reason"), SET_ASIDE.items())
def test_an_unfit_row_is_set_aside_with_its_reason(file, reason):
    """Each reason can be seen in one sample."""
    assert reason in codes_of(file, "set-aside")


NOTED = {
    "rvu3.csv": {"duplicate-code", "text-in-number", "dangling-reference"},
    "erx-2.csv": {"text-in-number"},
    "rvu-coefficient.csv": {"text-in-number"},
    "tamin-formulary.csv": {"text-in-number"},
    "imaging-2.csv": {"check-digit", "property-form"},
    "drug-usage.csv": {"property-form"},
}


@pytest.mark.parametrize(("file", "expected"), NOTED.items())
def test_the_dirt_of_real_lists_is_noted(file, expected):
    """Doubled codes, text among numbers, references to nothing and wrong check digits are told."""
    assert expected <= codes_of(file, "note")


def test_the_book_has_all_nine_sections_and_marks_as_sets():
    """Nine sections, and every combination of marks that a search may ask for."""
    concepts = concepts_of("rvu3.csv").values()

    assert {concept.code[0] for concept in concepts} == set("123456789")
    assert {"".join(sorted(concept.values("attribute"))) for concept in concepts} >= {
        "",
        "#",
        "*",
        "+",
        "#*",
        "#+",
        "#*+",
    }


def test_a_doubled_code_keeps_both_values():
    """400770 stands twice in the book, with 160 and 91 units."""
    total = concepts_of("rvu3.csv")["400770"]

    assert [str(value) for value in total.values("total")] == ["160"]
    assert [
        str(prop.value) for variant in total.variants for prop in variant.properties if prop.code == "total"
    ] == ["91"]


def test_a_glued_title_is_split_beside_the_published_one():
    """36156-8-ام آر آي … stays and gives its number and its Persian and English titles."""
    chest = concepts_of("imaging-2.csv")["036156-800"]

    assert chest.display.startswith("36156-8-")
    assert chest.values("loinc") == ("36156-8",)
    assert "MR Chest W contrast IV" in chest.titles()


def test_imaging_has_every_modality_and_its_anatomy():
    """All modalities of the letter, each service with its part of the body."""
    concepts = concepts_of("imaging-2.csv").values()

    assert {concept.values("modality")[0] for concept in concepts} == {
        "CT",
        "MRI",
        "NM",
        "US",
        "MG",
        "XR",
        "DXA",
    }
    assert all(concept.values("anatomy") for concept in concepts)


def test_drug_use_has_its_four_parts():
    """Amount, time, method and repeat days stand in one list."""
    parts = {concept.values("part")[0] for concept in concepts_of("drug-usage.csv").values()}

    assert parts == {"amount", "time", "method", "repeat-days"}


def test_there_are_many_drugs_and_some_supplements():
    """At least 120 common drugs, with the supplements that the letter adds."""
    for file in ("erx-1.csv", "erx-2.csv"):
        concepts = concepts_of(file).values()
        assert len(concepts) >= 120
        assert sum(concept.values("supplement") == (True,) for concept in concepts) >= 8


def test_the_cross_references_of_drugs_hold():
    """Every generic code of eRx and every eRx code of IRC stands in its list."""
    generic, erx = concepts_of("generic-drug.csv"), concepts_of("erx-2.csv")

    assert all(concept.values("generic_code")[0] in generic for concept in erx.values())
    assert all(concept.values("erx_code")[0] in erx for concept in concepts_of("irc.csv").values())


def test_the_map_of_insurers_leads_into_the_generic_codes():
    """Each insurer's code exists, and insurers disagree on some product."""
    [made] = intake_of("insurer-generic-code.csv").lists
    generic = concepts_of("generic-drug.csv")
    targets = {}
    for mapping in made.mappings:
        targets.setdefault(mapping.source_code, set()).add(mapping.target_code)

    assert all(code in generic for codes in targets.values() for code in codes)
    assert any(len(codes) > 1 for codes in targets.values())


@pytest.mark.parametrize("family", ["imaging", "erx"])
def test_two_editions_differ_by_added_changed_and_gone_codes(family):
    """A diff, carried-forward codes and a delta by date have something to show."""
    old, new = concepts_of(f"{family}-1.csv"), concepts_of(f"{family}-2.csv")
    changed = {code for code in old.keys() & new.keys() if old[code].titles() != new[code].titles()}

    assert len(new.keys() - old.keys()) >= 4
    assert len(old.keys() - new.keys()) == 2
    assert changed


FORM_ONLY = {"ICD10", "SNOMEDCT", "LOINC", "ICD-O-3", "ICPC2P", "ATC", "UCUM", "ISO_3166-1"}
FAR = 2040


@pytest.mark.parametrize(
    "file",
    [
        "imaging-2.csv",
        "erx-2.csv",
        "irc.csv",
        "generic-drug.csv",
        "laboratory.csv",
        "drug-usage.csv",
        "physiotherapy.csv",
    ],
)
def test_some_code_is_not_yet_effective(file):
    """One code of the list begins in a far year."""
    starts = [concept.effective_from for concept in concepts_of(file).values() if concept.effective_from]

    assert any(day.year > FAR for day in starts)


def test_some_code_is_in_its_transition_window():
    """A code that has ended and still may be used for years is a warning, not an error."""
    [ending] = [concept for concept in concepts_of("erx-2.csv").values() if concept.transition_until]

    assert ending.effective_to is not None
    assert ending.effective_to < ending.transition_until


TITLES = {
    "rvu3.csv": [
        "سونوگرافی کلیه‌ها",
        "سی‌تی اسکن ریه و مدیاستن بدون تزریق",
        "همودیالیز مزمن، هر جلسه (گلوبال)",
    ],
    "imaging-2.csv": ["سونوگرافی کلیه‌ها (دو طرفه)", "سی‌تی اسکن ریه و قفسه سینه بدون کنتراست"],
    "laboratory.csv": ["شمارش کامل خون (CBC)", "قند خون ناشتا (FBS)"],
    "erx-2.csv": ["آموکسی‌سیلین 500 میلی‌گرم کپسول خوراکی", "AMOXICILLIN TRIHYDRATE 500 mg CAPSULE ORAL"],
}


@pytest.mark.parametrize(("file", "titles"), TITLES.items())
def test_what_people_try_first_is_there(file, titles):
    """The searches of a demonstration find something; spellings of letters do not matter."""
    held = {title_key(title) for concept in concepts_of(file).values() for title in concept.titles()}

    assert all(title_key(title) in held for title in titles)


@pytest.mark.parametrize(
    "file", ["imaging-2.csv", "erx-2.csv", "rvu3.csv", "laboratory.csv", "drug-usage.csv"]
)
def test_some_titles_have_arabic_letters(file):
    """Folding has something to fold."""
    displays = [concept.display for concept in concepts_of(file).values()]

    assert any("ي" in display or "ك" in display for display in displays)
    assert any("ی" in display for display in displays)


def triples(value):
    """Yield every coded triple of a message."""
    if isinstance(value, dict):
        if "Coded_string" in value:
            yield value["Terminology_id"], value["Coded_string"], value["Value"]
        for part in value.values():
            yield from triples(part)
    elif isinstance(value, list):
        for part in value:
            yield from triples(part)


def test_the_public_example_prescription_is_covered(real_data):
    """Every triple of it stands in a sample with that very title, or its list is registered by form."""
    message = json.loads((real_data / "synthetic_medication_prescription.json").read_text(encoding="utf-8"))
    held = {
        (made.terminology.id.casefold(), concept.code, title)
        for sample in SAMPLES
        for made in intake_of(sample["file"]).lists
        for concept in made.concepts
        for title in concept.titles()
    }

    found = list(triples(message))

    assert len(found) >= 10
    for terminology, code, title in found:
        assert terminology in FORM_ONLY or (terminology.casefold(), code, title) in held
