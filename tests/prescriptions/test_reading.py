"""Reading a message: one tree for all wires, and one sentence for what cannot be read."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from message_shelf import body_of, drug_message

from maksa.errors import BadInput, TooLarge
from maksa.prescriptions.reading import read_message
from maksa.prescriptions.reading.bounds import MAX_BYTES, MAX_ELEMENTS, MAX_ITEMS

DEEP = 100_000


def paths(element):
    """Give the paths of a tree with their texts."""
    yield element.path, element.text
    for child in element.children:
        yield from paths(child)


def test_every_element_keeps_its_canonical_path():
    """Names as SEPAS writes them, lists with their index, texts as they were sent."""
    body = b'{"person": {"NATIONALCODE": "1"}, "composition": {"medication_prescriptions": {"orders": [{"productcode": {"codedString": 1.50}}]}}}'

    assert [one for one in paths(read_message(body)) if one[1]] == [
        ("Person.NationalCode", "1"),
        ("Composition.MedicationPrescriptions.Orders[0].ProductCode.Coded_string", "1.50"),
    ]


def test_xml_gives_the_same_tree_wrapped_or_repeated():
    """Lists of SEPAS are wrapped; others repeat the element."""
    orders = '<ProductCode Coded_string="1"/>'
    wrapped = f"<Orders><MedicationPrescriptionRowVO>{orders}</MedicationPrescriptionRowVO></Orders>"
    repeated = f"<Orders>{orders}</Orders>"
    trees = [
        read_message(
            f"<MedicationPrescriptionsMessageVO xmlns='http://thrita.behdasht.gov.ir/VM/'><Composition><MedicationPrescriptions>{one}</MedicationPrescriptions></Composition></MedicationPrescriptionsMessageVO>".encode()
        )
        for one in (wrapped, repeated)
    ]

    assert trees[0] == trees[1]
    assert trees[0].name == "MedicationPrescriptionsMessageVO"
    assert (
        dict(paths(trees[0]))["Composition.MedicationPrescriptions.Orders[0].ProductCode.Coded_string"] == "1"
    )


def test_a_wrapper_of_json_is_the_name_of_the_message():
    """The same tree with and without it."""
    wrapped = read_message(body_of({"medicationPrescriptionsMessageVO": drug_message()}))

    assert wrapped.name == "MedicationPrescriptionsMessageVO"
    assert wrapped.children == read_message(body_of(drug_message())).children


def test_byte_order_marks_of_utf8_and_utf16_are_read():
    """What .NET writes."""
    text = body_of(drug_message()).decode()

    assert read_message(b"\xef\xbb\xbf" + text.encode()) == read_message(text.encode("utf-16"))


def test_one_name_in_two_spellings_is_one_element_twice():
    """Both are kept, each with its index."""
    message = read_message(b'{"Person": {"NationalCode": "1", "nationalcode": "2"}}')

    assert [one.path for one in message.children[0].children] == [
        "Person.NationalCode[0]",
        "Person.NationalCode[1]",
    ]


def test_a_name_that_no_rule_knows_cannot_break_a_path():
    """Dots and brackets of a name would read as places."""
    message = read_message(b'{"Person": {"a.b[0] c": 1}}')

    assert message.children[0].children[0].path == "Person.a_b_0_c"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"[]", "array"),
        (b"text", "neither JSON nor XML"),
        (b"{}", "no known part"),
        (b'{"a": 1}', "no known part"),
        (b'{"Person": ', "1:12"),
        (b'{"Person": NaN}', "NaN"),
        (b'{"Person": 1, "Person": 2}', "stands twice"),
        (b'{"Person": "\\ud800"}', "surrogate"),
        (b'{"Person": "\xff"}', "byte 12"),
        (b"<a>", "1:4"),
        (b"<a/>", "no object"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DTD"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "DTD"),
        (b"<a>&x;</a>", "1:4"),
        (b'<?xml version="1.0" encoding="windows-1256"?><a/>', "windows-1256"),
    ],
)
def test_what_is_no_message_is_said_in_one_sentence(body, says):
    """Where and why, in both languages, with a mend."""
    with pytest.raises(BadInput) as told:
        read_message(body, name="day.json")

    assert says in told.value.text.en
    assert told.value.text.fa.startswith("day.json: ")
    assert told.value.mend is not None


@pytest.mark.parametrize(
    "body",
    [
        b'{"Person": "' + b"x" * MAX_BYTES + b'"}',
        b'{"Person": ' * DEEP,
        b'{"Person": ' + b"[" * DEEP,
        b'{"Person": ' + b'{"a": ' * 500 + b"1" + b"}" * 501,
        b'{"Person": ' + b"[" * 500 + b"]" * 500 + b"}",
        b"<a>" * DEEP,
        b"<Person>" + b"<a/>" * (MAX_ELEMENTS + 1) + b"</Person>",
        b'{"Person": {"a": [' + b"1," * MAX_ITEMS + b"1]}}",
        json.dumps({"Person": {str(n): {str(m): 1 for m in range(400)} for n in range(300)}}).encode(),
    ],
    ids=[
        "size",
        "objects",
        "arrays",
        "closed objects",
        "closed arrays",
        "xml",
        "xml elements",
        "items",
        "elements",
    ],
)
def test_what_is_over_a_bound_is_refused_soon(body):
    """No recursion error, no long wait."""
    began = time.perf_counter()
    with pytest.raises(TooLarge):
        read_message(body)

    assert time.perf_counter() - began < 5


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body):
    """Whatever comes, it is a message or a sentence."""
    for start in (b"", b"{", b'{"Person": ', b"<Person>"):
        with suppress(BadInput):
            read_message(start + body)
