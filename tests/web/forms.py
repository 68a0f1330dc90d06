"""The form of each door's errors, in one place for all tests."""

from __future__ import annotations


def assert_form(door, answer):
    """Hold an error to the form of its door."""
    if door == "portal":
        assert answer.headers["content-type"].startswith("text/html")
        assert '<html lang="fa" dir="rtl">' in answer.text
    elif door == "api":
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == answer.status
        assert problem["type"].startswith("urn:maksa:problem:")
        assert problem["title"]
        assert problem["detail"]
        assert problem["detail_fa"]
    elif door == "token":
        assert set(answer.json()) == {"error", "error_description", "error_description_fa"}
        assert answer.headers["cache-control"] == "no-store"
    else:
        envelope = answer.json()
        inner = envelope["result"]["data"]
        assert envelope["status"]["statusCode"] == answer.status
        assert envelope["result"]["status"]["statusCode"] == answer.status
        assert (inner["data"], inner["isSuccess"], inner["statusCode"]) == (None, False, answer.status)
        assert all(inner["message"])
