"""Letters as signed records."""

from __future__ import annotations

from datetime import date

import pytest

from maksa.errors import EditionUnreadable
from maksa.model.edition import Addressee, Letter

LETTER = Letter(
    "110/130",
    date(2021, 7, 29),
    "ابلاغ کدینگ",
    signatory="سرپرست مرکز",
    supersedes=("110/1",),
    refers_to=("110/2",),
    announces=(("eRx", None), ("imaging", "1400")),
    remark="جدول آن ستون‌های جابه‌جا دارد.",
    addressees=(Addressee("insurer", "سازمان بیمه"),),
    text="متن نامه",
)


def test_a_letter_comes_back_as_it_was_written(empty_shelf):
    """Every field survives."""
    empty_shelf.letters.write(LETTER)

    assert empty_shelf.letters.get("110/130") == LETTER
    assert empty_shelf.letters.get("110/131") is None
    assert empty_shelf.all_letters() == (LETTER,)


def test_a_record_without_the_newer_members_is_read_and_stays_as_it_is(empty_shelf, tmp_path):
    """What earlier programs signed holds, and is written again with the same members."""
    from maksa.editions.keyring import KeyRing
    from maksa.editions.record_files import read_record, write_record

    path = empty_shelf.letters.folder / "110%2F88.json"
    old = {
        "number": "110/88",
        "date": "2023-06-17",
        "subject": "یادآوری",
        "signatory": None,
        "supersedes": [],
        "refers_to": ["110/130"],
        "announces": [],
        "attachments": [],
        "remark": None,
    }
    write_record(path, old, KeyRing(tmp_path / "home" / "keys"))
    signed = read_record(path)

    letter = empty_shelf.letters.get("110/88")
    empty_shelf.letters.write(letter)

    assert letter == Letter("110/88", date(2023, 6, 17), "یادآوری", refers_to=("110/130",))
    assert read_record(path) == signed


def test_a_stub_comes_back_as_a_stub(empty_shelf):
    """The mark stands in the record."""
    empty_shelf.letters.write(Letter("110/88", None, "یادآوری", stub=True))

    assert empty_shelf.letters.get("110/88").stub
    assert empty_shelf.letters.holds("110/88")
    assert not empty_shelf.letters.holds("110/89")


def test_who_reads_all_letters_is_told_what_supersedes_each(empty_shelf):
    """It stands in the record of the later letter alone, and behind every edition."""
    empty_shelf.letters.write(LETTER)
    empty_shelf.letters.write(Letter("110/1", date(2020, 1, 1), "پیشین", superseded_by=("x",)))

    assert {one.number: one.superseded_by for one in empty_shelf.all_letters()} == {
        "110/1": ("110/130",),
        "110/130": (),
    }
    assert empty_shelf.letter("110/1").superseded_by == ("110/130",)
    assert empty_shelf.letters.get("110/1").superseded_by == ()


def test_an_attachment_lies_beside_its_letter(empty_shelf):
    """Name, size and hash are kept; the path stays inside the folder."""
    attachment = empty_shelf.letters.attach("110/130", "../پیوست.pdf", b"abc")

    path = empty_shelf.letters.attachment_path("110/130", "../پیوست.pdf")
    assert path.read_bytes() == b"abc"
    assert path.parent.parent == empty_shelf.letters.folder
    assert (attachment.size, attachment.hash[:8]) == (3, "ba7816bf")


def test_a_letter_that_was_altered_is_refused_and_the_others_stay(empty_shelf):
    """A changed subject loses the signature."""
    empty_shelf.letters.write(LETTER)
    empty_shelf.letters.write(Letter("110/88", date(2023, 6, 17), "یادآوری"))
    path = empty_shelf.letters.folder / "110%2F130.json"
    path.write_text(path.read_text(encoding="utf-8").replace("ابلاغ", "لغو"), encoding="utf-8")

    letters, problems = empty_shelf.letters.read()

    assert [letter.number for letter in letters] == ["110/88"]
    assert "signature" in str(problems[0])
    for read in (empty_shelf.letters.get, empty_shelf.letter):
        with pytest.raises(EditionUnreadable):
            read("110/130")


def test_a_signed_record_that_is_no_letter_is_refused(empty_shelf, tmp_path):
    """The signature alone makes no letter."""
    from maksa.editions.keyring import KeyRing
    from maksa.editions.record_files import write_record

    write_record(empty_shelf.letters.folder / "x.json", {"number": "1"}, KeyRing(tmp_path / "home" / "keys"))

    assert empty_shelf.letters.read()[0] == ()
    assert "not a letter" in str(empty_shelf.letters.read()[1][0])
