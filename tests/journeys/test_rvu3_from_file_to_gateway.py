"""A curator publishes the RVU3 book, and a vendor asks the gateway's four services with curl."""

from __future__ import annotations

import json

from program import Gateway, need_curl

CODE = "700100"
DOUBLED = {"400770", "400775", "501355"}


def test_rvu3_from_file_to_gateway(maksa, real_data):
    """5,575 rows become 5,572 concepts; a token and a pid open the four services."""
    need_curl()
    said = maksa(
        "import", real_data / "rvu3_1404.csv", "--profile", "rvu3", "--edition", "1404", "--publish", "--json"
    )
    assert said.status == 0, said.err
    _check_account(said.json)
    client = maksa("clients", "add", "hospital-12", "--name", "Hospital 12", "--json").json

    with maksa.start("serve", "--workers", 1) as server:
        gateway = Gateway(server, client)
        _ask_the_four_services(gateway)
        _compare_the_doors(maksa, server, gateway)


def _check_account(account):
    counts = account["counts"]
    assert counts["read"] == 5575 == counts["accepted"] + counts["repaired"] + counts["set_aside"]
    assert account["lists"][0]["terminology"] == "RVU3"
    assert account["lists"][0]["count"] == 5572
    findings = account["findings"]
    assert {f["concept"] for f in findings if f["code"] == "duplicate-code"} == DOUBLED
    assert sum(f["code"] == "text-in-number" for f in findings) > 50
    assert sum(f["code"] == "dangling-reference" for f in findings) > 10


def _ask_the_four_services(gateway):
    listed = gateway("CtsTerminologies")
    assert {one["Terminology_id"]: one["Count"] for one in listed["data"]}["RVU3"] == 5572

    found = gateway("SearchTerminology", Terminology_id="RVU3", Search="سونوگرافی کلیه", PageSize=5)
    assert found["total"] >= len(found["data"]) == 5

    page = gateway("Terminology", Terminology="RVU3", Page=2, PageSize=1000)
    assert (page["total"], len(page["data"])) == (5572, 1000)

    one = gateway("Terminology", Terminology_id="RVU3", Coded_string=CODE)["data"]
    assert [concept["Coded_string"] for concept in one] == [CODE]

    verdict = gateway("ValidateCts", Terminology_id="RVU3", Coded_string=CODE, Value=one[0]["Value"])["data"]
    assert (verdict["IsValid"], verdict["Issues"]) == (True, [])
    no = gateway("ValidateCts", Terminology_id="RVU3", Coded_string="999999", Value="هیچ")
    assert no["isSuccess"] is True
    assert no["data"]["IsValid"] is False


def _compare_the_doors(maksa, server, gateway):
    for code in (CODE, "999999", "۷۰۰۱۰۰", "400770"):
        command = maksa("validate", "RVU3", code, "--value", "سونوگرافی", "--json").json
        query = json.loads(
            server.text(
                "/api/v1/validate",
                "-G",
                "-d",
                "terminology=RVU3",
                "--data-urlencode",
                f"code={code}",
                "--data-urlencode",
                "value=سونوگرافی",
            )
        )
        wire = gateway("ValidateCts", Terminology_id="RVU3", Coded_string=code, Value="سونوگرافی")["data"]
        assert query == command
        assert wire["IsValid"] is command["results"][0]["valid"]
        assert [issue["Code"] for issue in wire["Issues"]] == [
            issue["code"] for issue in command["results"][0]["issues"]
        ]
