"""How the desk does with requests, in figures."""

from datetime import timedelta
from decimal import Decimal

from asking_codes import keep
from sqlalchemy import update

from maksa.model.code_request import Wanted
from maksa.model.jalali import today
from maksa.registry.requests.code_requests import do_act
from maksa.registry.requests.statistics import request_statistics
from maksa.registry.requests.tables import code_request


def test_counts_medians_and_shares_are_those_of_the_requests(registry):
    """Of four requests three were answered, in 2, 4 and 30 working days; two of them within seven."""
    numbers = [keep(registry, Wanted("herbs", "گل", origin="api")).request.number for _ in range(3)]
    keep(registry, Wanted("flowers", "گل"))
    for number, days in zip(numbers, (2, 4, 30), strict=True):
        do_act(registry, number, "refuse", said="هست")
        with registry.writing() as connection:
            which = update(code_request).where(code_request.c.number == number)
            connection.execute(which.values(acknowledged_days=days, decided_days=days))

    counted = request_statistics(registry)

    assert (counted.total, counted.states) == (4, {"refused": 3, "new": 1})
    assert (counted.terminologies, counted.origins) == ({"herbs": 3, "flowers": 1}, {"api": 3, "desk": 1})
    assert (counted.acknowledged.count, counted.acknowledged.median) == (3, Decimal(4))
    assert (counted.acknowledged.in_time, counted.decided.in_time) == (Decimal("0.67"), Decimal("1.00"))
    assert request_statistics(registry, terminology="flowers").total == 1
    assert request_statistics(registry, since=today()).total == 4


def test_without_requests_there_is_no_median_and_no_share(registry):
    """Nothing is counted as nothing, never as in time."""
    keep(registry)
    counted = request_statistics(registry, since=today() + timedelta(days=1))

    assert counted.total == 0
    assert (counted.decided.median, counted.decided.in_time) == (None, None)
