"""Values: days of the Jalali calendar, times, quantities, counts, identifiers; each wrong one by its issue."""

from __future__ import annotations

import pytest
from message_shelf import (
    BLOCK,
    ORDER,
    body_of,
    day,
    drug_message,
    identifier,
    message_service,
    service_message,
)

from maksa.model.jalali import day_of
from maksa.prescriptions.check import Checker
from maksa.prescriptions.elements import Element
from maksa.prescriptions.report import Change
from maksa.prescriptions.values import day_in

GUID = "00000000-0000-0000-0000-000000000001"
DOCTOR = f"{BLOCK}.Prescriber.Identifier"


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    """A checker over small lists."""
    return Checker(message_service(tmp_path_factory.mktemp("messages") / "home"))


@pytest.fixture
def message():
    """A clean message of drugs."""
    return drug_message()


def errors(checker, message):
    """Give the findings of a message in short."""
    return [(one.issue, one.path) for one in checker.check(body_of(message)).findings]


def put(message, value, *way):
    """Put a value at a place of a message."""
    for name in way[:-1]:
        message = message[name]
    message[way[-1]] = value


IN_BLOCK = ("Composition", "MedicationPrescriptions")
IN_ORDER = (*IN_BLOCK, "Orders", 0)


@pytest.mark.parametrize("sent", [day(1403, 12, 30), day("1402", "09", "05"), day(1402, 6, 31)])
def test_days_that_the_calendar_has(checker, message, sent):
    """Esfand has 30 days in leap years; numbers may be texts, with zeros before them."""
    put(message, sent, *IN_BLOCK, "IssueDate")

    assert errors(checker, message) == []


@pytest.mark.parametrize(
    ("sent", "issue"),
    [
        (day(1402, 12, 30), "bad-date"),
        (day(1402, 7, 31), "bad-date"),
        (day(1402, 13, 1), "bad-date"),
        (day(1402, 0, 1), "bad-date"),
        (day(2023, 9, 23), "bad-date"),
        (day(2023, 13, 40), "bad-date"),
        (day(402, 7, 1), "bad-date"),
        (day(1402, "مهر", 1), "bad-date"),
        ({"Year": 1402, "Month": 7}, "bad-date"),
        ({"ISOString": "2023-09-23"}, "bad-date"),
        ("1402/13/01", "bad-date"),
        ("1402/07/01", "bad-format"),
    ],
)
def test_days_that_the_calendar_does_not_have(checker, message, sent, issue):
    """And days in the wrong shape."""
    put(message, sent, *IN_BLOCK, "IssueDate")

    assert errors(checker, message) == [(issue, f"{BLOCK}.IssueDate")]


def test_a_gregorian_day_is_written_in_jalali(checker, message):
    """The day itself is certain."""
    put(message, day(2023, 9, 23), *IN_BLOCK, "IssueDate")
    (finding,) = checker.check(body_of(message)).findings

    path = f"{BLOCK}.IssueDate"
    assert finding.changes == (
        Change(f"{path}.Year", "2023", "1402"),
        Change(f"{path}.Month", "9", "7"),
        Change(f"{path}.Day", "23", "1"),
    )


def test_isostring_is_never_believed_and_its_contradiction_told(checker, message):
    """The numbers hold."""
    put(message, day(1402, 7, 1) | {"ISOString": "2019-01-01"}, *IN_BLOCK, "IssueDate")
    report = checker.check(body_of(message))

    assert report.valid
    assert f"{BLOCK}.IssueDate.ISOString" in [one.path for one in report.not_checked]

    put(message, day(1402, 7, 1) | {"ISOString": "2023-09-23"}, *IN_BLOCK, "IssueDate")
    assert len(checker.check(body_of(message)).not_checked) == len(report.not_checked) - 1


@pytest.mark.parametrize(
    ("sent", "issue"),
    [
        ({"Hour": 24, "Minute": 0}, "bad-date"),
        ({"Hour": 10, "Minute": 60}, "bad-date"),
        ({"Hour": "ده"}, "bad-date"),
        ("10:41", "bad-format"),
    ],
)
def test_times_that_cannot_be(checker, message, sent, issue):
    """Hours to 23, minutes and seconds to 59."""
    put(message, sent, *IN_BLOCK, "IssueTime")

    assert errors(checker, message) == [(issue, f"{BLOCK}.IssueTime")]


def test_the_time_of_a_date_time_is_checked(checker):
    """At the date and time itself."""
    message = service_message({"Terminology_id": "LOINC", "Coded_string": "36156-8", "Value": "x"})
    message["Composition"]["ServicePrescriptions"]["IssueDateTime"]["Minute"] = 99

    assert errors(checker, message) == [("bad-date", "Composition.ServicePrescriptions.IssueDateTime")]


@pytest.mark.parametrize(
    "sent",
    [
        {"Magnitude": 0, "Unit": "Each"},
        {"Magnitude": -1, "Unit": "Each"},
        {"Magnitude": "سی", "Unit": "Each"},
        {"Magnitude": "1,000", "Unit": "Each"},
        {"Magnitude": None, "Unit": "Each"},
        {"Magnitude": 1},
        {"Magnitude": 1, "Unit": "Tablet"},
        {"Magnitude": True, "Unit": "Each"},
        "30",
    ],
)
def test_quantities_that_cannot_be(checker, message, sent):
    """Above zero, a number, with a unit that is known."""
    put(message, sent, *IN_ORDER, "TotalNumber")

    assert errors(checker, message) == [("bad-quantity", f"{ORDER}.TotalNumber")]


@pytest.mark.parametrize("magnitude", [0.5, "2.50", 1e3, 30])
def test_quantities_are_decimals(checker, message, magnitude):
    """Fractions of a tablet are doses."""
    put(message, {"Magnitude": magnitude, "Unit": "Each"}, *IN_ORDER, "Dosage")

    assert errors(checker, message) == []


def test_digits_of_another_script_and_another_case_are_mended(checker, message):
    """The number and the unit are certain."""
    put(message, {"Magnitude": "۳۰٫۵", "Unit": "Each"}, *IN_ORDER, "TotalNumber")
    put(message, {"Magnitude": 5, "Unit": "mg/dl"}, *IN_ORDER, "Dosage")
    report = checker.check(body_of(message))

    assert {(one.issue, one.severity) for one in report.findings} == {
        ("bad-quantity", "error"),
        ("code-form", "warning"),
    }
    assert {change for one in report.findings for change in one.changes} == {
        Change(f"{ORDER}.TotalNumber.Magnitude", "۳۰٫۵", "30.5"),
        Change(f"{ORDER}.Dosage.Unit", "mg/dl", "mg/dL"),
    }


@pytest.mark.parametrize(
    ("sent", "right"), [(1, True), ("3", True), (-1, False), ("one", False), (1.5, False)]
)
def test_counts_are_whole_numbers(checker, message, sent, right):
    """From 0 up."""
    put(message, sent, *IN_BLOCK, "Repeats")

    assert (errors(checker, message) == []) == right


@pytest.mark.parametrize("sent", ["0012345678", "12345679", "1111111111", "001234567A", "00123456790"])
def test_national_codes_that_cannot_be(checker, message, sent):
    """Ten digits, the check digit, not all the same; of the patient and of a provider."""
    put(message, sent, "Person", "NationalCode")
    assert errors(checker, message) == [("bad-identifier", "Person.NationalCode")]

    message = drug_message()
    provider = identifier("National_Org_Civil_Reg", "National_Code", sent)
    put(message, provider, *IN_BLOCK, "Prescriber", "Identifier")
    assert errors(checker, message) == [("bad-identifier", DOCTOR)]


def test_a_national_code_in_digits_of_another_script_is_said_to_be_that(checker, message):
    """Its number is right; the code itself is not repeated."""
    put(message, "۰۰۱۲۳۴۵۶۷۹", "Person", "NationalCode")
    provider = identifier("National_Org_Civil_Reg", "National_Code", "٠٠١٢٣٤٥٦٧٩")
    put(message, provider, *IN_BLOCK, "Prescriber", "Identifier")
    findings = checker.check(body_of(message)).findings

    assert [(one.issue, one.path) for one in findings] == [
        ("bad-identifier", "Person.NationalCode"),
        ("bad-identifier", DOCTOR),
    ]
    assert all("ASCII digits" in one.text.en and not one.changes for one in findings)


def test_the_id_of_a_foreigner_is_not_checked(checker, message):
    """Its form is not public; that is told."""
    put(message, "900000000001234", "Person", "NationalCode")
    nationality = {"Terminology_id": "ISO_3166-1", "Coded_string": "AF", "Value": "Afghanistan"}
    put(message, nationality, "Person", "Nationality")
    report = checker.check(body_of(message))

    assert report.valid
    assert "Person.NationalCode" in [one.path for one in report.not_checked]


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        (identifier("Med_Council", "Med_ID", "9999آ"), 0),
        (identifier("Med_Council", "Med_ID", "12345 "), 0),
        (identifier("Med_Council", "Med_ID", "1"), 0),
        (identifier("Med_Council", "Med_ID", "123456789"), 0),
        (identifier("Somebody", "Med_ID", "12345"), 0),
        (identifier("med_council", "Med_ID", "12345"), 1),
        (identifier("Med_Council", "med_id", "12345"), 1),
        (identifier("MOHME_IT", "Org_ID", GUID), 0),
        (identifier("Med_Council", "Med_ID", ""), 0),
        (identifier("Med_Council", "", "12345"), 0),
        (identifier("", "Med_ID", "12345"), 0),
    ],
)
def test_identifiers_that_cannot_be(checker, message, sent, changes):
    """Dirt, length, issuer and type; what is only written otherwise is mended."""
    put(message, sent, *IN_BLOCK, "Prescriber", "Identifier")
    (finding,) = checker.check(body_of(message)).findings

    assert (finding.issue, finding.path, len(finding.changes)) == ("bad-identifier", DOCTOR, changes)


def test_systems_and_facilities_have_guids(checker, message):
    """As the ministry issues them."""
    put(message, identifier("MOHME_IT", "System_ID", "42"), "MsgID", "SystemID")

    assert errors(checker, message) == [("bad-identifier", "MsgID.SystemID")]


def test_an_identifier_as_text_and_one_of_an_unknown_type(checker, message):
    """The first has the wrong shape; the form of the second is not checked."""
    put(message, "12345", *IN_BLOCK, "Prescriber", "Identifier")
    put(message, [identifier("UN", "Passport", "X1")], "Person", "OtherIdentifier")
    report = checker.check(body_of(message))

    assert [(one.issue, one.path) for one in report.findings] == [("bad-format", DOCTOR)]
    assert "Person.OtherIdentifier[0]" in [one.path for one in report.not_checked]


def test_the_day_of_an_element():
    """None when it says no real Jalali day."""

    def element(*numbers):
        names = ("Year", "Month", "Day")
        parts = [Element(name, name, text) for name, text in zip(names, numbers, strict=False)]
        return Element("IssueDate", "IssueDate", None, tuple(parts))

    assert day_in(element("1402", "7", "1")) == day_of(1402, 7, 1)
    assert [day_in(element(*one)) for one in (("2023", "1", "1"), ("1402", "12", "30"), ("1402",))] == [
        None
    ] * 3
    assert day_in(None) is None
