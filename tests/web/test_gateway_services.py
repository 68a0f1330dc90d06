"""The four services: shapes, both readings of the crossed rows, aliases, days, pages."""

from __future__ import annotations

import json

import pytest
from asking import GATEWAY
from fakes import PID

ROW = {
    "Terminology_id",
    "Coded_string",
    "Value",
    "Status",
    "EffectiveFrom",
    "EffectiveTo",
    "ReplacedBy",
    "Properties",
}


def inner(answer):
    """Give the innermost envelope of a success."""
    assert answer.status == 200, answer.text
    envelope = answer.json()
    assert set(envelope) == {"result", "status"}
    assert envelope["status"] == envelope["result"]["status"] == {"statusCode": 200, "message": "OK"}
    found = envelope["result"]["data"]
    assert (found["isSuccess"], found["statusCode"], found["waitTime"]) == (True, 0, 0)
    return found


def codes(answer):
    """Give the codes of a list in an answer."""
    return [row["Coded_string"] for row in inner(answer)["data"]]


def test_cts_terminologies_lists_what_is_here(call):
    """A list carries its edition, days in Jalali, count and letter; one held by form only carries none."""
    found = inner(call("CtsTerminologies"))

    rows = {row["Terminology_id"]: row for row in found["data"]}
    assert rows["herbs"] == {
        "Terminology_id": "herbs",
        "Value": "گیاهان نمونه",
        "Edition": "2",
        "EffectiveDate": "1400/01/01",
        "LastUpdate": "1400/01/01",
        "Count": 9,
        "LetterNumber": "110/356",
        "LetterDate": "1400/09/13",
        "Sample": False,
    }
    assert (rows["flowers"]["Sample"], rows["flowers"]["LetterNumber"]) == (True, None)
    assert (rows["LOINC"]["Edition"], rows["LOINC"]["Count"]) == (None, 0)
    assert (found["total"], found["page"], found["pageSize"]) == (len(rows), 1, 100)


def test_cts_terminologies_since_a_day_keeps_what_changed(call):
    """With FromDate only lists with an edition of that day or later stand in the answer."""
    rows = inner(call("CtsTerminologies", {"FromDate": "1402/01/01"}))["data"]

    assert [row["Terminology_id"] for row in rows] == ["flowers"]


@pytest.mark.parametrize("name", ["Terminology", "SearchTerminology"])
def test_a_text_is_searched_in_both_services(call, name):
    """With a text the answer is a ranked search, whichever of the two names was called."""
    found = inner(call(name, {"Terminology_id": "herbs", "Search": "آويشن"}))

    assert [row["Coded_string"] for row in found["data"]] == ["00127", "00128"]
    assert found["total"] == 2
    assert set(found["data"][0]) == ROW


@pytest.mark.parametrize("name", ["Terminology", "SearchTerminology"])
def test_a_code_alone_is_looked_up_in_both_services(call, name):
    """With a code alone the answer is that concept, or an empty list."""
    assert codes(call(name, {"Terminology": "herbs", "Code": "۰۰۱۳۰"})) == ["00130"]
    assert codes(call(name, {"Terminology": "herbs", "Code": 130})) == ["00130"]
    assert inner(call(name, {"Terminology": "herbs", "Code": "99999"}))["total"] == 0


@pytest.mark.parametrize("name", ["Terminology", "SearchTerminology"])
def test_a_list_alone_is_given_page_by_page_in_both_services(call, name):
    """With neither text nor code the answer is a page of the list, in the order of its codes."""
    found = inner(call(name, {"Terminology": "herbs", "Page": 2, "PageSize": "4"}))

    assert [row["Coded_string"] for row in found["data"]] == ["00129", "00130", "00131", "00132"]
    assert (found["total"], found["page"], found["pageSize"]) == (9, 2, 4)


@pytest.mark.parametrize("name", ["Terminology", "SearchTerminology"])
def test_from_date_gives_what_changed_since_retired_ones_too(call, name):
    """With FromDate the answer holds changed, new and ended codes."""
    assert codes(call(name, {"Terminology": "herbs", "FromDate": "1399/06/01"})) == [
        "00126",
        "00130",
        "00132",
    ]


def test_a_row_carries_status_days_and_typed_properties_as_text(call):
    """Days are Jalali, a decimal keeps its digits."""
    ended, plain = (
        inner(call("Terminology", {"Terminology": "herbs", "Code": c}))["data"][0] for c in ("00130", "00125")
    )

    assert (ended["Status"], ended["EffectiveTo"], ended["ReplacedBy"]) == ("retired", "1402/10/11", "00125")
    assert {"Code": "dose", "Type": "decimal", "Value": "2.50"} in plain["Properties"]


def test_a_search_without_a_list_goes_over_all_of_them(call):
    """A text alone is searched in the whole catalogue."""
    rows = inner(call("SearchTerminology", {"Text": "گل", "PageSize": 1000}))["data"]

    assert {row["Terminology_id"] for row in rows} == {"herbs", "flowers"}


@pytest.mark.parametrize(
    "day",
    [
        "1400/01/01",
        "14000101",
        14000101,
        "2021-03-21",
        "۱۴۰۰/۰۱/۰۱",
        {"Year": 1400, "Month": 1, "Day": 1},
        {
            "year": "1400",
            "MONTH": 1,
            "day": 1,
            "Hour": 8,
            "Minute": 0,
            "Second": 0,
            "ISOString": "1999-01-01",
        },
    ],
)
def test_a_day_is_read_in_every_form(call, day):
    """Jalali, ISO and SEPAS's date objects name the same day: from it on the second edition holds."""
    answer = call("Terminology", {"Terminology": "herbs", "On": day})

    assert inner(answer)["total"] == 9
    assert answer.headers["x-maksa-edition"].startswith("herbs|2;sha256=")


@pytest.mark.parametrize("day", [None, "", " ", {"Year": None, "Month": None, "Day": None}])
def test_an_empty_day_is_no_day(call, day):
    """A field that is sent empty is a field that was not sent."""
    assert inner(call("Terminology", {"Terminology": "herbs", "On": day}))["total"] == 9


@pytest.mark.parametrize(
    "names",
    [
        ("Terminology_id", "Coded_string", "Value"),
        ("TERMINOLOGYID", "codedstring", "DISPLAY"),
        ("terminology", "code", "value"),
    ],
)
def test_names_are_read_in_any_case_and_by_any_alias(call, names):
    """Each name of a field reads the same."""
    triple = dict(zip(names, ("herbs", "00125", "بابونه آلماني"), strict=True))

    assert inner(call("ValidateCts", triple))["data"]["Issues"] == []


def test_one_field_under_two_names_with_one_value_is_one_field(call):
    """Saying the same twice is no contradiction, and an empty name says nothing."""
    names = {"Terminology": "herbs", "Terminology_id": "herbs", "TerminologyId": "", "PageSize": 1}

    assert codes(call("Terminology", names)) == ["00125"]


@pytest.mark.parametrize("wrapper", ["CodedText", "DO_CODED_TEXT", "codedtext"])
def test_a_triple_may_stand_as_one_object(call, wrapper):
    """A DO_CODED_TEXT under its own name is read as the triple it is."""
    triple = {"Terminology_id": "herbs", "Coded_string": "00125", "Value": "بابونه آلمانی"}

    assert inner(call("ValidateCts", {wrapper: triple}))["data"]["IsValid"] is True


def test_validate_cts_gives_the_verdict_with_its_issues(call):
    """A verdict names list, code, title, edition, and each issue in both languages with its suggestion."""
    verdict = inner(
        call("ValidateCts", {"Terminology_id": "herbs", "Coded_string": "00130", "Value": "گل گاوزبان"})
    )["data"]

    (issue,) = verdict.pop("Issues")
    assert verdict == {
        "IsValid": False,
        "Terminology_id": "herbs",
        "Coded_string": "00130",
        "Value": "گل گاوزبان",
        "Edition": "2",
    }
    assert set(issue) == {"Code", "Severity", "Message", "MessageEn", "Part", "Suggestion"}
    assert (issue["Code"], issue["Severity"], issue["Part"]) == ("retired", "error", "code")
    assert issue["Suggestion"] == {
        "Terminology_id": "herbs",
        "Coded_string": "00125",
        "Value": "بابونه آلمانی",
    }


def test_validate_cts_without_detail_is_a_bare_boolean(call):
    """Detail=false leaves a yes or no."""
    triple = {"Terminology_id": "herbs", "Coded_string": "00125", "Value": "بابونه آلمانی"}

    assert inner(call("ValidateCts", {**triple, "Detail": False}))["data"] is True
    assert inner(call("ValidateCts", {**triple, "Coded_string": "1", "Detail": "FALSE"}))["data"] is False


@pytest.mark.parametrize("count", [0, 1, 200, 201, 1000])
def test_validate_cts_answers_a_list_in_its_order(call, count):
    """An Items array gives as many verdicts, each on its own day."""
    items = [{"Terminology_id": "herbs", "Coded_string": f"{125 + n % 9:05d}"} for n in range(count)]

    verdicts = inner(call("ValidateCts", {"Items": items}))["data"]

    assert [verdict["Coded_string"] for verdict in verdicts] == [item["Coded_string"] for item in items]


def test_items_may_have_days_of_their_own(call):
    """The day of an item goes before the day of the request."""
    item = {"Terminology_id": "herbs", "Coded_string": "00130"}
    body = {"Items": [item, {**item, "On": "1400/06/01"}], "On": "1403/01/01", "Detail": False}

    assert inner(call("ValidateCts", body))["data"] == [True, True]
    assert inner(call("ValidateCts", {**body, "On": "1404/01/01"}))["data"] == [False, True]


def test_fields_that_are_not_known_are_named(call):
    """An unknown field is no error and is not passed over in silence."""
    found = inner(call("CtsTerminologies", {"Anything": 1, "Code": "1"}))

    assert "These fields were not used: Anything, Code" in found["message"]


def test_unknown_fields_of_items_are_named_once(call):
    """What many items carry is named once."""
    items = [{"Terminology_id": "herbs", "Coded_string": "00125", "Extra": n} for n in range(3)]

    assert "These fields were not used: Extra" in inner(call("ValidateCts", {"Items": items}))["message"]


def test_a_sample_is_marked_in_envelope_and_header(call):
    """Rows of a sample say so; a search that found none in samples does not."""
    sample = call("Terminology", {"Terminology": "flowers", "PageSize": 1})
    other = call("Terminology", {"Search": "زعفران"})

    assert sample.headers["x-maksa-sample"] == "true"
    assert "A sample, not official: flowers" in inner(sample)["message"]
    assert "x-maksa-sample" not in other.headers


def test_the_envelope_can_be_left_off(call):
    """X-Maksa-Envelope: none gives the payload alone, and of an error its inner part."""
    rows = call("CtsTerminologies", {}, X_Maksa_Envelope="none")
    error = call("Terminology", {"Terminology": "nothing"}, X_Maksa_Envelope="NONE")

    assert isinstance(rows.json(), list)
    assert rows.headers["x-maksa-total"] == str(len(rows.json()))
    assert (error.status, error.json()["isSuccess"], error.json()["statusCode"]) == (404, False, 404)


def test_the_header_names_edition_and_hash(call, shelf):
    """X-Maksa-Edition carries what the answer comes from."""
    answer = call("Terminology", {"Terminology": "herbs", "On": "1399/06/01"})

    assert (
        answer.headers["x-maksa-edition"]
        == f"herbs|1;sha256={shelf.entries('herbs')[1].manifest.content_hash}"
    )


def test_a_get_answers_as_a_post_does(ask, call, token):
    """The same fields by query give the same answer; bearer is read in any case."""
    query = "Terminology_id=herbs&Coded_string=00130&Value=%DA%AF%D9%84"
    headers = {"authorization": f"BEARER {token}", "pid": PID.upper()}

    by_get = ask.get(f"{GATEWAY}/ValidateCts?{query}", headers=headers)
    by_post = call("ValidateCts", {"Terminology_id": "herbs", "Coded_string": "00130", "Value": "گل"})

    assert by_get.json() == by_post.json()


def test_a_pid_of_another_is_refused_with_a_mend_for_the_caller(call):
    """It sends to the centre, not to a command that only the operator has."""
    refused = call("ValidateCts", {"Terminology": "herbs"}, pid="f" * 24)

    assert refused.status == 403
    message = refused.json()["result"]["data"]["message"]
    assert "ask the centre" in message[1]
    assert "maksa " not in "".join(message)


def test_an_empty_post_is_a_request_without_fields(ask, token):
    """No body needs no content type."""
    headers = {"authorization": f"bearer {token}", "pid": PID}

    assert ask("POST", f"{GATEWAY}/CtsTerminologies", headers=headers).status == 200


def test_the_status_speaks_the_language_asked_for(call):
    """Persian by default, English on request; message has both."""
    persian = call("Terminology", {"Terminology": "nothing"}).json()
    english = call("Terminology", {"Terminology": "nothing"}, Accept_Language="en-GB").json()

    assert "شناخته نیست" in persian["status"]["message"]
    assert "is not known" in english["status"]["message"]
    assert persian["result"]["data"] == english["result"]["data"]


def test_a_large_body_is_read_in_the_pool(call):
    """A body of hundreds of kilobytes is as good as a small one."""
    items = [{"Terminology_id": "herbs", "Coded_string": "00125", "Value": "ب" * 300} for _ in range(1000)]
    assert len(json.dumps(items)) > 64 * 1024

    assert len(inner(call("ValidateCts", {"Items": items, "Detail": False}))["data"]) == 1000
