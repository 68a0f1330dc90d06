"""`POST prescriptions/check`: one message in, a report out; what is no message is a problem, never a fault of ours."""

from __future__ import annotations

import json

import pytest

CHECK = "/api/v1/prescriptions/check"
PATH = "Composition.MedicationPrescriptions.Orders[0].ProductCode"
NAME = "ساختگی‌پور"


def message(code="60039"):
    """Make a message with one order."""
    product = {"Value": "ACICLOVIR", "Terminology_id": "herbs", "Coded_string": code}
    return {
        "Person": {"NationalCode": "0012345678", "LastName": NAME},
        "Composition": {"MedicationPrescriptions": {"Orders": [{"ProductCode": product}]}},
    }


def test_a_report_has_the_parts_of_the_contract(ask):
    """Status 200 also for a message that is wrong."""
    answer = ask.post_json(CHECK, message())
    report = answer.json()

    assert answer.status == 200
    assert set(report) == {"valid", "message_type", "findings", "not_checked", "editions"}
    assert (report["valid"], report["message_type"]) == (False, "MedicationPrescriptions")
    finding = next(one for one in report["findings"] if one["path"] == PATH)
    assert finding["issue"] == "unknown-code"
    assert set(finding) == {
        "rule",
        "path",
        "issue",
        "severity",
        "message",
        "message_en",
        "mend",
        "mend_en",
        "suggestion",
        "candidates",
    }
    assert set(report["not_checked"][0]) == {"rule", "path", "reason", "reason_en"}
    assert [set(one) >= {"terminology", "edition", "hash"} for one in report["editions"]] == [True]


def test_xml_is_read_by_its_content_type_or_its_first_character(ask):
    """Without a content type too."""
    body = "<MedicationPrescriptionsMessageVO><Person NationalCode='0012345679'/></MedicationPrescriptionsMessageVO>"
    for headers in ({"content-type": "application/xml; charset=utf-8"}, {"content-type": "text/xml"}, {}):
        answer = ask("POST", CHECK, headers=headers, body=body.encode())
        assert (answer.status, answer.json()["message_type"]) == (200, "MedicationPrescriptions")


def test_a_day_may_be_asked(ask):
    """On 2020-01-01 no edition of the herbs was in force; without a day, the day is today, and that is told."""
    asked = ask.post_json(f"{CHECK}?on=1398/10/11", message()).json()
    plain = ask.post_json(CHECK, message()).json()

    assert "unknown-edition" in {one["issue"] for one in asked["findings"]}
    assert "message.day" not in {one["rule"] for one in asked["not_checked"]}
    assert "message.day" in {one["rule"] for one in plain["not_checked"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b"1", 400),
        (b'{"Person": ', 400),
        (b"\xff\xfe\x00", 400),
        (b"<a>", 400),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 400),
        (b'{"a":' * 50_000, 413),
        (b"<a>" * 50_000, 413),
        (b'{"Person": "' + b"x" * 6_000_000 + b'"}', 413),
    ],
)
def test_what_is_no_message_is_a_problem(ask, body, status):
    """RFC 9457, with the mend."""
    answer = ask("POST", CHECK, body=body)

    assert answer.status == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["mend"]


@pytest.mark.parametrize("kind", ["text/plain", "application/zip", "application/json; charset=windows-1256"])
def test_other_content_types_are_refused(ask, kind):
    """Naming those that are read."""
    answer = ask("POST", CHECK, headers={"content-type": kind}, body=json.dumps(message()).encode())

    assert answer.status == 415
    assert "application/xml" in answer.json()["known"]


def test_nothing_of_the_person_is_in_the_report_or_the_log(ask, journal):
    """The wrong national code is named, not repeated."""
    answer = ask.post_json(CHECK, message())

    assert "Person.NationalCode" in answer.text
    for secret in ("0012345678", NAME):
        assert secret not in answer.text
        assert secret not in repr(vars(journal))


def test_the_body_of_a_message_is_described(ask):
    """In the description of the API, in both forms."""
    document = ask.get("/api/v1/openapi.json").json()
    described = document["paths"][CHECK]["post"]

    assert {"application/json", "application/xml"} <= set(described["requestBody"]["content"])
    assert described["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith(
        "CheckAnswer"
    )
