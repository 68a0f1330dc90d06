"""Any concepts: what Hypothesis makes of the words of the model."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from maksa.model.concept import Concept, Designation, Property, Variant
from toy import HERBS

TYPES = {p.code: p.type for p in HERBS.properties}

_TEXT = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x1e\x1f\0"),
    min_size=1,
    max_size=20,
)
_DAYS = st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1))
_DESIGNATIONS = st.lists(
    st.builds(
        Designation,
        value=_TEXT,
        language=st.sampled_from([None, "fa", "en"]),
        use=st.sampled_from(["synonym", "short"]),
    ),
    max_size=3,
).map(tuple)
_PROPERTIES = st.lists(
    st.builds(Property, st.just("dose"), st.decimals(0, 9_999, places=2))
    | st.builds(Property, st.just("colour"), st.sampled_from(["green", "white"]))
    | st.builds(Property, st.just("mark"), _TEXT),
    max_size=4,
).map(tuple)


def concepts(codes=_TEXT):
    """Any concept of the toy herbs with a code of `codes`."""
    return st.builds(
        Concept,
        code=codes,
        display=_TEXT,
        status=st.sampled_from(["active", "retired"]),
        designations=_DESIGNATIONS,
        properties=_PROPERTIES,
        parents=st.lists(_TEXT, max_size=2).map(tuple),
        effective_from=_DAYS,
        effective_to=_DAYS,
        transition_until=_DAYS,
        replaced_by=st.none() | _TEXT,
        not_selectable=st.booleans(),
        variants=st.lists(
            st.builds(Variant, _TEXT, _DESIGNATIONS, _PROPERTIES, st.none() | st.integers(1, 99)), max_size=2
        ).map(tuple),
        usage=st.integers(0, 10**9),
        row=st.none() | st.integers(2, 10**7),
        changed=st.integers(0, 99),
        carried_from=st.none() | _TEXT,
    )
