"""What the record of a letter must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from maksa.errors import BadInput, TooLarge
from maksa.model.edition import Addressee, Letter
from maksa.model.jalali import today
from maksa.registry.letter_form import MAX_TEXT, checked_letter

NEW = Letter("110/999", date(2025, 3, 21), "گیاهان")


def test_numbers_are_kept_in_ascii_digits():
    """In all places where a letter is named."""
    checked = checked_letter(replace(NEW, number=" ۱۱۰/۹۹۹ ", supersedes=("۱۱۰/۱",), refers_to=("١١٠/٢",)))

    assert (checked.number, checked.supersedes, checked.refers_to) == ("110/999", ("110/1",), ("110/2",))


def test_a_letter_is_issued_by_today():
    """Today is allowed; tomorrow has not come, and the sentence says which day is meant."""
    checked_letter(replace(NEW, date=today()))

    with pytest.raises(BadInput, match="not come") as refusal:
        checked_letter(replace(NEW, date=today() + timedelta(days=1)))
    assert "effective day" in refusal.value.mend.en


def test_what_supersedes_it_is_no_part_of_a_record():
    """It is told by the others."""
    assert checked_letter(replace(NEW, superseded_by=("110/1",))) == NEW


@pytest.mark.parametrize(
    ("letter", "error", "word"),
    [
        (replace(NEW, supersedes=("110/999",)), BadInput, "supersedes"),
        (replace(NEW, refers_to=("۱۱۰/۹۹۹",)), BadInput, "refers_to"),
        (replace(NEW, text="x" * (MAX_TEXT + 1)), BadInput, str(MAX_TEXT)),
        (replace(NEW, text="a\0b"), BadInput, "null"),
        (replace(NEW, text="متن", stub=True), BadInput, "stub"),
        (replace(NEW, addressees=(Addressee("pharmacy", "الف"),)), BadInput, "insurer, vendor"),
        (replace(NEW, addressees=(Addressee("insurer", " "),)), BadInput, "addressee"),
        (replace(NEW, addressees=(Addressee("insurer", "x" * 201),)), BadInput, "200"),
        (replace(NEW, addressees=(Addressee("insurer", "a\nb"),)), BadInput, "printable"),
        (replace(NEW, refers_to=tuple(f"1/{n}" for n in range(201))), TooLarge, "200"),
        (replace(NEW, announces=tuple((f"l{n}", None) for n in range(201))), TooLarge, "200"),
    ],
    ids=range(11),
)
def test_what_is_out_of_form_is_refused_with_the_mend(letter, error, word):
    """The sentence names the letter or the value."""
    with pytest.raises(error) as refusal:
        checked_letter(letter)

    assert word in str(refusal.value)
