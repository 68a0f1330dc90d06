"""The check of one message: what is said, where, by which rule, with which mend; and what was not checked."""

from __future__ import annotations

from datetime import date

import pytest
from message_shelf import (
    BLOCK,
    ORDER,
    SNOMED,
    SNOMED_CONCEPTS,
    body_of,
    day,
    drug_message,
    identifier,
    message_service,
)

from maksa.errors import BadInput, TooLarge
from maksa.prescriptions.check import Checker, check_message
from maksa.prescriptions.reading import read_message
from maksa.prescriptions.report import Change
from maksa.terminology.service import LocalTerminology
from toy import build_shelf, place


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The questions over small lists."""
    return message_service(tmp_path_factory.mktemp("messages") / "home")


@pytest.fixture(scope="module")
def check(service):
    """The check of one message, of its tree."""
    checker = Checker(service)
    return lambda message, **more: checker.check(body_of(message), **more)


def said(report):
    """Give the findings of a report in short."""
    return [(one.issue, one.path) for one in report.findings]


def product(message, **parts):
    """Change parts of the first order's product code."""
    message["Composition"]["MedicationPrescriptions"]["Orders"][0]["ProductCode"] |= parts
    return message


def block(message):
    """Give the prescription of a message of drugs."""
    return message["Composition"]["MedicationPrescriptions"]


def test_a_clean_message_is_valid_and_says_what_was_not_checked(check):
    """SNOMED CT is known by its form only: its codes are named as not checked, never as passed."""
    report = check(drug_message())

    assert (report.message_type, report.valid, report.findings) == ("MedicationPrescriptions", True, ())
    assert [(one.rule, one.path) for one in report.not_checked] == [
        ("med.order.frequency", f"{BLOCK}.Orders[{place}].Frequency") for place in (0, 1)
    ]
    assert {one.terminology for one in report.editions} == {"eRx", "thritaEHR.insurer", "thritaEHR.gender"}


def test_a_finding_has_rule_path_issue_both_languages_and_candidates(check):
    """The contract of a finding."""
    report = check(product(drug_message(), Coded_string="60038", Value=""))

    error = next(one for one in report.findings if one.severity == "error")
    assert (error.rule, error.path, error.issue) == (
        "med.order.product-code",
        f"{ORDER}.ProductCode",
        "unknown-code",
    )
    assert "60038" in error.text.fa
    assert "60038" in error.text.en
    assert "60039" in {one.code for one in error.candidates}


@pytest.mark.parametrize(
    ("parts", "issue", "changes"),
    [
        (
            {"Terminology_id": "ERX "},
            "terminology-id-form",
            [("Terminology_id", "ERX ", "eRx")],
        ),
        ({"Coded_string": "125", "Value": "IRON 10 mg"}, "code-form", [("Coded_string", "125", "00125")]),
        (
            {"Coded_string": "ACICLOVIR 200 mg", "Value": "60039"},
            "code-display-swapped",
            [("Coded_string", "ACICLOVIR 200 mg", "60039"), ("Value", "60039", "ACICLOVIR 200 mg")],
        ),
        (
            {"Coded_string": "Aciclovir 200mg", "Value": "60039"},
            "code-display-swapped",
            [("Coded_string", "Aciclovir 200mg", "60039"), ("Value", "60039", "Aciclovir 200mg")],
        ),
        ({"Value": "AMLODIPINE 5 mg"}, "display-of-other-code", []),
        ({"Value": "ACICLOVIR"}, "display-mismatch", []),
        ({"Value": None}, "missing-part", [("Value", None, "ACICLOVIR 200 mg")]),
        ({"Terminology_id": "IRC"}, "unknown-terminology", [("Terminology_id", "IRC", "eRx")]),
    ],
)
def test_verdicts_stand_at_the_coded_element_with_the_changes_that_are_certain(check, parts, issue, changes):
    """A code is never changed into another one; spellings, places and list ids are."""
    finding = next(iter(check(product(drug_message(), **parts)).findings))

    path = f"{ORDER}.ProductCode"
    assert (finding.issue, finding.path) == (issue, path)
    assert list(finding.changes) == [Change(f"{path}.{leaf}", old, new) for leaf, old, new in changes]


def test_a_snomed_id_under_icd10_is_named(check):
    """The commonest slip of real messages."""
    message = drug_message()
    message["Composition"]["Diagnosis"] = [
        {"Diagnosis": {"Value": "Finding", "Terminology_id": "ICD10", "Coded_string": "34436003"}}
    ]
    (finding,) = check(message).findings

    assert (finding.rule, finding.issue) == ("diagnosis.code", "wrong-terminology")
    assert finding.suggestion.terminology == "SNOMEDCT"
    assert [one.new for one in finding.changes] == ["SNOMEDCT"]


def test_letters_that_folding_removes_are_no_issue(check):
    """An Arabic kaf or a half-space says nothing."""
    message = drug_message()
    message["Composition"]["Insurance"]["Insurer"]["Value"] = "تامين  اجتماعي"

    assert check(message).findings == ()


def test_codes_are_judged_on_the_day_of_the_message(check):
    """A drug that was retired on 1402/07/30 may stand in a message of 1402/07/01, not in one of a month later."""
    message = product(drug_message(), Coded_string="60120", Value="OLD DRUG 1 mg")
    assert check(message).valid
    assert said(check(message, on=date(2024, 1, 1))) == [("retired", f"{ORDER}.ProductCode")]

    block(message)["IssueDate"] = day(1402, 9, 1)
    assert said(check(message)) == [("retired", f"{ORDER}.ProductCode")]


def test_a_message_without_a_day_is_judged_today_and_says_so(check):
    """The day is missing, and that the codes were judged today is told."""
    message = drug_message()
    del block(message)["IssueDate"]
    report = check(message)

    assert said(report) == [("missing-element", f"{BLOCK}.IssueDate")]
    assert ("message.day", f"{BLOCK}.IssueDate") in [(one.rule, one.path) for one in report.not_checked]


def test_a_code_of_a_list_that_the_field_does_not_take(check):
    """The list is right in itself, and wrong here."""
    message = drug_message()
    message["Person"]["Gender"] = {
        "Value": "خدمات درمانی",
        "Terminology_id": "thritaEHR.insurer",
        "Coded_string": "2",
    }
    (finding,) = check(message).findings

    assert (finding.rule, finding.issue, finding.path) == (
        "person.gender",
        "wrong-terminology",
        "Person.Gender",
    )


@pytest.mark.parametrize(
    ("terminology", "code", "issue"),
    [("FDO-ir", "22644", "unknown-terminology"), ("thritaEHR.insurer", "77", "unknown-code")],
)
def test_a_wrong_code_of_a_list_that_the_field_does_not_take_names_those_that_it_takes(
    check, terminology, code, issue
):
    """To look for it in its own list would lead nowhere."""
    sent = {"Terminology_id": terminology, "Coded_string": code, "Value": "نمونه"}
    (finding,) = check(product(drug_message(), **sent)).findings

    assert (finding.issue, finding.candidates) == (issue, ())
    assert finding.mend.en == "Take the code of this field from eRx."
    assert finding.mend.fa == "کد این فیلد را از eRx بردارید."


def test_a_value_set_is_asked_where_its_list_is_held(tmp_path):
    """A route is no frequency; and a list that lacks the value set of a field says not checked."""
    shelf = build_shelf(tmp_path / "home")
    place(shelf, SNOMED, SNOMED_CONCEPTS)
    shelf.refresh()
    checker = Checker(LocalTerminology(shelf))
    message = drug_message()
    orders = block(message)["Orders"]
    route = {"Terminology_id": "SNOMEDCT", "Coded_string": "26643006", "Value": SNOMED_CONCEPTS[1].display}
    orders[0]["Frequency"] = route
    orders[1]["Route"] = route
    report = checker.check(body_of(message))

    assert ("not-in-value-set", f"{ORDER}.Frequency") in said(report)
    assert ("med.order.route", f"{BLOCK}.Orders[1].Route") in [
        (one.rule, one.path) for one in report.not_checked
    ]


def test_what_is_missing_is_named_where_it_should_stand(check):
    """In the message, in a block, in an order; empty is missing."""
    message = drug_message()
    del message["Person"]["NationalCode"]
    block(message)["Prescriber"] = {"Identifier": {"ID": " "}}
    block(message)["Orders"][1]["TotalNumber"] = None

    assert said(check(message)) == [
        ("missing-element", "Person.NationalCode"),
        ("missing-element", f"{BLOCK}.Orders[1].TotalNumber"),
        ("missing-element", f"{BLOCK}.Prescriber"),
    ]


def test_an_order_that_says_nothing_misses_what_it_orders(check):
    """Between others it is not passed over."""
    message = drug_message()
    block(message)["Orders"].append({})

    assert ("missing-element", f"{BLOCK}.Orders[2].ProductCode") in said(check(message))


def test_two_where_one_may_stand_and_shapes_that_are_not_right(check):
    """Arrays, single objects, texts and objects in each other's place."""
    message = drug_message()
    order = block(message)["Orders"][0]
    order["Frequency"] = [order["Frequency"]] * 2
    order["Dosage"] = [order["Dosage"]]
    block(message)["Orders"][1]["ProductCode"] = "60039"
    block(message)["ePrescriptionID"] = {"ID": "1"}
    message["Composition"]["Diagnosis"] = {"Comment": "x"}

    assert set(said(check(message))) == {
        ("too-many", f"{ORDER}.Frequency"),
        ("bad-format", f"{ORDER}.Dosage"),
        ("bad-format", f"{BLOCK}.Orders[1].ProductCode"),
        ("bad-format", f"{BLOCK}.ePrescriptionID"),
        ("bad-format", "Composition.Diagnosis"),
    }


@pytest.mark.parametrize(
    ("way", "leaf"),
    [
        ((*BLOCK.split("."), "Orders", 0, "ProductCode"), "Value"),
        ((*BLOCK.split("."), "Orders", 0, "ProductCode"), "Coded_string"),
        ((*BLOCK.split("."), "Orders", 0, "Dosage"), "Unit"),
        ((*BLOCK.split("."), "Prescriber", "Identifier"), "Assigner"),
        ((*BLOCK.split("."), "IssueDate"), "ISOString"),
    ],
)
def test_a_part_that_holds_an_object_is_not_taken_for_an_empty_one(check, way, leaf):
    """What stands in it would be dropped without a word."""
    message = drug_message()
    holder = message
    for key in way:
        holder = holder[key]
    holder[leaf] = {"inner": "something"}
    (finding,) = check(message).findings

    assert (finding.issue, finding.path.rpartition(".")[2]) == ("bad-format", leaf)


def test_an_order_that_stands_twice(check):
    """The same code and details are a duplicate; another dose is not, another note is."""
    message = drug_message()
    orders = block(message)["Orders"]
    orders.append(orders[0] | {"Description": "دوباره"})
    orders.append(orders[0] | {"Dosage": {"Magnitude": 2, "Unit": "Each"}})

    assert said(check(message)) == [("duplicate-order", f"{BLOCK}.Orders[2]")]


def test_an_unknown_element_is_named_and_its_codes_are_judged(check):
    """Never dropped: told as not checked, with the name that it may be meant for."""
    message = drug_message()
    block(message)["Orders"][0]["Dosege"] = {
        "Thing": {"Terminology_id": "eRx", "Coded_string": "60039", "Value": "AMLODIPINE 5 mg"}
    }
    report = check(message)

    assert said(report) == [("display-of-other-code", f"{ORDER}.Dosege.Thing")]
    told = next(one for one in report.not_checked if one.path == f"{ORDER}.Dosege")
    assert (told.rule, "Dosage" in told.reason.en) == ("message.unknown-element", True)


def test_a_code_that_is_carried_as_an_identifier_gets_a_verdict(check):
    """Issuer MAXA: the type is the list, the ID the code."""
    message = drug_message()
    message["MsgID"]["LocationID"] = identifier("MAXA", "thritaEHR.Insurer", "77")

    assert set(said(check(message))) == {
        ("unknown-code", "MsgID.LocationID"),
        ("terminology-id-form", "MsgID.LocationID"),
    }


def test_every_casing_and_both_forms_of_xml_give_the_same_report(check, service):
    """The wire says nothing about the message."""
    message = product(drug_message(), Value="AMLODIPINE 5 mg")
    expected = check(message)
    for write in (str.lower, str.upper, lambda name: name[:1].lower() + name[1:], lambda name: f"_{name}"):
        assert check(renamed(message, write)) == expected
    for as_attributes in (True, False):
        xml = f"<MedicationPrescriptionsMessageVO xmlns='x'>{written(message, as_attributes)}</MedicationPrescriptionsMessageVO>"
        assert Checker(service).check(xml.encode()) == expected


def renamed(node, write):
    """Write the names of a tree in another way."""
    if isinstance(node, dict):
        return {write(name): renamed(child, write) for name, child in node.items()}
    return [renamed(child, write) for child in node] if isinstance(node, list) else node


def written(node, as_attributes):
    """Write a tree as XML, lists wrapped as SEPAS wraps them, leaves of coded fields as attributes or elements."""
    if not isinstance(node, dict):
        return str(node)
    text = ""
    for name, child in node.items():
        if isinstance(child, list):
            rows = "".join(f"<RowVO>{written(one, as_attributes)}</RowVO>" for one in child)
            text += f"<{name}>{rows}</{name}>"
        elif as_attributes and isinstance(child, dict) and all(isinstance(v, str) for v in child.values()):
            marks = " ".join(f'{key}="{value}"' for key, value in child.items())
            text += f"<{name} {marks}/>"
        else:
            text += f"<{name}>{written(child, as_attributes)}</{name}>"
    return text


def test_a_checker_forgets_when_an_edition_comes(tmp_path):
    """What was unknown is known after the list is published."""
    shelf = build_shelf(tmp_path / "home")
    checker = Checker(LocalTerminology(shelf))
    issue = ("unknown-terminology", f"{ORDER}.ProductCode")
    assert issue in said(checker.check(body_of(drug_message())))

    message_service(tmp_path / "home")
    shelf.refresh()

    assert issue not in said(checker.check(body_of(drug_message())))


def test_a_message_may_be_checked_already_read(service):
    """The same report, of bytes and of the tree."""
    body = body_of(drug_message())

    assert check_message(read_message(body), service) == check_message(body, service)


def test_a_message_of_too_many_coded_fields_is_refused(check):
    """Each different one may cost a search for what was meant; one that comes again does not."""
    message = drug_message()
    message["More"] = {str(n): [{"Terminology_id": "eRx", "Coded_string": "60039"}] * 900 for n in range(6)}
    assert check(message).valid

    message["More"] = [{"Terminology_id": "eRx", "Coded_string": f"{n:05}"} for n in range(1_000)]
    with pytest.raises(TooLarge, match="1000 different coded fields"):
        check(message)


def test_what_is_no_message_cannot_be_checked(service):
    """It is no report with an error: the question could not be asked."""
    with pytest.raises(BadInput):
        check_message(b"[]", service)


def test_the_synthetic_message_is_valid_by_the_samples(real_data, tmp_path):
    """It passes with its real findings only: the id of the insurers' list is not in its canonical spelling."""
    from maksa.home import open_home
    from maksa.registry.samples import load_samples

    home = open_home(tmp_path / "home", create=True)
    load_samples(home.registry, home.shelf)
    body = (real_data / "synthetic_medication_prescription.json").read_bytes()
    report = Checker(home.service).check(body)

    assert report.valid
    assert said(report) == [("terminology-id-form", "Composition.Insurance.Insurer")]
