"""The pages of the desk: what each shows, its forms with their mark, and mistakes that keep what was typed."""

from __future__ import annotations

import re

import pytest
from records import OTHER, ask_for, differ, other_insurer

from maksa.registry.discrepancies.received import list_received
from maksa.registry.discrepancies.register import find_discrepancy
from maksa.registry.parties.clients import list_clients
from maksa.registry.parties.parties import list_parties
from maksa.registry.parties.people import list_people
from maksa.registry.requests.code_requests import do_act, read_request

PAGES = (
    "/desk",
    "/desk/password",
    "/desk/requests",
    "/desk/requests/1",
    "/desk/discrepancies",
    "/desk/discrepancies/1",
    "/desk/discrepancies/uploads",
    "/desk/discrepancies/parties/tamin",
    "/desk/parties",
    "/desk/people",
    "/desk/people/admin",
    "/desk/clients",
    "/desk/journal",
    "/desk/journal/chain",
)
FORMS = (
    ("/desk/password", {"old": "x", "new": "y"}),
    ("/desk/requests/1", {"act": "accept"}),
    ("/desk/discrepancies/1", {"outcome": "accepted", "why": "x"}),
    ("/desk/discrepancies/1/assignment", {"owner": "x"}),
    ("/desk/parties", {"party": "maker", "name": "x", "kind": "vendor"}),
    ("/desk/people", {"login": "reza", "name": "x", "party": "centre"}),
    ("/desk/people/admin", {"act": "disable"}),
    ("/desk/clients", {"client": "his", "name": "x"}),
    ("/desk/clients/his", {"act": "revoke"}),
)


@pytest.fixture
def enter(browser, staff):
    """Sign a browser in as somebody with roles."""

    def sign_in(login, *roles, party="centre"):
        staff.hire(login, *roles, party=party)
        browser.cookies.clear()
        assert browser.sign_in(login, staff.passwords[login]).status == 303
        return browser

    return sign_in


@pytest.fixture
def filled(home):
    """A request and a discrepancy of the insurer."""
    ask_for(home.registry, "tamin", "گل <b>ختمی")
    differ(home.registry, "tamin", "90000")
    return home


def state(home):
    """Give all that the forms of the pages could change."""
    registry = home.registry
    kept = list_parties(registry), list_people(registry), list_clients(registry)
    return kept, read_request(registry, 1), find_discrepancy(registry, 1), list_received(registry)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_who_is_signed_in_and_sound(filled, enter, browser, path):
    """Others are led to sign in. It needs no script, is kept nowhere, and each field has its label."""
    led = browser.get(path)
    page = enter("admin", "administrator", "curator").get(path)
    fields = re.findall(
        r'<(?:input|select|textarea)(?![^>]*type="(?:hidden|checkbox|radio)")[^>]* id="([^"]+)"', page.text
    )
    labels = re.findall(r'<label for="([^"]+)"', page.text)

    assert (led.status, led.headers["location"].partition("?")[0]) == (303, "/desk/sign-in")
    assert page.status == 200
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text
    assert "<b>ختمی" not in page.text
    assert fields == labels
    assert len(set(fields)) == len(fields)
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(("path", "fields"), FORMS)
def test_a_form_without_the_mark_of_its_session_does_nothing(filled, enter, path, fields):
    """What another site sends with the browser's cookie is refused; so is the mark of somebody else's session."""
    other = enter("reza", "administrator").get("/desk/people").text.partition('name="mark" value="')[2]
    browser = enter("admin", "administrator", "curator")
    before = state(filled)

    assert browser.post(path, **fields).status == 403
    assert browser.post(path, **fields, mark=other.partition('"')[0]).status == 403
    assert state(filled) == before


def test_a_person_who_may_not_is_told_who_may(filled, enter):
    """The pages of the centre are refused with the role held and who may; the menu does not offer them."""
    browser = enter("sara", "insurer-officer", party="tamin")

    for path in ("/desk/people", "/desk/clients", "/desk/journal"):
        refused = browser.get(path)
        assert refused.status == 403
        assert "کارشناس بیمه‌گر" in refused.text
        assert "راهبر سامانه" in refused.text
        assert f'href="{path}"' not in browser.get("/desk").text


def test_the_front_page_tells_what_waits(filled, enter):
    """Counted by role, each with its link; who has no role is told what to do."""
    do_act(filled.registry, 1, "accept")
    do_act(filled.registry, 1, "ask", said="کدام؟")
    officer = enter("sara", "insurer-officer", party="tamin").get("/desk").text
    curator = enter("maryam", "curator").get("/desk").text

    assert "/desk/requests?state=question" in officer
    assert "/desk/discrepancies?state=open" in curator
    assert "/desk/requests?state=question" not in curator
    assert "نقشی به شما داده نشده" in enter("nobody", party="tamin").get("/desk").text


def test_a_request_is_led_through_its_acts_on_its_page(filled, enter):
    """Only what its state allows is offered; a mistake is told above the form, which keeps what was typed."""
    browser = enter("maryam", "curator")
    path = "/desk/requests/1"
    offered = re.findall(r'name="act" value="([^"]+)"', browser.get(path).text)
    done = browser.post(path, page=path, act="accept")
    wrong = browser.post(path, page=path, act="done-existing", code="99999", terminology="herbs")
    late = browser.post(path, page=path, act="accept")
    asked = browser.post(path, page=path, act="ask", said="کدام گونه؟")

    assert offered == ["accept", "done-existing", "refuse"]
    assert (done.status, done.headers["location"]) == (303, f"{path}?done=accept")
    assert "پذیرفتن برای بررسی" in browser.get(f"{path}?done=accept").text
    assert (wrong.status, 'value="99999"' in wrong.text, 'role="alert"' in wrong.text) == (400, True, True)
    assert late.status == 409
    assert asked.status == 303
    assert "ساعت ایستاده" in browser.get(path).text
    assert browser.post(path, page=path, act="odd").status == 400


def test_the_asker_answers_and_appeals_on_the_page_of_the_request(filled, browser):
    """The page shows the question and the form; a mistake keeps what was typed; an appeal is taken once."""
    number, token = ask_for(filled.registry, None, "پونه")
    for act, said in (("accept", None), ("ask", "کدام گونه؟")):
        do_act(filled.registry, number, act, said=said)
    own = {"number": str(number), "token": token}
    shown = browser.post("/requests/status", **own)
    person = browser.post("/requests/answer", **own, said="بیمار 0012345679")
    answered = browser.post("/requests/answer", **own, said="کوهی")
    do_act(filled.registry, number, "refuse", said="نیست")
    appealed = browser.post("/requests/appeal", **own, said="هست")
    do_act(filled.registry, number, "refuse", said="نیست")

    assert "کدام گونه؟" in shown.text
    assert 'action="/requests/answer"' in shown.text
    assert (person.status, "0012345679" in person.text) == (400, True)
    assert "در دست کار" in answered.text
    assert "در اعتراض" in appealed.text
    assert browser.post("/requests/appeal", **own, said="هست").status == 409
    assert browser.post("/requests/appeal", number=str(number), token="x", said="هست").status == 404


def test_a_discrepancy_is_decided_and_assigned_on_its_page(filled, enter):
    """Nothing is chosen beforehand; a mistake keeps what was typed; an officer sees the record and no form."""
    browser = enter("maryam", "curator")
    path = "/desk/discrepancies/1"
    blank = browser.get(path).text
    wrong = browser.post(path, page=path, outcome="accepted", why=" ", evidence="صورت‌جلسه")
    day = browser.post(f"{path}/assignment", page=path, owner="سارا", deadline="دیروز")
    done = browser.post(path, page=path, outcome="accepted", why="همان است")
    given = browser.post(f"{path}/assignment", page=path, owner="سارا", deadline="1400/01/01")
    shown = browser.get(path).text

    assert "checked" not in blank
    assert (wrong.status, "صورت‌جلسه" in wrong.text, "checked" in wrong.text) == (400, True, True)
    assert (day.status, 'value="سارا"' in day.text) == (400, True)
    assert (done.status, given.status) == (303, 303)
    assert all(word in shown for word in ("همان است", "سارا", "گذشته", 'name="again"'))
    officer = enter("sara", "insurer-officer", party="tamin").get(path)
    assert (officer.status, "<form class" in officer.text.partition("<h1")[2]) == (200, False)


def test_another_partys_pages_are_not_found(filled, enter):
    """Neither a record, nor a request, nor the trend of another party."""
    other_insurer(filled.registry)
    browser = enter("omid", "insurer-officer", party=OTHER)

    assert browser.get("/desk/discrepancies/1").status == 404
    assert browser.get("/desk/requests/1").status == 404
    assert browser.get("/desk/discrepancies/parties/tamin").status == 403
    assert "90000" not in browser.get("/desk/discrepancies").text
    assert browser.get("/desk/discrepancies?party=tamin").status == 403


@pytest.mark.parametrize(
    "query", ["state=odd", "after=x", "after=99999999999", "colour=x", "state=new&state=new", "q=%FF"]
)
def test_an_odd_question_is_a_clear_refusal(filled, enter, query):
    """Never a fault."""
    assert enter("maryam", "curator").get(f"/desk/requests?{query}").status == 400


def test_a_filter_that_was_left_empty_asks_for_nothing(filled, enter):
    """A browser sends untouched fields empty; what was chosen stays chosen, and an empty answer says what to do."""
    browser = enter("maryam", "curator")
    found = browser.get("/desk/requests?q=&state=new&terminology=&party=")
    empty = browser.get("/desk/discrepancies?state=closed&kind=&list=&party=&owner=")

    assert '<option value="new" selected>' in found.text
    assert 'href="/desk/requests/1"' in found.text
    assert "مغایرتی با این گزینش نیست" in empty.text


def multipart(mark, content, **fields):
    """Write a form with a file as a browser sends it."""
    parts = [
        f'--x\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**fields, "mark": mark}.items()
    ]
    head = '--x\r\ncontent-disposition: form-data; name="file"; filename="C:\\\\lists\\\\list.csv"\r\n\r\n'
    return "".join(parts).encode() + head.encode() + content + b"\r\n--x--\r\n"


def test_a_list_is_sent_from_its_page(filled, ask, enter):
    """It waits under the name of its file; without the mark, a file or a list it is refused."""
    browser = enter("sara", "insurer-officer", party="tamin")
    path = "/desk/discrepancies/uploads"
    mark = browser.get(path).text.partition('name="mark" value="')[2].partition('"')[0]
    cookie = {"cookie": f"maksa_session={browser.cookies['maksa_session']}"}

    def send(body):
        return ask(
            "POST", path, headers={"content-type": "multipart/form-data; boundary=x", **cookie}, body=body
        )

    fields = {"party": "tamin", "list": "herbs", "on": "", "channel": ""}
    assert send(multipart("0" * 64, b"code\n1\n", **fields)).status == 403
    assert send(multipart(mark, b"", **fields)).status == 400
    assert send(multipart(mark, b"code\n1\n", **{**fields, "list": "nolist"})).status == 404
    assert send(multipart(mark, b"code\n1\n", **{**fields, "party": "centre"})).status == 403
    assert send(b"--x\r\nbroken").status == 400
    sent = send(multipart(mark, b"code\n1\n", **fields))
    assert (sent.status, sent.headers["location"]) == (303, f"{path}?sent=1")
    assert [(one.file, one.party) for one in list_received(filled.registry)] == [("list.csv", "tamin")]
    assert "در صف سنجش" in browser.get(f"{path}?sent=1").text


def test_who_keeps_registers_parties_people_and_clients(filled, enter, ask):
    """Secrets stand on the page that follows and on no other; mistakes keep what was typed."""
    browser = enter("admin", "administrator")
    party = browser.post(
        "/desk/parties",
        page="/desk/parties",
        party="maker",
        name="سازنده",
        kind="vendor",
        system="his",
        system_name="سامانه",
        system_kind="hospital",
    )
    wrong = browser.post("/desk/parties", page="/desk/parties", party="Bad Id", name="سازنده", kind="vendor")
    hired = browser.post(
        "/desk/people", page="/desk/people", login="reza", name="رضا", party="centre", **{"role-curator": "1"}
    )
    password = re.findall(r'class="code">([^<]+)</bdi></dd>', hired.text)[1]
    made = browser.post(
        "/desk/clients", page="/desk/clients", client="his", name="سامانه", last_day="1500/01/01"
    )
    secret = re.findall(r'class="code">([^<]+)</bdi></dd>', made.text)[1]

    assert (party.status, hired.status, made.status) == (303, 201, 201)
    assert (wrong.status, 'value="Bad Id"' in wrong.text) == (400, True)
    assert ask.post_json("/api/v1/sessions", {"login": "reza", "password": password}).status == 201
    assert filled.clients.authenticate("his", secret).client_id == "his"
    pages = "".join(
        browser.get(path).text
        for path in (
            "/desk/people",
            "/desk/people/reza",
            "/desk/clients",
            "/desk/clients/his",
            "/desk/journal",
        )
    )
    assert password not in pages
    assert secret not in pages


def test_a_person_and_a_client_are_changed_on_their_pages(filled, enter):
    """Roles, access and password; scopes, secret and the end."""
    browser = enter("admin", "administrator")
    browser.post("/desk/people", page="/desk/people", login="reza", name="رضا", party="centre")
    browser.post("/desk/clients", page="/desk/clients", client="his", name="سامانه")

    def person(**fields):
        return browser.post("/desk/people/reza", page="/desk/people/reza", **fields)

    def client(**fields):
        return browser.post("/desk/clients/his", page="/desk/clients/his", **fields)

    assert person(act="roles", **{"role-reviewer": "1"}).headers["location"].endswith("?done=roles")
    assert person(act="roles", **{"role-insurer-officer": "1"}).status == 400
    assert "گذرواژه" in person(act="password").text
    assert person(act="disable").status == 303
    reza = next(one for one in list_people(filled.registry) if one.login == "reza")
    assert (reza.roles, reza.disabled) == (("reviewer",), True)
    assert client(act="grant", party="tamin", per_day="۵", **{"scope-requests": "1"}).status == 303
    assert client(act="grant", per_day="x").status == 400
    assert "secret" in client(act="rotate").text
    assert client(act="revoke").status == 303
    his = list_clients(filled.registry)[0]
    assert (his.party, his.scopes, his.per_day, his.revoked) == ("tamin", ("requests",), 5, True)
    assert person(act="odd").status == client(act="odd").status == 400
    assert browser.get("/desk/people/x%00y").status == 400
    assert browser.get("/desk/clients/nobody").status == 404


def test_a_password_is_changed_on_its_page(enter, staff):
    """A weak one is told above the form; a good one ends the sessions."""
    browser = enter("maryam", "curator")
    old = staff.passwords["maryam"]
    weak = browser.post("/desk/password", page="/desk/password", old=old, new="short")
    done = browser.post("/desk/password", page="/desk/password", old=old, new="گندم‌زار و باران ۱۴۰۵")

    assert (weak.status, old in weak.text) == (400, False)
    assert (done.status, done.headers["location"]) == (303, "/desk/sign-in")
    assert browser.get("/desk").status == 303
