"""A list comes as XLSX, is agreed to by a committee, stands with its letter, and who does not use it is reminded."""

from __future__ import annotations

import json

import pytest
from openpyxl import Workbook
from program import need_curl

ROWS = (
    ("code", "display", "status"),
    ("10001", "سونوگرافی کلیه", "active"),
    ("10002", "سونوگرافی شکم", "active"),
    ("10003", "رادیوگرافی قفسهٔ سینه", "active"),
)
LETTER = ("--letter", "110/900", "--issued", "1405/01/15", "--subject", "کدینگ تصویربرداری آزمون")
STAFF = {
    "maryam": ("centre", "curator"),
    "reza": ("centre", "reviewer"),
    "nima": ("tamin", "committee-member"),
    "shirin": ("centre", "committee-member"),
    "parvin": ("centre", "publisher"),
}
DRAFT = ("imaging-test", "1405")


@pytest.fixture
def workbook(tmp_path):
    """Write the list as a workbook."""
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


class Centre:
    """The centre, its people, an insurer and a maker of software."""

    def __init__(self, desk) -> None:
        self._desk = desk
        self.passwords: dict[str, str] = {}

    def found(self):
        """Register parties and people."""
        self.do("parties", "add", "centre", "--name", "مرکز", "--kind", "centre")
        self.do("parties", "add", "tamin", "--name", "تأمین اجتماعی", "--kind", "insurer")
        system = ("--system", "pacs:imaging:سامانهٔ تصویربرداری")
        self.do("parties", "add", "vendor-a", "--name", "شرکت نمونه", "--kind", "vendor", *system)
        for login, (party, role) in STAFF.items():
            added = self.do(
                "people", "add", login, "--name", login, "--party", party, "--role", role, "--json"
            )
            self.passwords[login] = added.json["password"]

    def do(self, *arguments):
        """Do what is to succeed."""
        said = self._desk(*arguments)
        assert said.status == 0, said.err
        return said

    def as_person(self, login, *arguments):
        """Do something as somebody."""
        return self._desk(*arguments, "--by", login, password=self.passwords[login])


def agree(centre):
    """Lead the draft over its review and the vote; each step by its role, and refused where it is too early."""
    assert centre.do("drafts", "check", *DRAFT, "--json").json["errors"] == 0
    assert centre.as_person("maryam", "drafts", "submit", *DRAFT).status == 0
    own_eyes = centre.as_person("maryam", "drafts", "review", *DRAFT, "--approve")
    assert (own_eyes.status, "reviewer" in own_eyes.err) == (2, True)
    assert centre.as_person("reza", "drafts", "review", *DRAFT, "--approve").status == 0
    for member in ("nima", "shirin"):
        assert centre.as_person(member, "drafts", "vote", *DRAFT, "for").status == 0
    minutes = ("--minutes", "تصویب شد", "--present", "نیما", "--present", "شیرین")
    closed = [
        centre.as_person(login, "drafts", "close-vote", *DRAFT, *minutes).status
        for login in ("parvin", "shirin")
    ]
    assert closed == [2, 0]


def oblige_and_declare(centre):
    """Oblige insurers and imaging systems; the insurer declares, the vendor does not."""
    whom = ("--party-kind", "insurer", "--system-kind", "imaging")
    centre.do("adoption", "oblige", "--letter", "110/900", *whom, "--deadline", "1405/03/01")
    live = ("--party", "tamin", "--terminology", DRAFT[0], "--edition", DRAFT[1], "--state", "live")
    centre.do("adoption", "declare", *live, "--day", "1405/02/20", "--why", "نامهٔ سازمان")
    board = centre.do("adoption", "board", "--terminology", DRAFT[0], "--json").out
    rows = {row["party"]["id"]: row["state"] for row in json.loads(board)["items"]}
    assert rows == {"tamin": "declared-only", "vendor-a": "overdue"}


def remind(centre, folder):
    """Write the letters of reminder, as text and PDF."""
    number = ("--number", "110/950", "--date", "1405/09/03", "--signatory", "رئیس مرکز")
    centre.do("adoption", "remind", "--all-overdue", *number, "--out", folder)
    text, pdf = next(folder.rglob("*.txt")).read_text(encoding="utf-8"), next(folder.rglob("*.pdf"))
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert all(part in text for part in ("شرکت نمونه", "۱۱۰/۹۰۰", "کدینگ تصویربرداری آزمون"))
    assert "vendor-a" in centre.do("adoption", "reminders", "--json").out


def test_a_list_from_a_workbook_over_letter_and_vote_to_an_edition_and_reminders(desk, workbook, tmp_path):
    """What a committee agreed to stands with its letter, who is obliged and silent is reminded, and the journal has it all."""
    need_curl()
    imported = ("import", workbook, "--profile", "generic", "--terminology", DRAFT[0], "--edition", DRAFT[1])
    assert desk(*imported, *LETTER, "--effective", "1405/02/01", "--actor", "maryam").status == 0
    centre = Centre(desk)
    centre.found()
    centre.do("drafts", "govern", "--on", "--quorum", "2", "--majority", "50")
    by_nobody, too_early = desk("publish", *DRAFT), centre.as_person("parvin", "publish", *DRAFT)
    assert (by_nobody.status, "--by" in by_nobody.err) == (2, True)
    assert (too_early.status, "agreed" in too_early.err) == (2, True)
    agree(centre)
    published = centre.as_person("parvin", "publish", *DRAFT)
    assert published.status == 0, published.err
    oblige_and_declare(centre)
    remind(centre, tmp_path / "letters")

    with desk.start("serve") as server:
        found = server.curl("/api/v1/terminologies/imaging-test/concepts/10001")
        letter = server.curl("/api/v1/letters/110%2F900")
    assert [one["number"] for one in found["announcement"]["letters"]] == ["110/900"]
    assert letter["announces"][0]["terminology"] == DRAFT[0]
    acts = {entry["act"] for entry in centre.do("journal", "--json").json["items"]}
    assert {"draft-save", "draft-act", "draft-vote", "publish", "letter"} <= acts
    assert desk("doctor").status == 0
