"""A code is retired and replaced: before the day it holds, after it the successor is offered."""

from __future__ import annotations

HEADER = "code,display,status,effective_from,effective_to,replaced_by\n"
OLD = HEADER + "1001,بابونه,,,,\n1002,نعناع,,,,\n1003,آویشن,,,,\n"
NEW = HEADER + "1001,بابونه,,,1404/06/31,1004\n1002,نعناع,,,,\n1004,بابونه آلمانی,,1404/07/01,,\n"


def _verdict(maksa, code, day):
    said = maksa("validate", "herbs", code, "--on", day, "--json")
    errors = [issue for issue in said.json["results"][0]["issues"] if issue["severity"] == "error"]
    return said.status, [issue["code"] for issue in errors], [issue["suggestion"] for issue in errors]


def test_retired_and_replaced(maksa, tmp_path):
    """The day decides, and the successor is named."""
    source = tmp_path / "herbs.csv"
    arguments = ("import", source, "--profile", "generic", "--terminology", "herbs", "--publish")
    source.write_text(OLD, encoding="utf-8")
    assert maksa(*arguments, "--edition", "1403", "--effective", "1403/01/01").status == 0
    source.write_text(NEW, encoding="utf-8")
    assert maksa(*arguments, "--edition", "1404", "--effective", "1404/01/01").status == 0

    assert _verdict(maksa, "1001", "1404/06/31") == (0, [], [])
    status, codes, suggestions = _verdict(maksa, "1001", "1404/07/01")
    assert (status, codes, suggestions[0]["code"]) == (1, ["retired"], "1004")
    assert _verdict(maksa, "1004", "1404/06/31")[:2] == (1, ["not-yet-effective"])
    assert _verdict(maksa, "1004", "1404/07/01") == (0, [], [])

    assert _verdict(maksa, "1003", "1403/12/30") == (0, [], [])
    assert _verdict(maksa, "1003", "1404/01/01")[:2] == (1, ["retired"])
    assert "carried_from" in maksa("show", "herbs", "1003", "--on", "1404/01/01", "--json").out
    assert _verdict(maksa, "1001", "1402/01/01")[1] == ["unknown-edition"]
    assert "1001" in maksa("search", "بابونه", "--on", "1405/01/01").out
