"""The letter of reminder as PDF: the same bytes, its words in their order, from right to left."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from maksa.cli.adoption_pdf import pdf_of
from maksa.registry.adoption.reminded import Cited, OpenList, Reminder
from maksa.registry.adoption.reminder_text import page_of

OPEN = OpenList(
    "RVU3", "ارزش نسبی خدمات", "his", "سامانه هیس", "overdue", "1404", "110/123", date(2026, 9, 22), None, None,
    date(2026, 10, 26), 0, 0, 0,
)  # fmt: skip
REMINDER = Reminder(
    "rayan",
    "110/456",
    date(2026, 11, 24),
    ("مدیرعامل محترم شرکت رایان",),
    (Cited("110/123", date(2023, 7, 12), "پیگیری"),),
    (OPEN,),
    date(2026, 12, 10),
    ("دکتر نمونه", "رئیس مرکز"),
)


def words(text):
    """Give words as readers of PDF give them: without half-spaces, and lam-alef, one glyph, either way round."""
    plain = unicodedata.normalize("NFKC", text).replace("\u200c", "").replace("لا", "ال")
    return " ".join(plain.split())


def read(content):
    """Give the text of each page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [words(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def test_the_same_letter_gives_the_same_bytes():
    """No clock, path or random is in them; another letter gives others."""
    assert pdf_of(REMINDER) == pdf_of(replace(REMINDER))
    assert pdf_of(REMINDER) != pdf_of(replace(REMINDER, letter="110/457"))


def test_its_words_can_be_read_in_their_order():
    """The parts of the letter follow each other, digits of numbers and dates too."""
    page = page_of(REMINDER)
    [text] = read(pdf_of(REMINDER))

    parts = [page.head[0], page.number, page.day, page.addressee[0], "با سلام و احترام", "۱۱۰/۱۲۳ مورخ ۱۴۰۲/۰۴/۲۱",
             "ردیف فهرست سامانه انتشار نامه مهلت وضعیت", "۱۴۰۵/۰۶/۳۱", "دکتر نمونه", "صفح"]  # fmt: skip
    places = [text.find(words(part)) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


def test_a_long_letter_has_numbered_pages_and_repeats_the_head_of_its_table():
    """Rows go on over the pages; none is lost."""
    many = replace(REMINDER, open=tuple(replace(OPEN, terminology=f"LIST{n:03d}") for n in range(60)))
    pages = read(pdf_of(many))

    assert len(pages) > 2
    assert all("ردیف فهرست" in page for page in pages[:-1])
    assert [page.count("صفح") for page in pages] == [1] * len(pages)
    rows = sum(page.count("مهلت گذشته است") for page in pages)
    assert rows == 60


def test_it_reads_from_right_to_left():
    """A line begins at the right margin, and the font is the one that is bundled."""
    content = pdf_of(REMINDER)
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    text = page.get_textpage()
    place = text.search("مدیرعامل").get_next()
    box = text.get_charbox(place[0])
    assert box[2] > page.get_width() - 80
    document.close()
    assert b"Vazirmatn" in content


@pytest.mark.parametrize("name", ["#panic()", "$x$ *a* _b_ [c] \\ @ref <x>", '"x"', "// x"])
def test_words_are_words_and_never_commands(name):
    """What stands in a name is set as it is."""
    [without], [text] = (read(pdf_of(replace(REMINDER, addressee=(one,)))) for one in ("", name))

    assert Counter(text) - Counter(without) == Counter(words(name)) + Counter(" ")
