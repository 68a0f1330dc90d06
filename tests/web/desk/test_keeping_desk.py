"""Parties, people, clients and the journal at the desk: kept by who keeps them, and no secret is told twice."""

from __future__ import annotations

import pytest
from records import client_of
from sqlalchemy import update

from maksa.registry.journal import Wanted, find_entries, list_journal
from maksa.registry.tables import journal

API = "/api/v1"
GUARDS = {
    "sqlite": ("DROP TRIGGER journal_without_update",),
    "postgresql": ("DROP TRIGGER journal_only_appended ON journal",),
}


@pytest.fixture
def keeper(staff):
    """Somebody who keeps parties, and reads the journal."""
    return staff.hire("admin", "administrator")


@pytest.fixture
def post(ask, keeper):
    """Send JSON in the name of who keeps."""
    return lambda path, content: ask.post_json(f"{API}/{path}", content, headers=keeper)


def test_a_party_and_its_systems_are_registered(ask, post, staff, keeper):
    """A second time its further systems; another name is refused; a party sees itself only."""
    wanted = {"party": "maker", "name": "سازنده", "kind": "vendor"}
    system = {"system": "his", "name": "سامانه", "kind": "hospital"}
    added, more = post("parties", wanted), post("parties", {**wanted, "systems": [system]})
    officer = staff.hire("sara", "insurer-officer", party="tamin")

    assert (added.status, more.json()["systems"]) == (201, [system])
    assert post("parties", {**wanted, "name": "دیگری"}).status == 409
    assert post("parties", {**wanted, "kind": "odd"}).status == 400
    assert [
        one["party"] for one in ask.get(f"{API}/parties?kind=vendor", headers=keeper).json()["items"]
    ] == ["maker"]
    assert [one["party"] for one in ask.get(f"{API}/parties", headers=officer).json()["items"]] == ["tamin"]


def test_a_person_is_registered_with_a_password_told_once(ask, post, keeper):
    """It opens a session; roles, a new password and the end of access hold at once."""
    person = {"login": "reza", "name": "رضا", "party": "centre", "roles": ["curator"]}
    password = post("people", person).json()["password"]
    session = ask.post_json(f"{API}/sessions", {"login": "reza", "password": password})
    header = {"authorization": f"bearer {session.json()['token']}"}

    assert post("people/reza/roles", {"roles": ["reviewer"]}).json()["roles"] == ["reviewer"]
    assert ask.get(f"{API}/sessions/current", headers=header).json()["who"]["roles"] == ["reviewer"]
    assert post("people/reza/roles", {"roles": ["insurer-officer"]}).status == 400
    assert post("people/reza/password", {}).json()["password"] != password
    assert ask.get(f"{API}/sessions/current", headers=header).status == 401
    assert post("people/reza/disable", {}).json()["disabled"]
    assert not post("people/reza/enable", {}).json()["disabled"]
    assert password not in ask.get(f"{API}/people", headers=keeper).text
    assert post("people", person).status == 409
    assert post("people", {**person, "login": "a b"}).status == 400


def test_a_client_is_registered_with_a_secret_told_once(ask, post, keeper):
    """Its scopes and quotas are granted, its secret is replaced, and it ends for good."""
    new = post("clients", {"client": "his", "name": "سامانه", "last_day": "1500/01/01"}).json()
    granted = post(
        "clients/his/grant", {"party": "tamin", "scopes": ["read", "requests"], "per_day": 9}
    ).json()

    assert new["client"]["expires"].startswith("2121-03-")
    assert (granted["party"], granted["per_day"], granted["per_minute"]) == ("tamin", 9, None)
    assert post("clients/his/rotate", {}).json()["secret"] != new["secret"]
    assert post("clients/his/revoke", {}).json()["revoked"]
    assert post("clients/his/rotate", {}).status == 409
    assert new["secret"] not in ask.get(f"{API}/clients", headers=keeper).text
    assert post("clients/his/grant", {"scopes": ["all"]}).status == 400
    assert post("clients/his/grant", {"scopes": ["requests"]}).status == 400
    assert post("clients/his/grant", {"party": "tamin", "per_day": 0}).status == 400
    for day in ("9999-12-31", "1300/01/01", "x"):
        assert post("clients", {"client": "b", "name": "b", "last_day": day}).status == 400


def test_no_secret_is_in_log_or_journal(home, ask, post, log, keeper):
    """Passwords, secrets and tokens that the doors told stand nowhere else."""
    person = post("people", {"login": "reza", "name": "رضا", "party": "centre"}).json()["password"]
    again = post("people/reza/password", {}).json()["password"]
    client = post("clients", {"client": "his", "name": "سامانه"}).json()
    rotated = post("clients/his/rotate", {}).json()
    told = "\n".join(
        (str(log.lines), str(list_journal(home.registry)), ask.get(f"{API}/journal", headers=keeper).text)
    )

    secrets = (person, again, client["secret"], client["password"], rotated["secret"], rotated["password"])
    assert not [one for one in (*secrets, keeper["authorization"].split()[1]) if one in told]


def test_the_journal_is_narrowed_and_paged(home, ask, post, keeper):
    """By actor, act, part of the subject and day; newest first, page after page."""
    for name in ("aa", "bb", "cc"):
        post("parties", {"party": name, "name": name, "kind": "vendor"})

    def found(query):
        answer = ask.get(f"{API}/journal?{query}", headers=keeper).json()
        return [one["subject"] for one in answer["items"]], answer["next_before"]

    assert found("act=party-add&actor=admin") == (["cc", "bb", "aa"], None)
    assert found("subject=BB")[0] == ["bb"]
    assert found("act=party-add&since=1500/01/01")[0] == []
    first, before = found("act=party-add&actor=admin&limit=2")
    assert first == ["cc", "bb"]
    assert found(f"act=party-add&actor=admin&limit=2&before={before}") == (["aa"], None)
    odd = ask.get(f"{API}/journal?act=odd", headers=keeper).json()
    assert (odd["parameter"], "party-add" in odd["known"]) == ("act", True)
    assert find_entries(home.registry, Wanted(subject="%"), limit=9) == []


def test_the_chain_of_the_journal_is_verified(ask, keeper):
    """It is whole, with its last number and seal."""
    last = ask.get(f"{API}/journal?limit=1", headers=keeper).json()["items"][0]
    chain = ask.get(f"{API}/journal/chain", headers=keeper).json()

    assert chain == {"whole": True, "number": last["number"], "hash": last["hash"], "problems": []}


def test_a_chain_that_was_altered_is_told(home, ask, browser, staff, keeper):
    """By the entry at which it breaks, in the API and on the page."""
    with home.registry.writing() as connection:
        for statement in GUARDS[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        connection.execute(update(journal).where(journal.c.number == 2).values(actor="somebody else"))
    browser.sign_in("admin", staff.passwords["admin"])
    chain = ask.get(f"{API}/journal/chain", headers=keeper).json()
    page = browser.get("/desk/journal/chain").text

    assert not chain["whole"]
    assert "Entry 2" in chain["problems"][0]["en"]
    assert "زنجیرهٔ دفتر شکسته است" in page
    assert 'role="alert"' in page


def test_a_client_keeps_nothing(home, ask):
    """No scope opens what is for people of the centre."""
    header = client_of(home.registry, "tamin", ("read", "requests", "discrepancies", "adoption"))

    for path in ("parties", "people", "clients", "journal", "journal/chain"):
        assert ask.get(f"{API}/{path}", headers=header).status == 403
