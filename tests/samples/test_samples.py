"""The sample lists: every family, small, labelled, and true in their codes."""

import re

import pytest
from sample_lists import FOLDER, SAMPLES, TABLES, concepts_of, intake_of, rows_of

from maksa.intake.profile import load_profile, profile_names
from maksa.model.checkdigits import is_loinc, is_snomed_concept
from maksa.model.persian import title_key

LETTERS = {
    "drug-usage": "110/128",
    "imaging": "110/124",
    "physiotherapy": "110/120",
    "natural-medicine": "110/100",
    "ambulance-resident": "110/90",
    "erx": "110/40",
    "irc": "110/40",
}
IMAGING_CODE = re.compile(r"0([0-9]{5})-([0-9])[0-9]{2}")

by_file = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
by_table = pytest.mark.parametrize("sample", TABLES, ids=lambda sample: sample["file"])


def test_every_profile_has_a_sample():
    """Each family of lists can be tried out."""
    assert {sample["profile"] for sample in SAMPLES} == set(profile_names())


def test_every_file_is_listed_once():
    """No file lies in the folder unseen, and none is named that is not there."""
    lists = {entry.name for entry in FOLDER.iterdir() if entry.name.endswith((".csv", ".json", ".xlsx"))}

    assert sorted(sample["file"] for sample in SAMPLES) == sorted(lists)


@by_file
def test_a_sample_says_that_it_is_one(sample):
    """Its edition is called a sample, and it carries no day from which it would hold officially."""
    assert re.fullmatch(r"sample-[1-9]", sample["edition"])
    assert set(sample) <= {
        "file",
        "profile",
        "terminology",
        "edition",
        "partial",
        "letter",
        "note",
        "note_en",
    }
    assert ("note" in sample) == ("note_en" in sample)


@by_file
def test_a_sample_names_the_letter_of_its_list(sample):
    """The letters of the table in 110/130 stand at their lists, and nowhere else."""
    expected = "110/124" if sample.get("terminology") == "imaging-anatomy" else LETTERS.get(sample["profile"])

    assert sample.get("letter") == expected


@pytest.mark.parametrize(
    "profile",
    ["drug-usage", "physiotherapy", "natural-medicine", "ambulance-resident", "erx", "irc", "generic-drug"],
)
def test_invented_codes_are_said_to_be_invented(profile):
    """Where codes are not public, ours are labelled."""
    first = next(sample for sample in SAMPLES if sample["profile"] == profile)

    assert "invented" in first["note_en"].casefold()
    assert "ساختگی" in first["note"]


@by_table
def test_the_headers_are_standard_columns_of_the_profile(sample):
    """A sample shows how a file of its profile looks."""
    known = {column.name for column in load_profile(sample["profile"]).columns}

    assert set(rows_of(sample["file"])[0]) <= known


@by_file
def test_a_sample_is_small_and_its_counts_add_up(sample):
    """At most 300 rows, each with one fate, and nearly all of them taken."""
    intake = intake_of(sample["file"])
    counts = intake.counts

    assert 0 < counts.read <= 300
    assert counts.accepted + counts.repaired + counts.set_aside == counts.read
    assert counts.set_aside <= 3
    if sample["file"].endswith(".csv"):
        assert counts.read == len(rows_of(sample["file"]))


@by_file
def test_every_row_set_aside_is_told(sample):
    """What is not taken is named, with its row."""
    intake = intake_of(sample["file"])
    told = [finding for finding in intake.findings if finding.kind == "set-aside"]

    assert len({finding.row for finding in told}) == intake.counts.set_aside


@by_file
def test_every_replacement_exists(sample):
    """Whoever follows `replaced_by` arrives at an active code of the same list."""
    for made in intake_of(sample["file"]).lists:
        held = {concept.code: concept for concept in made.concepts}
        for concept in made.concepts:
            if concept.replaced_by is not None:
                assert held[concept.replaced_by].status == "active"


REPLACEMENTS = {
    ("T020", "T003"),  # The same instruction in other words.
    ("5292-8", "20507-0"),  # Both look for the same antibody in serum; laboratories took RPR for VDRL.
}
"""Every replacement of the samples, each looked at: it is the same thing, never another drug, region or contrast."""


def test_a_replacement_is_the_same_thing():
    """Whoever follows `replaced_by` gives a patient no other substance and no other examination."""
    made = {
        (concept.code, concept.replaced_by)
        for sample in SAMPLES
        for one in intake_of(sample["file"]).lists
        for concept in one.concepts
        if concept.replaced_by is not None
    }

    assert made == REPLACEMENTS


@by_file
def test_a_retired_code_has_its_last_day_or_a_successor(sample):
    """A retirement says when or by what."""
    for concept in concepts_of(sample["file"]).values():
        if concept.status == "retired":
            assert concept.effective_to is not None or concept.replaced_by is not None


@by_file
def test_titles_are_unique_or_doubled_on_purpose(sample):
    """Two codes share a title only where insurers give one product two codes, or places one name."""
    for made in intake_of(sample["file"]).lists:
        if made.terminology.id == "countryDivisions":
            continue
        keys = [title_key(concept.display) for concept in made.concepts]
        doubled = {key for key in keys if keys.count(key) > 1}
        if sample["profile"] == "generic-drug":
            assert doubled
            assert all(title_key("قدرت نامعلوم") in key for key in doubled)
        elif made.terminology.id == "rvu-coefficient":
            continue
        else:
            assert not doubled


@pytest.mark.parametrize("file", ["laboratory.csv", "imaging-1.csv", "imaging-2.csv", "tamin-service.csv"])
def test_every_loinc_number_has_its_check_digit(file):
    """Real numbers are real; the one published fake of the imaging list is the only exception."""
    fakes = set()
    for code in concepts_of(file):
        match = IMAGING_CODE.fullmatch(code)
        number = f"{match[1].lstrip('0')}-{match[2]}" if match else code
        if (match or file == "laboratory.csv") and code != "807005-275" and not is_loinc(number):
            fakes.add(code)

    assert fakes <= {"030611-900"}


def test_every_snomed_id_has_its_check_digit():
    """The ids of the anatomy and of drug use are real, but for the one wrong cell that shows the finding."""
    anatomy = concepts_of("imaging-anatomy.json")
    usage = {row["snomed"] for row in rows_of("drug-usage.csv") if row["snomed"]}

    assert all(is_snomed_concept(code) for code in anatomy)
    assert {code for code in usage if not is_snomed_concept(code)} == {"45890008"}


def test_invented_irc_codes_are_sixteen_digits_that_no_product_has():
    """An invented code can never be taken for a registered product."""
    assert all(re.fullmatch(r"0000(40|67)[0-9]{10}", code) for code in concepts_of("irc.csv"))
