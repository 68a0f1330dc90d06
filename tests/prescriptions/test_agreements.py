"""What two elements of a message say together."""

from __future__ import annotations

import pytest
from message_shelf import BLOCK, body_of, day, drug_message, identifier, message_service

from maksa.prescriptions.check import Checker


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """The check of one message, of its tree."""
    checker = Checker(message_service(tmp_path_factory.mktemp("messages") / "home"))
    return lambda message: checker.check(body_of(message))


def said(report):
    """Give the findings of a report in short."""
    return [(one.issue, one.path) for one in report.findings]


def test_days_stand_in_their_order(check):
    """No expiry before the issue, no issue after today, nobody born after it."""
    message = drug_message()
    message["Composition"]["MedicationPrescriptions"]["ExpiryDate"] = day(1402, 6, 31)
    assert said(check(message)) == [("bad-date", f"{BLOCK}.ExpiryDate")]

    message = drug_message()
    message["Composition"]["MedicationPrescriptions"]["IssueDate"] = day(1599, 1, 1)
    assert said(check(message))[-1] == ("bad-date", f"{BLOCK}.IssueDate")


def test_the_shebad_is_of_the_insurer(check):
    """Insurer 1 is Tamin: a SHEBAD of another insurer contradicts it."""
    message = drug_message()
    message["Composition"]["Insurance"]["SHEBAD"] = identifier("IHIO", "HID", "000000AAAA")

    assert said(check(message)) == [("bad-identifier", "Composition.Insurance.SHEBAD")]

    message["Composition"]["Insurance"]["SHEBAD"] = identifier("MOHME_IT", "HID", "000000AAAA")
    assert said(check(message)) == []
