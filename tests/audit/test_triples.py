"""The columnar check gives every row the verdict of the service."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maksa.audit.batch import FIELDS
from maksa.audit.triples import VERDICT_COLUMNS, TripleCheck
from maksa.model.verdict import Triple
from maksa.terminology.service import LocalTerminology

DAY = date(2025, 6, 1)
TERMINOLOGIES = st.sampled_from(["herbs", "herbz", " HERBS", "LOINC", "nothing", "", None])
CODES = st.sampled_from(
    [
        "00125",
        "125",
        "۰۰۱۲۶",
        "00127",
        "00128",
        "00129",
        "00130",
        "00131",
        "99999",
        "آویشن",
        "2160-0",
        "x" * 1_200,
        "",
        None,
    ]
)
VALUES = st.sampled_from(
    [
        "بابونه آلمانی",
        "نعناع فلفلي 5 درصد",
        "نعناع فلفلی ۵ درصد",
        "آویشن",
        "زعفران",
        "00127",
        "هیچ",
        " ",
        "",
        None,
    ]
)
DAYS = st.sampled_from([None, "", "1404/03/11", "2024-03-01", "2031-01-01"])
ROWS = st.lists(st.tuples(TERMINOLOGIES, CODES, VALUES, DAYS), max_size=30)
ON = {"1404/03/11": DAY, "2024-03-01": date(2024, 3, 1), "2031-01-01": date(2031, 1, 1)}


class Counting:
    """A service that counts the triples it is asked."""

    def __init__(self, service):
        self._service = service
        self.triples = []

    def validate_all(self, triples, *, on=None):
        """Judge, and remember what was asked."""
        self.triples += [(triple, on) for triple in triples]
        return self._service.validate_all(triples, on=on)


@pytest.fixture
def service(toy_shelf):
    """The service over the toy herbs."""
    return LocalTerminology(toy_shelf)


def batch(rows):
    """Give rows as a batch."""
    return pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.String), orient="row")


def expected(service, row):
    """Give what a row should be told, from the verdict of the service alone."""
    verdict = service.validate(Triple(*row[:3]), on=ON.get(row[3], DAY))
    suggested = next((issue.suggestion for issue in verdict.issues if issue.suggestion), None)
    return (
        verdict.valid,
        verdict.issues[0].code if verdict.issues else None,
        " ".join(issue.code for issue in verdict.issues) or None,
        " ".join(issue.text.en for issue in verdict.issues) or None,
        verdict.terminology,
        verdict.code,
        verdict.display,
        suggested and suggested.code,
    )


COMPARED = (
    "valid",
    "issue",
    "issues",
    "message",
    "canonical_terminology",
    "canonical_code",
    "canonical_display",
    "suggested_code",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(ROWS, max_size=4), remembered=st.sampled_from([1, 5, 1_000]))
def test_every_row_has_the_verdict_of_the_service(service, batches, remembered):
    """In order, whatever came before, and however little is remembered."""
    check = TripleCheck(service, on=DAY, remembered=remembered)

    for rows in batches:
        checked = check.check(batch(rows))

        assert checked.select(FIELDS).rows() == rows
        assert checked.select(COMPARED).rows() == [expected(service, row) for row in rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_many_triples_get_the_verdicts_of_one(service, rows):
    """Asking all at once changes no verdict."""
    triples = [Triple(*row[:3]) for row in rows]

    assert list(service.validate_all(triples, on=DAY)) == [service.validate(t, on=DAY) for t in triples]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_the_parts_of_a_judged_batch_agree(service, rows):
    """Failing rows are those of all rows that are not valid, and the counts add up."""
    judged = TripleCheck(service, on=DAY).judge(batch(rows))

    failing = [row for row in judged.all().rows(named=True) if not row["valid"]]
    assert judged.failing().rows(named=True) == failing
    counts = dict(judged.counts("valid").rows())
    assert sum(counts.values()) == len(rows)
    assert counts.get(False, 0) == len(failing)


def test_a_distinct_triple_is_asked_once(service):
    """However many rows have it, in however many batches."""
    counting = Counting(service)
    check = TripleCheck(counting, on=DAY)

    for _ in range(3):
        check.check(batch([("herbs", "00127", "آویشن", None)] * 5 + [("herbs", "1", None, None)]))

    assert len(counting.triples) == check.asked == 2


def test_what_is_kept_does_not_grow(service):
    """Of very many distinct triples the late ones are kept, and long ones never."""
    counting = Counting(service)
    check = TripleCheck(counting, on=DAY, remembered=10)
    for number in range(20):
        rows = [("herbs", f"{number}-{n}", None, None) for n in range(5)]
        check.check(batch([("herbs", "00127", "آویشن", None), *rows, ("herbs", "0", "x" * 5_000, None)]))

        assert check._keys.height == check._verdicts.height == check._last_used.len() <= 10

    asked = [triple.code for triple, _ in counting.triples]
    assert asked.count("00127") == 1
    assert asked.count("0") == 20


def test_a_row_has_its_own_day(service):
    """Saffron holds from 2030; a day of the row goes before the day of the check."""
    check = TripleCheck(service, on=DAY)

    checked = check.check(
        batch([("herbs", "00129", "زعفران", day) for day in (None, " ", "2031-01-01", "1409/12/01")])
    )

    assert checked.get_column("valid").to_list() == [False, False, True, True]


def test_an_unreadable_day_is_a_failing_row_and_no_guess(service):
    """The other rows are judged; the sentence names the value."""
    check = TripleCheck(service, on=DAY, language="fa")

    checked = check.check(
        batch([("herbs", "00127", "آویشن", "1404/13/01"), ("herbs", "00127", "آویشن", None)])
    )

    assert checked.get_column("valid").to_list() == [False, True]
    assert checked.item(0, "issues") == "bad-date"
    assert "1404/13/01" in checked.item(0, "message")
    assert "تاریخ" in checked.item(0, "message")


def test_columns_that_may_be_missing_and_others_that_stay(service):
    """Terminology and code are enough; a column of the caller's is carried along."""
    rows = pl.DataFrame({"claim": [7], "terminology": ["herbs"], "code": ["00127"]})

    checked = TripleCheck(service, on=DAY).check(rows)

    assert checked.columns == ["claim", "terminology", "code", *VERDICT_COLUMNS]
    assert checked.item(0, "issues") == "missing-part"


def test_an_arrow_batch_is_taken_and_given(service):
    """What speaks the Arrow stream interface goes in and out without a copy in Python."""

    class Arrow:
        def __arrow_c_stream__(self, requested_schema=None):
            return batch([("herbs", "00127", "آویشن", None)]).__arrow_c_stream__(requested_schema)

    checked = TripleCheck(service, on=DAY).check(pl.DataFrame(Arrow()))

    assert checked.item(0, "canonical_display") == "آویشن"
    assert pl.DataFrame(type("Out", (), {"__arrow_c_stream__": checked.__arrow_c_stream__})()).equals(checked)
