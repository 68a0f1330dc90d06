"""Small things that no journey passes: every type of value, languages, titles, what breaks in the middle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from asgi import Asker
from asking import KEY
from fakes import FakeClients, FakeJournal
from starlette.requests import Request

from maksa.errors import EditionUnreadable, MaksaError
from maksa.model.concept import Concept, Property
from maksa.model.edition import EditionRef, Letter
from maksa.text import Text
from maksa.web.api import build
from maksa.web.app import create_app
from maksa.web.gateway.outcome import Answer, respond
from maksa.web.gateway.wire import concept_row, latest_letter
from maksa.web.language import language_of
from maksa.web.marks import SampleMarks
from maksa.web.parts import assemble
from maksa.web.portal.render import plain_value
from maksa.web.refusal import Refusal, refusal_of
from maksa.web.settings import WebSettings

VALUES = [
    ("متن", "string", "متن", "متن", "متن"),
    (Decimal("2.50"), "decimal", "2.50", "2.50", "2.50"),
    (Decimal("1E+3"), "decimal", "1000", "1000", "1000"),
    (7, "integer", 7, "7", "7"),
    (True, "boolean", True, "true", "بله"),
    (False, "boolean", False, "false", "خیر"),
    (date(2023, 6, 17), "date", "2023-06-17", "1402/03/27", "۱۴۰۲/۰۳/۲۷"),
]


@pytest.mark.parametrize(("value", "kind", "native", "gateway", "page"), VALUES)
def test_a_value_of_every_type_is_written_in_every_door(value, kind, native, gateway, page):
    """Types are kept in the native API, texts in the gateway, words on the page."""
    concept = Concept("1", "یک", properties=(Property("p", value),))

    (of_api,) = build.concept("x", concept, "active").properties
    (of_gateway,) = concept_row("x", concept, "active").properties

    assert (of_api.type, of_api.value, type(of_api.value)) == (kind, native, type(native))
    assert (of_gateway.type, of_gateway.value) == (kind, gateway)
    assert plain_value(value) == page


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fa", "fa"),
        ("FA-ir", "fa"),
        ("en;q=0.5, fa;q=0.9", "fa"),
        ("fa;q=0", "en"),
        ("fa;q=x", "en"),
        ("fa;q=nan", "en"),
        ("de, fr;q=0.3", "en"),
        ("fa;level=1", "fa"),
        (",;=,;;", "en"),
    ],
)
def test_the_heaviest_language_wins(header, language):
    """What cannot be read does not count."""
    request = Request({"type": "http", "headers": [(b"accept-language", header.encode())]})

    assert language_of(request, default="en") == language


def test_the_latest_letter_is_the_one_named():
    """A letter without a date is before all others."""
    letters = tuple(
        Letter(number, day, "")
        for number, day in (("1", None), ("2", date(2024, 1, 1)), ("3", date(2023, 1, 1)))
    )

    assert latest_letter(letters).number == "2"
    assert latest_letter(()) is None


def test_an_edition_that_is_gone_counts_as_no_sample(service):
    """A mark is asked once; a list that is not held any more breaks nothing."""
    assert not SampleMarks(service).is_sample(EditionRef("nothing", "1", "0"))


def test_a_header_names_twenty_editions_at_most(service):
    """Further ones are counted, so that proxies can carry the header."""
    parts = assemble(service, FakeClients(), KEY, WebSettings())
    refs = tuple(EditionRef("herbs", str(number), "0" * 64) for number in range(25))

    header = respond(parts, Answer([], refs), bare=False).headers["x-maksa-edition"]

    assert header.endswith(", +5")
    assert len(header) < 4000


@pytest.mark.parametrize(("status", "error"), [(429, "temporarily_unavailable"), (503, "server_error")])
def test_a_token_that_cannot_be_given_now_says_so(service, status, error):
    """OAuth has words for a busy and for a broken server."""
    from maksa.web.gateway.outcome import refuse

    request = Request({"type": "http", "path": "/oauth/token", "headers": []})

    assert error in refuse(None, request, Refusal(status, "x", Text("", ""))).body.decode()


def test_an_error_without_a_kind_of_its_own_is_a_fault():
    """An error of the product that no table names is not passed off as the caller's."""
    assert refusal_of(MaksaError(Text("خطا", "error"))).status == 500


class TornService:
    """A service whose catalogue cannot be read, or holds nothing."""

    generation = 1

    def __init__(self, *, torn: bool) -> None:
        self._torn = torn

    def catalogue(self, **_parameters):
        """Fail, or give nothing."""
        if self._torn:
            raise EditionUnreadable(Text("پرونده پاره است.", "The file is torn."))
        return ()


@pytest.mark.parametrize(("torn", "said"), [(True, "The file is torn."), (False, "No terminology is held.")])
def test_a_server_that_cannot_answer_is_not_ready(torn, said):
    """It says why, and is alive nevertheless."""
    ask = Asker(create_app(TornService(torn=torn), FakeClients(), KEY, journal=FakeJournal()))

    assert (ask.get("/readyz").status, ask.get("/readyz").json()["detail"]) == (503, said)
    assert ask.get("/healthz").status == 200


def test_an_answer_that_breaks_in_the_middle_is_broken_off(ask, journal, monkeypatch):
    """No second answer is put into the first; the fault is noted."""

    async def chunks(*_arguments):
        yield b"SQLite"
        raise OSError

    monkeypatch.setattr("maksa.web.api.download._chunks", chunks)

    answer = ask.get("/api/v1/terminologies/herbs/editions/2/file")

    assert (answer.status, answer.body) == (200, b"SQLite")
    assert [line["event"] for line in journal.lines] == ["fault", "request"]


def test_a_fault_without_a_log_is_answered_too(service):
    """The answer does not depend on the log."""
    ask = Asker(create_app(TornService(torn=False), FakeClients(), KEY, WebSettings(access_log=False)))

    assert ask.get("/api/v1/search?q=a").status == 500


def test_a_letter_without_a_date_is_written(service):
    """Its day is null, and the page leaves it out."""
    entry = service.terminology("herbs").entry
    undated = replace(entry, letters=(Letter("1", None, "موضوع"),))

    assert build.edition(undated).announcement.letters[0].date is None
