"""Near words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maksa.model.spelling import deletions, edits

WORDS = st.text(alphabet="abcد", max_size=8)


def test_the_four_edits_count_one_each():
    """Added, dropped, changed, neighbours swapped."""
    assert [edits("کلیه", other, 1) for other in ("کلییه", "کله", "کلبه", "کیله")] == [1, 1, 1, 1]
    assert edits("کلیه", "کبد", 1) == 2


@given(WORDS, WORDS)
def test_words_within_one_edit_meet_in_their_deletions(one, other):
    """What the index relies on: no near word is missed."""
    near = edits(one, other, 1) <= 1
    meet = bool(({one} | deletions(one)) & ({other} | deletions(other)))

    assert meet or not near
