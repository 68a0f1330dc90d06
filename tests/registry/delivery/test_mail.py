"""E-mail: an address is asked first, then told; in Persian, with a stable id, and the way out in each mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asking_codes import WANTED, keep
from receivers import tell
from sqlalchemy import update
from staff import found

from maksa.errors import BadParameter
from maksa.registry.delivery.deliver import deliver_once
from maksa.registry.delivery.mail import Letterhead, confirmation_of
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.settings import DeliverySettings, MailServer, delivery_settings_from
from maksa.registry.delivery.subscriptions import (
    confirm,
    end_by_code,
    find_subscription,
    list_attempts,
    replay,
    subscribe,
)
from maksa.registry.delivery.tables import subscription
from maksa.registry.outbox import append_notice
from maksa.registry.requests.code_requests import do_act
from maksa.text import Text

ADDRESS = "desk@example.ir"


@pytest.fixture
def asked(registry, shelf, keys, postbox):
    """A subscription of the centre to everything, whose address was asked to confirm."""
    found(registry)
    wanted = WantedSubscription(Owner("party", "centre"), Target("everything"), "email", ADDRESS)
    new = subscribe(registry, shelf, keys, wanted)
    deliver_once(registry, shelf, keys, postbox.settings())
    return new.subscription


def code_in(mail):
    """Give the code of a mail."""
    return re.search(r"\b([a-z2-7]{24})\b", plain(mail))[1]


def plain(mail):
    """Give the plain text of a mail."""
    return mail.get_body(("plain",)).get_content()


def test_nothing_but_one_question_is_sent_before_an_address_confirms(registry, shelf, keys, postbox, asked):
    """However many notices and rounds there are; the code in it confirms, and then all that came since is told."""
    tell(registry, "1", "2")
    for _ in range(3):
        deliver_once(registry, shelf, keys, postbox.settings())
    (question,) = postbox.mails
    assert question["to"] == ADDRESS
    assert question["subject"] == "تأیید نشانی برای خبرهای مکسا"
    assert "خبر 1" not in plain(question)

    confirm(registry, keys, asked.number, code_in(question))
    assert deliver_once(registry, shelf, keys, postbox.settings()).arrived == 2
    assert [mail["subject"] for mail in postbox.mails[1:]] == ["خبر 1", "خبر 2"]
    assert postbox.recipients == ["<desk@example.ir>"] * 3


def test_a_mail_has_text_and_html_and_the_way_out(registry, shelf, keys, postbox, asked):
    """Right to left, marked up safely; the code at its foot ends the subscription."""
    confirm(registry, keys, asked.number, code_in(postbox.mails[0]))
    tell(registry, "<b>۱</b>\nsecond")
    deliver_once(registry, shelf, keys, postbox.settings(public_url="https://maksa.example.ir/"))

    mail = postbox.mails[-1]
    html = mail.get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    assert "&lt;b&gt;۱" in html
    assert "<b>" not in html
    (link, mailto) = re.findall(r"<([^>]+)>", mail["list-unsubscribe"])
    assert link.startswith("https://maksa.example.ir/api/v1/subscriptions/1/unsubscribe?code=")
    assert mailto.startswith("mailto:maksa@example.ir")
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert mail["auto-submitted"] == "auto-generated"
    assert link in plain(mail)
    assert end_by_code(registry, keys, 1, link.partition("code=")[2]).state == "ended"


def test_a_replayed_mail_has_the_id_that_it_had(registry, shelf, keys, postbox, asked):
    """So mail programs show it once."""
    confirm(registry, keys, asked.number, code_in(postbox.mails[0]))
    tell(registry, "1", "2")
    for _ in range(2):
        deliver_once(registry, shelf, keys, postbox.settings())
        replay(registry, 1, 1)

    ids = [mail["message-id"] for mail in postbox.mails[1:]]
    assert ids[:2] == ids[2:]
    assert len(set(ids)) == 2
    assert all(name.endswith("@example.ir>") for name in ids)


def test_no_text_adds_a_header(registry, shelf, keys, postbox, asked):
    """A notice with line ends and control characters stays within subject and body."""
    confirm(registry, keys, asked.number, code_in(postbox.mails[0]))
    text = "x\r\nBcc: all@example.ir\u2028\x7f" + "ن" * 500
    with registry.writing() as connection:
        append_notice(connection, "letter", "1", Text(text, text), at=datetime.now(UTC))
    deliver_once(registry, shelf, keys, postbox.settings())

    mail = postbox.mails[-1]
    assert mail["bcc"] is None
    assert len(mail["subject"]) <= 150
    assert postbox.recipients[-1] == "<desk@example.ir>"


def test_a_mail_that_is_refused_is_tried_again(registry, shelf, keys, postbox, asked):
    """The number of the refusal is kept, and not what the server said with it."""
    confirm(registry, keys, asked.number, code_in(postbox.mails[0]))
    postbox.refuse = "550 no desk@example.ir here"
    tell(registry, "1")
    assert deliver_once(registry, shelf, keys, postbox.settings()).failed == 1
    (attempt,) = list_attempts(registry, 1)
    assert attempt.said == "SMTP 550: the address was refused"

    postbox.refuse = None
    assert deliver_once(registry, shelf, keys, postbox.settings()).arrived == 1


def test_a_question_that_fails_is_asked_later(registry, shelf, keys, postbox):
    """While there is no mail server it waits; one that cannot be reached is tried again."""
    found(registry)
    wanted = WantedSubscription(Owner("party", "centre"), Target("letters"), "email", ADDRESS, (), "en")
    subscribe(registry, shelf, keys, wanted)
    assert deliver_once(registry, shelf, keys, DeliverySettings()).without_mail == 1
    port, postbox.port = postbox.port, 1
    assert deliver_once(registry, shelf, keys, postbox.settings()).failed == 1
    assert find_subscription(registry, 1).failures == 1
    postbox.port = port
    assert deliver_once(registry, shelf, keys, postbox.settings()).arrived == 1
    assert postbox.mails[0]["subject"] == "Confirm your address for notices of Maksa"


def test_what_nobody_confirms_is_forgotten(registry, shelf, keys, postbox, asked):
    """A week later the address is gone."""
    with registry.writing() as connection:
        connection.execute(update(subscription).values(created=datetime.now(UTC) - timedelta(days=8)))
    deliver_once(registry, shelf, keys, postbox.settings())

    held = find_subscription(registry, 1)
    assert (held.state, held.address) == ("ended", "")


def test_an_asker_is_told_at_each_step_of_the_own_request(registry, shelf, keys, postbox):
    """From its recording on, once the contact confirmed; of no other request."""
    keep(registry, WANTED)
    keep(registry, type(WANTED)("herbs", "دیگر"))
    deliver_once(registry, shelf, keys, postbox.settings())
    confirm(registry, keys, 1, code_in(postbox.mails[0]))
    do_act(registry, 1, "accept")
    do_act(registry, 2, "accept")
    deliver_once(registry, shelf, keys, postbox.settings())

    assert [mail["subject"] for mail in postbox.mails[1:]] == [
        "درخواست شما با شمارهٔ 1 ثبت شد.",
        "درخواست 1 پذیرفته شد.",
    ]


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({}, "MAKSA_SMTP_FROM"),
        ({"MAKSA_SMTP_FROM": "x"}, "MAKSA_SMTP_FROM"),
        ({"MAKSA_SMTP_FROM": ADDRESS, "MAKSA_SMTP_PORT": "99999"}, "MAKSA_SMTP_PORT"),
        ({"MAKSA_SMTP_FROM": ADDRESS, "MAKSA_SMTP_TLS": "yes"}, "MAKSA_SMTP_TLS"),
        ({"MAKSA_SMTP_FROM": ADDRESS, "MAKSA_SMTP_TLS": "no", "MAKSA_SMTP_USER": "u"}, "MAKSA_SMTP_TLS"),
        ({"MAKSA_SMTP_FROM": ADDRESS, "MAKSA_SMTP_PASSWORD_FILE": "/no/such"}, "MAKSA_SMTP_PASSWORD_FILE"),
    ],
)
def test_a_setting_of_mail_that_cannot_be_used_is_named(environment, name):
    """A password never goes out in clear."""
    with pytest.raises(BadParameter) as refused:
        delivery_settings_from({"MAKSA_SMTP_HOST": "mail.example.ir", **environment})
    assert refused.value.parameter == name


def test_the_settings_of_mail_are_read(tmp_path):
    """The password stands in a file, and in no repr."""
    (tmp_path / "password").write_text("MAIL-SECRET\n", encoding="utf-8")
    named = {
        "MAKSA_SMTP_FROM": ADDRESS,
        "MAKSA_SMTP_USER": "u",
        "MAKSA_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
    }
    server = delivery_settings_from({"MAKSA_SMTP_HOST": "mail.example.ir", **named}).mail

    assert (server.port, server.tls, server.user, server.password) == (587, "starttls", "u", "MAIL-SECRET")
    assert "MAIL-SECRET" not in repr(server)
    assert delivery_settings_from({}).mail is None


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (Target("list", "herbs"), "the list herbs"),
        (Target("code", "herbs", "1"), "the code 1 of herbs"),
        (Target("request", about="7"), "request 7"),
        (Target("discrepancies", about="tamin"), "the discrepancies of tamin"),
        (Target("letters"), "letters"),
        (Target("everything"), "everything"),
    ],
)
def test_the_question_says_what_was_subscribed_to(keys, asked, target, words):
    """And where a site is known, it has the link with the button."""
    head = Letterhead(MailServer("127.0.0.1", 25, "maksa@example.ir"), "https://maksa.example.ir", keys)
    mail = confirmation_of(head, replace(asked, target=target, language="en"), datetime.now(UTC))

    assert f"about {words} (subscription 1)" in plain(mail)
    link = f"https://maksa.example.ir/api/v1/subscriptions/1/confirm?code={code_in(mail)}"
    assert link in plain(mail)
    assert f'href="{link}"' in mail.get_body(("html",)).get_content()
