"""The report for people names what was found, where, what was mended, and the sums."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from messages import EDITION, PATH, outcomes, shown_as

from maksa.prescriptions.batch import Checked
from maksa.prescriptions.sent import Place
from maksa.prescriptions.show_text import write_text


def said(*given):
    """Write the report in both languages."""
    texts, _ = shown_as(partial(write_text, is_sample=EDITION.__eq__), given)
    return "\n".join(text.fa for text in texts), "\n".join(text.en for text in texts)


def test_a_batch_of_all_kinds():
    """Messages with findings are told one by one, the others in the sum; what was passed over is named."""
    fa, en = said(*outcomes())

    assert "b.json (MedicationPrescriptions): not valid" in en
    assert f"  error unknown-code [product] {PATH}" in en
    assert "    perhaps: herbs 00125 بابونه <آلمانی>" in en
    assert "  not checked dates Composition.Admission: There is no date." in en
    assert "    Write it 00127." in en
    assert "not read: day.ndjson:3: broken. Mend it." in en
    assert "a.json" not in en
    assert "3 messages: 2 valid (1 with warnings), 1 not valid" in en
    assert "1 files are no messages and were passed over: letter.pdf" in en
    assert "  not checked dates: 3" in en
    assert "  judged by herbs, edition 1, sample, not official" in en
    assert "3 پیام: 2 معتبر (1 با هشدار)، 1 نامعتبر" in fa
    assert "صفرهای آغاز کد 127 افتاده است." in fa


def test_what_is_offered_is_told_once():
    """In the mend, or where there is none by itself."""
    report = outcomes()[2].report
    alone = replace(report, findings=(replace(report.findings[0], mend=None),))

    assert "suggestion:" not in said(Checked(Place("c.json"), report))[1]
    assert "    suggestion: herbs 00127 آویشن" in said(Checked(Place("c.json"), alone))[1]


def test_a_repair_says_what_it_changed_and_what_remains():
    """Path, old and new; what was left and what is still wrong."""
    _, en = said(*outcomes())

    assert "  repaired copy: out/c.json" in en
    assert f"    {PATH}.Coded_string: '127' -> '00127'" in en
    assert f"    {PATH}.Terminology_id: added 'herbs'" in en
    assert "    Composition.Notes: left as it is" in en
    assert "    after the repair: 0 errors, 1 warnings remain" in en
    assert "3 changes in 1 repaired copies; 1 messages still not valid" in en


def test_what_tells_of_a_person_is_not_shown():
    """A mended national code is told by its path alone."""
    fa, en = said(*outcomes())

    assert "Person.NationalCode: mended (its value is not shown)" in en
    assert "12345679" not in fa + en


def test_a_batch_of_valid_messages_is_one_line():
    """And no more is said."""
    only, _, _, _, _ = outcomes()

    assert said(only)[1].splitlines()[0] == "1 message: 1 valid (0 with warnings), 0 not valid"
