"""Signing in with a browser: the page, its cookie, and forms that only our own pages can send."""

from __future__ import annotations

import pytest


def test_who_is_not_signed_in_is_led_to_the_page_for_that_and_back(browser, staff):
    """A page of the desk leads to the form, and the form back to the page."""
    staff.hire("maryam", "curator")
    led = browser.get("/desk")
    form = browser.get(led.headers["location"])
    entered = browser.post("/desk/sign-in", login="maryam", password=staff.passwords["maryam"], next="/desk")

    assert (led.status, led.headers["location"]) == (303, "/desk/sign-in?next=%2Fdesk")
    assert 'value="/desk"' in form.text
    assert (entered.status, entered.headers["location"]) == (303, "/desk")
    assert "ویرایش پیش‌نویس" in browser.get("/desk").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser, staff):
    """It is HttpOnly and SameSite, and not Secure over plain http only."""
    staff.hire("maryam", "curator")
    cookie = browser.sign_in("maryam", staff.passwords["maryam"]).headers["set-cookie"].casefold()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_wrong_password_shows_the_form_again_with_the_reason(browser, staff):
    """The login stays in its field, the password does not."""
    staff.hire("maryam", "curator")
    answer = browser.sign_in("maryam", "guess")

    assert answer.status == 401
    assert 'value="maryam"' in answer.text
    assert "guess" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", ["https://evil.example", "//evil.example", "/\\evil.example", "/desk\r\nx: y", "desk", ""]
)
def test_nobody_is_led_to_another_site(browser, staff, path):
    """After signing in, only a path of this site is gone to."""
    staff.hire("maryam", "curator")
    entered = browser.post("/desk/sign-in", login="maryam", password=staff.passwords["maryam"], next=path)

    assert entered.headers["location"] == "/desk"


def test_a_form_without_the_mark_of_its_page_is_refused(browser, staff):
    """A form that another site sends with the browser's cookie does nothing."""
    staff.hire("maryam", "curator")
    browser.sign_in("maryam", staff.passwords["maryam"])

    assert browser.post("/desk/sign-out").status == 403
    assert browser.post("/desk/sign-out", mark="0" * 64).status == 403
    assert browser.get("/desk").status == 200
    assert browser.post("/desk/sign-out", page="/desk").status == 303
    assert browser.get("/desk").status == 303
