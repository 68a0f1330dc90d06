"""Tests that systems passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from adopting import settle

from maksa.errors import BadParameter, NotFound, UnknownEdition
from maksa.model.jalali import today
from maksa.registry.adoption.certificates import Passed, certify, list_certificates
from maksa.registry.journal import list_journal

DAY = date(2024, 4, 1)
PASSED = Passed("rayan", "his", "herbs", "2", "kit", "1.4", DAY, date(2025, 4, 1), "AB" * 32, "دکتر ناظر")


@pytest.fixture
def desk(registry, shelf):
    """A registry with parties, editions and a letter."""
    settle(registry, shelf)
    return registry


def test_a_certificate_is_recorded_with_its_evidence(desk, shelf):
    """It holds from the day of the test to its last day."""
    held = certify(desk.acting_as("Rahimi"), shelf, PASSED)

    assert (held.kit, held.version, held.edition, held.examiner) == ("kit", "1.4", "2", "دکتر ناظر")
    assert held.evidence == "ab" * 32
    days = (DAY - timedelta(days=1), DAY, date(2025, 4, 1), date(2025, 4, 2))
    assert [held.holds(day) for day in days] == [False, True, True, False]
    assert list_certificates(desk) == list_certificates(desk, party="rayan") == [held]
    assert list_certificates(desk, party="tamin") == []
    entry = list_journal(desk)[0]
    assert (entry.act, entry.subject, entry.details["evidence"]) == ("adoption-certify", "rayan", "ab" * 32)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"evidence": "ab"}, BadParameter),
        ({"passed": today() + timedelta(days=1), "valid_until": today() + timedelta(days=9)}, BadParameter),
        ({"valid_until": DAY - timedelta(days=1)}, BadParameter),
        ({"kit": " "}, BadParameter),
        ({"edition": "9"}, UnknownEdition),
        ({"system": "pos"}, NotFound),
        ({"party": "x"}, NotFound),
    ],
)
def test_what_cannot_be_is_not_certified(desk, shelf, wrong, error):
    """Nothing is recorded."""
    with pytest.raises(error):
        certify(desk, shelf, replace(PASSED, **wrong))

    assert list_certificates(desk) == []
