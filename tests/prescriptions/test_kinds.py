"""Of which type a message is, and what belongs to another type."""

from __future__ import annotations

import pytest
from message_shelf import (
    BLOCK,
    CHEST,
    HAEMOGLOBIN,
    ORDER,
    body_of,
    drug_message,
    message_service,
    service_message,
)

from maksa.prescriptions.check import Checker


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """The check of one message, of its tree."""
    checker = Checker(message_service(tmp_path_factory.mktemp("messages") / "home"))
    return lambda message: checker.check(body_of(message))


def block(message):
    """Give the prescription of a message of drugs."""
    return message["Composition"]["MedicationPrescriptions"]


def said(report):
    """Give the findings of a report in short."""
    return [(one.issue, one.path) for one in report.findings]


def test_the_type_of_a_message_is_seen_by_its_block_what_only_it_has_or_what_it_orders(check):
    """Imaging and laboratory share the name of their block."""
    assert check(service_message(HAEMOGLOBIN)).message_type == "LaboratoryPrescriptions"
    assert check(service_message(CHEST)).message_type == "ImagingPrescriptions"
    assert check(service_message(CHEST, Repeats=1)).message_type == "LaboratoryPrescriptions"
    named = service_message(HAEMOGLOBIN, block="LaboratoryPrescriptions")
    report = check(named)
    assert (report.message_type, report.valid) == ("LaboratoryPrescriptions", True)


def test_a_laboratory_test_sent_as_imaging_or_as_a_drug(check):
    """The code itself is right; the message is of another type."""
    path = "Composition.ImagingPrescriptions.Orders[0].Service"
    assert said(check(service_message(HAEMOGLOBIN, block="ImagingPrescriptions"))) == [
        ("wrong-message-type", path)
    ]
    message = drug_message()
    block(message)["Orders"][0]["ProductCode"] = HAEMOGLOBIN
    report = check(message)
    assert said(report) == [("wrong-message-type", f"{ORDER}.ProductCode")]
    assert "It belongs in: Laboratory prescription." in report.findings[0].text.en
    message = drug_message()
    block(message)["Orders"][0] = {"Service": HAEMOGLOBIN, "TotalNumber": {"Magnitude": 1, "Unit": "Each"}}
    assert said(check(message)) == [("wrong-message-type", f"{ORDER}.Service")]


def test_a_declared_type_is_held_against_the_content(check):
    """The wrapper says imaging, the composition prescribes drugs."""
    report = check({"ImagingPrescriptionsMessageVO": drug_message()})

    assert report.message_type == "ImagingPrescriptions"
    assert ("wrong-message-type", BLOCK) in said(report)


def test_a_message_of_no_known_type(check):
    """No prescription stands in it: the known ones are named."""
    message = drug_message()
    message["Composition"]["Bill"] = message["Composition"].pop("MedicationPrescriptions")
    report = check(message)

    assert report.message_type is None
    assert ("wrong-message-type", "Composition") in said(report)
    assert "Composition.Bill.Orders[0].Frequency" in [one.path for one in report.not_checked]


def test_two_prescriptions_in_one_message(check):
    """The one that fits its own rules is checked, the other is told."""
    message = drug_message()
    message["Composition"]["ImagingPrescriptions"] = block(message)
    report = check(message)

    assert report.message_type == "MedicationPrescriptions"
    assert said(report) == [("wrong-message-type", "Composition.ImagingPrescriptions")]


def test_an_empty_composition_is_missing_and_nothing_else_is_said(check):
    """One error names the cause."""
    for composition in (None, {}, {"MedicationPrescriptions": {}}):
        message = drug_message() | {"Composition": composition}
        assert said(check(message)) == [("missing-element", "Composition")]
    del message["Composition"]
    assert said(check(message)) == [("missing-element", "Composition")]
