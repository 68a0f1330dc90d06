"""An edition is published before its letter; the letter comes later, with its scan, and is seen from every code."""

from __future__ import annotations


def test_letters(maksa, tmp_path):
    """«ابلاغ نشده» until then; no new edition is needed."""
    source, scan = tmp_path / "herbs.csv", tmp_path / "110-777.pdf"
    source.write_text("code,display\n1001,بابونه\n1002,نعناع\n", encoding="utf-8")
    scan.write_bytes(b"%PDF-1.4 scan")
    arguments = (
        "import",
        source,
        "--profile",
        "generic",
        "--terminology",
        "herbs",
        "--edition",
        "1",
        "--publish",
    )
    assert maksa(*arguments).status == 0
    assert "ابلاغ نشده" in maksa("list", "herbs", "--lang", "fa").out

    assert (
        maksa("letters", "add", "110/777", "--issued", "1404/02/03", "--subject", "ابلاغ گیاهان").status == 0
    )
    assert maksa("letters", "add", "110/777", "--announces", "herbs:1", "--attach", scan).status == 0

    codes = [one["code"] for one in maksa("codes", "herbs", "--json").json["items"]]
    assert codes == ["1001", "1002"]
    for code in codes:
        announcement = maksa("show", "herbs", code, "--json").json["announcement"]
        assert (announcement["announced"], announcement["state"]) == (True, "ابلاغ شده")
        assert [one["number"] for one in announcement["letters"]] == ["110/777"]
    shown = maksa("show", "herbs", "1001", "--json").json
    letter = shown["announcement"]["letters"][0]
    assert (letter["number"], letter["date"]["jalali"], letter["subject"]) == (
        "110/777",
        "1404/02/03",
        "ابلاغ گیاهان",
    )
    assert letter["attachments"][0]["size"] == len(scan.read_bytes())
    assert shown["editions"][0]["hash"] == maksa("list", "herbs", "--json").json["items"][0]["hash"]
    assert len(maksa("list", "herbs", "--json").json["items"]) == 1

    replacing = ("letters", "add", "110/800", "--supersedes", "110/777", "--announces", "herbs")
    assert maksa(*replacing).status == 0
    assert "supersedes: 110/777" in maksa("letters", "show", "110/800").out
    assert {
        one["number"] for one in maksa("show", "herbs", "1001", "--json").json["announcement"]["letters"]
    } == {
        "110/777",
        "110/800",
    }
