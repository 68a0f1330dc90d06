"""Counts of uses in the registry: added up by day, parted by days, old ones dropped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from adopting import TODAY, asked
from sqlalchemy import inspect

from maksa.model.adoption import Use
from maksa.registry.adoption.uses import KEPT_DAYS, add_uses, read_uses

USE = Use("vendor", "herbs", "2", "validate", "now")


def read(registry, since=TODAY, until=TODAY, parts=(), terminology=None):
    """Read uses: edition, count, the part's first day, the last day."""
    with registry.reading() as connection:
        found = read_uses(connection, since, until, parts, terminology)
        return [(one.use.edition, one.count, one.begins, one.last) for one in found]


def test_counts_of_a_day_add_up(registry):
    """From however many workers they come, at once too."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: add_uses(registry, {USE: 2}, TODAY), range(8)))

    assert read(registry) == [("2", 16, TODAY, TODAY)]


def test_a_time_is_read_whole_or_in_parts(registry):
    """Each use has one sum a part, with its last day; what is outside is not read."""
    days = [TODAY - timedelta(days=back) for back in (9, 5, 4, 0)]
    for day in days:
        asked(registry, "vendor", "2", day=day)
    asked(registry, "vendor", "x", terminology="other")

    since = TODAY - timedelta(days=5)
    assert read(registry, since, terminology="herbs") == [("2", 3, since, TODAY)]
    part = TODAY - timedelta(days=4)
    assert read(registry, since, parts=[part, TODAY + timedelta(days=1)], terminology="herbs") == [
        ("2", 1, since, since),
        ("2", 2, part, TODAY),
    ]
    assert len(read(registry)) == 2


def test_what_is_older_than_kept_goes(registry):
    """At the next writing."""
    long_ago = TODAY - timedelta(days=KEPT_DAYS + 1)
    add_uses(registry, {USE: 1}, long_ago)
    add_uses(registry, {USE: 1}, TODAY)

    assert read(registry, date(2020, 1, 1)) == [("2", 1, date(2020, 1, 1), TODAY)]


def test_nothing_but_counts_is_kept(registry):
    """No column could hold a code, a person or an address."""
    columns = {column["name"] for column in inspect(registry._reading).get_columns("adoption_use")}

    assert columns == {"day", "client", "terminology", "edition", "kind", "way", "count"}
