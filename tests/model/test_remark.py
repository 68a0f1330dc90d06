"""What is said of a hit."""

from __future__ import annotations

from maksa.model.concept import Concept
from maksa.model.provider import Hit, Repair
from maksa.model.remark import remark_on

CONCEPT = Concept("1", "کلیه")


def test_a_plain_hit_needs_no_remark():
    """What was typed is what was found."""
    assert remark_on(Hit(CONCEPT, "کلیه", "words")) is None


def test_repairs_and_missing_words_are_said_in_both_languages():
    """Each repair with its kind, then the words left out."""
    hit = Hit(
        CONCEPT,
        "کلیه",
        "partial",
        repairs=(Repair("کلبه", "کلیه", "spelling"), Repair(";gdi", "کلیه", "keyboard")),
        left_out=("سنگ", "چپ"),
    )

    remark = remark_on(hit)

    assert remark.fa == (
        "«کلیه» به جای «کلبه» (اصلاح املا)؛ «کلیه» به جای «;gdi» (چیدمان صفحه‌کلید)؛ بدون «سنگ»، «چپ»"
    )
    assert remark.en == (
        "'کلیه' for 'کلبه' (spelling); 'کلیه' for ';gdi' (keyboard layout); without 'سنگ', 'چپ'"
    )
