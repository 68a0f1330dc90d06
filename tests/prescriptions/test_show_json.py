"""The JSON report holds each message as the native API gives it, one a line, and the sums."""

from __future__ import annotations

import json
from functools import partial

from messages import EDITION, PATH, outcomes, shown_as

from maksa.prescriptions.show_json import write_json

WRITE = partial(write_json, is_sample=EDITION.__eq__)


def written(*given):
    """Write the report and read it."""
    return json.loads("".join(shown_as(WRITE, given)[0]))


def test_a_message_has_the_shape_of_the_native_api():
    """With its name and file beside it."""
    record = written(*outcomes())["messages"][1]

    assert record["name"] == record["file"] == "b.json"
    assert record["valid"] is False
    assert record["message_type"] == "MedicationPrescriptions"
    assert record["findings"] == [
        {
            "rule": "product",
            "path": PATH,
            "issue": "unknown-code",
            "severity": "error",
            "message": "کد 0 در herbs نیست.",
            "message_en": "Code 0 is not in herbs.",
            "mend": None,
            "mend_en": None,
            "suggestion": None,
            "candidates": [{"terminology": "herbs", "code": "00125", "display": "بابونه <آلمانی>"}],
        }
    ]
    assert record["not_checked"][0]["reason_en"] == "There is no date."
    assert record["editions"] == [{"terminology": "herbs", "edition": "1", "hash": "0" * 64, "sample": True}]


def test_what_was_not_read_has_an_error_and_no_verdict():
    """Neither valid nor not valid."""
    record = written(*outcomes())["messages"][3]

    assert (record["name"], record["line"], record["valid"]) == ("day.ndjson:3", 3, None)
    assert record["error"]["message_en"] == "day.ndjson:3: broken."
    assert record["error"]["mend"] == "درستش کنید."


def test_a_repair_has_its_changes_and_what_remains():
    """Values that tell of a person are left out."""
    repaired = written(*outcomes())["messages"][2]["repaired"]

    assert repaired["file"] == "out/c.json"
    assert repaired["changes"] == [
        {"path": f"{PATH}.Coded_string", "shown": True, "old": "127", "new": "00127"},
        {"path": f"{PATH}.Terminology_id", "shown": True, "old": None, "new": "herbs"},
        {"path": "Person.NationalCode", "shown": False},
    ]
    assert repaired["left"] == ["Composition.Notes"]
    assert repaired["remaining"]["valid"] is True


def test_the_sums_add_up():
    """Every outcome is in one of them."""
    assert written(*outcomes())["summary"] == {
        "messages": 3,
        "valid": 2,
        "with_warnings": 1,
        "not_valid": 1,
        "not_read": 1,
        "passed_over": 1,
        "issues": {"unknown-code": 1, "code-form": 1},
        "not_checked": {"dates": 3},
        "repaired": 1,
        "changes": 3,
        "not_valid_after_repair": 1,
    }


def test_an_empty_batch_is_a_report_too():
    """With sums of nothing."""
    assert written()["messages"] == []


def test_messages_are_written_as_they_come():
    """A report does not grow in memory: the first message is out before the second is checked."""
    taken = []

    def coming():
        for one in outcomes():
            taken.append(one)
            yield one

    pieces, _ = shown_as(WRITE, coming(), lazily=True)
    next(pieces)
    next(pieces)

    assert len(taken) == 1
