"""Letters of reminder: made of the board, recorded once, written the same at any time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from adopting import SECOND, asked, client_of, live, obliged, settle

from maksa.errors import BadParameter, NotFound, WrongState
from maksa.model.jalali import today
from maksa.registry.adoption.board import Asked, adoption_board
from maksa.registry.adoption.declarations import Declared, declare
from maksa.registry.adoption.obligations import Addressees
from maksa.registry.adoption.placing import place_client
from maksa.registry.adoption.reminded import Cited, list_reminders
from maksa.registry.adoption.reminder_text import page_of, text_of
from maksa.registry.adoption.reminders import Sending, remind_overdue, remind_party
from maksa.registry.journal import list_journal
from maksa.registry.outbox import read_notices

ALL = Addressees(("insurer",), ("hospital", "laboratory", "pharmacy"))
PAST = date(2024, 4, 20)
SENDING = Sending("۱۱۰/۴۵۶", date(2024, 11, 24), ("دکتر نمونه", "رئیس مرکز"), date(2024, 12, 10))
ROW = (
    "۱. فهرست: گیاهان نمونه (herbs)؛ سامانه: سامانهٔ هیس؛ انتشار: 2؛ نامه: ۱۱۰/۷؛ مهلت: ۱۴۰۳/۰۲/۰۱؛"
    " وضعیت: پاسخی نرسیده است؛ مهلت گذشته است"
)


@pytest.fixture
def desk(registry, shelf):
    """Everybody is obliged, the deadline is over, and only the laboratory system of one vendor is live."""
    settle(registry, shelf)
    obliged(registry, shelf, ALL, deadline=PAST)
    live(registry, shelf, system="lis")
    return registry


def test_a_party_is_reminded_of_what_is_open_with_it(desk, shelf):
    """What is done is not in the letter; the record names who wrote it and refers to the letters of the duties."""
    made = remind_party(desk.acting_as("Rahimi"), shelf, "rayan", SENDING)

    assert (made.party, made.letter, made.day) == ("rayan", "110/456", date(2024, 11, 24))
    assert made.addressee == ("مدیرعامل محترم شرکت رایان",)
    assert made.cited == (Cited("110/7", date(2024, 2, 1), "گیاهان"),)
    [one] = made.open
    assert (one.system, one.state, one.wanted, one.letter, one.deadline) == (
        "his",
        "overdue",
        "2",
        "110/7",
        PAST,
    )
    [(held, told)] = list_reminders(desk, party="rayan")
    assert (held, told.actor) == (made, "Rahimi")


def test_a_reminder_is_a_notice_an_entry_of_the_journal_and_on_the_board(desk, shelf):
    """Nothing is sent: the notice waits in the outbox."""
    remind_party(desk, shelf, "rayan", SENDING)

    notice = read_notices(desk, topic="adoption", subject="rayan")[-1]
    assert (notice.act, "110/456" in notice.text.fa) == ("reminded", True)
    entry = list_journal(desk)[0]
    assert (entry.act, entry.subject) == ("adoption-remind", "rayan")
    assert entry.details == {"letter": "110/456", "day": "2024-11-24", "lists": ["herbs"]}
    later = today() + timedelta(days=400)
    rows = adoption_board(desk, shelf, Asked(party="rayan"), on=later).rows
    assert [[one.letter for one in row.reminders] for row in rows] == [["110/456"], []]


def test_the_same_letter_again_is_the_same_letter(desk, shelf):
    """Whatever changed meanwhile, and with no second record: a kill between record and file is mended by doing it again."""
    first = remind_party(desk, shelf, "rayan", SENDING)
    live(desk, shelf)

    assert remind_party(desk, shelf, "rayan", SENDING) == first
    assert len(list_reminders(desk)) == 1
    with pytest.raises(WrongState, match="Nothing is open with 'rayan'"):
        remind_party(desk, shelf, "rayan", Sending("110/457", date(2024, 11, 25), ()))


def test_all_who_are_overdue_get_a_letter_each(desk, shelf):
    """Of what is overdue alone; a second run makes no second letter."""
    obliged(desk, shelf, Addressees(system_kinds=("hospital",)), terminology="LOINC")

    made = remind_overdue(desk, shelf, SENDING)

    assert [(one.party, [item.terminology for item in one.open]) for one in made] == [
        ("mehr", ["herbs"]),
        ("rayan", ["herbs"]),
        ("tamin", ["herbs"]),
    ]
    assert remind_overdue(desk, shelf, SENDING) == made
    assert len(list_reminders(desk)) == 3
    assert list(remind_overdue(desk, shelf, SENDING, terminology="LOINC")) == []


def test_what_is_planned_before_the_deadline_is_not_open(registry, shelf):
    """Nor what is in work; somebody who answered is left alone until the deadline."""
    settle(registry, shelf)
    obliged(registry, shelf, deadline=today() + timedelta(days=9))
    declare(registry, shelf, Declared("rayan", "his", "herbs", "in-work", "2"))

    with pytest.raises(WrongState):
        remind_party(registry, shelf, "rayan", SENDING)


@pytest.mark.parametrize(
    "wrong",
    [
        {"letter": " "},
        {"signatory": ("a",) * 5},
        {"signatory": ("a\x1b",)},
        {"answer_by": date(2024, 11, 1)},
        {"addressee": ("",)},
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused(desk, shelf, wrong):
    """Nothing is recorded."""
    fields = {"letter": "1", "day": date(2024, 11, 24), "signatory": (), **wrong}
    with pytest.raises(BadParameter):
        remind_party(desk, shelf, "rayan", Sending(**fields))

    assert list_reminders(desk) == []


def test_an_unknown_party_is_named(desk, shelf):
    """With those that are registered."""
    with pytest.raises(NotFound) as refused:
        remind_party(desk, shelf, "x", SENDING)

    assert refused.value.known == ("mehr", "rayan", "tamin")


def test_the_text_is_a_letter_of_the_administration(desk, shelf):
    """Number and date in Persian digits, addressee, subject, references, table, request, signature; one answer date."""
    text = text_of(remind_party(desk, shelf, "rayan", SENDING))

    places = [
        text.index(part)
        for part in (
            "بسمه تعالی",
            "شماره: ۱۱۰/۴۵۶\nتاریخ: ۱۴۰۳/۰۹/۰۴",
            "مدیرعامل محترم شرکت رایان",
            "موضوع: ",
            "با سلام و احترام",
            "نامهٔ شمارهٔ ۱۱۰/۷ مورخ ۱۴۰۲/۱۱/۱۲ با موضوع «گیاهان»",
            ROW,
            "حداکثر تا تاریخ ۱۴۰۳/۰۹/۲۰",
            "دکتر نمونه\nرئیس مرکز",
        )
    ]
    assert places == sorted(places)
    assert "نسخه" not in text


def test_the_page_says_what_the_text_says(desk, shelf):
    """Both are made of the same words."""
    made = remind_party(desk, shelf, "tamin", SENDING)
    page, text = page_of(made), text_of(made)

    assert page.rows[0][2] == "همهٔ سازمان"
    assert all(cell in text for row in page.rows for cell in row)
    assert all(paragraph in text for paragraph in (*page.opening, *page.closing))


def test_a_contradiction_says_what_was_seen(desk, shelf):
    """Counts of questions, and that nothing personal is among them."""
    client_of(desk, "c", "rayan")
    place_client(desk, "c", "lis")
    asked(desk, "c", "1", 12, kind="search", way="edition", day=today())
    asked(desk, "c", "1", 3, kind="download", day=today())

    text = text_of(remind_party(desk, shelf, "rayan", SENDING))

    assert "۱۲ پرسش از انتشار پیشین، ۳ دریافت فایل انتشار پیشین" in text
    assert "بدون هیچ دادهٔ شخصی" in text


def test_letters_of_several_duties_are_listed_in_the_order_of_their_dates(desk, shelf):
    """And a declaration that came is told with its edition."""
    obliged(desk, shelf, ALL, letter="110/88", edition="2", deadline=PAST)
    live(desk, shelf, "1", system="his", day=SECOND)

    text = text_of(remind_party(desk, shelf, "rayan", SENDING))

    assert "نامه‌های شمارهٔ ۱۱۰/۸۸ مورخ ۱۴۰۲/۰۳/۲۷ و ۱۱۰/۷ مورخ ۱۴۰۲/۱۱/۱۲، یادآور" in text
    assert "اعلام شده: اجرا شده (انتشار 1)؛ مهلت گذشته است" in text
