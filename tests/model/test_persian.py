"""The fold of search keys."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.model.persian import MAX_FOLDED_TEXT, ascii_digits, fold, squeeze, title_key

TEXTS = st.text(max_size=200) | st.text(
    alphabet="آأإاٱبپيیىئےكکگةۀههؤو ءـًٌٍَُِّ\u200c\u200d\u200e\u00a0\u00ad-/._()۱۲٣5٪%%٫٬؛،؟Aaéﷺﻻ", max_size=60
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("سونوگرافي كليه", "سونوگرافی کلیه"),
        ("سی\u200cتی اسکن", "سی تی اسکن"),
        ("أندازۀ إنسان آب ٱلف", "اندازه انسان اب الف"),
        ("مؤلفة", "مولفه"),
        ("جُرّاحیِ", "جراحی"),
        ("كـــبد", "کبد"),
        ("جزء", "جز"),
        ("۵۰۰ ٥٠٠ 500", "500 500 500"),
        ("۲٫۵ میلی\u200cلیتر", "2.5 میلی لیتر"),
        ("8010/3", "8010/3"),
        ("and/or U/A a.b", "and or u a a b"),
        ("5٪", "5 %"),
        ("36156-8-ام آر آي", "36156 8 ام ار ای"),
        ("AMOXICILLIN Café", "amoxicillin cafe"),
        ("ﺳﻮﻧﻮ ﷲ", "سونو الله"),
        ("１２ＡＢ", "12ab"),
        ("\u202bراست\u202c \u2067چپ\u2069", "راست چپ"),
        ("(قرص)،[کپسول]؛ شربت؟", "قرص کپسول شربت"),
        ("  \t\n", ""),
        ("!!!---…", ""),
        ("🙂 قلب", "قلب"),
    ],
)
def test_what_is_the_same_to_a_reader_folds_to_one_spelling(written, folded):
    """Letters, digits, marks and punctuation fold as domain facts demand."""
    assert fold(written) == folded


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    """Fold is idempotent."""
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_a_folded_text_has_single_spaces_and_no_edges(text):
    """Words of a key are parted by exactly one space."""
    folded = fold(text)

    assert folded == " ".join(folded.split())


@given(TEXTS)
def test_compatible_forms_fold_alike(text):
    """Presentation and full-width forms are the letters that they present."""
    assert fold(unicodedata.normalize("NFC", text)) == fold(text)


@given(TEXTS)
def test_letter_case_does_not_matter_to_latin(text):
    """Latin letters fold alike in either case."""
    plain = "".join(c for c in text if c.isascii())

    assert fold(plain.upper()) == fold(plain.lower())


@pytest.mark.parametrize("spelling", ["سی تی", "سی\u200cتی", "سیتی", "سي‌تي", "سی-تی"])
def test_space_half_space_and_nothing_are_one_title(spelling):
    """A title's key does not depend on where its words are parted."""
    assert title_key(spelling) == "سیتی"


def test_numbers_do_not_grow_together():
    """A space between two digits stays in the key."""
    assert title_key("1 25") != title_key("12 5")
    assert squeeze("قرص 1 25 گرم") == "قرص1 25گرم"


def test_a_percent_changes_the_title():
    """5% is not 5."""
    assert title_key("محلول 5%") != title_key("محلول 5")


def test_an_endless_text_is_read_to_its_bound():
    """Fold reads no further than its limit."""
    assert len(fold("ا" * (MAX_FOLDED_TEXT * 3))) == MAX_FOLDED_TEXT


def test_ascii_digits_touches_nothing_else():
    """Only Persian and Arabic digits are rewritten."""
    assert ascii_digits("کد ۰۱٢٣-8 ي") == "کد 0123-8 ي"
