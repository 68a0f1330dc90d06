"""The same question gets the same verdict in every door."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

TRIPLES = [
    ("herbs", "00125", "بابونه آلمانی", None),
    ("herbs", "00125", "بابونه آلماني", None),
    ("HERBZ", "125", "German chamomile", None),
    ("herbs", "۰۰۱۲۵", None, None),
    ("herbs", "00125", "آویشن", None),
    ("herbs", "00125", "چیز دیگر", None),
    ("herbs", "بابونه آلمانی", "00125", None),
    ("herbs", "00128", "آویشن کوهی", None),
    ("herbs", "00130", "گل گاوزبان", "1400/06/01"),
    ("herbs", "00130", "گل گاوزبان", "1403/01/15"),
    ("herbs", "00130", "گل گاوزبان", "1404/01/01"),
    ("herbs", "00129", "زعفران", None),
    ("herbs", "99999", "زعفران", None),
    ("herbs", "x", None, None),
    ("herbs", "00125", "بابونه آلمانی", "1380/01/01"),
    ("herbs", None, "زعفران", None),
    ("herbs", "00131", "سنبل‌الطیب", None),
    (None, "00125", "بابونه آلمانی", None),
    (None, None, None, None),
    ("herbs9", "00125", None, None),
    ("flowers", "00007", "گل شمارهٔ 7", None),
    ("ICD10", "E11.9", "دیابت", None),
    ("ICD10", "36156-8", None, None),
    ("LOINC", "36156-8", None, None),
    ("LOINC", "36156-7", None, None),
]


def common(verdict):
    """Write a verdict of the native API in the gateway's names."""
    return {
        "IsValid": verdict["valid"],
        "Terminology_id": verdict["terminology"],
        "Coded_string": verdict["code"],
        "Value": verdict["display"],
        "Edition": verdict["edition"],
        "Issues": [
            {
                "Code": one["code"],
                "Severity": one["severity"],
                "Message": one["message"],
                "MessageEn": one["message_en"],
                "Part": one["part"],
                "Suggestion": None
                if one["suggestion"] is None
                else {
                    "Terminology_id": one["suggestion"]["terminology"],
                    "Coded_string": one["suggestion"]["code"],
                    "Value": one["suggestion"]["display"],
                },
            }
            for one in verdict["issues"]
        ],
    }


@pytest.mark.parametrize(("terminology", "code", "value", "on"), TRIPLES)
def test_the_doors_agree(ask, call, terminology, code, value, on):
    """GET and POST of the native API and the gateway give one verdict, word for word."""
    sepas = {"Terminology_id": terminology, "Coded_string": code, "Value": value}
    given = {"terminology": terminology, "code": code, "value": value, "on": on}
    query = urlencode({name: text for name, text in given.items() if text is not None})

    (by_get,) = ask.get(f"/api/v1/validate?{query}").json()["results"]
    (by_post,) = ask.post_json("/api/v1/validate", {"items": [{**sepas, "on": on}]}).json()["results"]
    by_gateway = call("ValidateCts", {**sepas, "On": on}).json()["result"]["data"]["data"]

    assert by_get == by_post
    assert common(by_get) == by_gateway


def test_the_table_has_every_kind_of_verdict(ask):
    """The triples above bring out errors and warnings of many kinds, so that agreement means something."""
    items = [{"Terminology_id": t, "Coded_string": c, "Value": v, "on": on} for t, c, v, on in TRIPLES]

    results = ask.post_json("/api/v1/validate", {"items": items}).json()["results"]

    found = {issue["code"] for one in results for issue in one["issues"]}
    assert found >= {
        "missing-part",
        "unknown-terminology",
        "unknown-edition",
        "terminology-id-form",
        "code-form",
        "malformed-code",
        "unknown-code",
        "code-display-swapped",
        "display-of-other-code",
        "display-mismatch",
        "retired",
        "not-yet-effective",
        "not-checked",
        "wrong-terminology",
    }
