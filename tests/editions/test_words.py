"""What stands in the index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.editions.words import code_aliases, may_be_alias


@given(st.text(max_size=12) | st.from_regex(r"[0-9A-Za-z۰-۹/. -]{1,12}", fullmatch=True))
def test_every_alias_of_a_code_may_be_one(code):
    """What a search passes over is in no index."""
    assert all(may_be_alias(alias) for alias in code_aliases(code))


@pytest.mark.parametrize("text", ["", "12", "۱۲۳", "قرص", "a-1", "ABC", "ab c"])
def test_other_texts_are_no_alias(text):
    """Too short, of another script, in capitals, with other signs."""
    assert not may_be_alias(text)
