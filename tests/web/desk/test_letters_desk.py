"""Letters recorded through the desk, and the files that came with them."""

from __future__ import annotations

import pytest
from records import client_of

from maksa.registry.journal import list_journal

PATH = "/api/v1/letters"
LETTER = {
    "number": "110/701",
    "date": "1404/01/10",
    "subject": "ابلاغ گیاهان",
    "signatory": "رئیس مرکز",
    "refers_to": ["110/130"],
    "announces": [{"terminology": "HERBS", "edition": "1"}],
    "addressees": [{"kind": "insurer", "name": "سازمان تأمین"}],
    "remark": "یادداشت",
}
FILE = f"{PATH}/110%2F701/attachments/"


@pytest.fixture
def header(staff):
    """Give who records letters."""
    return staff.hire("parvin", "publisher")


@pytest.fixture
def recorded(ask, header):
    """Record a letter."""
    made = ask.post_json(PATH, LETTER, headers=header)
    assert made.status == 201, made.text
    return made.json()


def put(ask, header, name, content=b"%PDF-1.7", kind="application/pdf"):
    """Send a file of the letter."""
    return ask("PUT", f"{FILE}{name}", headers={"content-type": kind, **header}, body=content)


def test_a_letter_is_recorded_and_everybody_reads_it(ask, recorded, home):
    """It stands behind the edition that it announces at once; the journal says who recorded it."""
    read = ask.get(f"{PATH}/110%2F701").json()
    edition = ask.get("/api/v1/terminologies/herbs/editions").json()["items"][0]

    assert read == recorded
    assert (read["date"]["jalali"], read["announces"]) == (
        "1404/01/10",
        [{"terminology": "herbs", "edition": "1"}],
    )
    assert [one["number"] for one in edition["announcement"]["letters"]] == ["110/701"]
    [entry] = [one for one in list_journal(home.registry) if one.subject == "110/701"]
    assert (entry.act, entry.actor) == ("letter", "parvin")


def test_what_comes_later_is_added_to_the_record(ask, header, recorded):
    """What the new record leaves out stays; digits of any script name the same letter."""
    added = ask.post_json(PATH, {"number": "۱۱۰/۷۰۱", "text": "متن نامه"}, headers=header).json()

    assert (added["number"], added["text"], added["subject"]) == ("110/701", "متن نامه", "ابلاغ گیاهان")
    assert added["announces"] == recorded["announces"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"number": "<>"}, 400),
        ({"date": "1499/01/01"}, 400),
        ({"date": "never"}, 400),
        ({"supersedes": ["110/701"]}, 400),
        ({"announces": [{"terminology": "nothing"}]}, 404),
        ({"announces": [{"terminology": "herbs", "edition": "9"}]}, 404),
        ({"addressees": [{"kind": "bank", "name": "x"}]}, 400),
        ({"text": "x", "stub": True}, 400),
        ({"odd": 1}, 400),
        ({"number": None}, 400),
    ],
)
def test_what_is_no_letter_is_named(ask, header, sent, status):
    """And nothing is recorded."""
    answer = ask.post_json(PATH, {**LETTER, **sent}, headers=header)

    assert answer.status == status, answer.text
    assert ask.get(f"{PATH}/110%2F701").status == 404


def test_a_file_of_a_letter_is_kept_and_can_be_downloaded(ask, header, recorded):
    """Its size and hash stand in the record; the same again changes nothing, another of that name is refused."""
    name = "%D9%86%D8%A7%D9%85%D9%87.pdf"
    kept, again = put(ask, header, name), put(ask, header, name)
    other = put(ask, header, name, b"%PDF-2.0")
    [file] = kept.json()["attachments"]

    assert (kept.status, file["name"], file["size"]) == (200, "نامه.pdf", 8)
    assert again.json() == kept.json()
    assert (other.status, "نامه.pdf" in other.json()["detail"]) == (400, True)
    assert ask.get(file["file"]).body == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.pdf", b"", 400),
        ("%2E%2E", b"x", 400),
        ("..%2Fx", b"x", 400),
        ("x%00y", b"x", 400),
        ("%D9%86" * 100, b"x", 400),
        ("%3Fx", b"x", 400),
        ("a.pdf", b"x" * (8 * 1024 * 1024 + 1), 413),
    ],
)
def test_a_file_has_a_plain_name_and_bounds(ask, header, recorded, name, content, status):
    """What is no file of a letter is refused, and its record stays as it is."""
    assert put(ask, header, name, content).status == status
    assert ask.get(f"{PATH}/110%2F701").json() == recorded


def test_a_file_belongs_to_a_letter_that_is_recorded(ask, header):
    """Another one is unknown."""
    assert put(ask, header, "a.pdf").status == 404


@pytest.mark.parametrize("role", ["reviewer", "auditor", "administrator"])
def test_letters_are_recorded_by_who_may(ask, staff, recorded, role):
    """Others are refused with the act and who may, of a file too; so is a client, and who sends no token."""
    other = staff.hire("other", role)
    for refused in (ask.post_json(PATH, LETTER, headers=other), put(ask, other, "a.pdf")):
        assert (refused.status, "letter-record" in refused.json()["detail"]) == (403, True)
        assert "curator" in refused.json()["mend"]


def test_letters_are_not_recorded_by_clients_or_nobody(ask, home, recorded):
    """A client may read them; without a token it is 401."""
    client = client_of(home.registry, "centre")
    assert [ask.post_json(PATH, LETTER, headers=one).status for one in (client, {})] == [403, 401]
    assert [put(ask, one, "a.pdf").status for one in (client, {})] == [403, 401]
