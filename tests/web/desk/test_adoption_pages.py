"""The pages of the board, subscriptions, letters, imports and what was told, in a browser."""

from __future__ import annotations

import re

import pytest
from adopted import settle_desk

from maksa.registry.adoption.declarations import list_declarations
from maksa.registry.adoption.obligations import list_obligations
from maksa.registry.drafts.drafts import list_drafts

BOUNDARY = "----form"
PAGES = (
    "/desk/adoption",
    "/desk/adoption/declare",
    "/desk/adoption/keep",
    "/desk/subscriptions",
    "/desk/told",
    "/desk/letters/new",
    "/desk/drafts/import",
)
DECLARED = {"terminology": "herbs", "state": "live", "edition": "2", "day": "1403/01/05"}


@pytest.fixture
def open_as(home, staff, ask, browser):
    """Settle the board, hire people, and give the browser of one who signed in."""
    settle_desk(home)
    staff.hire("maryam", "curator")
    staff.hire("officer", "insurer-officer", party="tamin")
    staff.hire("second", "insurer-officer", party="tamin")

    def signed_in(login):
        another = type(browser)(ask)
        another.sign_in(login, staff.passwords[login])
        return another

    return signed_in


def send_file(browser, page, path, name, content, **fields):
    """Send a form with a file and the mark of its page."""
    mark = browser.get(page).text.partition('name="mark" value="')[2].partition('"')[0]
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in {"mark": mark, **fields}.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = b"".join(parts) + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}", **browser._headers()}
    return browser._ask("POST", path, headers=headers, body=body)


def test_one_page_says_who_still_uses_an_old_list(open_as):
    """The centre sees all parties, totals by state that narrow, and the trend; a filter keeps its value."""
    maryam = open_as("maryam")
    page = maryam.get("/desk/adoption").text
    narrowed = maryam.get("/desk/adoption?party=tamin&state=overdue&on=")

    assert all(word in page for word in ("شرکت رایان", "مهلت گذشته ۲", "his-client", "tamin-client", "روند"))
    assert 'href="/desk/adoption?state=overdue"' in page
    assert "شرکت رایان" not in narrowed.text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert 'value="tamin" selected' in narrowed.text
    assert "همهٔ تابلو" in maryam.get("/desk/adoption?state=live").text
    assert maryam.get("/desk/adoption?state=odd").status == 400


def test_an_officer_sees_and_declares_for_their_own_party(open_as, home):
    """Nothing of other parties is on the page; a refusal keeps what was typed."""
    officer = open_as("officer")
    page = officer.get("/desk/adoption").text
    wrong = officer.post("/desk/adoption/declare", page="/desk/adoption/declare", **{**DECLARED, "day": ""})
    theirs = {**DECLARED, "party": "rayan", "system": "his"}
    refused = officer.post("/desk/adoption/declare", page="/desk/adoption/declare", **theirs)
    done = officer.post("/desk/adoption/declare", page="/desk/adoption/declare", **DECLARED)

    assert not any(word in page for word in ("rayan", "رایان", "his-client", "روند هفته"))
    assert (wrong.status, 'value="2"' in wrong.text) == (400, True)
    assert (refused.status, "rayan" in refused.text) == (403, True)
    assert (done.status, done.headers["location"]) == (303, "/desk/adoption?done=declared")
    assert [one.party for one in list_declarations(home.registry)] == ["tamin"]
    assert "اعلام ثبت شد" in officer.get("/desk/adoption?done=declared").text


def test_the_centre_obliges_lifts_certifies_and_reminds(open_as, home):
    """Each form does its act, and a letter is shown as it is to be printed; the party reads it too."""
    maryam, keep = open_as("maryam"), "/desk/adoption/keep"
    obliged = maryam.post(
        keep, page=keep, act="oblige", letter="110/7", terminology="herbs", **{"system-laboratory": "1"}
    )
    number = str(list_obligations(home.registry)[-1].number)
    unsaid = maryam.post(keep, page=keep, act="lift", number=number, why="")
    lifted = maryam.post(keep, page=keep, act="lift", number=number, why="پس گرفته شد")
    certified = maryam.post(
        keep,
        page=keep,
        act="certify",
        party="rayan",
        system="his",
        terminology="herbs",
        edition="2",
        kit="kit",
        version="1",
        passed="1403/02/01",
        valid_until="1499/01/01",
        evidence="ab" * 32,
        examiner="مرکز",
    )
    letter = {"letter": "110/99", "day": "1404/01/01", "signatory": "نام\nسمت"}
    reminded = maryam.post(keep, page=keep, act="remind", party="tamin", **letter)
    every = maryam.post(keep, page=keep, act="remind", overdue="1", **{**letter, "letter": "110/100"})
    shown = reminded.headers["location"]

    assert [one.status for one in (obliged, unsaid, lifted, certified)] == [303, 400, 303, 303]
    assert (shown, every.headers["location"]) == (
        "/desk/adoption/reminder?party=tamin&letter=110%2F99",
        "/desk/adoption?done=reminded",
    )
    assert all(word in maryam.get(shown).text for word in ("بسمه تعالی", "۱۱۰/۹۹", "گیاهان نمونه"))
    assert "بسمه تعالی" in open_as("officer").get(shown).text
    assert open_as("officer").get(shown.replace("tamin", "rayan")).status == 403
    assert maryam.get(shown.replace("99", "98")).status == 404
    assert maryam.post(keep, page=keep, act="nonsense").status == 400


def test_a_subscription_is_made_and_led_in_a_browser(open_as):
    """The secret is on one page only; another person of the party does not find it."""
    officer, path = open_as("officer"), "/desk/subscriptions"
    hook = {
        "owner": "person officer",
        "target": "list",
        "list": "herbs",
        "channel": "webhook",
        "address": "https://receiver.example/hook?key=very-secret",
        "language": "fa",
    }
    wrong = officer.post(path, page=path, **{**hook, "list": ""})
    made = officer.post(path, page=path, **hook)
    secret = re.search(r"whsec_[\w+/=]+", made.text)[0]
    one = f"{path}/1"
    acts = [
        officer.post(one, page=one, act=act, **rest).headers.get("location")
        for act, rest in (("pause", {"why": "تعمیر"}), ("resume", {}), ("replay", {"start": "1"}))
    ]
    rotated = officer.post(one, page=one, act="secret", hours="1")
    seen = officer.get(path).text + officer.get(one).text
    others = open_as("second").get(one)
    ended = officer.post(one, page=one, act="end")
    mail = officer.post(path, page=path, **{**hook, "channel": "email", "address": "a@example.org"})

    assert (wrong.status, made.status) == (400, 201)
    assert acts == [f"{one}?done={act}" for act in ("pause", "resume", "replay")]
    assert rotated.text.count("whsec_") == 1
    assert "receiver.example" in seen
    assert not any(word in seen for word in (secret, "whsec_", "very-secret"))
    assert others.status == 404
    assert (ended.status, "پایان یافته" in officer.get(one).text) == (303, True)
    assert mail.headers["location"] == f"{path}?done=added"


@pytest.mark.parametrize(
    "sent", [{"owner": "party salamat"}, {"owner": "asker 1"}, {"target": "odd"}, {"channel": "pigeon"}, {}]
)
def test_what_no_form_of_subscriptions_sends_is_refused(open_as, sent):
    """In Persian, and nothing is made."""
    officer, path = open_as("officer"), "/desk/subscriptions"
    good = {"owner": "person officer", "target": "letters", "channel": "webhook", "language": "fa"}
    answer = officer.post(path, page=path, **{**good, "address": "nowhere", **sent})

    assert answer.status in {400, 403}
    assert "هنوز اشتراکی نیست" in officer.get(path).text


def test_who_was_told_what_is_asked_and_answered_on_one_page(open_as):
    """What stood published that day, and that nobody had been told."""
    maryam = open_as("maryam")
    found = maryam.get("/desk/told?terminology=herbs&code=00125&on=1404/02/01").text

    assert all(word in found for word in ("بابونه آلمانی", "انتشار", "۱۴۰۴/۰۲/۰۱"))
    assert maryam.get("/desk/told?terminology=nothing&code=1&on=").status == 404


def test_a_letter_is_recorded_with_its_file(open_as, ask):
    """The forms lead to the letter; a refusal keeps what was typed."""
    maryam, path = open_as("maryam"), "/desk/letters/new"
    letter = {
        "number": "110/701",
        "date": "1404/01/10",
        "subject": "ابلاغ گیاهان",
        "refers_to": "110/130، 110/7",
        "announces": "herbs 2\n",
        "addressees": "بیمه‌گر: سازمان تأمین\n",
    }
    wrong = maryam.post(path, page=path, **{**letter, "addressees": "سازمان"})
    made = maryam.post(path, page=path, **letter)
    kept = send_file(maryam, path, "/desk/letters/attachments", "نامه.pdf", b"%PDF", number="110/701")
    unknown = send_file(maryam, path, "/desk/letters/attachments", "a.pdf", b"%PDF", number="9/9")
    read = ask.get("/api/v1/letters/110%2F701").json()

    assert (wrong.status, "ابلاغ گیاهان" in wrong.text) == (400, True)
    assert (made.status, made.headers["location"], kept.status) == (303, "/letters/110/701", 303)
    assert unknown.status == 404
    assert read["refers_to"] == ["110/130", "110/7"]
    assert read["addressees"] == [{"kind": "insurer", "name": "سازمان تأمین"}]
    assert [one["name"] for one in read["attachments"]] == ["نامه.pdf"]
    assert maryam.get(made.headers["location"]).status == 200


def test_a_file_is_imported_into_a_draft(open_as, home):
    """The page tells the fate of each row and leads to the draft; a refusal keeps what was typed."""
    maryam, path = open_as("maryam"), "/desk/drafts/import"
    fields = {"profile": "generic", "terminology": "teas", "edition": "1405", "effective": ""}
    table = "code,display\n1,چای سبز\n,بی کد\n".encode()
    wrong = send_file(maryam, path, path, "teas.csv", b"%PDF", **fields)
    done = send_file(maryam, path, path, "teas.csv", table, **fields)

    assert (wrong.status, 'value="teas"' in wrong.text) == (400, True)
    assert done.status == 201, done.text
    assert all(word in done.text for word in ("teas.csv", "کنار گذاشته", "/desk/drafts/teas/1405"))
    assert [one.name for one in list_drafts(home.registry)] == ["teas 1405"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_who_is_signed_in_and_may(open_as, ask, path):
    """Nobody is led to sign in; a form without its mark is refused; what a role does not open says so."""
    closed = {"/desk/adoption/keep", "/desk/told", "/desk/letters/new", "/desk/drafts/import"}
    officer, maryam = open_as("officer"), open_as("maryam")
    answer = officer.get(path)

    assert ask.get(path).status == 303
    assert maryam.get(path).status == 200
    assert answer.status == (403 if path in closed else 200), answer.text
    if path not in {"/desk/adoption", "/desk/told", "/desk/drafts/import"}:
        assert maryam.post(path).status == 403
    menu = officer.get("/desk").text
    assert ("/desk/adoption" in menu, "/desk/told" in menu) == (True, False)


def test_files_need_the_mark_of_their_page(open_as, home):
    """A file that another site would send changes nothing."""
    maryam = open_as("maryam")
    fields = {"profile": "generic", "terminology": "teas", "edition": "1405"}
    answer = send_file(
        maryam, "/desk/sign-in", "/desk/drafts/import", "x.csv", b"code,display\n1,x\n", **fields
    )

    assert (answer.status, list_drafts(home.registry)) == (403, ())
