"""A search finds nothing, its words become a request, the request a code of an edition, and its asker is told."""

from __future__ import annotations

import json

from program import need_curl

LIST = "code,display,status\n10001,سونوگرافی کلیه,active\n10002,سونوگرافی شکم,active\n"
WANTED = "الاستوگرافی کبد"


def publish(desk, folder, content, edition, *more):
    """Import and publish a list."""
    path = folder / f"{edition}.csv"
    path.write_text(content, encoding="utf-8")
    named = ("--profile", "generic", "--terminology", "imaging-test", "--edition", edition)
    said = desk("import", path, *named, *more, "--publish")
    assert said.status == 0, said.err


def file(server):
    """Request what was searched for, as a vendor's program does."""
    sent = {"terminology": "imaging-test", "text": WANTED, "use_case": "سنجش فیبروز", "origin": "search"}
    kind = ("-H", "Content-Type: application/json")
    return server.curl("/api/v1/code-requests", *kind, "-d", json.dumps(sent))


def follow(server, filed):
    """Ask how the request stands."""
    number, token = filed["request"]["number"], filed["token"]
    return server.curl(f"/api/v1/code-requests/{number}", "-H", f"X-Maksa-Request-Token: {token}")["request"]


def test_a_missing_code_from_an_empty_search_to_a_published_code_and_a_notice(desk, tmp_path):
    """Each state is told to the asker; the last one names the code, which then validates; the search is counted before."""
    need_curl()
    publish(desk, tmp_path, LIST, "1", "--effective", "1400/01/01")
    with desk.start("serve") as server:
        assert (
            server.curl(
                "/api/v1/search?q=%D8%A7%D9%84%D8%A7%D8%B3%D8%AA%D9%88%DA%AF%D8%B1%D8%A7%D9%81%DB%8C&terminology=imaging-test"
            )["total"]
            == 0
        )
        filed = file(server)
        number = str(filed["request"]["number"])
        assert follow(server, filed)["state"] == "new"
        for act in (("accept", number), ("work", number), ("ask", number, "روش آن چیست؟")):
            assert desk("requests", *act).status == 0
        assert follow(server, filed)["said"] == "روش آن چیست؟"
        answered = server.curl(
            f"/api/v1/code-requests/{number}/answer",
            *("-H", f"X-Maksa-Request-Token: {filed['token']}"),
            *("-H", "Content-Type: application/json", "-d", json.dumps({"said": "با فراصوت"})),
        )
        assert answered["request"]["state"] == "in-work"
        too_early = desk("requests", "done", number, "--new", "10003")
        assert too_early.status == 2
        publish(desk, tmp_path, f"{LIST}10003,{WANTED},active\n", "2", "--effective", "1401/01/01")
        assert desk("requests", "done", number, "--new", "10003").status == 0
        ended = follow(server, filed)
        valid = server.curl("/api/v1/validate?terminology=imaging-test&code=10003")["results"][0]["valid"]
    notices = desk("requests", "notices", "--request", number, "--json").json["items"]

    assert (ended["state"], ended["result"]["code"], valid) == ("done", "10003", True)
    assert len(notices) == 6
    assert "10003" in json.dumps(notices[-1], ensure_ascii=False)
    assert desk("doctor").status == 0
