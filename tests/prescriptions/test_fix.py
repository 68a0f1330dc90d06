"""A mended copy differs from its message in what was mended, and in nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.prescriptions.fix import fix
from maksa.prescriptions.report import Change

PRODUCT = "Composition.MedicationPrescriptions.Orders[0].ProductCode"


def change(old, new, leaf="Coded_string", at=PRODUCT):
    """Make a change of a leaf."""
    return Change(f"{at}.{leaf}", old, new)


def within(product):
    """Write a message around a product code."""
    return f'{{"Composition":\t{{"MedicationPrescriptions":{{"Orders":[{product}]}}}}}}'


def mended(text, *changes, encoding="utf-8"):
    """Mend a text and say that all changes were made."""
    fixed = fix(text.encode(encoding), changes)
    assert fixed.made == changes
    assert not fixed.left
    return fixed.body.decode(encoding)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '{"ProductCode": {"Coded_string" : "817",  "Value": "x\\u06cc", "b": 1.50, "c": [1 ,2], "é": 1e2}}',
            '{"ProductCode": {"Coded_string" : "00817",  "Value": "x\\u06cc", "b": 1.50, "c": [1 ,2], "é": 1e2}}',
        ),
        ('{"productCode":{"codedString":"817"}}', '{"productCode":{"codedString":"00817"}}'),
        ('{"PRODUCTCODE":{"CODED_STRING":817}}', '{"PRODUCTCODE":{"CODED_STRING":"00817"}}'),
    ],
)
def test_json_keeps_its_casing_order_spaces_and_numbers(before, after):
    """Only the value is another."""
    assert mended(within(before), change("817", "00817")) == within(after)


def test_a_number_stays_a_number_where_it_can():
    """And a text a text."""
    assert mended('{"a":{"Magnitude":30}}', Change("a.Magnitude", "30", "31.5")) == '{"a":{"Magnitude":31.5}}'
    assert mended('{"a":"30"}', Change("a", "30", "31")) == '{"a":"31"}'
    assert mended('{"a":30}', Change("a", "30", "030")) == '{"a":"030"}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '{"Value": "a", "Coded_string": "1"}',
            '{"Value": "a", "Coded_string": "1", "Terminology_id": "eRx"}',
        ),
        ('{ "value":"a" }', '{ "value":"a", "terminology_id":"eRx" }'),
        ('{"codedString":"1"}', '{"codedString":"1","terminologyId":"eRx"}'),
        ('{"VALUE":\n "a",\n  "CODE":"1"\n}', '{"VALUE":\n "a",\n  "CODE":"1",\n  "TERMINOLOGY_ID":"eRx"\n}'),
        ('{"Terminology_id":null}', '{"Terminology_id":"eRx"}'),
        ('{"Terminology_id":""}', '{"Terminology_id":"eRx"}'),
    ],
)
def test_what_is_absent_is_added_as_its_neighbours_are_written(before, after):
    """With their casing and spaces; null and an empty text are absent too."""
    text = within('{"ProductCode":%s}')

    assert mended(text % before, change(None, "eRx", "Terminology_id")) == text % after


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_keeps_its_encoding(encoding):
    """And its mark; new text is escaped only where all was."""
    assert mended('{"a":"ي"}', Change("a", "ي", "ی"), encoding=encoding) == '{"a":"ی"}'
    assert mended('{"a":"\\u064a"}', Change("a", "ي", "ی"), encoding=encoding) == '{"a":"\\u06cc"}'


VM = (
    '<?xml version="1.0"?>\n<m:Message xmlns:m="urn:vm" xmlns:xsi="urn:xsi"><!-- kept -->'
    "<m:Composition><m:MedicationPrescriptions>%s</m:MedicationPrescriptions></m:Composition>"
    "<Other a='1' >&#1740;<![CDATA[<x>]]></Other></m:Message>\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<Orders><ProductCode Value="a &gt; b"  Coded_string=\'817\' xmlns="urn:x"/></Orders>',
            '<Orders><ProductCode Value="a &gt; b"  Coded_string="00817" xmlns="urn:x"/></Orders>',
        ),
        (
            "<m:Orders><m:ProductCode><m:Coded_string>817</m:Coded_string></m:ProductCode></m:Orders>",
            "<m:Orders><m:ProductCode><m:Coded_string>00817</m:Coded_string></m:ProductCode></m:Orders>",
        ),
        (
            '<Orders><Order><ProductCode Coded_string="817"/></Order><Order/></Orders>',
            '<Orders><Order><ProductCode Coded_string="00817"/></Order><Order/></Orders>',
        ),
        (
            '<Orders><ProductCode Coded_string="817"/></Orders><Orders><ProductCode Coded_string="817"/></Orders>',
            '<Orders><ProductCode Coded_string="00817"/></Orders><Orders><ProductCode Coded_string="817"/></Orders>',
        ),
    ],
)
def test_xml_keeps_namespaces_comments_and_spaces(before, after):
    """Coded fields as attributes or as elements, lists that repeat or are wrapped."""
    assert mended(VM % before, change("817", "00817")) == VM % after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<ProductCode Value="ی" />', '<ProductCode Value="ی" Terminology_id="a&amp;b" />'),
        (
            "<ProductCode><m:Value>ی</m:Value> </ProductCode>",
            "<ProductCode><m:Value>ی</m:Value><m:Terminology_id>a&amp;b</m:Terminology_id> </ProductCode>",
        ),
        (
            '<ProductCode><Terminology_id xsi:nil="true" /></ProductCode>',
            "<ProductCode><Terminology_id>a&amp;b</Terminology_id></ProductCode>",
        ),
        (
            "<ProductCode>\n <Value/>\n <Terminology_id></Terminology_id></ProductCode>",
            "<ProductCode>\n <Value/>\n <Terminology_id>a&amp;b</Terminology_id></ProductCode>",
        ),
        (
            "<ProductCode>\n <Value/>\n</ProductCode>",
            "<ProductCode>\n <Value/>\n <Terminology_id>a&amp;b</Terminology_id>\n</ProductCode>",
        ),
    ],
)
def test_what_xml_lacks_is_added_beside_its_like(before, after):
    """An attribute to attributes, an element to elements; what is nil is filled."""
    text = VM % "<Orders>%s</Orders>"

    assert mended(text % before, change(None, "a&b", "Terminology_id")) == text % after


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-8"])
def test_xml_keeps_its_encoding(encoding):
    """What the encoding cannot write becomes a character reference."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>پ<b c="ي"/></a>'

    fixed = fix(text.encode(encoding), [Change("b.c", "ي", "ی😀")])

    face = "&#128512;" if encoding == "windows-1256" else "😀"
    body = fixed.body.decode(encoding)
    assert body.replace("&#1740;", "ی") == text.replace("ي", "ی" + face)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"1","A":"1"}',
        '{"a":"2"}',
        '{"a":["1","1"]}',
        '{"a":{"b":"1"}}',
        '{"b":"1"}',
        '{"a":"1"',
        '{"a":"1"} x',
        "[1]",
        "",
        "<x><a>1<!-- why --></a></x>",
        "<x><a>1</a><a>1</a></x>",
        '<x a="1"><a>1</a></x>',
        '<!DOCTYPE x [<!ENTITY y "1">]><x><a>&y;</a></x>',
        "<x><a>1</x>",
        "[" * 100_000,
        '{"a":' * 500 + "1" + "}" * 500,
    ],
)
def test_a_change_whose_place_is_not_certain_is_left(text):
    """The message is given back as it was."""
    one = Change("a", "1", "01")

    assert fix(text.encode(), [one]) == (text.encode(), (), (one,))


def test_two_changes_of_one_place_are_not_both_made():
    """The second finds its place taken; the same change twice is one."""
    first, second = Change("a", "1", "01"), Change("A", "1", "001")

    assert fix(b'{"a":"1"}', [first, first, second]) == (b'{"a":"01"}', (first,), (second,))


def test_what_is_sent_in_an_envelope_is_mended_in_it():
    """A message may stand in an element that holds nothing else."""
    assert mended('{"message":{"a":"1"}}', Change("a", "1", "01")) == '{"message":{"a":"01"}}'


NAMES = st.text("abcXYZ", min_size=1, max_size=4)
LEAVES = st.text(min_size=1) | st.integers().map(str)


@given(
    st.dictionaries(NAMES.map(str.lower), LEAVES, min_size=1), st.text(min_size=1), st.booleans(), st.data()
)
def test_only_what_is_changed_changes(leaves, new, ascii_only, data):
    """Reading the copy gives the message with the one value replaced, whatever was written."""
    name = data.draw(st.sampled_from(sorted(leaves)))
    body = json.dumps({"top": leaves, "x": [1.0, None]}, ensure_ascii=ascii_only, indent=1).encode(
        "utf-8", "surrogatepass"
    )

    fixed = fix(body, [Change(f"top.{name}", leaves[name], new)])

    assert json.loads(fixed.body) == {"top": leaves | {name: new}, "x": [1.0, None]}


@given(st.binary(max_size=200), st.sampled_from([b"", b"{", b"<a", b'{"a":"1"', b"<a>"]))
def test_no_bytes_make_it_fall(content, start):
    """What is no message is given back."""
    assert fix(start + content, [Change("a.b[0].c", "x", "y")]).body == start + content
