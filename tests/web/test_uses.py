"""Who uses which edition is counted at the gateway: by client, edition, kind and way; never what was asked."""

from __future__ import annotations

import timeit
from collections import Counter
from types import SimpleNamespace

import pytest
from asgi import Asker
from asking import KEY
from fakes import SANDBOX, VENDOR, FakeClients
from test_quick import quick_way, scope_of

from maksa.model.adoption import Use
from maksa.registry.adoption.use_log import UseLog
from maksa.web.app import create_app
from maksa.web.settings import WebSettings


class Counted(Counter):
    """A UseCounter in memory."""

    written = False

    def note(self, use, count=1):
        """Count."""
        self[use] += count

    def write(self):
        """Remember that the server stopped."""
        self.written = True


@pytest.fixture
def counted():
    """What was counted."""
    return Counted()


@pytest.fixture
def app(service, journal, counted):
    """An application that counts."""
    home = SimpleNamespace(uses=counted, notices=None)
    clients = FakeClients(SANDBOX, VENDOR)
    return create_app(service, clients, KEY, WebSettings(), journal=journal, home=home)


@pytest.fixture
def ask(app):
    """Ask it."""
    return Asker(app)


def use(kind, way="now", *, edition="2", terminology="herbs"):
    """Make a use of the vendor."""
    return Use("vendor", terminology, edition, kind, way)


@pytest.mark.parametrize("service_name", ["Terminology", "SearchTerminology"])
def test_searches_lookups_and_lists_are_counted(call, counted, service_name):
    """Under the canonical id and the edition that answered; a code that is not there is a look-up too."""
    call(service_name, {"Terminology_id": "HERBS", "Search": "نعناع"})
    call(service_name, {"Terminology_id": "herbs", "Code": "00125"})
    call(service_name, {"Terminology_id": "herbs", "Code": "00999"})
    call(service_name, {"Terminology_id": "herbs"})

    assert counted == {use("search"): 1, use("lookup"): 2, use("list"): 1}


def test_an_earlier_day_is_counted_under_its_edition(call, counted):
    """The way says that a day was named."""
    call("Terminology", {"Terminology_id": "herbs", "On": "1399/06/01"})
    call("ValidateCts", {"Terminology_id": "herbs", "Code": "00125", "On": "1399/06/01"})

    assert counted == {use("list", "day", edition="1"): 1, use("validate", "day", edition="1"): 1}


def test_codes_and_retired_ones_among_them_are_counted(call, counted):
    """Of a batch as sums, each by its own day; what is in a transition window is not retired yet."""
    retired, good = {"Terminology_id": "herbs", "Code": "00128"}, {"Terminology_id": "herbs", "Code": "00125"}
    call("ValidateCts", good)
    call("ValidateCts", retired)
    early = {**good, "On": "1399/06/01"}
    in_window = {"Terminology_id": "herbs", "Code": "00130", "On": "1403/01/20"}
    other = {"Terminology_id": "flowers", "Code": "00001"}
    call("ValidateCts", {"Items": [good, retired, retired, early, in_window, other]})

    assert counted == {
        use("validate"): 5,
        use("retired"): 3,
        use("validate", "day", edition="1"): 1,
        use("validate", "day"): 1,
        use("validate", terminology="flowers", edition="s1"): 1,
    }


def test_what_uses_no_list_is_not_counted(call, counted):
    """The catalogue, a search in all lists, a list held by its form only, and a refusal."""
    call("CtsTerminologies")
    call("Terminology", {"Search": "نعناع"})
    call("ValidateCts", {"Terminology_id": "LOINC", "Code": "718-7"})
    call("Terminology", {"Terminology_id": "nothing"})

    assert not counted


def test_nothing_of_the_question_itself_is_counted(call, counted):
    """Neither code, value nor text."""
    call("ValidateCts", {"Terminology_id": "herbs", "Code": "00128", "Value": "0012345678"})
    call("Terminology", {"Terminology_id": "herbs", "Search": "0012345678"})

    assert not any("00128" in str(one) or "0012345678" in str(one) for one in counted)


def test_a_question_costs_little():
    """To count takes a small part of what any answer takes: it is compared with reading a clock, in the same run."""
    log, one = UseLog(lambda counts, day: None), use("validate")
    times = {
        name: min(timeit.repeat(act, number=20_000, repeat=5))
        for name, act in {"note": lambda: log.note(one), "clock": timeit.default_timer}.items()
    }

    assert times["note"] < 30 * times["clock"]


@pytest.fixture
def get(ask, token):
    """Ask the native API in the name of the vendor."""
    return lambda target: ask.get(f"/api/v1/{target}", headers={"authorization": f"Bearer {token}"})


def test_the_native_api_counts_too_where_a_token_is_sent(get, ask, counted):
    """Reads are public here, and a token only says who asks; the way tells of an edition that was named."""
    get("terminologies/herbs/concepts/00125?edition=1")
    get("terminologies/herbs/concepts?on=1399/06/01")
    get("search?q=نعناع&terminology=herbs")
    get("terminologies/herbs/editions/1/file")
    asked = {use("lookup", "edition", edition="1"): 1, use("list", "day", edition="1"): 1, use("search"): 1}
    assert counted == {**asked, use("download", "edition", edition="1"): 1}

    ask.get("/api/v1/terminologies/herbs/concepts/00125")
    ask.get("/api/v1/validate?terminology=herbs&code=00125", headers={"authorization": "Bearer no.token"})
    assert sum(counted.values()) == 4


def test_an_answer_given_again_is_counted_again(get, counted):
    """For the client that asks, not for who asked first."""
    for _ in range(3):
        assert get("validate?terminology=herbs&code=00128").json()["results"][0]["valid"] is False

    assert counted == {use("validate"): 3, use("retired"): 3}


def test_a_batch_of_the_native_api_is_counted_by_the_way_of_each_item(ask, token, counted):
    """As sums."""
    items = [
        {"Terminology_id": "herbs", "Coded_string": "00125"},
        {"Terminology_id": "herbs", "Coded_string": "00125", "edition": "1"},
        {"Terminology_id": "herbs", "Coded_string": "00125", "on": "1399/06/01"},
    ]
    answer = ask.post_json("/api/v1/validate", {"items": items}, headers={"authorization": f"Bearer {token}"})

    assert answer.status == 200
    assert counted == {
        use("validate"): 1,
        use("validate", "edition", edition="1"): 1,
        use("validate", "day", edition="1"): 1,
    }


def test_the_quick_way_counts_too(app, token, counted):
    """The first answer and those given again; without a token nobody is counted."""
    quick = quick_way(app)
    sent = [(b"authorization", f"Bearer {token}".encode())]
    for headers in (sent, sent, [], sent):
        assert quick(scope_of("/api/v1/validate?terminology=herbs&code=00125", headers=headers)) is not None

    assert counted == {use("validate"): 3}


def test_a_search_that_the_quick_way_answers_is_counted(app, ask, token, counted):
    """The gate gave it first."""
    search = "/api/v1/search?q=00125&terminology=herbs"
    ask.get(search)
    headers = [(b"authorization", f"Bearer {token}".encode())]

    assert quick_way(app)(scope_of(search, headers=headers)) is not None
    assert counted == {use("search"): 1}
