"""Bodies and queries: whatever the bytes, they are read or refused, never anything else."""

from __future__ import annotations

import json
from urllib.parse import quote_plus, unquote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maksa.errors import BadParameter
from maksa.web.api.batch import _of_shape, parse_batch
from maksa.web.body import _parse_strictly, parse_json
from maksa.web.gateway.fields import ALIASES, Fields
from maksa.web.query import Parameter, read_day, read_number, read_pairs, read_query, read_text
from maksa.web.refusal import Refusal, shown

TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from([name for names in ALIASES.values() for name in names]) | TEXTS
KNOWN = (
    Parameter("q", read_text, ""),
    Parameter("on", read_day, ""),
    Parameter("limit", read_number(1, 9), ""),
)


def refusal_of(read, *arguments):
    """Give why something could not be read; None when it could. Anything else is raised."""
    try:
        read(*arguments)
    except (Refusal, BadParameter) as refusal:
        return refusal
    return None


def written_with_all_names(pairs):
    """Write an object with its names as they come, twice too."""
    return ("{" + ",".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in pairs) + "}").encode()


@given(VALUES)
def test_what_is_json_is_read_as_it_is(value):
    """Writing and reading gives the same value, escaped or not, with a byte order mark or without."""
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(b"\xef\xbb\xbf" + json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\u0d8e1 \x00', max_size=60).map(str.encode))
def test_no_bytes_break_the_reader_of_bodies(raw):
    """Any bytes are JSON, or refused with 400."""
    refusal = refusal_of(parse_json, raw)

    assert refusal is None or refusal.status == 400


@given(
    VALUES.map(lambda value: json.dumps(value).encode())
    | st.text(alphabet='{}[]",: \\u0d8eat1', max_size=60).map(str.encode)
    | st.lists(st.tuples(TEXTS, VALUES), max_size=4).map(written_with_all_names)
)
@example(b'{"a":1,"a":2}')
@example(b'{"a":"x","a" :"y"}')
@example(b'{"a":":","b":null}')
@example(b'{"a":{"b":"c"},"a":{"b":"c"}}')
@example(b'"\\ud83d\\ude00"')
@example(b'["\\u0000"]')
@example(b"123456789012345678901234567890")
def test_the_quick_reading_of_a_body_is_the_strict_one(raw):
    """Whatever is read without the rules is what the rules give: the same value, of the same types, or their refusal."""
    read = []

    quick = refusal_of(lambda: read.append(parse_json(raw)))
    strict = refusal_of(lambda: read.append(_parse_strictly(raw)))

    assert (quick and quick.text) == (strict and strict.text)
    assert len({repr(value) for value in read}) < 2


FIELDS = st.sampled_from(["Terminology_id", "Coded_string", "Value", "on", "edition", "value_set", "x"])
ITEMS = st.lists(st.tuples(FIELDS, TEXTS | st.none() | st.integers()), max_size=4).map(written_with_all_names)


@given(st.lists(ITEMS, max_size=3).map(lambda items: b'{"items":[' + b",".join(items) + b"]}"))
@example(b'{"items":[{"Value":"a","Value":"b"}]}')
@example(b'{"items":[{"Value":null,"Coded_string":"b"}]}')
@example(b'{"items":[{"Value":":"}]}')
@example(b'{"items":[{"Value":"\\u003a","Value":"b"}]}')
@example(b'{"items":[{"Value":"\\u0000"}]}')
@example(b'{"items":[],"items":[]}')
@example(b"[]")
@example(b"\xef\xbb\xbf" + b'{"items":[]}')
def test_the_quick_reading_of_a_batch_is_the_strict_one(raw):
    """A batch that is read straight into records is what the rules give, or their refusal."""
    read = []

    quick = refusal_of(lambda: read.append(parse_batch(raw)))
    strict = refusal_of(lambda: read.append(_of_shape(_parse_strictly(raw))))

    assert (quick and quick.text) == (strict and strict.text)
    assert len({repr(value) for value in read}) < 2


@given(TEXTS, st.sampled_from(["", " ", "+", "%2B", "%", "%zz", "%d9%86"]))
def test_escapes_are_undone_as_the_standard_library_does(text, beside):
    """In either case of letters, with a plus for a space, and a lone percent sign as it stands."""
    written = quote_plus(text) + beside

    assert read_pairs(b"q=" + written.encode()) == [("q", unquote_plus(written))]


@given(st.dictionaries(st.sampled_from(["q", "Q", "x"]), TEXTS, max_size=3))
def test_a_query_is_read_or_refused(pairs):
    """What is known is read as it was written; what is not is named."""
    raw = urlencode(pairs).encode()
    if set(pairs) <= {"q"}:
        assert read_query(raw, KNOWN).get(KNOWN[0]) == pairs.get("q")
    else:
        with pytest.raises(Refusal) as refused:
            read_query(raw, KNOWN)
        assert refused.value.known == ("q", "on", "limit")


@given(st.binary(max_size=100))
def test_no_bytes_break_the_reader_of_queries(raw):
    """Any bytes are pairs, or refused with 400."""
    refusal = refusal_of(read_pairs, raw)

    assert refusal is None or refusal.status == 400


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_no_fields_break_the_gateway(pairs):
    """Any fields are read, or refused for a reason in both languages."""
    refusals = [refusal_of(Fields, pairs.items())]
    if refusals == [None]:
        fields = Fields(pairs.items())
        refusals += [refusal_of(read, field) for read in (fields.text, fields.day) for field in ALIASES]

    assert all(one.text.fa and one.text.en for one in refusals if one)


@given(st.text())
def test_what_is_shown_is_short_and_printable(text):
    """No value of a caller brings control characters or length into a sentence."""
    assert len(shown(text)) <= 60
    assert all(c.isprintable() or c == "\u200c" for c in shown(text))
