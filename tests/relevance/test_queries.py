"""The labelled queries: well-formed, of known lists, enough of each kind."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from maksa.model.persian import ascii_digits

QUERIES = Path(__file__).with_name("queries.csv")
COLUMNS = ["query", "terminology", "kind", "codes", "note"]
KINDS = {
    "abbreviation",
    "arabic-letters",
    "code",
    "colloquial",
    "digits",
    "exact",
    "latin",
    "missing-word",
    "no-half-space",
    "numbers-and-words",
    "partial",
    "prefix",
    "transliteration",
    "typo",
    "word-order",
    "wrong-layout",
}
CODE_COLUMNS = {
    "RVU3": ("rvu3_1404.csv", "code"),
    "generic-drug": ("tamin_formulary_sample.csv", "drug_code"),
    "laboratory": ("tamin_lab_names_loinc_sample.csv", "loinc"),
    "supplementary-insurer": ("tamin_supplementary_insurers.csv", "code"),
    "tamin-service": ("tamin_services_sample.csv", "srvCode"),
    "tamin-service-type": ("tamin_service_types.csv", "srvType"),
    "tamin.drugAmount": ("tamin_drug_amounts.csv", "drugAmntCode"),
    "tamin.drugInstruction": ("tamin_drug_instructions.csv", "drugInstCode"),
    "tamin.drugUsage": ("tamin_drug_usages.csv", "drugUsageCode"),
    "tamin.repeatDays": ("tamin_repeat_days.csv", "repeatDaysCode"),
}
"""Where the real lists hold the codes of each terminology."""

ARABIC_LETTERS_AND_TATWEEL = set("يىكةـ")
PERSIAN_AND_ARABIC_DIGITS = set("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")


@pytest.fixture(scope="module")
def rows():
    """The labelled queries, row by row."""
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def of_kind(rows, kind):
    """The queries of one kind."""
    return [row["query"] for row in rows if row["kind"] == kind]


def bare_number(code):
    """The digits of a code without dash, space and leading zeros."""
    return re.sub(r"\D", "", ascii_digits(code)).lstrip("0")


def code_patterns():
    """The form of the codes of each list, as the program's own import profiles tell it."""
    patterns = {}
    for file in resources.files("maksa.intake").joinpath("profiles").iterdir():
        if file.name.endswith(".toml"):
            profile = tomllib.loads(file.read_text(encoding="utf-8"))
            known_as = profile.get("list", {}).get("id", file.name.removesuffix(".toml"))
            patterns[known_as] = profile.get("code", {}).get("pattern", ".+")
    return patterns


def test_the_file_has_its_columns_and_every_row_its_labels(rows):
    """Query, terminology, kind and at least one code stand in each row; a code stands once."""
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == COLUMNS
    for row in rows:
        codes = row["codes"].split("|")

        assert None not in row, row
        assert row["query"].strip(), row
        assert all(codes), row
        assert len(codes) == len(set(codes)) <= 8, row


def test_no_query_is_asked_twice_of_one_list(rows):
    """A second label for the same question would count it twice."""
    asked = Counter((row["query"], row["terminology"]) for row in rows)

    assert [question for question, times in asked.items() if times > 1] == []


def test_each_kind_is_asked_often_enough(rows):
    """At least 25 of each kind, 400 in all, 300 of them of the RVU3 book and over all its sections."""
    counts = Counter(row["kind"] for row in rows)
    book = [row for row in rows if row["terminology"] == "RVU3"]

    assert set(counts) == KINDS
    assert min(counts.values()) >= 25
    assert len(rows) >= 400
    assert len(book) >= 300
    assert {code[0] for row in book for code in row["codes"].split("|")} == set("123456789")


def test_the_lists_are_known_and_the_codes_have_their_form(rows):
    """Each terminology has an import profile, and each labelled code its form."""
    patterns = code_patterns()

    assert {row["terminology"] for row in rows} == set(CODE_COLUMNS)
    for row in rows:
        for code in row["codes"].split("|"):
            assert re.fullmatch(patterns[row["terminology"]], code), row


def test_the_kinds_are_what_they_say(rows):
    """Arabic letters, digits of another script and Latin letters stand where the kind promises them."""
    for query in of_kind(rows, "arabic-letters"):
        assert ARABIC_LETTERS_AND_TATWEEL & set(query), query
    for query in of_kind(rows, "digits"):
        assert PERSIAN_AND_ARABIC_DIGITS & set(query), query
    for query in of_kind(rows, "latin") + of_kind(rows, "abbreviation"):
        assert query.isascii(), query
    for query in of_kind(rows, "numbers-and-words"):
        assert re.search(r"\d", query), query
        assert re.search(r"[^\W\d]", query), query
    for query in of_kind(rows, "word-order"):
        assert " " in query, query


def test_a_code_query_begins_or_spells_its_codes(rows):
    """Whole codes, beginnings, other digits, a lost zero or dash: nothing else is of this kind."""
    for row in rows:
        if row["kind"] == "code":
            typed = bare_number(row["query"])

            assert typed, row
            assert all(bare_number(code).startswith(typed) for code in row["codes"].split("|")), row


def test_the_labelled_codes_stand_in_the_real_lists(rows, real_data):
    """A label names a code of the list that is asked."""
    held = {}
    for terminology, (file, column) in CODE_COLUMNS.items():
        with (real_data / file).open(encoding="utf-8-sig", newline="") as lines:
            held[terminology] = {line[column].strip() for line in csv.DictReader(lines)}
    for row in rows:
        assert set(row["codes"].split("|")) <= held[row["terminology"]], row
