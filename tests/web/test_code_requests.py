"""Requests for missing codes through the doors: JSON, FHIR Task, and the pages."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from asgi import ELSEWHERE, Asker
from asking import FORM, KEY
from fakes import FakeClients, FakeJournal

from maksa.home import open_home
from maksa.model.verdict import Coding
from maksa.registry.requests import desk as request_desk
from maksa.registry.requests.code_requests import do_act
from maksa.web.api.code_requests import MAX_BODY
from maksa.web.app import create_app
from toy import place

PATH = "/api/v1/code-requests"
FHIR = "application/fhir+json"
WANTED = {"terminology": "herbz", "text": "گل ختمی", "use_case": "جوشانده", "contact": "asker@example.org"}


@pytest.fixture
def home(tmp_path):
    """Open a home with the toy herbs."""
    home = open_home(tmp_path / "home", create=True)
    place(home.shelf)
    home.shelf.refresh()
    return home


@pytest.fixture
def log():
    """Keep the access log."""
    return FakeJournal()


@pytest.fixture
def ask(home, log):
    """Ask the application over that home."""
    return Asker(create_app(home.service, FakeClients(), KEY, requests=home.requests, journal=log))


@pytest.fixture
def post(ask):
    """Send a form of the portal."""

    def send(path, **fields):
        return ask("POST", path, headers={"content-type": FORM}, body=urlencode(fields).encode())

    return send


def follow(ask, number, token, **headers):
    """Ask how a request stands."""
    return ask.get(f"{PATH}/{number}", headers={"x-maksa-request-token": token, **headers})


def task(**inputs):
    """Write a Task that asks for a code."""
    listed = [{"type": {"text": name}, "valueString": value} for name, value in inputs.items()]
    return {"resourceType": "Task", "status": "requested", "intent": "order", "input": listed}


def test_a_request_is_filed_as_json_and_followed_with_its_token(ask, home):
    """The answer has number, token, targets and editions; later the state, the code that came of it, and no token."""
    filed = ask.post_json(PATH, WANTED)
    answer = filed.json()
    number, token = answer["request"]["number"], answer["token"]
    do_act(home.registry, number, "done-existing", code=Coding("herbs", "00125", "بابونه آلمانی"))
    stands = follow(ask, number, token)

    assert (filed.status, filed.headers["location"]) == (201, f"{PATH}/{number}")
    assert answer["request"] | {"terminology": "herbs", "state": "new", "origin": "api"} == answer["request"]
    assert answer["request"]["answer_by"]["jalali"].startswith("14")
    assert [one["terminology"] for one in answer["editions"]] == ["herbs"]
    assert stands.json()["request"]["result"] == {
        "terminology": "herbs",
        "code": "00125",
        "display": "بابونه آلمانی",
    }
    assert stands.json()["token"] is None
    assert "asker@example.org" not in filed.text + stands.text
    assert filed.headers["cache-control"] == stands.headers["cache-control"] == "no-store"


def test_what_is_likely_there_already_is_told_beside_a_request(ask):
    """The candidates have points and reasons; the request is filed all the same."""
    answer = ask.post_json(PATH, {"terminology": "herbs", "text": "بابونه المانى"}).json()

    best = answer["candidates"][0]
    assert (best["found"], best["key"], best["points"], best["likely"]) == ("list", "00125", 100, True)
    assert best["reasons"] == [{"fa": "عنوان یکی است", "en": "the same title"}]


def test_a_request_is_filed_and_followed_as_a_task_of_fhir(ask, home):
    """The same request in FHIR's shape: status, inputs, the question as its reason, and the code as its output."""
    sent = json.dumps(task(terminology="herbs", text="گل ختمی", contact="a@example.org")).encode()
    filed = ask("POST", PATH, headers={"content-type": FHIR}, body=sent)
    number, token = filed.json()["id"], filed.headers["x-maksa-request-token"]
    do_act(home.registry, int(number), "accept")
    do_act(home.registry, int(number), "ask", said="کدام گونه؟")
    asked = follow(ask, number, token, accept=FHIR).json()
    do_act(home.registry, int(number), "done-existing", code=Coding("herbs", "00125", None))
    done = follow(ask, number, token, accept=FHIR).json()

    assert (filed.status, filed.headers["content-type"]) == (201, FHIR)
    assert filed.json()["status"] == "requested"
    assert {"type": {"text": "text"}, "valueString": "گل ختمی"} in filed.json()["input"]
    assert "a@example.org" not in filed.text
    assert (asked["status"], asked["statusReason"]) == ("on-hold", {"text": "کدام گونه؟"})
    assert asked["businessStatus"]["coding"][0]["code"] == "question"
    assert done["status"] == "completed"
    assert done["output"] == [
        {
            "type": {"text": "done-existing"},
            "valueCoding": {"system": "urn:maksa:terminology:herbs", "code": "00125"},
        }
    ]


@pytest.mark.parametrize(
    ("sent", "status", "parameter"),
    [
        ([], 400, "body"),
        ({"terminology": "herbs"}, 400, "text"),
        ({"text": "گل"}, 400, "terminology"),
        ({"terminology": "herbs", "text": 5}, 400, "text"),
        ({"terminology": "herbs", "text": "گل", "colour": "x"}, 400, "colour"),
        ({"terminology": "herbs", "text": "گل", "origin": "desk"}, 400, "origin"),
        ({"terminology": "herbs", "text": "گل 0012345679"}, 400, "text"),
        ({"terminology": "herbs", "text": "گل" * 300}, 400, "text"),
        ({"terminology": "nolist", "text": "گل"}, 404, None),
        ({"terminology": "herbs", "text": "گل", "use_case": "x" * MAX_BODY}, 413, None),
        ({"resourceType": "Patient"}, 400, "resourceType"),
        ({**task(terminology="herbs", text="گل"), "status": "draft"}, 400, "status"),
        ({**task(terminology="herbs", text="گل"), "owner": {}}, 400, "owner"),
        ({"resourceType": "Task", "status": "requested"}, 400, "input"),
        ({"resourceType": "Task", "status": "requested", "input": [5]}, 400, "input"),
        (
            {"resourceType": "Task", "status": "requested", "input": [{"type": {"text": "text"}}]},
            400,
            "input",
        ),
    ],
)
def test_what_cannot_be_filed_is_a_problem_that_names_the_field(ask, home, sent, status, parameter):
    """Nothing is kept of it, and nothing ends in a fault."""
    answer = ask.post_json(PATH, sent)

    assert (answer.status, answer.json().get("parameter")) == (status, parameter)
    assert follow(ask, 1, "x").status == 404


def test_a_wrong_token_an_unknown_and_an_odd_number_are_not_found(ask):
    """Who has no token learns not even whether a request exists; without any token it is said what is missing."""
    number = ask.post_json(PATH, WANTED).json()["request"]["number"]

    for path in (number, 99, "x", "9" * 40, "-1", "۹۹"):
        assert follow(ask, path, "wrong").status == 404
    missing = ask.get(f"{PATH}/{number}")
    assert (missing.status, missing.json()["parameter"]) == (400, "x-maksa-request-token")


def test_too_many_of_one_address_are_refused_until_tomorrow(ask, monkeypatch):
    """429 with the time to wait; another address may still file."""
    monkeypatch.setattr(request_desk, "MOST_OF_ADDRESS", 1)
    raw = json.dumps(WANTED).encode()
    headers = {"content-type": "application/json"}

    assert ask("POST", PATH, headers=headers, body=raw).status == 201
    refused = ask("POST", PATH, headers=headers, body=raw)
    assert refused.status == 429
    assert 0 < int(refused.headers["retry-after"]) <= 86_400
    assert ask("POST", PATH, headers=headers, body=raw, peer=ELSEWHERE).status == 201


def test_no_log_names_contact_text_or_token(ask, log):
    """The access log has paths and figures only."""
    answer = ask.post_json(PATH, WANTED).json()
    follow(ask, answer["request"]["number"], answer["token"])

    for secret in (answer["token"], "asker@example.org", "ختمی"):
        assert secret not in str(log.lines)


def test_a_server_without_a_desk_says_so_and_offers_nothing(service):
    """A mirror takes no requests: refused with one sentence in both doors, and no button on the empty page."""
    ask = Asker(create_app(service, FakeClients(), KEY, journal=FakeJournal()))

    assert ask.post_json(PATH, WANTED).status == 403
    assert ask.get("/requests/new").status == 403
    assert ask.get("/requests").status == 403
    assert "/requests/new" not in ask.get("/?" + urlencode({"q": "زززز"})).text


def test_the_empty_page_offers_to_request_the_code_with_the_words_typed(ask):
    """From nothing found to the form is one link, and the words are in the form already."""
    empty = ask.get("/?" + urlencode({"q": "ختمی سفید", "terminology": "herbs"})).text
    target = empty.partition('href="/requests/new?')[2].partition('"')[0].replace("&amp;", "&")
    form = ask.get(f"/requests/new?{target}")

    assert form.status == 200
    assert 'value="ختمی سفید"' in form.text
    assert '<option value="herbs" selected>' in form.text
    assert "<script" not in form.text
    assert "/requests/new" not in ask.get("/?" + urlencode({"q": "بابونه"})).text


def test_the_form_shows_what_may_be_meant_and_files_it_when_told_so(post, ask):
    """The first sending of a likely duplicate shows it; the second files it and gives number and token."""
    fields = {"terminology": "herbs", "text": "بابونه المانى", "use_case": "<b>"}
    first = post("/requests", **fields)
    second = post("/requests", **fields, sure="1")
    token = second.text.partition("نشانه</dt><dd>")[2].partition('class="code">')[2].partition("<")[0]
    stands = post("/requests/status", number="۱", token=token)

    assert (first.status, second.status, stands.status) == (200, 201, 200)
    assert "شاید همین را می‌خواهید" in first.text
    assert "00125" in first.text
    assert "&lt;b&gt;" in first.text
    assert "بابونه المانى" in stands.text
    assert follow(ask, 1, token).status == 200
    assert second.headers["cache-control"] == "no-store"


def test_a_mistake_in_the_form_keeps_what_was_typed(post):
    """The page says what is wrong and holds every field."""
    without = post("/requests", text="گل ختمی", use_case="جوشانده")
    person = post("/requests", terminology="herbs", text="گل ختمی", use_case="09121234567")

    assert (without.status, person.status) == (400, 400)
    assert all("گل ختمی" in page.text and 'role="alert"' in page.text for page in (without, person))
    assert "جوشانده" in without.text


def test_what_is_no_form_of_these_pages_is_refused(ask, post):
    """Another content type, an unknown or doubled field, a large body, a request that is not one's own."""
    assert ask.post_json("/requests", {}).status == 415
    assert post("/requests", colour="x").status == 400
    assert ask("POST", "/requests", headers={"content-type": FORM}, body=b"text=a&text=b").status == 400
    assert post("/requests", terminology="herbs", text="x" * 70_000).status == 413
    assert post("/requests/status", number="1", token="x").status == 404
    assert post("/requests/status").status == 404
    assert ask.get("/requests").status == 200
