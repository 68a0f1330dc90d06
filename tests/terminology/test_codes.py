"""A list, page by page."""

from __future__ import annotations

from datetime import date

import pytest
from toys import CONCEPTS, DAY

from maksa.errors import BadParameter, UnknownEdition

ALL = sorted(concept.code for concept in CONCEPTS)


def codes_of(page):
    """Give the codes of a page."""
    return [found.concept.code for found in page.concepts]


@pytest.mark.parametrize("limit", [1, 4, 5, len(ALL), 1_000])
def test_walking_by_keys_gives_the_whole_list_in_order(service, limit):
    """Each page begins after the last code of the one before; the total is always that of the list."""
    walked, after = [], None
    while True:
        page = service.codes("RVU3", limit=limit, after=after, on=DAY)
        walked += codes_of(page)
        assert page.total == len(ALL)
        after = page.next_after
        if after is None:
            break

    assert walked == ALL


def test_walking_by_place_gives_the_same(service):
    """An offset counts codes; beyond the end there are none."""
    walked = [
        code
        for start in range(0, 20, 5)
        for code in codes_of(service.codes("RVU3", limit=5, offset=start, on=DAY))
    ]

    assert walked == ALL
    assert codes_of(service.codes("RVU3", offset=100, on=DAY)) == []


@pytest.mark.parametrize("status", ["active", "retired", "not-yet-effective"])
def test_a_status_keeps_those_of_the_day(service, status):
    """The state is judged on the day asked."""
    page = service.codes("RVU3", status=status, on=DAY)

    expected = sorted(c.code for c in CONCEPTS if c.status_on(DAY) == status)
    assert codes_of(page) == expected
    assert page.total == len(expected)
    assert all(found.status == status for found in page.concepts)


def test_since_keeps_changes_of_content_and_of_dates(service):
    """What a later edition changed, and what began or ended by its own dates; retired ones too."""
    assert codes_of(service.codes("RVU3", since=date(2025, 3, 21), on=DAY)) == [
        "700110",
        "700130",
        "700131",
        "700140",
    ]
    assert codes_of(service.codes("RVU3", since=date(2025, 5, 2), on=DAY)) == ["700130", "700131", "700140"]
    assert codes_of(service.codes("RVU3", since=date(2025, 5, 3), on=DAY)) == []
    assert codes_of(service.codes("RVU3", since=date(2020, 1, 1), on=DAY)) == [
        code for code in ALL if code in {"700110", "700130", "700131", "700140"}
    ]


def test_a_value_set_keeps_its_codes(service):
    """An unknown one is refused naming the known ones."""
    assert codes_of(service.codes("RVU3", value_set="kidney", on=DAY)) == ["700100"]
    with pytest.raises(BadParameter) as refused:
        service.codes("RVU3", value_set="lung", on=DAY)
    assert refused.value.known == ("kidney", "heart")


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 1_001}, "limit"),
        ({"limit": -(10**30)}, "limit"),
        ({"offset": -1}, "offset"),
        ({"offset": 10**20}, "offset"),
        ({"offset": 1, "after": "7"}, "offset"),
        ({"status": "dead"}, "status"),
        ({"edition": "1404"}, "edition"),
    ],
)
def test_parameters_have_bounds(service, parameters, named):
    """What is out of its bounds is refused by its name."""
    with pytest.raises(BadParameter) as refused:
        service.codes("RVU3", on=DAY, **parameters)

    assert refused.value.parameter == named
    assert refused.value.mend is not None


def test_after_may_be_any_text(service):
    """A code that is not in the list is a place in its order all the same."""
    assert codes_of(service.codes("RVU3", after="700139", limit=1, on=DAY)) == ["700140"]
    assert codes_of(service.codes("RVU3", after="\ud800", limit=1, on=DAY)) == []


def test_a_form_has_no_codes_here(service):
    """It cannot be listed."""
    with pytest.raises(UnknownEdition):
        service.codes("LOINC")
