"""Atom feeds of editions and letters, and the pages that links of mails lead to."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from asgi import Asker
from asking import KEY
from defusedxml.ElementTree import fromstring
from fakes import FakeClients, FakeJournal

from maksa.home import open_home
from maksa.model.edition import Letter
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.subscriptions import find_subscription, subscribe
from maksa.registry.drafts.publish import restore, withdraw
from maksa.registry.letters import record_letter
from maksa.registry.parties.parties import Party, add_party
from maksa.web.app import create_app
from toy import HERBS, place

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = "/api/v1/feeds"
SUBSCRIPTIONS = "/api/v1/subscriptions"


@pytest.fixture
def home(tmp_path):
    """Open a home with the toy herbs in two editions."""
    home = open_home(tmp_path / "home", create=True)
    place(home.shelf)
    place(
        home.shelf,
        edition="2 <b>",
        sequence=2,
        effective=date(2025, 3, 21),
        published=datetime(2025, 2, 1, tzinfo=UTC),
    )
    return home


@pytest.fixture
def log():
    """Keep the access log."""
    return FakeJournal()


@pytest.fixture
def ask(home, log):
    """Ask the application over that home."""
    return Asker(create_app(home.service, FakeClients(), KEY, requests=home.requests, home=home, journal=log))


def entries(answer):
    """Read the entries of a feed: their ids and titles, newest first."""
    feed = fromstring(answer.body)
    return [(e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}title")) for e in feed.iter(f"{ATOM}entry")]


def test_a_feed_is_valid_atom(ask):
    """Each feed and entry has an id, a title and the time of its last change; links are whole addresses."""
    answer = ask.get(f"{FEEDS}/editions.atom", headers={"host": "maksa.example.ir"})
    feed = fromstring(answer.body)

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "مکسا"
    assert feed.findtext(f"{ATOM}updated") == "2025-02-01T00:00:00Z"
    links = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert links[0] == "http://maksa.example.ir/api/v1/feeds/editions.atom"
    assert all(link.startswith("http://maksa.example.ir/api/v1/") for link in links)


def test_an_edition_its_withdrawal_and_its_restoring_are_entries(ask, home):
    """Ids never change; in the language asked for."""
    first = entries(ask.get(f"{FEEDS}/editions.atom"))
    withdraw(home.registry, home.shelf, "herbs", "2 <b>", "چاپ نادرست")
    restore(home.registry, home.shelf, "herbs", "2 <b>")
    told = entries(ask.get(f"{FEEDS}/herbz.atom", headers={"accept-language": "en"}))

    assert [title for _, title in told] == [
        "Edition '2 <b>' of 'herbs' was restored: 8 codes, effective 1404/01/01 (2025-03-21).",
        "Edition '2 <b>' of 'herbs' was withdrawn: 8 codes, effective 1404/01/01 (2025-03-21). Reason: چاپ نادرست.",
        "Edition '2 <b>' of 'herbs' was published: 8 codes, effective 1404/01/01 (2025-03-21).",
        "Edition '1' of 'herbs' was published: 8 codes.",
    ]
    assert [name for name, _ in told[2:]] == [name for name, _ in first]
    assert len({name for name, _ in told}) == 4


def test_a_feed_that_did_not_change_is_not_sent_again(ask, home):
    """The ETag is that of its content."""
    etag = ask.get(f"{FEEDS}/editions.atom").headers["etag"]
    again = ask.get(f"{FEEDS}/editions.atom", headers={"if-none-match": f'"x", W/{etag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)

    place(home.shelf, edition="3", sequence=3)
    assert ask.get(f"{FEEDS}/editions.atom", headers={"if-none-match": etag}).status == 200


def test_letters_have_a_feed(ask, home):
    """The one recorded last is the first."""
    record_letter(home.registry, home.shelf, Letter("110/999", date(2026, 1, 1), "گیاهان\x0b"))
    told = entries(ask.get(f"{FEEDS}/letters.atom"))

    assert told[0] == ("urn:maksa:letter:110%2F999", "نامهٔ 110/999 (1404/10/11) ثبت شد: گیاهان .")
    assert len(told) > 1


def test_an_unknown_list_has_no_feed(ask):
    """And one that is registered by its form has an empty one."""
    assert ask.get(f"{FEEDS}/no-such-list.atom").status == 404
    assert entries(ask.get(f"{FEEDS}/LOINC.atom")) == []
    assert ask.get(f"{FEEDS}/herbs.rss").status == 404


def test_a_server_without_a_desk_announces_nothing(home):
    """It says so."""
    ask = Asker(create_app(home.service, FakeClients(), KEY, journal=FakeJournal()))
    assert ask.get(f"{FEEDS}/editions.atom").status == 403


@pytest.fixture
def mailed(home):
    """An unconfirmed subscription, and its two codes."""
    add_party(home.registry, Party("centre", "مرکز", "centre"))
    keys = DeliveryKeys(home.token_key)
    wanted = WantedSubscription(Owner("party", "centre"), Target("letters"), "email", "desk@example.ir")
    held = subscribe(home.registry, home.shelf, keys, wanted).subscription
    return {
        "confirm": keys.code("confirm", held.number, held.created),
        "unsubscribe": keys.code("end", held.number, held.created),
    }


def state(home):
    """Give the state of the subscription."""
    return find_subscription(home.registry, 1).state


def test_a_link_shows_a_button_and_the_button_does_it(ask, home, mailed, log):
    """Scanners of mails follow links, so following it changes nothing; codes stand in no log."""
    for deed, before, after in [("confirm", "unconfirmed", "active"), ("unsubscribe", "active", "ended")]:
        path = f"{SUBSCRIPTIONS}/1/{deed}?code={mailed[deed]}"
        page = ask.get(path)
        assert page.status == 200
        assert '<form method="post">' in page.text
        assert state(home) == before
        done = ask("POST", path, headers={"content-type": "application/x-www-form-urlencoded"})
        assert done.status == 200
        assert 'dir="rtl"' in done.text
        assert state(home) == after
    assert not any(code in str(vars(log)) for code in mailed.values())


def test_one_click_of_a_mail_program_ends_it(ask, home, mailed):
    """As RFC 8058 posts it."""
    done = ask(
        "POST",
        f"{SUBSCRIPTIONS}/1/unsubscribe?code={mailed['unsubscribe']}",
        headers={"content-type": "application/x-www-form-urlencoded", "accept-language": "en"},
        body=b"List-Unsubscribe=One-Click",
    )
    assert "Subscription 1 has ended." in done.text
    assert state(home) == "ended"


@pytest.mark.parametrize("number", ["1", "0", "99", "x", "99999999999999999999", "%00", "۱"])
@pytest.mark.parametrize("deed", ["confirm", "unsubscribe"])
def test_a_wrong_code_changes_nothing(ask, home, mailed, number, deed):
    """Whatever number it is given with; it is a page all the same."""
    done = ask("POST", f"{SUBSCRIPTIONS}/{number}/{deed}?code=<script>")

    assert 400 <= done.status < 500
    assert "<script>" not in done.text
    assert state(home) == "unconfirmed"


def test_a_code_is_needed(ask, mailed):
    """The page and the button say so."""
    for method in ("GET", "POST"):
        assert ask(method, f"{SUBSCRIPTIONS}/1/confirm").status == 400


def test_an_ended_subscription_is_not_confirmed(ask, home, mailed):
    """It says what stands in the way."""
    ask("POST", f"{SUBSCRIPTIONS}/1/unsubscribe?code={mailed['unsubscribe']}")

    assert ask("POST", f"{SUBSCRIPTIONS}/1/confirm?code={mailed['confirm']}").status == 409


def test_the_toy_list_has_a_title_in_its_feed(ask):
    """So a reader of feeds knows which list it is."""
    feed = fromstring(ask.get(f"{FEEDS}/herbs.atom").body)
    assert HERBS.title.fa in feed.findtext(f"{ATOM}title")
