"""The coded fields of real traffic, errors and all: each gets a verdict with its reason, and a message says the same."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date

import pytest

from maksa.home import open_home
from maksa.model.checkdigits import is_snomed_concept
from maksa.model.persian import fold
from maksa.model.verdict import Triple
from maksa.prescriptions.check import Checker
from maksa.prescriptions.remarks import ANY_CODED
from maksa.prescriptions.report import Finding
from maksa.registry.samples import load_samples

DAY = date(2024, 4, 8)
PRIVATE = {"Local", "TarahanHIS"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The questions over the samples of the demo."""
    home = open_home(tmp_path_factory.mktemp("seen") / "home", create=True)
    load_samples(home.registry, home.shelf)
    return home.service


@pytest.fixture
def triples(real_data):
    """What was sent, all of it."""
    with (real_data / "thrita_codes_seen.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [
            Triple(row["terminology_id_as_sent"], row["coded_string"], row["value"])
            for row in csv.DictReader(stream)
        ]
    assert len(rows) == 358
    return rows


def codes_of(verdict):
    """Give the issues of a verdict."""
    return [issue.code for issue in verdict.issues]


def test_every_code_seen_gets_a_reason(service, triples):
    """What is right is held with this title; of what is not, both languages name what was sent."""
    for triple in triples:
        verdict = service.validate(triple)
        assert verdict.valid != any(issue.severity == "error" for issue in verdict.issues)
        if not verdict.issues:
            assert verdict.edition is not None
            assert verdict.code == triple.code
        for issue in verdict.issues:
            named = {triple.terminology, triple.code, triple.value, "Terminology_id", "Value"} - {""}
            for said in (issue.text.fa, issue.text.en):
                assert said.endswith((".", "؟"))
                assert any(sent.strip()[:60] in said for sent in named), (triple, said)


def test_each_error_of_real_traffic_is_named(service, triples):
    """Code and title swapped, SNOMED CT under ICD-10, the title of another code, lists in another spelling."""
    told = defaultdict(set)
    for triple in triples:
        verdict = service.validate(triple)
        for code in codes_of(verdict):
            told[code].add(triple)
        if triple.terminology == "ICD10":
            wrong = [issue for issue in verdict.issues if issue.code == "wrong-terminology"]
            assert bool(wrong) == is_snomed_concept(triple.code)
            assert all(issue.suggestion.terminology == "SNOMEDCT" for issue in wrong)
        if triple.terminology in PRIVATE:
            assert codes_of(verdict) == ["unknown-terminology"]
        elif verdict.terminology and verdict.terminology != triple.terminology and verdict.edition:
            assert "terminology-id-form" in codes_of(verdict)

    [swapped] = told["code-display-swapped"]
    assert (swapped.terminology, swapped.value) == ("thritaEHR.ordinalTerm", "3")
    [other] = told["display-of-other-code"]
    assert (other.terminology, other.code) == ("thritaEHR.insurer", "1")
    assert {one.terminology for one in told["terminology-id-form"]} >= {"snomedct", "thritaEHR.Insurer"}
    assert all(not (one.terminology and one.code and one.value) for one in told["missing-part"])


def test_letters_and_spaces_alone_change_no_verdict(service, triples):
    """Titles that folding makes the same have the same issues."""
    same = defaultdict(set)
    for triple in triples:
        key = (triple.terminology, triple.code, fold(triple.value))
        same[key].add(tuple(codes_of(service.validate(triple))))

    assert all(len(verdicts) == 1 for verdicts in same.values())
    assert len(same) < len(set(triples))


def test_a_message_says_of_them_what_validation_says(service, triples):
    """Finding by finding, at the place of each."""
    fields = [
        {"Terminology_id": one.terminology, "Coded_string": one.code, "Value": one.value} for one in triples
    ]
    composition = {
        "MedicationPrescriptions": {"IssueDate": {"Year": 1403, "Month": 1, "Day": 20}, "Seen": fields}
    }
    report = Checker(service).check(json.dumps({"Composition": composition}).encode())

    said = defaultdict(list)
    for one in (*report.findings, *report.not_checked):
        if one.rule == ANY_CODED:
            issue, text = (one.issue, one.text) if isinstance(one, Finding) else ("not-checked", one.reason)
            said[one.path].append((issue, text))
    for place, triple in enumerate(triples):
        issues = [(issue.code, issue.text) for issue in service.validate(triple, on=DAY).issues]
        sent = any((triple.terminology, triple.code, triple.value))  # Else the element is there and empty.
        told = said[f"Composition.MedicationPrescriptions.Seen[{place}]"]
        assert told == (issues if sent else []), triple
