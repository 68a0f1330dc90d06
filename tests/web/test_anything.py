"""Whatever is sent, to whatever address: the answer is never a fault."""

from __future__ import annotations

import json

import pytest
from asgi import Asker
from asking import BASIC, FORM, GATEWAY, KEY
from fakes import PID, VENDOR, FakeClients, FakeJournal
from hypothesis import given
from hypothesis import strategies as st

from maksa.web import api, gateway, portal
from maksa.web.app import create_app
from maksa.web.gateway.fields import ALIASES
from maksa.web.settings import WebSettings
from maksa.web.tokens import Tokens

PATHS = [route.path for door in (api.door(), gateway.door(), portal.door()) for route in door.routes]
PIECES = st.sampled_from(
    [
        "herbs",
        "LOINC",
        "00125",
        "1",
        "۰۰۱۲۵",
        "%00",
        "%FF",
        "%2F",
        "..",
        "1402/03/27",
        "",
        "آویشن",
        "9" * 30,
        "-1",
    ]
) | st.text(max_size=8)
NAMES = st.sampled_from(
    ["q", "on", "since", "limit", "after", "edition", "from", "to", "code", "Search", "Code", "page"]
)
LEAVES = st.none() | st.booleans() | st.integers() | PIECES
VALUES = (
    LEAVES
    | st.dictionaries(st.sampled_from(["Year", "Month", "Day", "Code"]), LEAVES)
    | st.lists(LEAVES, max_size=3)
)
FIELDS = st.dictionaries(
    st.sampled_from([n for names in ALIASES.values() for n in names]), VALUES, max_size=4
)


@pytest.fixture(scope="module")
def client(service):
    """An application and the headers of a client that may ask everything."""
    app = create_app(service, FakeClients(VENDOR), KEY, journal=FakeJournal())
    token = Tokens(KEY, WebSettings()).issue("vendor", "access")
    return Asker(app), {"authorization": f"bearer {token}", "pid": PID}


@given(
    st.sampled_from(["GET", "POST", "HEAD"]),
    st.sampled_from(PATHS),
    st.lists(PIECES, min_size=4),
    st.lists(st.tuples(NAMES, PIECES), max_size=3),
)
def test_any_address_is_answered(client, method, path, pieces, query):
    """Every route with anything in its path and query."""
    ask, headers = client
    for name, piece in zip(("{id}", "{list}", "{code+}", "{edition}"), pieces, strict=False):
        path = path.replace(name, piece)
    target = f"{path}?{'&'.join(f'{name}={value}' for name, value in query)}".encode("utf-8", "replace")

    assert ask(method, target, headers=headers).status < 500


@given(
    st.sampled_from([name for name, _ in gateway.routes.SERVICES]),
    FIELDS | st.builds(lambda items: {"Items": items}, st.lists(FIELDS, max_size=3)),
)
def test_any_fields_are_answered_by_the_gateway(client, name, fields):
    """Every service with anything in its fields."""
    ask, headers = client

    assert ask.post_json(f"{GATEWAY}/{name}", fields, headers=headers).status < 500


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["Terminology_id", "Coded_string", "Value", "on", "edition", "x"]), VALUES
        ),
        max_size=3,
    )
)
def test_any_batch_is_answered_by_the_native_api(client, items):
    """Validation with anything in its items."""
    ask, _ = client

    assert ask.post_json("/api/v1/validate", json.dumps({"items": items}).encode()).status < 500


@given(st.binary(max_size=80), st.sampled_from([BASIC, "Basic x", "", "Basic \xff"]))
def test_any_form_is_answered_by_the_token_service(client, form, authorization):
    """A token request of any bytes."""
    ask, _ = client

    assert (
        ask(
            "POST", "/oauth/token", headers={"content-type": FORM, "authorization": authorization}, body=form
        ).status
        < 500
    )
