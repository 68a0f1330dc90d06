"""The pages of drafts in a browser: a grid changed in place, both sides of a conflict, and the way to an edition."""

from __future__ import annotations

import html
import re

import pytest

PATH = "/desk/drafts/herbs/1405"
TITLE = "بابونهٔ آلمانی"


@pytest.fixture
def people(staff):
    """Hire all who lead a draft to an edition."""
    for login, role in (
        ("maryam", "curator"),
        ("sara", "curator"),
        ("reza", "reviewer"),
        ("parvin", "publisher"),
    ):
        staff.hire(login, role)
    staff.hire("officer", "insurer-officer", party="tamin")
    return staff


@pytest.fixture
def open_as(people, ask, browser):
    """Give the browser of somebody who signed in."""

    def signed_in(login):
        another = type(browser)(ask)
        another.sign_in(login, people.passwords[login])
        return another

    return signed_in


@pytest.fixture
def maryam(open_as):
    """Let a curator begin a draft, and give her browser."""
    browser = open_as("maryam")
    begun = browser.post(
        "/desk/drafts", page="/desk/drafts", terminology="herbs", edition="1405", effective="1405/01/01"
    )
    assert (begun.status, begun.headers["location"]) == (303, f"{PATH}?done=begin"), begun.text
    return browser


def fields(page):
    """Read the fields of the grid: names to values, as a browser would send them."""
    found = {}
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    for name, value in re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', body):
        found[name] = html.unescape(value)
    for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', body, re.DOTALL):
        found[name] = html.unescape(value)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        found[name] = re.search(r'value="([^"]*)" selected', options)[1]
    found.pop("mark", None)
    return found


def of(sent, code):
    """Give the number of the row of a code in the fields of a page."""
    return next(
        name.partition(".")[0] for name, value in sent.items() if name.endswith(".key") and value == code
    )


def test_the_grid_saves_what_was_changed_and_nothing_else(maryam, open_as):
    """Untouched rows are no edits; the changed one is shown as such, with who did it; the reviewer sees no fields."""
    sent = fields(maryam.get(f"{PATH}/rows"))
    nothing = maryam.post(f"{PATH}/rows", page=f"{PATH}/rows", **sent)
    sent[f"{of(sent, '00125')}.display"] = TITLE
    saved = maryam.post(f"{PATH}/rows", page=f"{PATH}/rows", **{**sent, "why": "نام رسمی"})
    changed = open_as("reza").get(f"{PATH}/rows?changed=true")

    assert (nothing.headers["location"], saved.headers["location"]) == (
        f"{PATH}/rows?done=nothing",
        f"{PATH}/rows?done=saved",
    )
    assert TITLE in changed.text
    assert changed.text.count("<tr class=") == 1
    assert "<textarea" not in changed.text.partition("<tbody>")[2]
    assert "نام رسمی" in maryam.get(f"{PATH}/rows/00125").text


def test_who_edits_the_same_row_later_is_shown_both_sides(maryam, open_as):
    """Nothing is lost: the page has what stands and what was wanted, and a form that puts it in place."""
    sara = open_as("sara")
    hers = fields(sara.get(f"{PATH}/rows"))
    mine = fields(maryam.get(f"{PATH}/rows"))
    mine[f"{of(mine, '00125')}.display"] = TITLE
    maryam.post(f"{PATH}/rows", page=f"{PATH}/rows", **mine)
    hers[f"{of(hers, '00125')}.display"] = "بابونه"
    hers[f"{of(hers, '00126')}.display"] = "نعناع"
    clash = sara.post(f"{PATH}/rows", page=f"{PATH}/rows", **hers)
    hidden = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(seen|cells)" value="([^"]*)"', clash.text)
    }
    put = sara.post(f"{PATH}/rows/00125", page=f"{PATH}/rows", **hidden)

    assert clash.status == 409
    assert all(text in clash.text for text in (TITLE, "بابونه", "maryam", "چیزی از دست نرفت"))
    assert put.status == 303
    assert "بابونه" in sara.get(f"{PATH}/rows/00125").text
    assert "نعناع" not in sara.get(f"{PATH}/rows?changed=true").text


def test_a_row_is_changed_made_removed_and_commented_on(maryam):
    """All cells stand on the page of a row; a refusal keeps what was typed."""
    page = maryam.get(f"{PATH}/rows/00125").text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    wrong = maryam.post(
        f"{PATH}/rows/00125",
        page=PATH,
        seen=seen,
        act="save",
        **{"cell.display": TITLE, "cell.effective_to": "دیروز"},
    )
    saved = maryam.post(
        f"{PATH}/rows/00125",
        page=PATH,
        seen=seen,
        act="save",
        **{"cell.display": TITLE, "cell.designations": "english | en | German chamomile"},
    )
    made = maryam.post(f"{PATH}/new-row", page=PATH, code="00140", act="save", **{"cell.display": "پونه"})
    said = maryam.post(f"{PATH}/rows/00125", page=PATH, act="comment", said="بررسی شود")
    again = re.search(r'name="seen" value="(\w+)"', maryam.get(f"{PATH}/rows/00140").text)[1]
    removed = maryam.post(f"{PATH}/rows/00140", page=PATH, seen=again, act="remove")

    assert (wrong.status, TITLE in wrong.text, "دیروز" in wrong.text) == (400, True, True)
    assert [one.status for one in (saved, made, said, removed)] == [303] * 4
    shown = maryam.get(f"{PATH}/rows/00125").text
    assert all(text in shown for text in ("German chamomile", "بررسی شود"))
    assert "حذف شده" in maryam.get(f"{PATH}/rows?changed=true").text


def test_a_draft_goes_from_submission_over_review_to_an_edition(maryam, open_as, ask):
    """Each sees the acts that are theirs now, and why the others are not; the publisher's act leads to the list."""
    reza, parvin = open_as("reza"), open_as("parvin")
    before = reza.get(PATH).text
    submitted = maryam.post(PATH, page=PATH, act="submit", said="آماده است")
    own = maryam.get(PATH).text
    waits = [browser.get("/desk").text for browser in (reza, maryam)]
    approved = reza.post(PATH, page=PATH, act="approve")
    ready = parvin.get("/desk").text
    refused = maryam.post(PATH, page=PATH, act="approve")
    published = parvin.post(PATH, page=PATH, act="publish")

    assert ["در انتظار بازبینی" in text for text in waits] == [True, False]
    assert "آمادهٔ انتشار" in ready
    assert 'value="approve"' not in before
    assert 'value="approve"' not in own
    assert "کارهایی که اکنون شدنی نیست" in own
    assert (submitted.status, approved.status, refused.status) == (303, 303, 403)
    assert published.headers["location"] == "/?terminology=herbs"
    assert ask.get("/api/v1/terminologies/herbs/editions").json()["items"][0]["edition"] == "1405"


def test_checks_and_impact_have_pages(maryam):
    """What blocks is told in Persian with its mend; the impact names the codes that end."""
    seen = re.search(r'name="seen" value="(\w+)"', maryam.get(f"{PATH}/rows/00125").text)[1]
    retired = {"cell.status": "retired", "cell.replaced_by": "99999"}
    maryam.post(f"{PATH}/rows/00125", page=PATH, seen=seen, act="save", **retired)
    quality, impact = maryam.get(f"{PATH}/quality"), maryam.get(f"{PATH}/impact")

    assert (quality.status, impact.status) == (200, 200)
    assert "خطا" in quality.text
    assert "00125" in quality.text
    assert "00125" in impact.text


@pytest.mark.parametrize("path", ["", "/rows", "/rows/00125", "/quality", "/impact", "/new-row"])
def test_pages_of_drafts_are_for_those_who_may_read_all_records(maryam, open_as, path):
    """An insurer's officer is refused with the reason; who is not signed in is led to the page for that."""
    refused = open_as("officer").get(PATH + path)
    maryam.cookies.clear()

    assert refused.status == 403
    assert "registry-read" in refused.text
    assert maryam.get(PATH + path).status == 303


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("", {"act": "nonsense"}),
        ("", {"act": "undo", "number": "x"}),
        ("", {"act": "close", "day": "never"}),
        ("", {"act": "vote", "choice": "perhaps"}),
        ("", {"act": "discard"}),
        ("/rows", {"0.key": "00125", "0.was": "[", "0.display": "x"}),
        ("/rows", {"99.key": "x"}),
        ("/rows/00125", {"cells": "{" * 5_000}),
        ("/rows/nothing", {"cell.display": "x", "seen": "0" * 64}),
        ("/new-row", {"code": "", "cell.display": "x"}),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_with_a_sentence(maryam, path, sent):
    """Neither a fault nor a change: 4xx, in Persian."""
    answer = maryam.post(PATH + path, page=PATH, **sent)

    assert 400 <= answer.status < 500, answer.text[:500]
    assert "ویرایش‌ها</dt><dd>۰" in maryam.get(PATH).text
