"""A vendor says that the new edition is live, and what its system asks says that it is not: the board and a reminder tell."""

from __future__ import annotations

import pytest
from program import Gateway, need_curl

REMIND = ("adoption", "remind", "--party", "rayan", "--number", "110/456", "--date", "1405/09/03", "--out")


def said(maksa, *arguments):
    """Run a command that must succeed, and read its JSON."""
    done = maksa(*arguments, "--json")
    assert done.status == 0, done.err
    return done.json


def publish(maksa, folder, edition, effective, *codes):
    """Publish an edition of herbs, which ends the codes that it does not have."""
    source = folder / f"{edition}.csv"
    source.write_text(
        "\n".join(["code,display", *(f"{code},گیاه {code}" for code in codes)]), encoding="utf-8"
    )
    named = ("--profile", "generic", "--terminology", "herbs", "--edition", edition, "--effective", effective)
    said(maksa, "import", source, *named, "--retire-missing", "--publish")


def row(maksa):
    """Give the row of the vendor's system on the board."""
    [found] = said(maksa, "adoption", "board", "--party", "rayan")["items"]
    return found


@pytest.fixture
def client(desk, tmp_path):
    """A vendor's client, after its system was obliged to the second edition of herbs and declared it live."""
    need_curl()
    publish(desk, tmp_path, "1", "1402/01/01", "1001", "1002")
    publish(desk, tmp_path, "2", "1403/01/01", "1001", "1003")
    said(
        desk,
        "letters",
        "add",
        "110/7",
        "--subject",
        "گیاهان",
        "--issued",
        "1403/02/01",
        "--announces",
        "herbs",
    )
    said(
        desk, "parties", "add", "rayan", "--name", "رایان", "--kind", "vendor", "--system", "his:hospital:هیس"
    )
    made = said(desk, "clients", "add", "rayan-his", "--name", "HIS")
    said(desk, "clients", "grant", "rayan-his", "--party", "rayan")
    duty = ("--letter", "110/7", "--system-kind", "hospital", "--deadline", "1403/06/31")
    said(desk, "adoption", "oblige", *duty)
    live = ("--terminology", "herbs", "--edition", "2", "--state", "live", "--day", "1403/06/01")
    said(desk, "adoption", "declare", "--party", "rayan", "--system", "his", *live, "--why", "their letter")
    return made


def test_what_a_system_asks_contradicts_what_was_declared(desk, client, tmp_path):
    """The server writes its counts when it stops; the letter names what was seen, and is made the same again."""
    assert row(desk)["state"] == "declared-only"
    with desk.start("serve", "--workers", "1") as server:
        codes = [{"Terminology_id": "herbs", "Coded_string": code} for code in ("1001", "1002")] * 10
        assert len(Gateway(server, client)("ValidateCts", Items=codes)["data"]) == 20

    assert row(desk)["state"] == "contradiction"
    [user] = said(desk, "adoption", "old")["items"]
    assert (user["client"], user["system"], user["observed"]["old"]["retired"]) == ("rayan-his", "his", 10)
    files = [path.read_bytes() for path in reminded(desk, tmp_path / "one")]
    assert "۱۰ کد منسوخ" in files[0].decode()
    assert [path.read_bytes() for path in reminded(desk, tmp_path / "two")] == files
    assert [one["letter"] for one in row(desk)["reminders"]] == ["110/456"]


def reminded(maksa, folder):
    """Write the letter of reminder to a folder; give its text and its PDF."""
    said(maksa, *REMIND, folder)
    return [folder / "110-456-rayan.txt", folder / "110-456-rayan.pdf"]
