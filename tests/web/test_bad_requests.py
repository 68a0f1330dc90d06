"""What nobody should send: every door answers with its own form and a 4xx. A 5xx anywhere is a bug."""

from __future__ import annotations

import json

import pytest
from asking import BASIC, GATEWAY
from fakes import PID
from forms import assert_form

DEEP = b"[" * 10_000 + b"]" * 10_000
LONG = "a" * 20_000
JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded", "authorization": BASIC}
LIST = "/api/v1/terminologies/herbs"


QUERIES = [
    ("api", "/api/v1/search", 400),
    ("api", "/api/v1/search?q=", 400),
    ("api", "/api/v1/search?q=a&q=b", 400),
    ("api", "/api/v1/search?q=a&Q=b", 400),
    ("api", "/api/v1/search?q=a&unknown=1", 400),
    ("api", "/api/v1/search?q=a&limit=0", 400),
    ("api", "/api/v1/search?q=a&limit=1000000000", 400),
    ("api", "/api/v1/search?q=a&limit=" + "9" * 5000, 400),
    ("api", "/api/v1/search?q=a&limit=-1", 400),
    ("api", "/api/v1/search?q=a&limit=1.5", 400),
    ("api", "/api/v1/search?q=a&limit=", 400),
    ("api", "/api/v1/search?q=a&limit=%C2%B2", 400),
    ("api", "/api/v1/search?q=a&offset=99999999", 400),
    ("api", "/api/v1/search?q=%00", 400),
    ("api", "/api/v1/search?q=%FF%FE", 400),
    ("api", "/api/v1/search?q=%ED%A0%80", 400),
    ("api", "/api/v1/search?q=%E2%80%8C", 400),
    ("api", "/api/v1/search?q=" + "a" * 1_001, 400),
    ("api", "/api/v1/search?q=a&terminology=nothing", 404),
    ("api", "/api/v1/search?q=a&on=1402/13/01", 400),
    ("api", "/api/v1/search?q=a&on=", 400),
    ("api", "/api/v1/search?q=a&terminology=herbs&edition=9", 404),
    ("api", "/api/v1/search?q=a&terminology=herbs&edition=1&on=1402/01/01", 400),
    ("api", "/api/v1/search?" + "&".join(f"p{n}=1" for n in range(99)), 400),
    ("api", "/api/v1/search?q=" + LONG, 414),
    ("api", "/api/v1/terminologies?on=yesterday", 400),
    ("api", "/api/v1/terminologies?since=1402/12/30", 400),
    ("api", "/api/v1/terminologies?limit=1", 400),
    ("api", "/api/v1/terminologies/nothing", 404),
    ("api", "/api/v1/terminologies/%FF", 400),
    ("api", "/api/v1/terminologies/%00", 400),
    ("api", "/api/v1/terminologies/", 404),
    ("api", f"{LIST}/concepts?limit=1001", 400),
    ("api", f"{LIST}/concepts?status=gone", 400),
    ("api", f"{LIST}/concepts?value_set=blue", 400),
    ("api", f"{LIST}/concepts?edition=1&on=1402/01/01", 400),
    ("api", f"{LIST}/concepts?on=1380/01/01", 404),
    ("api", f"{LIST}/concepts/99999", 404),
    ("api", f"{LIST}/concepts/{'9' * 1_001}", 400),
    ("api", "/api/v1/terminologies/LOINC/concepts", 404),
    ("api", f"{LIST}/diff", 400),
    ("api", f"{LIST}/diff?from=1", 400),
    ("api", f"{LIST}/diff?from=1&to=9", 404),
    ("api", f"{LIST}/editions/9/file", 404),
    ("api", f"{LIST}/editions/..%2F..%2Fkeys/file", 404),
    ("api", "/api/v1/validate?code=1&on=1402/00/00", 400),
    ("api", "/api/v1/validate?terminology=herbs&code=1&on=1402/01/01&edition=1", 400),
    ("api", "/api/v1/validate?value=" + "a" * 10_001, 414),
    ("api", "/api/v1/nothing", 404),
    ("api", "/api/v2/terminologies", 404),
    ("api", "/healthz?x=1", 400),
    ("api", "/metrics?x=1", 400),
    ("portal", "/?q=a&q=b", 400),
    ("portal", "/?unknown=1", 400),
    ("portal", "/?on=1402/13/01", 400),
    ("portal", "/?terminology=nothing", 404),
    ("portal", "/?terminology=LOINC", 404),
    ("portal", "/?q=a&page=0", 400),
    ("portal", "/?q=%FF", 400),
    ("portal", "/?q=%00", 400),
    ("portal", "/c/herbs/99999", 404),
    ("portal", "/c/nothing/1", 404),
    ("portal", "/c/herbs/00125?on=1380/01/01", 404),
    ("portal", "/c/herbs/" + "9" * 1_001, 400),
    ("portal", "/c/herbs", 404),
    ("portal", "/nothing", 404),
    ("portal", "/static/../pages.py", 404),
    ("portal", "/wp-login.php", 404),
    ("gateway", f"{GATEWAY}/Nothing", 404),
    ("gateway", "/api/client/apim/v1/sepas/x", 404),
    ("gateway", f"{GATEWAY}/ValidateCts", 401),
    ("token", "/oauth/nothing", 404),
    ("token", "/oauth/token", 405),
]


@pytest.mark.parametrize(("door", "target", "status"), QUERIES)
def test_a_bad_address_is_refused_in_the_doors_form(ask, door, target, status):
    """A GET that cannot be answered is a 4xx in the form of its door."""
    answer = ask.get(target)

    assert answer.status == status, answer.text
    assert_form(door, answer)


METHODS = [
    ("api", "POST", "/api/v1/terminologies", "GET, HEAD"),
    ("api", "DELETE", f"{LIST}/concepts/00125", "GET, HEAD"),
    ("api", "PUT", "/api/v1/validate", "GET, HEAD, POST"),
    ("api", "BREW", "/healthz", "GET, HEAD"),
    ("portal", "POST", "/", "GET, HEAD"),
    ("portal", "OPTIONS", "/c/herbs/00125", "GET, HEAD"),
    ("gateway", "PUT", f"{GATEWAY}/ValidateCts", "GET, HEAD, POST"),
    ("gateway", "DELETE", f"{GATEWAY}/Terminology", "GET, HEAD, POST"),
    ("token", "GET", "/oauth/token", "POST"),
]


@pytest.mark.parametrize(("door", "method", "target", "allowed"), METHODS)
def test_a_wrong_method_is_told_which_are_right(ask, door, method, target, allowed):
    """A method that an address does not take is 405 with Allow."""
    answer = ask(method, target)

    assert answer.status == 405
    assert answer.headers["allow"] == allowed
    assert_form(door, answer)


BODIES = [
    (b"{", 400),
    (b"nonsense", 400),
    (b'{"items": [}', 400),
    (b"\xff\xfe", 400),
    ('{"items": []}'.encode("utf-16"), 400),
    (DEEP, 400),
    (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400),
    *((b'{"CodedText":' * depth + b"{}" + b"}" * depth, 400) for depth in (50, 300, 900, 990)),
    *((b'{"a":' + b"[" * depth + b'"\\u0627"' + b"]" * depth + b"}", 400) for depth in (50, 900, 990)),
    (b'{"Code":' + b"[" * 900 + b"]" * 900 + b',"code":' + b"[" * 900 + b"]" * 900 + b"}", 400),
    (b'{"items": [], "items": []}', 400),
    (b'{"items": [{"Coded_string": NaN}]}', 400),
    (b'{"items": [{"Coded_string": 1e999}]}', 400),
    (b'{"items": [{"Coded_string": ' + b"9" * 5000 + b"}]}", 400),
    (rb'{"items": [{"Coded_string": "\ud800"}]}', 400),
    (rb'{"items": [{"Coded_string": "\u0000"}]}', 400),
    (b'{"items": [{"Coded_string": "a\x00b"}]}', 400),
    (b'{"items": 5}', 400),
    (b'{"items": {"0": {}}}', 400),
    (b'{"items": [5]}', 400),
    (b'{"items": [[]]}', 400),
    (b'{"items": [null]}', 400),
    (b"[1]", 400),
    (b'"text"', 400),
    (b"12", 400),
    (json.dumps({"items": [{}] * 1001}).encode(), 413),
    (json.dumps({"Items": [{"Terminology_id": "herbs", "Coded_string": "a" * 10_001}]}).encode(), 400),
    (json.dumps({"items": [{"Terminology_id": "herbs", "on": "1402/13/01"}]}).encode(), 400),
    (json.dumps({"items": [{"Value": "a" * 10_001}]}).encode(), 400),
]


@pytest.mark.parametrize(("body", "status"), BODIES)
def test_a_bad_batch_is_refused_by_the_native_api(ask, body, status):
    """A body that cannot be read is a 4xx problem."""
    answer = ask.post_json("/api/v1/validate", body)

    assert answer.status == status, answer.text
    assert_form("api", answer)


@pytest.mark.parametrize(("body", "status"), BODIES)
@pytest.mark.parametrize("operation", ["ValidateCts"])
def test_a_bad_body_is_refused_by_the_gateway(call, operation, body, status):
    """A body that cannot be read is a 4xx in the envelope."""
    answer = call(operation, body)

    assert answer.status == status, answer.text
    assert_form("gateway", answer)


@pytest.mark.parametrize("operation", ["CtsTerminologies", "Terminology", "SearchTerminology"])
@pytest.mark.parametrize(
    "body",
    [b"{", DEEP, b"[1]", b"\xff", b'{"Page": 0}', b'{"PageSize": 1001}', b'{"FromDate": "1402/13/01"}'],
)
def test_every_service_refuses_what_it_cannot_read(call, operation, body):
    """The other three services refuse as ValidateCts does."""
    answer = call(operation, body)

    assert answer.status == 400, answer.text
    assert_form("gateway", answer)


FIELDS = [
    ({"Terminology_id": "herbs", "Terminology": "flowers"}, 400),
    ({"Code": "00125", "Coded_string": "00126", "Terminology": "herbs"}, 400),
    ({"Terminology": ["herbs"]}, 400),
    ({"Terminology": {"a": 1}}, 400),
    ({"Terminology": True}, 400),
    ({"Terminology": 1.5}, 400),
    ({"Terminology": "nothing"}, 404),
    ({"Code": "00125"}, 400),
    ({}, 400),
    ({"Terminology": "herbs", "Page": "one"}, 400),
    ({"Terminology": "herbs", "Page": 10**30}, 400),
    ({"Terminology": "herbs", "Page": 1_000_000, "PageSize": 1000}, 400),
    ({"Terminology": "herbs", "Page": 1.5}, 400),
    ({"Terminology": "herbs", "On": {"Year": 1402, "Month": 13, "Day": 1}}, 400),
    ({"Terminology": "herbs", "On": {"Year": "x"}}, 400),
    ({"Terminology": "herbs", "On": {"ISOString": "2023-06-17"}}, 400),
    ({"Terminology": "herbs", "On": [1402, 1, 1]}, 400),
    ({"Terminology": "herbs", "On": "1380/01/01"}, 404),
    ({"Terminology": "herbs", "Search": "a", "Code": "00125"}, 400),
    ({"Terminology": "herbs", "Search": "a", "FromDate": "1402/01/01"}, 400),
    ({"Terminology": "herbs", "Search": "a" * 1_001}, 400),
    ({"Terminology": "herbs", "Search": "\u200c"}, 400),
    ({"Terminology": "LOINC"}, 404),
]


@pytest.mark.parametrize(("fields", "status"), FIELDS)
@pytest.mark.parametrize("operation", ["Terminology", "SearchTerminology"])
def test_bad_fields_are_refused_by_the_gateway(call, operation, fields, status):
    """Fields that contradict each other, or cannot be read, are a 4xx in the envelope."""
    answer = call(operation, fields)

    assert answer.status == status, answer.text
    assert_form("gateway", answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"Items": []} | {"Code": "1"},
        {"Items": "x"},
        {"Items": [1]},
        {"Detail": "maybe", "Code": "1"},
        {"Detail": 3, "Code": "1"},
        {"CodedText": {"Code": "1"}, "Code": "2"},
        {"Value": "a" * 10_001},
    ],
)
def test_bad_triples_are_refused_by_the_gateway(call, fields):
    """A triple and a list together, or an unreadable Detail, are refused."""
    answer = call("ValidateCts", fields)

    assert answer.status == 400, answer.text
    assert_form("gateway", answer)


HEADERS = [
    ("api", "POST", "/api/v1/validate", {"content-type": "text/plain"}, 415),
    ("api", "POST", "/api/v1/validate", {"content-type": "application/json; charset=windows-1256"}, 415),
    ("api", "POST", "/api/v1/validate", {}, 415),
    ("api", "POST", "/api/v1/validate", {**JSON, "content-length": "99999999"}, 413),
    ("api", "POST", "/api/v1/validate", {**JSON, "content-length": "-1"}, 400),
    ("api", "POST", "/api/v1/validate", {**JSON, "content-length": "many"}, 400),
    ("portal", "GET", "/", {"x-long": LONG * 2}, 431),
    ("portal", "GET", "/", {f"x-{n}": "1" for n in range(120)}, 431),
    ("gateway", "POST", f"{GATEWAY}/ValidateCts", {**JSON, "content-length": "99999999"}, 413),
    ("gateway", "POST", f"{GATEWAY}/ValidateCts", {**JSON, "authorization": "bearer \xff"}, 401),
    ("gateway", "POST", f"{GATEWAY}/ValidateCts", {**JSON, "authorization": "bearer " + "a" * 3000}, 401),
    ("gateway", "POST", f"{GATEWAY}/ValidateCts", {**JSON, "authorization": "bearer a.b.c"}, 401),
    ("gateway", "POST", f"{GATEWAY}/ValidateCts", {**JSON, "authorization": "Basic x"}, 401),
    ("token", "POST", "/oauth/token", {"content-length": "99999999"}, 413),
    ("token", "POST", "/oauth/token", JSON, 400),
]


@pytest.mark.parametrize(("door", "method", "target", "headers", "status"), HEADERS)
def test_bad_headers_are_refused_in_the_doors_form(ask, door, method, target, headers, status):
    """Headers that are too many, too long, or wrong are a 4xx in the form of the door."""
    answer = ask(method, target, headers=headers, body=b"{}")

    assert answer.status == status, answer.text
    assert_form(door, answer)


FORMS = [
    (b"", "invalid_request", 400),
    (b"grant_type=", "invalid_request", 400),
    (b"grant_type=magic", "unsupported_grant_type", 400),
    (b"grant_type=password&grant_type=password", "invalid_request", 400),
    (b"grant_type=password", "invalid_request", 400),
    (b"grant_type=password&username=doctor", "invalid_request", 400),
    (b"grant_type=password&username=doctor&password=wrong", "invalid_grant", 400),
    (b"grant_type=refresh_token", "invalid_request", 400),
    (b"grant_type=refresh_token&refresh_token=nonsense", "invalid_grant", 400),
    (b"grant_type=%FF", "invalid_request", 400),
    (b"grant_type=%00", "invalid_request", 400),
    (b"a" * 20_000, "invalid_request", 413),
]


@pytest.mark.parametrize(("form", "error", "status"), FORMS)
def test_a_bad_form_is_refused_in_the_words_of_oauth(ask, form, error, status):
    """A token request that cannot be granted says why in `error`."""
    answer = ask("POST", "/oauth/token", headers=FORM, body=form)

    assert (answer.status, answer.json()["error"]) == (status, error)
    assert_form("token", answer)


@pytest.mark.parametrize(
    ("pid", "status"), [(None, 400), ("", 400), ("x", 400), ("f" * 24, 403), (PID + "0", 400)]
)
def test_a_wrong_pid_is_refused(ask, token, pid, status):
    """The pid must be there, have its form, and belong to the client."""
    headers = {"authorization": f"bearer {token}"} | ({} if pid is None else {"pid": pid})

    answer = ask.post_json(f"{GATEWAY}/CtsTerminologies", {}, headers=headers)

    assert answer.status == status
    assert_form("gateway", answer)


def test_a_repeated_field_of_a_query_is_refused_by_the_gateway(ask, token):
    """A field that stands twice in the address is a contradiction."""
    headers = {"authorization": f"bearer {token}", "pid": PID}

    answer = ask.get(f"{GATEWAY}/Terminology?Terminology=herbs&Terminology=herbs", headers=headers)

    assert answer.status == 400
    assert_form("gateway", answer)


def test_a_word_for_the_envelope_that_is_not_known_is_refused(call):
    """X-Maksa-Envelope knows none and full."""
    answer = call("CtsTerminologies", {}, X_Maksa_Envelope="half")

    assert answer.status == 400
    assert_form("gateway", answer)
