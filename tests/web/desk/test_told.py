"""Who was told what about a code on a day, through the native API and as a page."""

from __future__ import annotations

import pytest
from records import client_of

from maksa.model.jalali import format_jalali, today

PATH = "/api/v1/told?terminology=HERBS&code=00125&on="


def test_it_tells_what_stood_published_and_who_knew(ask, staff):
    """Days in either calendar and digits of any script; of a day before anything was published, nothing did."""
    header = staff.hire("audit", "auditor")
    now = ask.get(f"{PATH}{format_jalali(today())}", headers=header).json()
    before = ask.get(f"{PATH}2020-01-01", headers=header).json()
    persian = ask.get(
        "/api/v1/told?terminology=herbs&code=%DB%B0%DB%B0%DB%B1%DB%B2%DB%B5&on=1404/02/02", headers=header
    )

    assert (now["terminology"], now["code"], now["edition"]) == ("herbs", "00125", "1")
    assert (now["status"], now["title"]) == ("active", "بابونه آلمانی")
    assert now["published"].startswith("2025-01-01")
    assert (before["edition"], before["status"], before["notices"]) == (None, None, [])
    assert persian.json()["code"] == "00125"


@pytest.mark.parametrize(
    ("role", "party", "status"),
    [
        ("auditor", "centre", 200),
        ("administrator", "centre", 200),
        ("reviewer", "centre", 200),
        ("insurer-officer", "tamin", 403),
    ],
)
def test_it_is_for_who_may_read_the_journal_or_all_records(ask, staff, role, party, status):
    """Others are refused with the act; so is a client."""
    answer = ask.get(f"{PATH}1404/01/01", headers=staff.hire("somebody", role, party=party))

    assert answer.status == status
    assert status == 200 or "registry-read" in answer.json()["detail"]


def test_it_is_not_for_clients(ask, home):
    """Whatever their scopes."""
    header = client_of(home.registry, "centre", ("read", "adoption"))
    assert ask.get(f"{PATH}1404/01/01", headers=header).status == 403


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("terminology=herbs&code=00125", 400),
        ("terminology=herbs&code=00125&on=never", 400),
        ("terminology=nothing&code=1&on=1404/01/01", 404),
        ("terminology=herbs&code=00125&on=1404/01/01&odd=1", 400),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(ask, staff, query, status):
    """With a sentence in both languages."""
    answer = ask.get(f"/api/v1/told?{query}", headers=staff.hire("audit", "auditor"))

    assert answer.status == status
    assert answer.json()["detail_fa"]
