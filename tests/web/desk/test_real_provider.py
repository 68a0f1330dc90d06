"""Signing in with a real provider, by its own pages: oidc-provider of npm, one for all tests of a run."""

from __future__ import annotations

import pytest
from oidc_provider import CLIENT_ID, SECRET, NoProvider, pass_out, pass_through, running
from signing_on import BEGIN, desk_of, know, led_to, path_of
from staff import hire

from maksa.registry.journal import list_journal
from maksa.registry.parties.links import Link, link_person, list_links
from maksa.registry.parties.people import disable_person
from maksa.web.portal.desk import single_sign_on
from maksa.web.single_sign_on import issuer as issuers

pytestmark = pytest.mark.xdist_group("oidc")


@pytest.fixture(scope="module")
def provider(request):
    """Run the provider."""
    try:
        with running(request.config.cache.mkdir("oidc-provider")) as provider:
            yield provider
    except NoProvider as reason:
        pytest.skip(str(reason))


@pytest.fixture
def maryam(home):
    """Hire somebody of the centre, and give the password."""
    return hire(home.registry).password


@pytest.fixture
def desk(home, maryam, provider, log):
    """Run a desk that knows the provider, and maryam by her subject there; give a browser."""
    know(home, provider.issuer, CLIENT_ID, SECRET)
    link_person(home.registry, Link("maryam", "national", subject="maryam.r"))
    with desk_of(home, log) as browser:
        yield browser


def go(desk, login="maryam.r", *, next_page="/desk"):
    """Sign in as somebody at the provider; give what the desk answers in the end."""
    begun = desk.get(BEGIN, params={"next": next_page})
    return desk.get(path_of(pass_through(desk, led_to(begun), login)))


def test_from_the_button_to_the_desk(desk, home):
    """The provider's pages lead back to the page that was asked for, and the person is who they are here."""
    first = led_to(desk.get("/desk"))
    button = desk.get(first).text.partition('class="button" href="')[2].partition('"')[0]
    begun = desk.get(button)
    came_in = desk.get(path_of(pass_through(desk, led_to(begun), "maryam.r")))

    assert button.startswith(BEGIN)
    assert led_to(came_in) == "/desk"
    assert "مریم رضایی" in desk.get("/desk").text
    entry = list_journal(home.registry, limit=1)[0]
    assert (entry.act, entry.actor, entry.details) == ("sign-in", "maryam", {"provider": "national"})


def test_who_is_not_linked_is_refused_with_whom_to_ask(desk):
    """The provider knows many; the desk knows those whom the administrator named."""
    answer = go(desk, "stranger")

    assert answer.status_code == 401
    assert "راهبر سامانهٔ مرکز" in answer.text
    assert "maksa_session" not in desk.cookies


def test_who_is_disabled_is_refused(desk, home):
    """Whatever the provider says."""
    disable_person(home.registry, "maryam")

    answer = go(desk)

    assert (answer.status_code, "maksa_session" in desk.cookies) == (401, False)


@pytest.mark.parametrize(("subject", "linked"), [("reza", True), ("unverified-reza", False)])
def test_a_verified_address_links_who_is_expected(desk, home, subject, linked):
    """The provider tells addresses at its userinfo, and which it has verified."""
    hire(home.registry, "reza", party_id="tamin", roles=())
    link_person(home.registry, Link("reza", "national", email=f"{subject}@example.org"))

    answer = go(desk, subject)

    assert answer.status_code == (303 if linked else 401)
    assert (Link("reza", "national", subject="reza") in list_links(home.registry)) == linked


def test_a_code_is_taken_once(desk):
    """The provider refuses it the second time, even with all that the browser had."""
    begun = desk.get(BEGIN)
    kept = desk.cookies[single_sign_on.COOKIE]
    back = path_of(pass_through(desk, led_to(begun), "maryam.r"))
    assert led_to(desk.get(back)) == "/desk"

    desk.cookies.set(single_sign_on.COOKIE, kept)
    again = desk.get(back)

    assert (again.status_code, "invalid_grant" in again.text) == (401, True)


def test_after_a_rotation_the_new_key_is_found(desk, provider, monkeypatch):
    """Also by a desk that has read the old ones."""
    assert led_to(go(desk)) == "/desk"
    monkeypatch.setattr(issuers, "AGAIN_SECONDS", 0.0)

    provider.rotate()

    assert led_to(go(desk)) == "/desk"


def test_signing_out_there_leads_back_here(desk, provider):
    """And the provider asks for the login again afterwards."""
    go(desk)
    mark = desk.get("/desk").text.partition('name="mark" value="')[2].partition('"')[0]
    page = desk.get(led_to(desk.post("/desk/sign-out", data={"mark": mark}))).text
    address = page.partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")

    assert path_of(pass_out(desk, address)) == "/desk/sign-in?"
    assert "/interaction/" in led_to(desk.get(led_to(desk.get(BEGIN))))


def test_when_the_provider_is_down_the_password_works(desk, provider, maryam):
    """The page says so, and the next time the provider is there again."""
    provider.stop()
    try:
        down = desk.get(BEGIN)
        entered = desk.post("/desk/sign-in", data={"login": "maryam", "password": maryam})
    finally:
        provider.start()

    assert (down.status_code, "در دسترس نیست" in down.text) == (503, True)
    assert led_to(entered) == "/desk"
    assert led_to(go(desk)) == "/desk"
