"""The SARIF report is a log of version 2.1.0 that build servers and editors take."""

from __future__ import annotations

import json
from functools import partial

import jsonschema
import pytest
from messages import PATH, outcomes, shown_as

from maksa.prescriptions.batch import Checked
from maksa.prescriptions.sent import Place
from maksa.prescriptions.show_sarif import write_sarif
from maksa.text import Text

TITLES = {"product": Text("کد فراورده", "Code of the product")}
TEXT = {"type": "string"}
PLACE = {"type": "integer", "minimum": 0}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": TEXT,
                "semanticVersion": TEXT,
                "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                "rules": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "required": ["id"],
                        "additionalProperties": False,
                        "properties": {"id": TEXT, "shortDescription": {"$ref": "#/$defs/message"}},
                    },
                },
            },
        },
        "message": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {"text": TEXT},
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": TEXT,
                "ruleIndex": PLACE,
                "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "properties": {"type": "object"},
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                        },
                        "region": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {"startLine": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
                "logicalLocations": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"fullyQualifiedName": TEXT, "kind": TEXT},
                    },
                },
            },
        },
    },
}
"""What the published structure says of the parts that we write; nothing else may stand in them."""


def written(*given, language="en"):
    """Write the log and read it."""
    pieces, _ = shown_as(partial(write_sarif, version="2026.11.0", language=language, titles=TITLES), given)
    return json.loads("".join(pieces))


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_log_has_the_published_structure(language):
    """Of a batch with everything in it, and of one with nothing."""
    jsonschema.validate(written(*outcomes(), language=language), LOG)
    jsonschema.validate(written(), LOG)


def test_a_finding_is_a_result():
    """With its rule, its level, its sentence, its file and its path."""
    [run] = written(*outcomes())["runs"]
    result = run["results"][1]

    assert (result["ruleId"], result["level"], result["message"]["text"]) == (
        "product",
        "error",
        "Code 0 is not in herbs.",
    )
    [location] = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "b.json"}}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == PATH
    assert result["properties"] == {"message": "b.json", "issue": "unknown-code"}


def test_every_result_names_its_rule_by_place_too():
    """The rules stand once each, in the order of their first use."""
    [run] = written(*outcomes())["runs"]
    driver = run["tool"]["driver"]
    rules = [rule["id"] for rule in driver["rules"]]

    assert driver["rules"][1]["shortDescription"] == {"text": "Code of the product"}
    assert rules == ["dates", "product", "message-not-read"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_what_was_not_checked_is_open_and_never_passed():
    """Its level is none, as the standard asks."""
    [run] = written(*outcomes())["runs"]

    assert {(one["kind"], one["level"]) for one in run["results"] if one["ruleId"] == "dates"} == {
        ("open", "none")
    }


def test_what_was_not_read_is_an_error_at_its_line():
    """So that a build fails on it."""
    [run] = written(*outcomes())["runs"]
    result = run["results"][-1]

    assert (result["ruleId"], result["level"]) == ("message-not-read", "error")
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("in/پیام 1.json", "in/%D9%BE%DB%8C%D8%A7%D9%85%201.json"),
        ("./a#b?.json", "a%23b%3F.json"),
        ("/srv/a.json", "file:///srv/a.json"),
        ("a:b.json", "a%3Ab.json"),
    ],
)
def test_a_file_is_named_by_a_proper_reference(file, address):
    """Relative as it was given; characters that a reference lacks are escaped."""
    report = outcomes()[1].report

    [run] = written(Checked(Place(file), report))["runs"]

    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == address
