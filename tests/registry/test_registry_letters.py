"""Letters: recorded, extended, tied to editions, and the known ones."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from herbs import MINT, SOURCE, herbs

from maksa.errors import BadInput, NotFound, TooLarge, UnknownEdition, UnknownTerminology, WrongState
from maksa.intake.profile import load_profile, profile_names
from maksa.model.edition import Letter
from maksa.model.jalali import format_jalali
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.journal import list_journal
from maksa.registry.letter_form import checked_letter
from maksa.registry.letters import (
    announced_by,
    list_letters,
    record_letter,
    record_seed_letters,
    seed_letters,
    ship_letters,
    tie_letter,
)
from maksa.registry.outbox import read_notices

NEW = Letter("110/999", date(2025, 3, 21), "گیاهان")


@pytest.fixture
def published(registry, shelf):
    """Publish an edition without a letter."""
    save_draft(registry, herbs(MINT), "a", source=SOURCE, options=DraftOptions())
    return publish(registry, shelf, "herbs", "a").entry


def test_a_letter_is_tied_to_an_edition_afterwards(registry, shelf, published):
    """An edition stands without a letter, and is announced once one is tied; the edition is the same."""
    assert not published.announced
    record_letter(registry, shelf, NEW)

    tie_letter(registry, shelf, "۱۱۰/۹۹۹", "HERBS", "a")

    (entry,) = shelf.entries("herbs")
    assert entry.letters == (replace(NEW, announces=(("herbs", "a"),)),)
    assert entry.manifest == published.manifest


def test_a_letter_may_announce_every_edition_of_a_list(registry, shelf, published):
    """Tied to the list alone, it stands behind all its editions."""
    tie_letter(registry, shelf, "110/130", "herbs")

    assert [letter.number for letter in shelf.entries("herbs")[0].letters] == ["110/130"]
    assert list_letters(shelf)[0].refers_to[0] == "110/128"


def test_a_letter_is_tied_to_what_there_is(registry, shelf, published):
    """An unknown letter, list or edition is an error that names the known ones."""
    record_letter(registry, shelf, NEW)

    with pytest.raises(NotFound, match="110/1 ") as refusal:
        tie_letter(registry, shelf, "110/1", "herbs", "a")
    assert refusal.value.known == ("110/999",)
    with pytest.raises(UnknownTerminology):
        tie_letter(registry, shelf, "110/999", "colours")
    with pytest.raises(UnknownEdition):
        tie_letter(registry, shelf, "110/999", "herbs", "b")


def test_a_second_record_extends_the_first(registry, shelf):
    """What it says wins, what it leaves out stays, what may be many is united."""
    record_letter(registry, shelf, replace(NEW, signatory="رئیس مرکز", refers_to=("110/1",), remark="الف"))

    extended = record_letter(
        registry,
        shelf,
        Letter("110/999", None, "گیاهان دارویی", refers_to=("110/2", "110/1"), supersedes=("110/3",)),
    )

    assert extended == Letter(
        "110/999",
        NEW.date,
        "گیاهان دارویی",
        signatory="رئیس مرکز",
        supersedes=("110/3",),
        refers_to=("110/1", "110/2"),
        remark="الف",
    )
    assert list_letters(shelf) == (extended,)


def test_attachments_are_copied_with_size_and_hash(registry, shelf, tmp_path):
    """A copy lies beside the letter; the same file again changes nothing."""
    file = tmp_path / "راهنما 1.pdf"
    file.write_bytes(b"abc")

    first = record_letter(registry, shelf, NEW, [file])
    again = record_letter(registry, shelf, NEW, [file])

    (attachment,) = first.attachments
    assert again == first
    assert (attachment.name, attachment.size) == ("راهنما 1.pdf", 3)
    assert attachment.hash == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert shelf.letters.attachment_path("110/999", attachment.name).read_bytes() == b"abc"


def test_an_attachment_never_takes_the_place_of_another(registry, shelf, tmp_path):
    """Another file of the same name is refused and the first one stays."""
    file = tmp_path / "a.pdf"
    file.write_bytes(b"abc")
    record_letter(registry, shelf, NEW, [file])
    file.write_bytes(b"other")

    with pytest.raises(BadInput, match=r"a\.pdf"):
        record_letter(registry, shelf, NEW, [file])

    assert shelf.letters.attachment_path("110/999", "a.pdf").read_bytes() == b"abc"


def test_attachments_have_bounds(registry, shelf, tmp_path, monkeypatch):
    """A missing file, a folder, too many and too large ones are refused; no letter is recorded."""
    monkeypatch.setattr("maksa.registry.letters._MAX_BYTES", 5)
    large = tmp_path / "large"
    large.write_bytes(b"123456")

    for paths, error in (
        ([tmp_path / "none"], BadInput),
        ([tmp_path], BadInput),
        ([large], TooLarge),
        ([tmp_path / str(n) for n in range(21)], TooLarge),
    ):
        with pytest.raises(error):
            record_letter(registry, shelf, NEW, paths)

    assert list_letters(shelf) == ()


@pytest.mark.parametrize(
    "letter",
    [
        replace(NEW, number=""),
        replace(NEW, number="../../etc"),
        replace(NEW, number="1" * 41),
        replace(NEW, number="\udcff"),
        replace(NEW, refers_to=("a b",)),
        replace(NEW, subject="x" * 2001),
        replace(NEW, remark="\0"),
    ],
    ids=range(7),
)
def test_malformed_letters_are_refused(registry, shelf, letter):
    """Numbers and texts have a form and a bound."""
    with pytest.raises(BadInput) as refusal:
        record_letter(registry, shelf, letter)

    str(refusal.value).encode()
    assert list_letters(shelf) == ()


def test_the_known_letters_are_the_ministrys():
    """Numbers and Jalali days as in the letters; the crossed columns of the table entered right."""
    known = {letter.number: letter for letter in seed_letters()}

    assert {number: format_jalali(letter.date) for number, letter in known.items()} == {
        "110/356": "1400/09/13",
        "110/88": "1402/03/27",
        "110/130": "1400/05/07",
        "110/123": "1402/04/21",
        "110/128": "1400/05/06",
        "110/124": "1400/05/05",
        "110/120": "1400/04/29",
        "110/100": "1400/04/16",
        "110/90": "1400/04/09",
        "110/40": "1400/02/07",
        "110/121": "1400/04/29",
        "110/257": "1400/07/25",
        "110/293": "1400/08/05",
        "100/1215": "1399/07/24",
        "110/555": "1399/06/24",
    }
    assert known["110/123"].refers_to == ("110/356", "110/130", "110/88")
    assert all(letter.subject for letter in known.values())
    answered = {"1400/274515", "1400/264124", "4020/1400/954"}
    assert {number for letter in known.values() for number in letter.refers_to} - known.keys() == answered


def test_the_known_letters_announce_what_the_table_lists():
    """Each row of the table of 110/130 that has a number, and the maps of 110/356; the row without a number is no letter."""
    announced = {letter.number: [name for name, _ in letter.announces] for letter in seed_letters()}

    assert {number: names for number, names in announced.items() if names} == {
        "110/128": ["drug-usage"],
        "110/124": ["imaging"],
        "110/120": ["physiotherapy"],
        "110/100": ["natural-medicine"],
        "110/90": ["ambulance-resident"],
        "110/40": ["eRx", "IRC"],
        "110/356": ["imaging-rvu3", "laboratory-rvu3", "physiotherapy-rvu3"],
    }
    profiles = {load_profile(name).terminology.id for name in profile_names()}
    assert {name for names in announced.values() for name in names} <= profiles


def test_a_known_letter_is_a_stub_unless_its_text_was_read():
    """Four letters were read; of the others only what these say of them is known."""
    assert {letter.number for letter in seed_letters() if not letter.stub} == {
        "110/356",
        "110/88",
        "110/130",
        "110/123",
    }


def test_the_known_letters_say_to_whom_they_went():
    """Insurers and makers of systems; hospitals in one; 110/130 left one insurer out. Organisations, no persons."""
    kinds = {
        letter.number: Counter(one.kind for one in letter.addressees)
        for letter in seed_letters()
        if letter.addressees
    }

    assert kinds == {
        "110/356": {"insurer": 5},
        "110/88": {"insurer": 5, "hospital": 4, "vendor": 9},
        "110/130": {"insurer": 4, "vendor": 9},
        "110/123": {"insurer": 5, "vendor": 9},
    }
    assert all(checked_letter(letter) == letter for letter in seed_letters())


def test_known_letters_come_with_a_home_and_never_over_a_record(registry, shelf):
    """They are no act of the desk; a record of the centre stays as it is, and a second time nothing happens."""
    own = record_letter(registry, shelf, Letter("110/88", None, "موضوع دیگر"))
    acts = len(list_journal(registry))

    ship_letters(shelf)
    shipped = {path.name: path.stat().st_mtime_ns for path in shelf.letters.folder.glob("*.json")}
    ship_letters(shelf)

    assert len(list_journal(registry)) == acts
    assert {letter.number for letter in list_letters(shelf)} == {letter.number for letter in seed_letters()}
    assert shelf.letters.get("110/88") == own
    assert shipped == {path.name: path.stat().st_mtime_ns for path in shelf.letters.folder.glob("*.json")}


def test_a_stub_is_filled_by_its_text_or_a_file(registry, shelf, tmp_path):
    """Other fields leave the mark; the record keeps what it had."""
    ship_letters(shelf)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")

    assert record_letter(registry, shelf, Letter("110/257", None, "", remark="یافت شد")).stub
    by_text = record_letter(registry, shelf, Letter("110/257", None, "", text="متن نامه"))
    by_file = record_letter(registry, shelf, Letter("110/293", None, ""), [scan])

    assert not by_text.stub
    assert not by_file.stub
    assert (by_text.text, by_text.remark, format_jalali(by_text.date)) == (
        "متن نامه",
        "یافت شد",
        "1400/07/25",
    )
    assert shelf.letters.get("110/257") == by_text


def test_a_letter_may_be_recorded_as_a_stub(registry, shelf):
    """The mark goes when the text comes, and does not come back."""
    assert record_letter(registry, shelf, replace(NEW, stub=True)).stub
    record_letter(registry, shelf, replace(NEW, text="متن"))

    assert not record_letter(registry, shelf, replace(NEW, stub=True)).stub


def test_letters_never_supersede_each_other_in_a_circle(registry, shelf):
    """Whether of two or of three; the letters of the circle are named and nothing is recorded."""
    record_letter(registry, shelf, Letter("1", None, "الف", supersedes=("2",)))
    record_letter(registry, shelf, Letter("2", None, "ب", supersedes=("3",)))

    for number, last in (("2", "1"), ("3", "1"), ("3", "2")):
        with pytest.raises(WrongState, match="circle") as refusal:
            record_letter(registry, shelf, Letter(number, None, "پ", supersedes=(last,)))
        assert f"{number} → {last}" in refusal.value.text.en
    assert shelf.letters.get("3") is None
    assert shelf.letters.get("2").supersedes == ("3",)


def test_two_letters_may_supersede_the_same_one(registry, shelf):
    """A diamond is no circle."""
    for number, replaced in (("2", ("1",)), ("3", ("1",)), ("4", ("2", "3"))):
        record_letter(registry, shelf, Letter(number, None, "الف", supersedes=replaced))

    held = {letter.number: letter.superseded_by for letter in list_letters(shelf)}
    assert held == {"2": ("4",), "3": ("4",), "4": ()}


def test_a_letter_supersedes_no_younger_one(registry, shelf):
    """The days are told apart from a circle; letters without a day may."""
    record_letter(registry, shelf, NEW)

    with pytest.raises(BadInput, match="after it"):
        record_letter(registry, shelf, Letter("110/1", date(2020, 1, 1), "الف", supersedes=(NEW.number,)))
    record_letter(registry, shelf, Letter("110/1", None, "الف", supersedes=(NEW.number,)))


def test_a_list_may_be_announced_before_it_is_here(registry, shelf, published):
    """By the id of its import profile, in any case; an edition that is not here, or an unknown list, may not."""
    assert announced_by(shelf, "IMAGING") == ("imaging", None)
    assert announced_by(shelf, "Herbs") == ("herbs", None)
    for terminology, edition, error in (
        ("imaging", "1400", UnknownTerminology),
        ("herbs", "b", UnknownEdition),
        ("generic", None, UnknownTerminology),
        ("colours", None, UnknownTerminology),
    ):
        with pytest.raises(error):
            announced_by(shelf, terminology, edition)


def test_two_letters_may_announce_one_list(registry, shelf, published):
    """Both stand behind its editions, in the order of their days."""
    record_letter(registry, shelf, replace(NEW, announces=(("herbs", None),)))
    record_letter(registry, shelf, Letter("110/1", date(2020, 1, 1), "الف", announces=(("herbs", "a"),)))

    assert [letter.number for letter in shelf.entries("herbs")[0].letters] == ["110/1", "110/999"]


def test_a_letter_whose_act_was_cut_off_is_told_the_next_time(registry, shelf):
    """A kill between the record and the journal leaves a record that the same command finishes."""
    shelf.letters.write(NEW)

    record_letter(registry, shelf, NEW)
    record_letter(registry, shelf, NEW)

    assert [entry.subject for entry in list_journal(registry)] == ["110/999"]
    assert [notice.subject for notice in read_notices(registry, topic="letter")] == ["110/999"]


def test_an_act_that_fails_leaves_nothing(registry, shelf, monkeypatch):
    """No entry, no notice and no record."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("maksa.editions.letters.write_record", full)
    with pytest.raises(OSError, match="space"):
        record_letter(registry, shelf, NEW)

    assert list_journal(registry) == []
    assert read_notices(registry, topic="letter") == []


def test_known_letters_are_recorded_once_and_leave_records_alone(registry, shelf):
    """What a curator recorded is not written over, and a second time nothing happens."""
    record_letter(registry, shelf, Letter("110/88", None, "موضوع دیگر"))

    record_seed_letters(registry, shelf)
    assert {entry.subject for entry in list_journal(registry)} == {letter.number for letter in seed_letters()}
    before = list_letters(shelf)
    record_seed_letters(registry, shelf)

    assert list_letters(shelf) == before
    assert len(before) == len(seed_letters())
    assert next(letter for letter in before if letter.number == "110/88").subject == "موضوع دیگر"
    assert before[0].number == "110/123"


def test_no_letter_announces_a_sample(registry, shelf):
    """Neither tied to it, nor tied to every edition of its list, nor given with its import."""
    save_draft(registry, herbs(MINT), "sample-1", source=SOURCE, options=DraftOptions(sample=True))
    publish(registry, shelf, "herbs", "sample-1")

    with pytest.raises(WrongState, match="is a sample"):
        tie_letter(registry, shelf, "110/130", "herbs", "sample-1")
    tie_letter(registry, shelf, "110/130", "herbs")
    assert not shelf.entries("herbs")[0].announced

    options = DraftOptions(sample=True, letter=NEW)
    with pytest.raises(BadInput, match="sample"):
        save_draft(registry, herbs(MINT), "sample-2", source=SOURCE, options=options)


def test_a_real_edition_beside_a_sample_is_announced(registry, shelf):
    """The letter of the whole list stands behind the real edition alone."""
    for edition, sample in (("sample-1", True), ("1404", False)):
        save_draft(registry, herbs(MINT), edition, source=SOURCE, options=DraftOptions(sample=sample))
        publish(registry, shelf, "herbs", edition)

    tie_letter(registry, shelf, "110/130", "herbs")

    announced = {entry.manifest.edition: entry.announced for entry in shelf.entries("herbs")}
    assert announced == {"1404": True, "sample-1": False}
