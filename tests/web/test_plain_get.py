"""A plain GET read at a look: what the parser reads, and nothing that the parser would take otherwise."""

from __future__ import annotations

from urllib.parse import unquote

import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maksa.web.plain_get import plain_get

LOOKUP = b"GET /api/v1/terminologies/herbs/concepts/00125"
NAMES = [
    "Host",
    "accept",
    "X-Request-Id",
    "Content-Length",
    "Connection",
    "Transfer-Encoding",
    "Te xt",
    "Upgrade",
    "",
]
VALUES = ["x", "", "3", "close", "keep-alive", "chunked", "a\tb", " x  ", "h2c", "ب"]


class Parsed:
    """What the parser makes of a head."""

    def __init__(self, head):
        self.url, self.headers, self.whole = b"", [], False
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(head)

    def on_url(self, url):
        """Take the address."""
        self.url += url

    def on_header(self, name, value):
        """Take a header."""
        self.headers.append((name.lower(), value))

    def on_message_complete(self):
        """Note the end."""
        self.whole = True


def head_of(target, lines, ending="\r\n"):
    """Write a head."""
    fields = "".join(f"{name}:{value}{ending}" for name, value in lines)
    return f"GET {target} HTTP/1.1{ending}{fields}{ending}".encode()


@given(
    st.text(alphabet="/ab%41?&=#:@ .\x7f\\", max_size=12),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=3),
    st.sampled_from(["\r\n", "\n"]),
)
def test_what_is_taken_is_what_the_parser_reads(target, lines, ending):
    """The same address and headers of one whole request, after which the connection stays."""
    head = head_of("/" + target, lines, ending)
    plain = plain_get(head)
    if plain is None:
        return

    (path, raw_path, query), headers = plain

    parsed = Parsed(head)
    url = httptools.parse_url(parsed.url)
    assert parsed.whole
    assert parsed.parser.get_http_version() == "1.1"
    assert parsed.parser.should_keep_alive()
    assert not parsed.parser.should_upgrade()
    assert headers == parsed.headers
    assert (path, raw_path, query) == (unquote(url.path.decode()), url.path, url.query or b"")


@pytest.mark.parametrize("lines", [[], [("Host", " x")], [("Connection", " keep-alive"), ("Accept", " */*")]])
def test_a_question_as_clients_send_it_is_taken(lines):
    """With the headers that browsers and libraries add."""
    assert plain_get(head_of("/a/%D8%A7?q=1", lines)) == (
        ("/a/ا", b"/a/%D8%A7", b"q=1"),
        [(name.lower().encode(), value.strip().encode()) for name, value in lines],
    )


@pytest.mark.parametrize(
    "rest",
    [
        b" HTTP/1.0\r\n\r\n",
        b" HTTP/1.1\r\nConnection: close\r\n\r\n",
        b" HTTP/1.1\r\nconnection: keep-alive, upgrade\r\n\r\n",
        b" HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        b" HTTP/1.1\r\nTRANSFER-ENCODING: chunked\r\n\r\n",
        b" HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
        b" HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        b" HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        b" HTTP/1.1\r\nHost : x\r\n\r\n",
        b" HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        b" HTTP/1.1\n\n",
        b"#part HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(rest):
    """All that says how a connection goes on, that has a body, or that is written oddly."""
    assert plain_get(LOOKUP + rest) is None
