"""The composition root: environment in, application out."""

from __future__ import annotations

from threading import Event

import pytest
from asgi import Asker
from serving import send_raw, served

from maksa.errors import BadInput, BadParameter
from maksa.home import open_home
from maksa.registry.parties.clients import add_sandbox_client
from maksa.registry.unanswered import list_unanswered
from maksa.web import serve
from maksa.web.serve import app_from_environment, app_of_worker
from maksa.web.settings import WebSettings, settings_from


def test_a_worker_opens_the_home_that_the_environment_names(tmp_path, monkeypatch):
    """The doors stand before the home's own lists and clients."""
    open_home(tmp_path / "home", create=True)
    monkeypatch.setenv("MAKSA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MAKSA_ACCESS_LOG", "no")

    ask = Asker(app_from_environment())

    assert "LOINC" in [one["id"] for one in ask.get("/api/v1/terminologies").json()["items"]]


def test_a_worker_that_stops_writes_what_it_counted(tmp_path, monkeypatch):
    """Searches without an answer since the last minute are not lost."""
    home = open_home(tmp_path / "home", create=True)
    monkeypatch.setenv("MAKSA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MAKSA_ACCESS_LOG", "no")

    with served(app_from_environment()) as port:
        send_raw(
            port,
            "GET /api/v1/search?q=نیست HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode(),
            hang_up=False,
        )

    assert [(one.words, one.count) for one in list_unanswered(home.registry)] == [("نیست", 1)]


def test_a_worker_of_the_command_answers_over_a_registry_that_is_opened_later(tmp_path, monkeypatch):
    """Its lists answer at once; a moment later the registry is open, before anybody asked for a token."""
    add_sandbox_client(open_home(tmp_path / "home", create=True).registry)
    monkeypatch.setenv("MAKSA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MAKSA_ACCESS_LOG", "no")
    opened = Event()
    monkeypatch.setattr(serve, "_REGISTRY_AFTER", 0.0)
    monkeypatch.setattr(serve, "_open_registry", lambda home: (home.registry, opened.set()))

    ask = Asker(app_of_worker())

    assert "LOINC" in [one["id"] for one in ask.get("/api/v1/terminologies").json()["items"]]
    assert opened.wait(20)


def test_a_worker_of_the_command_bears_a_registry_that_cannot_be_opened(tmp_path):
    """The opening ahead of need ends without a word; who needs it is told."""
    open_home(tmp_path, create=True)
    (tmp_path / "registry.sqlite").write_bytes(b"no database at all, " * 300)
    home = open_home(tmp_path, registry_later=True)

    serve._open_registry(home)

    with pytest.raises(BadInput, match="cannot be used"):
        home.clients.current("sandbox")


@pytest.mark.parametrize(
    ("value", "error"), [(None, BadParameter), (" ", BadParameter), ("nowhere", BadInput)]
)
def test_a_worker_without_a_home_says_so(tmp_path, monkeypatch, value, error):
    """A missing variable and a folder that is no home are told apart."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAKSA_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("MAKSA_HOME", value)

    with pytest.raises(error):
        app_from_environment()


def test_settings_come_from_the_environment():
    """Each variable sets its field; without any the defaults hold."""
    environment = {
        "MAKSA_DEMO": "yes",
        "MAKSA_PUBLIC_READS": "No",
        "MAKSA_ACCESS_LOG": "0",
        "MAKSA_PUBLIC_URL": "https://codes.example",
        "MAKSA_MAX_BODY": "2048",
    }

    assert settings_from({}) == WebSettings()
    assert settings_from(environment) == WebSettings(
        demo=True, public_reads=False, access_log=False, public_url="https://codes.example", max_body=2048
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAKSA_DEMO", "perhaps"),
        ("MAKSA_MAX_BODY", "10"),
        ("MAKSA_MAX_BODY", "8MB"),
        ("MAKSA_MAX_BODY", "9" * 5000),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name, value):
    """The variable and what it takes stand in the error."""
    with pytest.raises(BadParameter) as refused:
        settings_from({name: value})

    assert refused.value.parameter == name
    assert refused.value.known
