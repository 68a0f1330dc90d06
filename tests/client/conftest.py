"""A real server over the toy lists, and a client of it."""

import pytest
from fakes import FakeClients
from serving import served

from maksa.client import Client
from maksa.terminology.service import LocalTerminology
from maksa.web.app import create_app
from maksa.web.settings import WebSettings


@pytest.fixture
def service(toy_shelf):
    """The questions, asked at home."""
    return LocalTerminology(toy_shelf)


@pytest.fixture
def url(service):
    """The address of a server that answers from the toy lists."""
    app = create_app(
        service, FakeClients(), b"a key of thirty-two bytes, or more", WebSettings(access_log=False)
    )
    with served(app) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def client(url):
    """A client of that server."""
    with Client(url) as opened:
        yield opened
