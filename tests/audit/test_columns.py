"""Columns are found by what the caller says, then by the gateway's names."""

from __future__ import annotations

import pytest

from maksa.audit.columns import bind, wanted
from maksa.errors import IntakeError


def test_the_first_of_the_gateways_names_goes_before():
    """Terminology_id before Terminology; the other is passed over."""
    bound = bind("t", ["Terminology", "Terminology_id", "Code", "Display", "Value"], wanted())

    assert bound.places == {"terminology": 1, "code": 2, "value": 4}


def test_a_header_that_the_caller_took_is_not_taken_twice():
    """What was named as the code is not the value too."""
    bound = bind("t", ["Terminology", "Value", "Code"], wanted({"code": "Value"}))

    assert bound.places == {"terminology": 0, "code": 1}


def test_a_header_that_stands_twice_is_refused():
    """Either could be meant."""
    with pytest.raises(IntakeError, match="twice"):
        bind("t", ["Terminology", "Code", "code"], wanted())
