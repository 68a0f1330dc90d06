"""Signing in at the desk with a provider, an issuer of our own: what begins a session, and what does not."""

from __future__ import annotations

import base64
import logging
import re
import socket
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest
from fake_issuer import CLIENT_ID, SECRET, issuing
from signing_on import BEGIN, desk_of, know, led_to, path_of
from sqlalchemy import select
from staff import hire

from maksa.registry.journal import list_journal
from maksa.registry.parties.links import Link, link_person, list_links
from maksa.registry.parties.people import disable_person, list_people
from maksa.registry.parties.providers import add_provider, list_providers, remove_provider
from maksa.registry.tables import metadata
from maksa.web.portal.desk import single_sign_on


@pytest.fixture
def issuer():
    """Run an issuer of our own."""
    with issuing() as fake:
        yield fake


@pytest.fixture
def maryam(home):
    """Hire somebody, and give the password."""
    return hire(home.registry).password


@pytest.fixture
def desk(home, maryam, issuer, log):
    """Run a desk that knows the issuer, and maryam of it; give a browser."""
    know(home, issuer.address, CLIENT_ID, SECRET)
    link_person(home.registry, Link("maryam", "national", subject="s-1"))
    with desk_of(home, log) as browser:
        yield browser


def sign_in(desk, issuer, **changes):
    """Go to the issuer and come back; give the answer."""
    return desk.get(path_of(issuer.came_back(led_to(desk.get(BEGIN)), **changes)))


def refused(answer, status, why):
    """Check that a page says why, that it is the page for signing in, and that no session began."""
    text = unescape(re.sub(r"<[^>]*>|[\u2066-\u2069]", "", answer.text))
    assert answer.status_code == status, text
    assert why in text
    assert "ورود به میز کار" in text
    assert "maksa_session" not in str(answer.headers)


def test_a_linked_person_comes_in_and_to_the_page_that_was_asked_for(desk, issuer, home):
    """With the cookie that a password gives; the other one is gone."""
    page = desk.get("/desk/sign-in?next=%2Fdesk%3Fx%3D1").text
    assert "ورود با درگاه ملی" in page
    begun = desk.get(f"{BEGIN}?next=%2Fdesk%3Fx%3D1")
    came_in = desk.get(path_of(issuer.came_back(led_to(begun))))

    assert led_to(came_in) == "/desk?x=1"
    assert list(desk.cookies) == ["maksa_session"]
    cookies = [one.casefold() for one in came_in.headers.get_list("set-cookie")]
    assert all("httponly" in one and "samesite=lax" in one for one in cookies)
    assert "مریم رضایی" in desk.get("/desk").text
    assert list_journal(home.registry, limit=1)[0].details == {"provider": "national"}


def test_the_question_names_the_address_by_which_people_come(home, maryam, issuer, log):
    """`public_url` where it is set; then cookies are for https alone."""
    know(home, issuer.address, CLIENT_ID, SECRET)
    with desk_of(home, log, public_url="https://maksa.example/") as desk:
        begun = desk.get(BEGIN)
        asked = parse_qs(urlsplit(led_to(begun)).query)

    assert asked["redirect_uri"] == ["https://maksa.example/desk/sign-in/national/callback"]
    assert "Secure" in begun.headers["set-cookie"]
    assert "Path=/desk/sign-in" in begun.headers["set-cookie"]


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "/desk\r\nx: y", "desk", ""]
)
def test_nobody_is_led_to_another_site(desk, issuer, path):
    """After signing in, only a path of this site is gone to."""
    begun = desk.get(BEGIN, params={"next": path})

    assert led_to(desk.get(path_of(issuer.came_back(led_to(begun))))) == "/desk"


def test_an_answer_is_worth_nothing_in_another_browser(desk, issuer):
    """Else somebody could have you work in their name, or work in yours."""
    address = path_of(issuer.came_back(led_to(desk.get(BEGIN))))

    with httpx.Client(base_url=desk.base_url, trust_env=False) as other:
        refused(other.get(address), 401, "در همین مرورگر آغاز نشده")
        other.get(BEGIN)
        refused(other.get(address), 401, "(state)")


def test_an_answer_counts_once(desk, issuer):
    """Even with the cookie of before, at any node."""
    begun = desk.get(BEGIN)
    kept = dict(desk.cookies)
    address = path_of(issuer.came_back(led_to(begun)))
    assert led_to(desk.get(address)) == "/desk"

    desk.cookies.clear()
    refused(desk.get(address), 401, "در همین مرورگر آغاز نشده")
    desk.cookies.update(kept)
    refused(desk.get(address), 401, "invalid_grant")


def test_a_provider_that_takes_a_code_twice_opens_no_second_session(desk, issuer):
    """The registry remembers which answers began one."""
    begun = desk.get(BEGIN)
    kept, address = dict(desk.cookies), led_to(begun)
    assert led_to(desk.get(path_of(issuer.came_back(address)))) == "/desk"

    desk.cookies.clear()
    desk.cookies.update(kept)
    refused(desk.get(path_of(issuer.came_back(address))), 401, "یک بار وارد شده‌اند")


@pytest.mark.parametrize("value", ["", "x", "gAAAAA", '"', "é".encode().decode("latin-1")])
def test_a_made_up_cookie_is_no_sign_in_under_way(desk, issuer, value):
    """Whatever it is."""
    address = path_of(issuer.came_back(led_to(desk.get(BEGIN))))
    desk.cookies.clear()

    answer = desk.get(address, headers={"cookie": f"{single_sign_on.COOKIE}={value}".encode("latin-1")})

    refused(answer, 401, "در همین مرورگر آغاز نشده")


def test_who_takes_too_long_begins_anew(desk, issuer, monkeypatch):
    """Ten minutes are enough at the provider."""
    begun = desk.get(BEGIN)
    monkeypatch.setattr(single_sign_on, "SECONDS", -1)

    refused(desk.get(path_of(issuer.came_back(led_to(begun)))), 401, "بیش از 10 دقیقه")


def test_a_sign_in_begun_with_one_provider_does_not_end_with_another(desk, issuer, home):
    """The path tells which it is, and the cookie must agree."""
    provider = list_providers(home.registry)[0]
    other = replace(provider, provider_id="other", issuer="https://other.example")
    add_provider(home.registry, other, SECRET, home.token_key)
    address = path_of(issuer.came_back(led_to(desk.get(BEGIN))))

    refused(desk.get(address.replace("national", "other")), 401, "در همین مرورگر آغاز نشده")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"state": "x"}, "(state)"),
        ({"iss": "https://other.example"}, "(iss)"),
        ({"code": "made up"}, "invalid_grant"),
        ({"error": "access_denied"}, "انصراف داده شد"),
    ],
)
def test_an_answer_that_is_not_believed_shows_why(desk, issuer, changes, why):
    """On the page for signing in, so that the password is at hand; the sign-in under way is over."""
    answer = sign_in(desk, issuer, **changes)

    refused(answer, 401, why)
    assert dict(desk.cookies) == {}


def test_a_token_for_another_question_begins_no_session(desk, issuer):
    """The nonce is that of this browser's question."""
    issuer.claims = {"nonce": "other"}

    refused(sign_in(desk, issuer), 401, "(nonce)")


def test_an_unknown_account_is_told_whom_to_ask(desk, issuer, home):
    """And nobody is made of it."""
    before = list_people(home.registry)
    issuer.claims = {"sub": "stranger"}

    refused(sign_in(desk, issuer), 401, "راهبر سامانهٔ مرکز")
    assert list_people(home.registry) == before


def test_a_disabled_person_stays_outside(desk, issuer, home):
    """And one who was inside is out at once."""
    assert led_to(sign_in(desk, issuer)) == "/desk"
    disable_person(home.registry, "maryam")

    assert led_to(desk.get("/desk")).startswith("/desk/sign-in")
    refused(sign_in(desk, issuer), 401, "پایان یافته است")


def test_who_is_expected_by_e_mail_is_linked_once(desk, issuer, home):
    """By an address that the provider has verified."""
    hire(home.registry, "reza", party_id="tamin", roles=())
    link_person(home.registry, Link("reza", "national", email="reza@tamin.example"))
    issuer.claims = {"sub": "s-2", "email": "reza@tamin.example", "email_verified": False}
    refused(sign_in(desk, issuer), 401, "راهبر سامانهٔ مرکز")

    issuer.claims = {"sub": "s-2", "email": "reza@tamin.example", "email_verified": True}
    assert led_to(sign_in(desk, issuer)) == "/desk"
    assert Link("reza", "national", subject="s-2") in list_links(home.registry)


def test_without_the_provider_the_password_still_works(desk, issuer, home, maryam):
    """A clear refusal first; then the other way in."""
    remove_provider(home.registry, "national")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        know(home, f"http://127.0.0.1:{free.getsockname()[1]}", CLIENT_ID, SECRET)

    refused(desk.get(BEGIN), 503, "اکنون در دسترس نیست")
    assert led_to(desk.post("/desk/sign-in", data={"login": "maryam", "password": maryam})) == "/desk"


def test_a_provider_that_goes_away_on_the_way_is_said_to_be(desk, issuer):
    """At the way back too."""
    issuer.pages["/token"] = lambda: (502, {}, b"")

    refused(sign_in(desk, issuer), 503, "وضعیت آن 502")


def test_an_unknown_provider_is_named_as_such(desk):
    """With the page for signing in."""
    for path in ("/desk/sign-in/nowhere", "/desk/sign-out/nowhere", "/desk/sign-in/%D8%A2"):
        refused(desk.get(path), 404, "ارائه‌دهنده‌ای برای ورود با شناسهٔ")
    refused(desk.get("/desk/sign-in/nowhere/callback"), 401, "آغاز نشده")


def test_a_secret_that_does_not_open_is_the_administrators_to_mend(desk, home):
    """It was sealed with the key of another home."""
    provider = list_providers(home.registry)[0]
    add_provider(home.registry, provider, SECRET, b"o" * 32)

    refused(desk.get(BEGIN), 409, "maksa people providers add")


def test_who_came_with_a_provider_may_sign_out_there_too(desk, issuer):
    """The session here ends at once; the way out there is a link."""
    sign_in(desk, issuer)
    mark = desk.get("/desk").text.partition('name="mark" value="')[2].partition('"')[0]

    left = desk.post("/desk/sign-out", data={"mark": mark})

    assert led_to(left) == "/desk/sign-out/national"
    page = desk.get("/desk/sign-out/national").text
    assert f'href="{issuer.address}/end?client_id={CLIENT_ID}&amp;post_logout_redirect_uri=' in page
    assert led_to(desk.get("/desk")).startswith("/desk/sign-in")
    del issuer.description["end_session_endpoint"]
    single_sign_on._issuer.cache_clear()
    assert led_to(desk.get("/desk/sign-out/national")) == "/desk/sign-in"


def test_no_secret_is_in_logs_journal_database_or_pages(desk, issuer, home, log, caplog):
    """Neither codes, tokens and the client's secret, nor state, nonce and verifier."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    address = led_to(desk.get(BEGIN))
    kept = desk.cookies[single_sign_on.COOKIE]
    back = issuer.came_back(address)
    failed = desk.get(path_of(back.replace("state=", "state=x")))
    came_in = sign_in(desk, issuer)
    asked = dict(parse_qsl(urlsplit(address).query))
    code = parse_qs(urlsplit(back).query)["code"][0]

    with home.registry.reading() as connection:
        stored = [repr(connection.execute(select(table)).all()) for table in metadata.sorted_tables]
    ours = "\n".join(one.getMessage() for one in caplog.records if one.name.startswith("maksa"))
    told = "\n".join([*stored, repr(list_journal(home.registry)), repr(log.lines), ours, failed.text])

    secrets = [asked["state"], asked["nonce"], code, kept, SECRET, desk.cookies["maksa_session"]]
    assert came_in.status_code == 303
    assert [one for one in secrets if one in told] == []
    basic = base64.b64encode(f"{CLIENT_ID}:{SECRET.replace(' ', '+')}".encode()).decode()
    assert [one for one in (SECRET, basic, "id_token") if one in caplog.text] == []
