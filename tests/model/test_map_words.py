"""The words of maps and relative values."""

from __future__ import annotations

from decimal import Decimal

from maksa.model.map_words import relationship_word, without_sentence
from maksa.model.translation import Amount
from maksa.text import Text


def test_a_relationship_that_is_not_of_fhir_stays_as_it_is():
    """Those of FHIR have words in both languages."""
    assert relationship_word("equivalent").fa == "برابر"
    assert relationship_word("like").en == "like"


def test_what_an_amount_lacks_is_said_and_a_whole_one_says_nothing():
    """Components by their names."""
    whole = Amount("دولتی", Text("", ""), (), Decimal(0))
    part = Amount("دولتی", Text("", ""), (), Decimal(0), without=("technical", "anaesthesia"))

    assert without_sentence(whole) is None
    assert "فنی و بیهوشی" in without_sentence(part).fa
    assert "technical and anaesthesia" in without_sentence(part).en
