"""The subscriber of a code is told what an edition changed in it, and nothing when it changed nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from desk import issue
from herbs import MINT, SAGE, THYME, herbs
from receivers import loopback
from staff import found

from maksa.model.concept import Designation, Property
from maksa.registry.delivery.deliver import deliver_once
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import subscribe
from maksa.registry.drafts.publish import restore, withdraw

CENTRE = Owner("party", "centre")


@pytest.fixture
def changes(registry, one_edition, keys, receiver):
    """Subscribe to code 1 of the herbs, publish a next edition, and give the changes that were told."""
    found(registry)
    wanted = WantedSubscription(CENTRE, Target("code", "herbs", "1"), "webhook", receiver.url)
    secret = subscribe(registry, one_edition, keys, wanted).secret

    def publish(*concepts, edition="2", effective=date(2025, 3, 21)):
        issue(registry, one_edition, herbs(*concepts), edition, effective=effective)
        return told()

    def told():
        deliver_once(registry, one_edition, keys, loopback())
        return [event["data"] for event in receiver.events(secret)]

    publish.told = told
    return publish


def fields(data):
    """Give the changed fields by name, before and after."""
    return {field["name"]: (field["before"], field["after"]) for field in data["change"]["fields"]}


def test_title_dates_replacement_and_properties_are_told(changes):
    """Each with before and after; the text says it in both languages."""
    changed = replace(
        MINT,
        display="نعناع تازه",
        effective_to=date(2026, 3, 20),
        replaced_by="3",
        properties=(
            Property("height", Decimal("0.70")),
            Property("colour", "green"),
            Property("colour", "white"),
        ),
    )
    (data,) = changes(changed, THYME, SAGE)

    assert (data["change"]["kind"], data["change"]["previous"], data["edition"]) == ("changed", "1", "2")
    assert fields(data) == {
        "display": ("نعناع", "نعناع تازه"),
        "effective_to": (None, "2026-03-20"),
        "replaced_by": (None, "3"),
        "properties.height": (["0.50"], ["0.70"]),
        "properties.colour": (["green"], ["green", "white"]),
    }
    assert "عنوان: «نعناع» ← «نعناع تازه»" in data["text"]["fa"]
    assert "replaced by: '-' → '3'" in data["text"]["en"]


def test_an_edition_that_changes_other_codes_is_not_told(changes):
    """How often a code is used is no change of it either."""
    assert changes(replace(MINT, usage=99), replace(THYME, display="آویشن شیرازی")) == []


def test_a_code_that_a_list_lost_is_told_as_retired(changes):
    """It is carried forward; withdrawing the edition brings it back, restoring retires it again."""
    (data,) = changes(THYME, SAGE)

    assert data["change"]["kind"] == "retired"
    assert fields(data)["status"] == ("active", "retired")
    assert "منسوخ" in data["text"]["fa"]


def test_withdrawing_and_restoring_are_told_as_what_they_change(changes, registry, one_edition):
    """The withdrawal of an edition brings back what the one before it said."""
    changes(replace(MINT, display="x"), THYME, SAGE)
    withdraw(registry, one_edition, "herbs", "2", "mistake")
    restore(registry, one_edition, "herbs", "2")

    told = changes.told()
    assert [fields(data)["display"] for data in told] == [("نعناع", "x"), ("x", "نعناع"), ("نعناع", "x")]


def test_an_edition_is_compared_with_what_stood_when_it_came(changes, registry, one_edition):
    """Not with one that came later; a code of the first edition was added by it."""
    issue(registry, one_edition, herbs(replace(MINT, display="b")), "2", effective=date(2025, 3, 21))
    told = changes(replace(MINT, display="c"), edition="1b", effective=date(2024, 9, 1))

    assert [(data["edition"], data["change"]["previous"], fields(data)["display"]) for data in told] == [
        ("2", "1", ("نعناع", "b")),
        ("1b", "1", ("نعناع", "c")),
    ]


def test_other_titles_are_told_with_language_and_use(changes):
    """As JSON that a program reads."""
    (data,) = changes(replace(MINT, designations=(Designation("Spearmint", "en", "english"),)), THYME, SAGE)

    assert fields(data)["designations"][1] == [{"value": "Spearmint", "language": "en", "use": "english"}]
    assert "Spearmint" in data["text"]["en"]
