"""Reports of messages as SARIF 2.1.0, which build servers and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from maksa.prescriptions.batch import Checked, Outcome
from maksa.prescriptions.report import Finding, NotChecked
from maksa.prescriptions.sent import Place, Unread
from maksa.prescriptions.tally import Tally
from maksa.text import Text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
UNREAD = "message-not-read"
"""The rule of what is no message at all."""
_NOT_READ = Text("پیامی که خوانده نمی‌شود", "A message that cannot be read")


def write_sarif(
    outcomes: Iterable[Outcome], tally: Tally, *, version: str, language: str, titles: Mapping[str, Text]
) -> Iterator[str]:
    """Write a log of one run piece by piece; the rules stand after the results, when all are known.

    `titles` say in words what the rules are about; a rule need not have one.

    A rule that could not be applied is a result of the kind `open`; what is no message is one of the rule `UNREAD`.
    Memory: one message and the names of the rules.
    """
    rules: dict[str, int] = {}
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", "results": ['
    comma = ""
    for one in tally.counting(outcomes):
        for result in _results(one, language):
            result["ruleIndex"] = rules.setdefault(result["ruleId"], len(rules))
            yield f"{comma}\n{json.dumps(result, ensure_ascii=False)}"
            comma = ","
    driver = {
        "name": "Maksa",
        "semanticVersion": version,
        "language": language,
        "rules": [_rule(rule, titles.get(rule), language) for rule in rules],
    }
    yield f'\n], "tool": {{"driver": {json.dumps(driver, ensure_ascii=False)}}}}}]}}\n'


def _rule(rule: str, title: Text | None, language: str) -> dict[str, Any]:
    title = _NOT_READ if rule == UNREAD else title
    described = {"shortDescription": {"text": title.in_language(language)}} if title else {}
    return {"id": rule} | described


def _results(one: Checked | Unread, language: str) -> Iterator[dict[str, Any]]:
    if isinstance(one, Unread):
        mend = one.error.mend
        said = one.error.text.in_language(language) + (f" {mend.in_language(language)}" if mend else "")
        yield _result(UNREAD, said, one.place, None) | {"level": "error"}
        return
    for finding in one.report.findings:
        yield _finding(finding, one.place, language)
    for remark in one.report.not_checked:
        yield _not_checked(remark, one.place, language)


def _finding(finding: Finding, place: Place, language: str) -> dict[str, Any]:
    said = finding.text.in_language(language)
    if finding.mend is not None:
        said = f"{said} {finding.mend.in_language(language)}"
    result = _result(finding.rule, said, place, finding.path) | {"level": finding.severity}
    result["properties"]["issue"] = finding.issue
    if finding.suggestion is not None:
        result["properties"]["suggestion"] = finding.suggestion.code
    return result


def _not_checked(remark: NotChecked, place: Place, language: str) -> dict[str, Any]:
    result = _result(remark.rule, remark.reason.in_language(language), place, remark.path)
    return result | {"kind": "open", "level": "none"}


def _result(rule: str, said: str, place: Place, path: str | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _address(place.file)}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": path, "kind": "element"}]
    return {
        "ruleId": rule,
        "message": {"text": said},
        "locations": [location],
        "properties": {"message": place.name},
    }


def _address(file: str) -> str:
    """Write a file as a reference of RFC 3986: relative as it was given, or of the scheme file."""
    address = quote(file.removeprefix("./"), safe="/!$&'()*+,;=@-._~")
    return f"file://{address}" if address.startswith("/") else address
