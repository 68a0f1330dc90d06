"""Days at the edge."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.errors import BadParameter
from maksa.model import jalali
from maksa.model.jalali import day_of, format_jalali, parse_day, parse_day_object, today


@pytest.mark.parametrize(
    "written",
    [
        "1402/03/27",
        "1402-03-27",
        "1402.3.27",
        "14020327",
        "۱۴۰۲/۰۳/۲۷",
        "٠١٤٠٢"[1:] + "/3/27",
        "2023-06-17",
        "20230617",
        " 1402/03/27 ",
        "2023-06-17T10:20:30Z",
        "1402/03/27 15:01:23",
        "1402/03/27 ۱۵:۰۱",
        "2023-06-17T10:20:30.123+03:30",
        "2023-06-17T00:00",
    ],
)
def test_every_way_to_write_a_day_is_read(written):
    """Jalali or Gregorian, glued or parted, in any digits, a time behind it passed over."""
    assert parse_day(written) == date(2023, 6, 17)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "1402/13/01",
        "1402/12/30",
        "1402/00/10",
        "1402/01/32",
        "2023-02-29",
        "99/01/01",
        "1402-03/27",
        "0",
        "9" * 100,
        "1700/01/01",
        "1402/03/27x",
        "۱۴۰۲",
        "14020327123",
        "1402/03/27 banana",
        "1402/03/27T",
        "1402/03/27 25:00",
        "1402/03/27 10:20:30 or so",
        "१४०२/०३/२७",
    ],
)
def test_what_is_no_day_is_refused_with_the_parameter_named(written):
    """A day that no calendar has is an error of the parameter, with the mend."""
    with pytest.raises(BadParameter) as refused:
        parse_day(written, parameter="on")

    assert refused.value.parameter == "on"
    assert "1402/03/27" in str(refused.value)
    assert refused.value.text.fa


def test_a_leap_year_has_its_last_day():
    """1403 is leap: its Esfand has 30 days; 1402 has 29."""
    assert parse_day("1403/12/30") == date(2025, 3, 20)
    with pytest.raises(BadParameter):
        day_of(1402, 12, 30)


@given(st.dates(date(1850, 1, 1), date(2150, 1, 1)))
def test_jalali_there_and_back(day):
    """Writing a day and reading it gives the day."""
    assert parse_day(format_jalali(day)) == day


@given(st.dates(date(1850, 1, 1), date(2150, 1, 1)))
def test_order_of_days_is_order_of_their_texts(day):
    """The next day is written later."""
    assert format_jalali(day) < format_jalali(day + timedelta(days=1))


@pytest.mark.parametrize(
    "sent",
    [
        {"Year": 1402, "Month": 3, "Day": 27},
        {"year": "1402", "MONTH": "03", "day": "۲۷", "ISOString": "1999-01-01"},
    ],
)
def test_a_sepas_day_is_read_and_its_isostring_is_not(sent):
    """Year, month and day count; ISOString is never trusted."""
    assert parse_day_object(sent) == date(2023, 6, 17)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"Year": 1402},
        {"Year": None, "Month": 1, "Day": 1},
        {"Year": [], "Month": {}, "Day": 1},
        {"Year": "1_402", "Month": 1, "Day": 1},
        {"Year": "+1402", "Month": 1, "Day": 1},
        {"Year": 1402, "Month": True, "Day": 1},
        {"Year": 1402, "Month": 13, "Day": 1},
    ],
)
def test_a_sepas_day_with_a_part_missing_is_refused(sent):
    """No guess fills a missing part."""
    with pytest.raises(BadParameter):
        parse_day_object(sent, parameter="FromDate")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-20T20:29:59+00:00", date(2026, 3, 20)),
        ("2026-03-20T20:30:00+00:00", date(2026, 3, 21)),
        ("2026-03-21T20:29:59+00:00", date(2026, 3, 21)),
        ("2026-03-21T20:30:00+00:00", date(2026, 3, 22)),
    ],
)
def test_a_day_begins_at_midnight_of_tehran(monkeypatch, instant, day):
    """It is 3:30 hours ahead of UTC."""
    monkeypatch.setattr(jalali, "time", lambda: datetime.fromisoformat(instant).timestamp())

    assert today() == day


def test_today_is_a_day_of_this_century():
    """Today is Tehran's day."""
    assert today() > date(2025, 1, 1)


def test_a_sepas_day_names_its_missing_parts():
    """The sentence names the parts that are missing or no number, and shows no data of a program."""
    with pytest.raises(BadParameter) as refused:
        parse_day_object({"Year": 1405, "Day": "x"}, parameter="FromDate")

    assert refused.value.text.fa == "در FromDate این‌ها نیامده یا عدد نیست: Month، Day."
    assert "Month, Day" in refused.value.text.en
