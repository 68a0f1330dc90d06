"""The page of a check stands by itself: right to left, nothing loaded, nothing that a message could run."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest
from messages import EDITION, outcomes, shown_as

from maksa.cli import check_page
from maksa.cli.check_page import write_page
from maksa.prescriptions.batch import Checked
from maksa.prescriptions.sent import Place


def page(*given, on=None):
    """Write a page."""
    pieces, _ = shown_as(
        partial(write_page, on=on, today=date(2026, 11, 24), is_sample=EDITION.__eq__), given
    )
    return "".join(pieces)


def test_the_page_is_persian_and_names_its_parts():
    """Language, direction and title are told to readers that speak; English is marked as such."""
    html = page(*outcomes())

    assert '<html lang="fa" dir="rtl">' in html
    assert "<title>سنجش پیام‌های نسخهٔ الکترونیک · Maksa</title>" in html
    assert '<p class="en" lang="en">Code 0 is not in herbs.</p>' in html


def test_nothing_is_loaded_and_nothing_runs():
    """It opens in a closed network as it does anywhere."""
    html = page(*outcomes())

    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", html)
    assert "default-src 'none'" in html


def test_what_a_message_says_is_text():
    """Whatever stands in a name or a title."""
    evil = Checked(Place('<b onload="x">.json'), outcomes()[1].report)

    html = page(evil)

    assert "<b onload" not in html
    assert "بابونه &lt;آلمانی&gt;" in html


def test_findings_can_be_chosen_by_their_issue_without_a_script():
    """Each issue has a button and a rule of style, with its count."""
    html = page(*outcomes())

    for issue in ("unknown-code", "code-form"):
        assert f'<input type="radio" name="only" id="issue-{issue}"> <code>{issue}</code> ۱' in html
        assert f"body:has(#issue-{issue}:checked)" in html
        assert f'data-issue="{issue}"' in html


def test_sums_days_and_repairs_are_told():
    """In Persian digits; a value that tells of a person is not shown."""
    html = page(*outcomes(), on=date(2025, 3, 21))

    assert "۱۴۰۵/۰۹/۰۳" in html
    assert "سنجیده برای روز ۱۴۰۴/۰۱/۰۱" in html
    assert "<s><bdi>127</bdi></s> <ins><bdi>00127</bdi></ins>" in html
    assert "مقدار نشان داده نمی‌شود" in html
    assert "12345679" not in html
    assert "letter.pdf" in html
    assert "نمونه، غیررسمی" in html


def test_a_batch_without_findings_says_so():
    """The sums stand, and one sentence."""
    html = page(outcomes()[0])

    assert "در هیچ پیامی یافته‌ای نیست." in html
    assert "<article" not in html


@pytest.mark.parametrize(("bound", "shown"), [("MESSAGES_SHOWN", 2), ("FINDINGS_SHOWN", 2)])
def test_a_large_batch_is_cut_and_says_so(monkeypatch, bound, shown):
    """The page holds what a browser can show; the sums hold all."""
    monkeypatch.setattr(check_page, bound, shown)

    html = page(*[outcomes()[1]] * 5)

    assert html.count("<article") == shown
    assert "3 more messages have findings" in html
