"""`maksa subscriptions`, `maksa deliver` and `maksa journal told`: as a person of the centre uses them."""

from __future__ import annotations

import pytest
from receivers import mail_server, webhook
from running import HERBS, Runner

HOOK = ("--list", "herbs", "--code", "00125")


@pytest.fixture
def desk(herbs: Runner, monkeypatch):
    """A home with herbs and two parties; webhooks on this machine are allowed."""
    monkeypatch.setenv("MAKSA_WEBHOOK_ALLOW", "127.0.0.0/8")
    for name, kind in (("centre", "centre"), ("rayan", "vendor")):
        herbs("parties", "add", name, "--name", name, "--kind", kind)
    return herbs


def changed(run):
    """Publish an edition in which the title of one herb changes."""
    assert (
        run.take_in("00125,بابونه شیرازی,,,white", *HERBS[1:], edition="2", more=("--publish",)).status == 0
    )


def test_a_webhook_is_subscribed_delivered_to_and_told_of(desk):
    """From the secret, shown once, to the answer who was told what."""
    with webhook() as receiver:
        added = desk("subscriptions", "add", "--party", "rayan", *HOOK, "--webhook", receiver.url)
        secret = added.out.split()[-1]
        changed(desk)
        assert desk("deliver", "--once").out == "1 arrived, 0 failed.\n"
        assert receiver.subjects(secret) == ["herbs 2"]
        assert desk("deliver", "--once", "--lang", "fa").out == "0 خبر رسید، 0 نرسید.\n"

    told = desk("journal", "told", "--terminology", "herbs", "--code", "00125", "--on", "1500/01/01")
    first, _, *lines = told.out.splitlines()
    assert "00125 'بابونه شیرازی', active." in first
    assert "party rayan (webhook)" in lines[-1]
    assert "title: 'بابونه آلمانی' → 'بابونه شیرازی'" in lines[-1]
    answer = desk(
        "journal", "told", "--terminology", "herbs", "--code", "00125", "--on", "1500/01/01", "--json"
    ).json
    assert answer["notices"][-1]["sent"][0]["owner"] == {"kind": "party", "id": "rayan"}
    shown = desk("subscriptions", "show", "1")
    assert "HTTP 200" in shown.out
    assert secret not in told.out + shown.out + desk("journal").out
    assert "PATH-SECRET" not in shown.out + desk("subscriptions", "list", "--json").out


def test_what_failed_is_said_and_ends_with_one(desk):
    """And the subscription tells when it is tried again."""
    desk("subscriptions", "add", "--party", "rayan", "--list", "herbs", "--webhook", "http://127.0.0.1:1/x")
    changed(desk)
    failed = desk("deliver", "--once", "--json")

    assert failed.status == 1
    assert failed.json == {"arrived": 0, "failed": 1, "busy": False, "without_mail": 0}
    shown = desk("subscriptions", "show", "1")
    assert "Next try" in shown.out
    assert "no connection" in shown.out


def test_an_address_is_asked_and_confirms_by_a_command(desk, monkeypatch):
    """Without a mail server it waits, and that is said."""
    added = desk("subscriptions", "add", "--party", "centre", "--everything", "--email", "desk@example.ir")
    assert "begins when the address confirms" in added.out
    assert "MAKSA_SMTP_HOST is not set" in desk("deliver", "--once").out
    with mail_server() as box:
        monkeypatch.setenv("MAKSA_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("MAKSA_SMTP_PORT", str(box.port))
        monkeypatch.setenv("MAKSA_SMTP_TLS", "no")
        monkeypatch.setenv("MAKSA_SMTP_FROM", "m@example.ir")
        assert desk("deliver", "--once").status == 0
        code = box.mails[0].get_body(("plain",)).get_content().split("کد تأیید: ")[1].split()[0]
    assert desk("subscriptions", "confirm", "1", "wrong").status == 2
    assert desk("subscriptions", "confirm", "1", code).out == "Subscription 1 is active.\n"
    assert "d…@example.ir" in desk("subscriptions", "list").out


def test_a_subscription_is_paused_resumed_replayed_rotated_and_ended(desk):
    """Each says how it stands."""
    desk("subscriptions", "add", "--party", "rayan", "--letters", "--webhook", "https://his.example.ir/")
    assert desk("subscriptions", "pause", "1", "--why", "maintenance").out == "Subscription 1 is paused.\n"
    assert "paused: maintenance" in desk("subscriptions", "list", "--party", "rayan").out
    assert desk("subscriptions", "resume", "1", "--json").json["state"] == "active"
    assert desk("subscriptions", "replay", "1", "--from", "1", "--json").json["cursor"] == 0
    assert desk("subscriptions", "rotate", "1", "--json").json["secret"].startswith("whsec_")
    assert desk("subscriptions", "end", "1", "--lang", "fa").out == "اشتراک 1: پایان‌یافته.\n"
    assert desk("subscriptions", "list", "--person", "x").out == "There are no subscriptions.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--letters", "--webhook", "https://x.ir/"), "one of --party, --person, --client"),
        (("--party", "rayan", "--webhook", "https://x.ir/"), "one of --list, --request"),
        (("--party", "rayan", "--letters"), "one of --webhook, --email"),
        (("--party", "rayan", "--letters", "--everything", "--webhook", "https://x.ir/"), "only one"),
        (("--party", "rayan", "--letters", "--code", "1", "--webhook", "https://x.ir/"), "comes with --list"),
        (("--party", "rayan", "--discrepancies", "centre", "--webhook", "https://x.ir/"), "do not concern"),
        (("--party", "rayan", "--request", "7", "--email", "a@x.ir"), "do not concern"),
        (("--party", "rayan", "--list", "herbz", "--webhook", "https://x.ir/"), "No list 'herbz'"),
    ],
)
def test_what_cannot_be_subscribed_to_is_said(desk, words, said):
    """One owner, one target, one place; what concerns others is refused."""
    refused = desk("subscriptions", "add", *words)

    assert refused.status == 2
    assert said in refused.err


def test_a_setting_that_cannot_be_read_ends_the_start(desk, monkeypatch):
    """Before anything is sent."""
    monkeypatch.setenv("MAKSA_WEBHOOK_ALLOW", "*")
    refused = desk("deliver", "--once")

    assert refused.status == 2
    assert "MAKSA_WEBHOOK_ALLOW" in refused.err


def test_a_day_before_the_first_edition_has_an_answer(desk):
    """Nothing was in force, and nobody was told."""
    told = desk("journal", "told", "--terminology", "herbs", "--code", "00125", "--on", "1390/01/01")

    assert told.status == 0
    assert "no edition of herbs was in force" in told.out
    assert "no notice about it by then" in told.out
