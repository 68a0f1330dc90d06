"""Sessions of the native API: a password opens one, its token stands for a person, and nothing secret leaves."""

from __future__ import annotations

import pytest

from maksa.registry.journal import list_journal
from maksa.registry.parties.people import disable_person
from maksa.web.api.desk.routes import DESK

PATH = "/api/v1/sessions"
NEW = "گندم‌زار و باران ۱۴۰۵"


def test_a_password_opens_a_session_and_its_token_says_who_it_is(ask, staff):
    """The answer names roles and what they allow; the token and its end stand in the first answer only."""
    header = staff.hire("maryam", "curator")
    who = ask.get(f"{PATH}/current", headers=header)

    assert who.headers["cache-control"] == "no-store"
    assert (
        who.json()["who"] | {"login": "maryam", "party": "centre", "roles": ["curator"]} == who.json()["who"]
    )
    assert "draft-edit" in who.json()["who"]["acts"]
    assert "edition-publish" not in who.json()["who"]["acts"]
    assert who.json()["token"] is None


@pytest.mark.parametrize("token", ["", "bearer", "bearer nobody", "Basic bWFyeWFtOng="])
def test_who_has_no_session_is_told_how_to_get_one(ask, staff, token):
    """No token, one of another kind and one that nobody gave are refused alike, with the mend."""
    answer = ask.get(f"{PATH}/current", headers={"authorization": token} if token else {})

    assert answer.status == 401
    assert answer.json()["detail"]


def test_a_wrong_password_is_refused_and_shown_nowhere(ask, staff, log, home):
    """Neither the answer, nor the log, nor the journal holds a password or a token."""
    staff.hire("maryam", "curator")
    wrong = ask.post_json(PATH, {"login": "maryam", "password": "a guess of mine"})
    written = [wrong.text, str(log.lines), str(list_journal(home.registry))]

    assert wrong.status == 401
    for secret in ("a guess of mine", staff.passwords["maryam"], staff.tokens["maryam"]):
        assert not any(secret in text for text in written)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "login"),
        ({"login": "x"}, "password"),
        ({"login": 1, "password": "x"}, "login"),
        ([], "object"),
        ({"login": "x", "password": "y", "z": 1}, "z"),
    ],
)
def test_what_is_no_login_is_named(ask, staff, sent, field):
    """A missing, odd or unknown field is a problem that names it."""
    answer = ask.post_json(PATH, sent)

    assert answer.status == 400
    assert field in answer.text


def test_who_signed_out_or_was_disabled_is_nobody(ask, staff, home):
    """A session ends at once in both ways."""
    maryam, reza = staff.hire("maryam", "curator"), staff.hire("reza", "reviewer")
    assert ask("DELETE", f"{PATH}/current", headers=maryam).status == 200
    disable_person(home.registry, "reza")

    assert [ask.get(f"{PATH}/current", headers=one).status for one in (maryam, reza)] == [401, 401]


def test_another_password_ends_the_sessions(ask, staff):
    """The old one is asked for; the new one opens a session, the old one none."""
    header = staff.hire("maryam", "curator")
    refused = ask.post_json(f"{PATH}/password", {"old": "guess", "new": NEW}, headers=header)
    done = ask.post_json(f"{PATH}/password", {"old": staff.passwords["maryam"], "new": NEW}, headers=header)

    assert (refused.status, done.status) == (401, 200)
    assert ask.get(f"{PATH}/current", headers=header).status == 401
    assert ask.post_json(PATH, {"login": "maryam", "password": NEW}).status == 201


@pytest.mark.parametrize(
    "operation", [one for one, _ in DESK if one.signed], ids=lambda one: f"{one.method} {one.path}"
)
def test_every_act_of_the_desk_asks_who_it_is(ask, staff, operation):
    """Without a token, each route that is for who is signed in answers 401 and does nothing."""
    path = operation.path.replace("{", "").replace("}", "").replace("+", "")
    answer = ask.post_json(path, {}) if operation.method == "POST" else ask(operation.method, path)

    assert answer.status == 401


@pytest.mark.parametrize(("operation", "endpoint"), DESK, ids=lambda one: getattr(one, "path", ""))
def test_every_route_of_the_desk_leads_to_its_function(operation, endpoint):
    """The name in the table is that of a function whose first sentence is the summary of the description."""
    from importlib import import_module

    module, _, function = endpoint.__qualname__.partition(".")
    found = getattr(import_module(f"maksa.web.api.desk.{module}"), function)

    assert found.__doc__.partition("\n")[0] == endpoint.__doc__


@pytest.mark.parametrize("path", ["/api/v1/sessions/current", "/desk"])
def test_a_fault_behind_the_desk_is_answered_in_the_doors_form(ask, staff, browser, log, monkeypatch, path):
    """Whatever breaks in the registry, the caller gets an id, the log the place, and nobody a secret."""
    staff.hire("maryam", "curator")
    browser.sign_in("maryam", staff.passwords["maryam"])

    def broken(*_):
        raise KeyError(staff.passwords["maryam"])

    monkeypatch.setattr("maksa.web.desk.acting.person_of_session", broken)
    header = {"authorization": f"bearer {staff.tokens['maryam']}"}
    answer = browser.get(path) if path == "/desk" else ask.get(path, headers=header)
    fault = next(line for line in log.lines if line["event"] == "fault")

    assert answer.status == 500
    assert fault["id"] in answer.text
    assert staff.passwords["maryam"] not in answer.text + str(log.lines)
