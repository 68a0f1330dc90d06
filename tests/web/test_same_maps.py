"""Maps and relative values: the same answer in the native API, on the command line and in the portal."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import jsonschema
import pytest
from asgi import Asker
from asking import KEY
from fakes import VENDOR, FakeClients
from map_shelf import build_map_shelf

from maksa.cli.asking import shelf_of
from maksa.cli.main import main
from maksa.terminology.service import LocalTerminology
from maksa.web.app import create_app
from maksa.web.settings import WebSettings


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder of a home with maps."""
    home = tmp_path_factory.mktemp("maps") / "home"
    build_map_shelf(home)
    (home / "keys" / "token.key").write_bytes(b"k" * 32)
    return home


@pytest.fixture(scope="module")
def shelf(home):
    """Its shelf, as every door opens it."""
    return shelf_of(home)


@pytest.fixture(scope="module")
def ask(shelf):
    """All doors over the shelf."""
    return Asker(create_app(LocalTerminology(shelf), FakeClients(VENDOR), KEY, WebSettings()))


@pytest.fixture
def say(home, capsys):
    """Say a command of the home; gives its exit status, standard output and standard error."""

    def run(*words):
        capsys.readouterr()
        status = main([*words, "--home", str(home)])
        return (status, *capsys.readouterr())

    return run


QUESTIONS = [
    ("translate", {"terminology": "drugs", "code": "1"}, 0),
    ("translate", {"terminology": "drugs", "code": "1", "target": "RVU3", "on": "1404/03/01"}, 0),
    ("translate", {"terminology": "drugs", "code": "1", "map": "drug-map"}, 0),
    ("translate", {"terminology": "drugs", "code": "2"}, 1),
    ("translate", {"terminology": "drugs", "code": "3"}, 1),
    ("translate", {"terminology": "RVU3", "code": "700100"}, 1),
    ("translate", {"terminology": "LOINC", "code": "30799-1"}, 0),
    ("relative-value", {"terminology": "RVU3", "code": "700100"}, 0),
    ("relative-value", {"terminology": "RVU3", "code": "700100", "coefficients": "true"}, 0),
    ("relative-value", {"terminology": "RVU3", "code": "400770", "coefficients": "true"}, 0),
    ("relative-value", {"terminology": "RVU3", "code": "301225", "coefficients": "true"}, 0),
    ("relative-value", {"terminology": "drugs", "code": "1", "coefficients": "true"}, 0),
    ("relative-value", {"terminology": "drugs", "code": "2"}, 1),
]


@pytest.mark.parametrize(("question", "asked", "status"), QUESTIONS)
def test_the_command_line_answers_as_the_native_api(ask, say, question, asked, status):
    """The same JSON, and the exit status says whether there is an answer."""
    options = {
        name: value for name, value in asked.items() if name not in {"terminology", "code", "coefficients"}
    }
    words = [question, asked["terminology"], asked["code"]]
    words += [part for name, value in options.items() for part in (f"--{name}", value)]
    words += ["--coefficients"] if "coefficients" in asked else []

    answered = ask.get(f"/api/v1/{question}?{urlencode(asked)}")
    code, printed, _ = say(*words, "--json")

    assert answered.status == 200
    assert code == status
    assert json.loads(printed) == answered.json()


@pytest.mark.parametrize(("question", "asked", "status"), QUESTIONS)
def test_the_answers_are_as_they_are_described(ask, question, asked, status):
    """The shapes are those of the OpenAPI document, and the answer with content has content."""
    document = ask.get("/api/v1/openapi.json").json()
    described = document["paths"][f"/api/v1/{question}"]["get"]["responses"]["200"]
    schema = {**described["content"]["application/json"]["schema"], "components": document["components"]}

    answer = ask.get(f"/api/v1/{question}?{urlencode(asked)}").json()

    jsonschema.Draft202012Validator(schema).validate(answer)
    found = answer["values"] if question == "relative-value" else answer["translation"]["matches"]
    assert found or status == 1


@pytest.mark.parametrize(("question", "asked", "status"), QUESTIONS)
def test_the_command_line_says_it_in_words_too(say, question, asked, status):
    """Both languages, and the first line has the code and its list."""
    words = [
        question,
        asked["terminology"],
        asked["code"],
        *(["--coefficients"] if "coefficients" in asked else []),
    ]
    for language in ("fa", "en"):
        code, printed, _ = say(*words, "--lang", language)

        assert code == status
        assert f"{asked['terminology']} {asked['code']}" in printed.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("translate?terminology=nothing&code=1", ["translate", "nothing", "1"]),
        ("translate?terminology=drugs&code=77", ["translate", "drugs", "77"]),
        (
            "translate?terminology=drugs&code=1&target=nothing",
            ["translate", "drugs", "1", "--target", "nothing"],
        ),
        ("translate?terminology=drugs&code=1&map=drugs", ["translate", "drugs", "1", "--map", "drugs"]),
        ("translate?terminology=LOINC&code=30799-2", ["translate", "LOINC", "30799-2"]),
        (
            "translate?terminology=drugs&code=1&on=1404/13/01",
            ["translate", "drugs", "1", "--on", "1404/13/01"],
        ),
        ("relative-value?terminology=RVU3&code=77", ["relative-value", "RVU3", "77"]),
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_same_words(ask, say, question, words):
    """A 4xx and exit status 2, with one sentence."""
    refused = ask.get(f"/api/v1/{question}")
    code, _, said = say(*words)

    assert 400 <= refused.status < 500
    assert code == 2
    assert refused.json()["detail"] in said


@pytest.mark.parametrize(
    "question",
    [
        "translate",
        "translate?terminology=drugs",
        "translate?code=1",
        "translate?terminology=&code=1",
        "translate?terminology=drugs&code=1&edition=1",
        "translate?terminology=drugs&code=1&code=2",
        "relative-value?terminology=RVU3&code=700100&coefficients=yes",
        "relative-value?terminology=RVU3",
        "relative-value?terminology=RVU3&code=" + "9" * 1_001,
        "translate?terminology=drugs&code=%ff",
        "translate?terminology=drugs&code=%00",
    ],
)
def test_bad_input_is_a_4xx(ask, question):
    """What is missing, repeated, unknown, too long or unreadable."""
    refused = ask.get(f"/api/v1/{question}")

    assert 400 <= refused.status < 500
    assert refused.json()["detail"]


def test_the_answer_names_every_edition_behind_it(ask):
    """Source, map, book and coefficients; samples are marked."""
    answer = ask.get("/api/v1/relative-value?terminology=drugs&code=1&coefficients=true").json()

    assert [(e["terminology"], e["sample"]) for e in answer["editions"]] == [
        ("drugs", False),
        ("drug-map", False),
        ("RVU3", False),
        ("rvu-coefficient", True),
    ]


def test_decimals_are_strings(ask):
    """Units keep the digits of the book, amounts are exact."""
    answer = ask.get("/api/v1/relative-value?terminology=RVU3&code=700100&coefficients=true").json()

    (value,) = answer["values"]
    assert value["units"][0]["total"] == "2.50"
    (amount,) = value["amounts"]
    assert amount["steps"][0]["units"] == "1.25"
    assert (amount["total"], amount["without"]) == ("1250", ["technical"])
    assert amount["variant"] == {"fa": "تمام‌وقت", "en": "full-time"}
    assert [one["code"] for one in value["not_applied"]] == ["K-3"]


def test_the_portal_shows_the_maps_of_a_code(ask):
    """Targets with links, condition, decision and issues, all of it escaped."""
    page = ask.get("/c/drugs/1").text

    assert 'href="/c/RVU3/700100"' in page
    assert "یادداشت &lt;b&gt;" in page
    assert "برابر هم‌اند" in page
    assert "110/130" in page
    assert "کنار گذاشته شده است" in page
    assert "/c/elsewhere" not in page


def test_the_portal_says_why_there_is_no_map(ask):
    """A decided no map, a code without a row, and a list without maps, which has no such part of the page."""
    assert "بی‌نگاشت" in ask.get("/c/drugs/2").text
    assert "در هیچ‌یک از این نگاشت‌ها ردیفی ندارد" in ask.get("/c/drugs/3").text
    assert 'id="maps-title"' not in ask.get("/c/RVU3/700100").text
    assert 'id="maps-title"' not in ask.get("/c/drugs/1?edition=1").text


def test_the_portal_shows_units_and_amounts_of_a_code_of_the_book(ask):
    """The same numbers as the native API, thousands apart."""
    page = ask.get("/c/RVU3/700100").text

    assert "1.25 × 1,000" in page
    assert "1,250" in page
    assert "بدون جزء فنی" in page
    assert "جادویی" in page
    assert "مبلغ به ریال" not in ask.get("/c/RVU3/400770").text
    assert "91" in ask.get("/c/RVU3/400770").text
    assert "مجدد اول، 50 درصد" in ask.get("/c/RVU3/301225").text


def test_the_portal_without_coefficients_shows_the_units(tmp_path):
    """No amount is said, the units stand."""
    shelf = build_map_shelf(tmp_path / "home", coefficients=False)
    page = Asker(create_app(LocalTerminology(shelf), FakeClients(VENDOR), KEY, WebSettings())).get(
        "/c/RVU3/700100"
    )

    assert "2.50" in page.text
    assert "مبلغ به ریال" not in page.text
