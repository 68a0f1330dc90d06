"""The table of routes: exact segments, one or more for the last, methods, and what leads nowhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.web.refusal import Refusal
from maksa.web.routing import Route, Table

PATHS = ("/a", "/a/{x}", "/a/{x}/b", "/c/{x}/{y+}")
TABLE = Table([Route("GET", path, None) for path in PATHS] + [Route("POST", "/a", None)])


@pytest.mark.parametrize(
    ("path", "route", "parameters"),
    [
        (b"/a", "/a", {}),
        (b"/a/1", "/a/{x}", {"x": "1"}),
        (b"/a/8010%2F3", "/a/{x}", {"x": "8010/3"}),
        (b"/a/%D8%A7", "/a/{x}", {"x": "ا"}),
        (b"/a/1/b", "/a/{x}/b", {"x": "1"}),
        (b"/c/1/2", "/c/{x}/{y+}", {"x": "1", "y": "2"}),
        (b"/c/1/8010/3", "/c/{x}/{y+}", {"x": "1", "y": "8010/3"}),
    ],
)
def test_a_path_leads_to_its_route(path, route, parameters):
    """Parameters are decoded after the path is taken apart."""
    match = TABLE.find("GET", path)

    assert (match.route.path, match.parameters) == (route, parameters)


@pytest.mark.parametrize(
    "path", [b"", b"a", b"//a", b"/a/", b"/a//b", b"/a/1/c", b"/c/1", b"/c/1/", b"/A", b"*"]
)
def test_another_path_leads_nowhere(path):
    """An empty segment is no parameter, and case counts."""
    with pytest.raises(Refusal) as refused:
        TABLE.find("GET", path)

    assert refused.value.status == 404


def test_a_method_that_is_not_taken_names_those_that_are():
    """HEAD goes with GET."""
    with pytest.raises(Refusal) as refused:
        TABLE.find("PUT", b"/a")

    assert (refused.value.status, refused.value.headers["allow"]) == (405, "GET, HEAD, POST")
    assert TABLE.find("HEAD", b"/a").route.method == "GET"


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\x00")))
def test_any_text_may_stand_in_a_segment(text):
    """What is encoded comes back as it was."""
    assert TABLE.find("GET", b"/a/" + quote(text, safe="").encode()).parameters == {"x": text}


@given(st.binary(max_size=50))
def test_no_path_breaks_the_table(raw):
    """Any bytes lead somewhere or are refused with 400 or 404."""
    status = 404
    try:
        TABLE.find("GET", b"/a/" + raw)
    except Refusal as refusal:
        status = refusal.status
    assert status in {400, 404}
