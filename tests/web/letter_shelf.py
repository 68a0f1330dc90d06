"""A home whose letters show everything that a letter can say, for the tests of all doors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from maksa.model.concept import Concept
from maksa.model.edition import Addressee, Letter
from maksa.registry.letters import seed_letters
from toy import CONCEPTS, build_shelf, place

FIRST, SECOND = date(2020, 3, 20), date(2021, 3, 21)


def build_letter_shelf(home):
    """Herbs in two editions, the first announced; letters that supersede, a stub, a file, a text; the known ones."""
    shelf = build_shelf(home)
    place(shelf, effective=FIRST)
    changed = [replace(c, display="نعناع") if c.code == "00126" else c for c in CONCEPTS]
    place(
        shelf,
        concepts=[*changed, Concept("00132", "اسطوخودوس")],
        edition="2/ب",
        sequence=2,
        effective=SECOND,
    )
    for letter in seed_letters():
        shelf.letters.write(letter)
    scan = shelf.letters.attach("110/700", "پیوست <1>.pdf", b"%PDF")
    letters = (
        Letter(
            "110/700",
            date(2020, 4, 1),
            "ابلاغ گیاهان <s>",
            signatory="رئیس مرکز",
            refers_to=("110/130", "99/1"),
            announces=(("herbs", "1"), ("imaging", None)),
            attachments=(scan,),
            remark="یادداشت <i> 110/700",
            addressees=(Addressee("insurer", "بیمهٔ <u>"), Addressee("museum", "موزه")),
            text="متن\nنامه <script>",
        ),
        Letter("110/800", None, "جایگزین", supersedes=("110/700",), stub=True),
    )
    for letter in letters:
        shelf.letters.write(letter)
    shelf.refresh()
    return shelf
