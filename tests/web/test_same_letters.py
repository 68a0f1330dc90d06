"""Letters: the same answer in the native API, on the command line, in the client library and in the portal."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote, urlencode

import jsonschema
import pytest
from asgi import Asker
from asking import KEY
from fakes import VENDOR, FakeClients
from letter_shelf import build_letter_shelf
from serving import served

from maksa.cli.asking import shelf_of
from maksa.cli.main import main
from maksa.client import Client
from maksa.errors import NotFound
from maksa.terminology.service import LocalTerminology
from maksa.web.app import create_app
from maksa.web.settings import WebSettings


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The folder of a home with letters."""
    home = tmp_path_factory.mktemp("letters") / "home"
    build_letter_shelf(home)
    (home / "keys" / "token.key").write_bytes(b"k" * 32)
    return home


@pytest.fixture(scope="module")
def app(home):
    """All doors over its shelf."""
    return create_app(
        LocalTerminology(shelf_of(home)), FakeClients(VENDOR), KEY, WebSettings(access_log=False)
    )


@pytest.fixture(scope="module")
def ask(app):
    """Ask them."""
    return Asker(app)


@pytest.fixture(scope="module")
def client(app):
    """A client library before a real server of them."""
    with served(app) as port, Client(f"http://127.0.0.1:{port}") as opened:
        yield opened


@pytest.fixture
def say(home, capsys):
    """Say a command of the home; gives its exit status, standard output and standard error."""

    def run(*words):
        capsys.readouterr()
        status = main([*words, "--home", str(home)])
        return (status, *capsys.readouterr())

    return run


PAGES = [
    ({}, []),
    ({"terminology": "HERBS"}, ["--terminology", "HERBS"]),
    ({"terminology": "Imaging"}, ["--terminology", "Imaging"]),
    ({"since": "1400/05/06"}, ["--since", "1400/05/06"]),
    ({"stub": "true"}, ["--stubs"]),
    ({"stub": "false"}, ["--no-stubs"]),
    ({"limit": "3"}, ["--limit", "3"]),
    ({"limit": "3", "after": "110/356"}, ["--limit", "3", "--after", "110/356"]),
    ({"terminology": "LOINC"}, ["--terminology", "LOINC"]),
]
NUMBERS = ["110/700", "110/800", "110/130", "110/356", "110/40", "۱۱۰/۱۲۴"]


@pytest.mark.parametrize(("asked", "words"), PAGES)
def test_a_page_of_letters(ask, say, client, asked, words):
    """The same JSON in the API, on the command line and from the client."""
    answered = ask.get(f"/api/v1/letters?{urlencode(asked)}").json()
    status, printed, _ = say("letters", "list", *words, "--json")
    typed = {**asked}
    if "limit" in typed:
        typed["limit"] = int(typed["limit"])
    if "stub" in typed:
        typed["stub"] = typed["stub"] == "true"

    assert status == 0
    assert json.loads(printed) == answered == client.letters(**typed)
    assert bool(answered["items"]) == (asked != {"terminology": "LOINC"})


@pytest.mark.parametrize("number", NUMBERS)
def test_one_letter(ask, say, client, number):
    """The same JSON in the API, on the command line and from the client."""
    answered = ask.get(f"/api/v1/letters/{quote(number, safe='')}").json()
    status, printed, _ = say("letters", "show", number, "--json")

    assert status == 0
    assert json.loads(printed) == answered == client.letter(number)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_portal_shows_the_same_letter(ask, number):
    """Its subject, each list with what became of it, each letter of the chain, each file; all of it escaped."""
    answered = ask.get(f"/api/v1/letters/{quote(number, safe='')}").json()
    page = ask.get(f"/letters/{quote(number)}").text

    text = _plain(page)
    assert answered["subject"] in text
    for one in answered["lists"]:
        assert one["text"]["fa"] in text
        for count in (one["changes"] or {}).values():
            assert str(count).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in text
    linked = {unquote(link) for link in re.findall(r'href="/letters/([^"?]+)"', page)}
    cited = [one for links in answered["chain"].values() for one in links]
    assert linked == {one["number"] for one in cited if one["recorded"]}
    assert all(one["number"] in text for one in cited)
    assert all(file["file"] in page for file in answered["attachments"])
    for kind in ("<s>", "<i>", "<u>", "<script>"):
        assert kind not in page.partition("<main")[2]


def _plain(page):
    """Give the text of a page as a reader sees it."""
    plain = re.sub(r"<[^>]*>", "", page.partition("<main")[2])
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def test_the_timeline_shows_the_same_letters(ask):
    """In the order of the API, with the marks of stubs, of superseded letters and of changes."""
    answered = ask.get("/api/v1/letters").json()
    page = ask.get("/letters").text

    numbers = [unquote(link) for link in re.findall(r'<h3><a href="/letters/([^"]+)"', page)]
    assert numbers == [one["number"] for one in answered["items"]]
    assert page.count("chip-stub") == sum(one["stub"] for one in answered["items"])
    assert page.count("جایگزین‌شده") == sum(bool(one["superseded_by"]) for one in answered["items"]) == 1
    assert "سال ۱۴۰۲" in page
    assert "بی‌تاریخ" in page


def test_the_timeline_is_narrowed_and_paged(ask, monkeypatch):
    """By list and stub, and on by the last letter."""
    assert re.findall(
        r'<h3><a href="/letters/([^"]+)"', ask.get("/letters?terminology=herbs&stub=").text
    ) == ["110/700"]
    assert "110/700" not in ask.get("/letters?stub=true").text
    assert "ثبت نشده" in ask.get("/letters?terminology=LOINC").text
    monkeypatch.setattr("maksa.web.portal.letters.PAGE_SIZE", 10)
    first = ask.get("/letters?stub=").text
    after = re.search(r'href="/letters\?after=([^&"]+)', first)[1]
    second = ask.get(f"/letters?after={after}").text
    numbers = re.findall(r'<h3><a href="/letters/([^"]+)"', first + second)
    assert len(numbers) == len(set(numbers)) == ask.get("/api/v1/letters").json()["total"]


@pytest.mark.parametrize(("asked", "words"), PAGES)
def test_the_answers_are_as_they_are_described(ask, asked, words):
    """The shapes are those of the OpenAPI document."""
    del words
    document = ask.get("/api/v1/openapi.json").json()
    for path, target in (
        ("/api/v1/letters", f"/api/v1/letters?{urlencode(asked)}"),
        ("/api/v1/letters/{number}", "/api/v1/letters/110%2F700"),
    ):
        described = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**described["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(ask.get(target).json())


def test_what_was_changed_after_the_letter_is_told_in_all_doors(ask, say):
    """Which edition was announced, which is in force, and what changed, with a link that leads to the difference."""
    letter = ask.get("/api/v1/letters/110%2F700").json()
    (herbs, imaging) = letter["lists"]

    assert (herbs["state"], herbs["announced"], herbs["in_force"]) == ("changed", "1", "2/ب")
    assert herbs["changes"] == {"added": 1, "changed": 1}
    assert ask.get(herbs["diff"]).json()["counts"] == herbs["changes"]
    assert (imaging["state"], imaging["announced"], imaging["diff"]) == ("not-held", None, None)
    assert {(one["terminology"], one["edition"]) for one in letter["editions"]} == {
        ("herbs", "1"),
        ("herbs", "2/ب"),
    }
    _, printed, _ = say("letters", "show", "110/700")
    assert "changed after the letter: 1 added, 1 changed" in printed
    assert "maksa diff herbs 1 2/ب" in printed
    assert quote("2/ب", safe="") in ask.get("/letters/110/700").text


def test_a_superseded_letter_is_told_wherever_it_stands(ask, say):
    """Behind a code and an edition, in the API, the portal and on the command line."""
    code = ask.get("/api/v1/terminologies/herbs/concepts/00125?edition=1").json()
    (letter,) = code["announcement"]["letters"]

    assert letter["superseded_by"] == ["110/800"]
    editions = ask.get("/api/v1/terminologies/herbs/editions").json()["items"]
    assert editions[1]["announcement"]["letters"] == [letter]
    page = ask.get("/c/herbs/00125?edition=1").text
    assert 'href="/letters/110/700"' in page
    assert 'href="/letters/110/800"' in page
    assert "superseded by: 110/800" in say("show", "herbs", "00125", "--edition", "1")[1]
    assert "superseded by: 110/800" in say("letters", "show", "110/700")[1]
    assert "supersedes: 110/700" in say("letters", "show", "110/800")[1]


def test_the_file_of_a_letter_is_where_the_answer_says(ask):
    """With its hash, and its size."""
    (file,) = ask.get("/api/v1/letters/110%2F700").json()["attachments"]
    given = ask.get(file["file"])

    assert (given.status, given.body, given.headers["x-maksa-sha256"]) == (200, b"%PDF", file["hash"])


def test_lists_and_codes_lead_to_their_letters(ask):
    """From the page of a list and of a code."""
    for path in ("/?terminology=herbs", "/c/herbs/00125"):
        assert 'href="/letters?terminology=herbs"' in ask.get(path).text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("letters/130%2F110", ["letters", "show", "130/110"]),
        ("letters?after=1/1", ["letters", "list", "--after", "1/1"]),
        ("letters?terminology=nothing", ["letters", "list", "--terminology", "nothing"]),
        ("letters?since=1404/13/01", ["letters", "list", "--since", "1404/13/01"]),
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_same_words(ask, say, path, words):
    """A 4xx and exit status 2, with one sentence."""
    refused = ask.get(f"/api/v1/{path}")
    code, _, said = say(*words)

    assert 400 <= refused.status < 500
    assert code == 2
    assert refused.json()["detail"].removeprefix("since: ") in said


def test_an_unknown_letter_is_not_found_by_the_client_either(client):
    """As an exception that names the near ones."""
    with pytest.raises(NotFound) as refusal:
        client.letter("130/110")

    assert refusal.value.known[0] == "110/130"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/letters?limit=0",
        "/api/v1/letters?limit=1001",
        "/api/v1/letters?limit=1000000000",
        "/api/v1/letters?stub=yes",
        "/api/v1/letters?since=yesterday",
        "/api/v1/letters?after=" + "9" * 1_001,
        "/api/v1/letters?page=2",
        "/api/v1/letters?stub=true&stub=true",
        "/api/v1/letters/%ff",
        "/api/v1/letters/%00",
        "/api/v1/letters/" + "9" * 3_000,
        "/api/v1/letters/" + "9" * 3_000 + "/attachments/x",
        "/api/v1/letters/110/700",
        "/api/v1/letters/110%2F700?edition=1",
        "/letters?stub=yes",
        "/letters/" + "9" * 3_000,
        "/letters/110/700/attachments",
        "/letters/110/700?x=1",
        "/letters/" + quote("../" * 50, safe=""),
    ],
)
def test_bad_input_is_a_4xx(ask, path):
    """What is unknown, repeated, out of bounds, too long or unreadable."""
    assert 400 <= ask.get(path).status < 500
