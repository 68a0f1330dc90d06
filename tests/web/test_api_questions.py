"""The native API: what each question gives back."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from asgi import Asker

HERBS = "/api/v1/terminologies/herbs"


def get(ask, target):
    """Ask a question that has an answer, which names its editions."""
    answer = ask.get(target)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    for edition in found["editions"]:
        assert set(edition) == {"terminology", "edition", "hash", "sample"}
    return found


def test_the_catalogue_lists_held_lists_and_forms(ask):
    """Held lists have an edition and its letters, the others their form only."""
    found = get(ask, "/api/v1/terminologies")

    lists = {one["id"]: one for one in found["items"]}
    assert found["total"] == len(lists)
    herbs, loinc = lists["herbs"], lists["LOINC"]
    assert herbs["title"] == {"fa": "گیاهان نمونه", "en": "Toy herbs"}
    assert herbs["effective"] == {"iso": "2021-03-21", "jalali": "1400/01/01"}
    assert (loinc["content"], loinc["edition"], loinc["count"]) == ("not-present", None, 0)
    assert [(one["terminology"], one["sample"]) for one in found["editions"]] == [
        ("flowers", True),
        ("herbs", False),
        ("twins", False),
    ]


def test_the_catalogue_since_a_day(ask):
    """Only lists that changed on that day or later are given."""
    assert [one["id"] for one in get(ask, "/api/v1/terminologies?since=1402/01/01")["items"]] == ["flowers"]


def test_letters_stand_behind_list_editions_and_concept(ask):
    """The letter is given with number, day in both calendars, subject, what it supersedes, attachments."""
    of_list = get(ask, HERBS)["terminology"]["announcement"]
    newest, oldest = get(ask, f"{HERBS}/editions")["items"]
    of_concept = get(ask, f"{HERBS}/concepts/00125")["announcement"]

    assert of_list == newest["announcement"] == of_concept
    assert (of_list["announced"], of_list["state"]) == (True, "ابلاغ شده")
    (letter,) = of_list["letters"]
    assert letter["number"] == "110/356"
    assert letter["date"] == {"iso": "2021-12-04", "jalali": "1400/09/13"}
    assert letter["subject"] == "ابلاغ فهرست گیاهان"
    assert letter["supersedes"] == ["110/12"]
    assert letter["attachments"] == [{"name": "list.xlsx", "size": 9, "hash": "0" * 64}]
    assert oldest["announcement"] == {"announced": False, "state": "ابلاغ نشده", "letters": []}


def test_one_list_is_described_by_any_spelling(ask):
    """Properties and value sets stand beside the list; the id is given as it is written."""
    found = get(ask, "/api/v1/terminologies/HERBZ")

    assert found["terminology"]["id"] == "herbs"
    assert {one["code"]: one["type"] for one in found["properties"]} == {
        "dose": "decimal",
        "colour": "string",
        "mark": "string",
    }
    assert found["value_sets"][0]["values"] == ["green"]


def test_concepts_are_paged_by_key(ask):
    """Following next_after gives every code once, in order, with the total known from the first page."""
    seen, after = [], ""
    while after is not None:
        page = get(ask, f"{HERBS}/concepts?limit=4" + (f"&after={after}" if after else ""))
        seen += [one["code"] for one in page["items"]]
        after = page["next_after"]
        assert page["total"] == 9

    assert seen == sorted(set(seen))
    assert len(seen) == 9


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("status=retired", ["00128", "00130"]),
        ("status=not-yet-effective", ["00129"]),
        ("value_set=green-ones", ["00126", "00127"]),
        ("since=1399/06/01", ["00126", "00130", "00132"]),
        ("edition=1&value_set=green-ones", ["00126", "00127"]),
        ("on=1409/01/01&status=retired", ["00128", "00130"]),
    ],
)
def test_concepts_may_be_chosen(ask, condition, codes):
    """By status on a day, by value set, by last change, of a named edition."""
    assert [one["code"] for one in get(ask, f"{HERBS}/concepts?{condition}")["items"]] == codes


def test_a_concept_is_given_whole(ask):
    """Decimals are strings, variants and row are there, days stand in both calendars."""
    twice = get(ask, f"{HERBS}/concepts/00131")["concept"]
    ended = get(ask, f"{HERBS}/concepts/00130")["concept"]

    assert twice["properties"] == [{"code": "dose", "type": "decimal", "value": "160"}]
    assert twice["variants"][0]["properties"] == [{"code": "dose", "type": "decimal", "value": "91"}]
    assert (twice["row"], twice["variants"][0]["row"]) == (8, 9)
    assert (ended["status"], ended["replaced_by"]) == ("retired", "00125")
    assert ended["effective_to"] == {"iso": "2024-01-01", "jalali": "1402/10/11"}


def test_a_code_is_recognised_in_persian_digits(ask):
    """Codes are accepted in all three digit sets, percent-encoded or as typed."""
    for code in (quote("۰۰۱۲۵"), "۰۰۱۲۵", "125"):
        assert get(ask, f"{HERBS}/concepts/{code}")["concept"]["code"] == "00125"


def test_a_slash_may_stand_in_a_code(ask):
    """A code with a slash reaches the question, encoded or not; this list has none."""
    for code in ("8010%2F3", "8010/3"):
        answer = ask.get(f"{HERBS}/concepts/{code}")

        assert (answer.status, answer.json()["type"]) == (404, "urn:maksa:problem:unknown-code")
        assert "8010/3" in answer.json()["detail"]


def test_search_finds_and_says_why(ask):
    """A hit names its list, code, title, state, what matched, and what replaces it."""
    found = get(ask, "/api/v1/search?terminology=herbs&q=" + quote("پونه"))

    assert found["items"] == [
        {
            "terminology": "herbs",
            "code": "00126",
            "display": "نعناع",
            "status": "active",
            "matched": "پونه",
            "how": "synonym",
            "highlights": [[0, 4]],
            "repairs": [],
            "left_out": [],
            "replaced_by": None,
        }
    ]
    assert found["facets"] == []


def test_a_repaired_search_says_what_was_repaired(ask):
    """A misspelled word leads to the hit, with the word that was taken to be meant."""
    (hit,) = get(ask, "/api/v1/search?terminology=herbs&q=" + quote("بابونع"))["items"]

    assert (hit["code"], hit["how"]) == ("00125", "repaired")
    assert hit["repairs"] == [{"typed": "بابونع", "meant": "بابونه", "kind": "spelling"}]


def test_a_search_is_counted_by_facets_and_narrowed(ask):
    """Facets count all hits; a status keeps the hits of one; an unknown status or value set names the known ones."""
    counted = get(ask, "/api/v1/search?terminology=herbs&q=001&limit=1&facets=true")
    states = {value["value"]: value["count"] for value in counted["facets"][0]["values"]}
    retired = get(ask, "/api/v1/search?terminology=herbs&q=001&status=retired")
    refused = ask.get("/api/v1/search?terminology=herbs&q=001&value_set=none")

    assert counted["facets"][0]["name"] == "status"
    assert sum(states.values()) == counted["total"]
    assert retired["total"] == states["retired"]
    assert {hit["status"] for hit in retired["items"]} == {"retired"}
    assert (refused.status, refused.json()["parameter"]) == (400, "value_set")
    assert ask.get("/api/v1/search?q=001&status=gone").status == 400
    assert ask.get("/api/v1/search?q=001&facets=yes").status == 400


def test_search_reads_an_address_typed_by_hand(ask):
    """Persian that was not percent-encoded is Persian too."""
    assert get(ask, "/api/v1/search?q=آویشن&limit=1")["total"] == 2


def test_search_goes_over_all_lists_and_pages(ask):
    """Without a list all are searched; offset goes on where limit stopped."""
    first = get(ask, "/api/v1/search?limit=3&q=" + quote("گل"))
    second = get(ask, "/api/v1/search?limit=3&offset=3&q=" + quote("گل"))

    assert first["total"] == second["total"] == 121
    assert not {one["code"] for one in first["items"]} & {one["code"] for one in second["items"]}


def test_validate_gives_issue_suggestion_and_candidates(ask):
    """The verdict has the shape of the contract."""
    (verdict,) = get(ask, "/api/v1/validate?terminology=herbs&code=00130&value=" + quote("گل گاوزبان"))[
        "results"
    ]

    assert set(verdict) == {"valid", "terminology", "code", "display", "edition", "issues"}
    assert (verdict["valid"], verdict["edition"]) == (False, "2")
    (issue,) = verdict["issues"]
    assert set(issue) == {"code", "severity", "message", "message_en", "part", "suggestion", "candidates"}
    assert issue["suggestion"] == {"terminology": "herbs", "code": "00125", "display": "بابونه آلمانی"}


def test_validate_without_anything_is_an_answer(ask):
    """Empty parts are a verdict, not an error."""
    (verdict,) = get(ask, "/api/v1/validate")["results"]

    assert (verdict["valid"], verdict["issues"][0]["code"]) == (False, "missing-part")


def test_validate_respects_day_and_value_set(ask):
    """A code that was good on a day is good on that day; one outside of a value set is told so."""
    (then,) = get(ask, "/api/v1/validate?terminology=herbs&code=00130&on=1400/06/01")["results"]
    (blue,) = get(ask, "/api/v1/validate?terminology=herbs&code=00125&value_set=green-ones")["results"]

    assert then["valid"]
    assert [one["code"] for one in blue["issues"] if one["severity"] == "error"] == ["not-in-value-set"]


@pytest.mark.parametrize("count", [0, 1, 200, 201, 1000])
def test_a_batch_is_answered_in_its_order(ask, count):
    """Small batches and those of the pool give the same answers."""
    items = [
        {"Terminology_id": "herbs", "Coded_string": f"{125 + n % 9:05d}", "on": "1400/06/01"}
        for n in range(count)
    ]

    answer = ask.post_json("/api/v1/validate", {"items": items})

    assert answer.status == 200
    assert [one["code"] for one in answer.json()["results"]] == [one["Coded_string"] for one in items]


def test_a_batch_of_many_ways_gives_what_each_question_gives_alone(ask):
    """Days, editions and value sets may differ from one field to the next."""
    alike = {"Terminology_id": "herbs", "Coded_string": "00130", "Value": "گل"}
    ways = [{}, {"on": "1400/06/01"}, {"on": ""}, {"edition": "1"}, {"value_set": "green-ones"}]
    items = [alike | way for way in ways]

    together = ask.post_json("/api/v1/validate", {"items": items}).json()["results"]
    alone = [ask.post_json("/api/v1/validate", {"items": [item]}).json()["results"][0] for item in items]

    assert together == alone


@pytest.mark.parametrize(("place", "day"), [(0, "1402/13/01"), (2, "yesterday")])
def test_a_bad_day_in_a_batch_is_named_by_its_place(ask, place, day):
    """Wherever it stands."""
    items = [{"Terminology_id": "herbs", "Coded_string": "00125"} for _ in range(3)]
    items[place]["on"] = day

    answer = ask.post_json("/api/v1/validate", {"items": items})

    assert (answer.status, answer.json()["parameter"]) == (400, f"items[{place}].on")


@pytest.mark.parametrize("text", ["%20", "%20%20%09", "%E2%80%8C"])
@pytest.mark.parametrize("where", ["", "&terminology=herbs"])
def test_a_search_for_blanks_names_its_parameter(ask, text, where):
    """It is called q in this door."""
    answer = ask.get(f"/api/v1/search?q={text}{where}")

    assert (answer.status, answer.json()["parameter"]) == (400, "q")


@pytest.mark.parametrize("field", ["Terminology_id", "Coded_string", "Value"])
def test_half_a_letter_is_refused(ask, field):
    """A lone surrogate is no text that could be looked up or written back, whichever field holds it."""
    item = {"Terminology_id": "herbs", "Coded_string": "00125", "Value": "نعنا"} | {field: "\udcff"}

    answer = ask.post_json("/api/v1/validate", {"items": [item]})

    assert answer.status == 400
    assert "lone surrogate" in answer.json()["detail"]


def test_a_batch_needs_a_body_and_known_fields(ask):
    """No body, or a field that is not known, is told with the shape that is."""
    empty = ask("POST", "/api/v1/validate")
    unknown = ask.post_json("/api/v1/validate", {"items": [{"terminology": "herbs"}]})

    assert (empty.status, unknown.status) == (400, 400)
    assert "terminology" in unknown.json()["detail"]
    assert "Terminology_id" in unknown.json()["mend"]


def test_diff_tells_what_changed(ask):
    """Changes stand in the order of codes, with both sides, and are counted by kind."""
    found = get(ask, f"{HERBS}/diff?from=1&to=2")

    assert (found["before"], found["after"], found["counts"]) == ("1", "2", {"changed": 1, "added": 1})
    changed, added = found["changes"]
    assert (changed["code"], changed["fields"]) == ("00126", ["display"])
    assert (changed["before"]["display"], changed["after"]["display"]) == ("نعناع فلفلي 5 درصد", "نعناع")
    assert (added["kind"], added["before"]) == ("added", None)
    assert [one["edition"] for one in found["editions"]] == ["1", "2"]


def test_diff_is_paged_by_code(ask):
    """A long diff goes on after the last code."""
    first = get(ask, f"{HERBS}/diff?from=1&to=2&limit=1")
    second = get(ask, f"{HERBS}/diff?from=1&to=2&limit=1&after={first['next_after']}")

    assert [one["code"] for one in first["changes"] + second["changes"]] == ["00126", "00132"]
    assert second["next_after"] is None


def test_problems_speak_the_language_asked_for(ask):
    """English by default, Persian for fa; the Persian sentence always stands in detail_fa."""
    headers = {"accept-language": "de, fa-IR;q=0.9, en;q=0.8"}

    english = ask.get("/api/v1/terminologies/nothing").json()
    persian = ask.get("/api/v1/terminologies/nothing", headers=headers).json()

    assert "is not known" in english["detail"]
    assert persian["detail"] == persian["detail_fa"] == english["detail_fa"]
    assert english["known"]


def test_an_unknown_parameter_is_told_the_known_ones(ask):
    """A misspelt parameter is an error that names those there are."""
    problem = ask.get("/api/v1/search?query=a").json()

    assert problem["parameter"] == "query"
    assert problem["known"] == [
        *("q", "terminology", "limit", "offset", "status", "value_set", "facets", "on", "edition")
    ]


def test_reads_ask_for_a_token_when_they_are_not_public(make_app):
    """Then every question needs one, while health and the description stay open."""
    ask = Asker(make_app(public_reads=False))

    refused = ask.get("/api/v1/terminologies")

    assert (refused.status, refused.headers["content-type"]) == (401, "application/problem+json")
    assert refused.headers["www-authenticate"].startswith("Bearer")
    for path in ("/healthz", "/readyz", "/metrics", "/api/v1/openapi.json"):
        assert ask.get(path).status == 200


def test_reads_are_open_to_the_holder_of_a_token(make_app, token):
    """The gateway's token opens the native API too."""
    ask = Asker(make_app(public_reads=False))

    assert ask.get("/api/v1/terminologies", headers={"authorization": f"Bearer {token}"}).status == 200


def test_health_says_alive_and_ready(ask):
    """Alive is the process, ready the catalogue."""
    assert ask.get("/healthz").json()["status"] == "ok"
    assert ask.get("/readyz").json()["terminologies"] == 11


def test_a_head_is_a_get_without_its_body(ask):
    """HEAD gives the headers of GET."""
    got, asked = ask.get(f"{HERBS}/concepts/00125"), ask("HEAD", f"{HERBS}/concepts/00125")

    assert (asked.status, asked.body) == (200, b"")
    assert asked.headers["content-length"] == str(len(got.body))


def test_a_code_of_any_length_gets_a_verdict_in_a_batch(ask):
    """A field that holds a whole page is a malformed code, and the other items of its batch are judged."""
    items = [{"Terminology_id": "herbs", "Coded_string": text} for text in ("9" * 5_000, "00125")]
    answer = ask.post_json("/api/v1/validate", {"items": items}).json()

    assert [one["valid"] for one in answer["results"]] == [False, True]
    assert answer["results"][0]["issues"][0]["code"] == "malformed-code"
