"""A vendor's webhook is down for a while, and the deliverer is killed in the middle: every notice arrives, in order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk import issue
from herbs import MINT, THYME, herbs
from receivers import webhook
from sqlalchemy import func, select, update

from maksa.client.webhooks import verified_event
from maksa.home import open_home
from maksa.registry.database import sqlite_url
from maksa.registry.delivery.subscriptions import list_attempts
from maksa.registry.delivery.tables import delivery_lease
from postgres import NoPostgreSQL, postgresql

SECONDS = 60


@pytest.fixture(params=["sqlite", "postgresql"])
def story(request, tmp_path):
    """The program over a new home whose registry stands in either database; webhooks on this machine are allowed."""
    if request.param == "sqlite":
        place = nullcontext(sqlite_url(tmp_path / "home" / "registry.sqlite"))
    else:
        place = postgresql()
    try:
        with place as url:
            story = Story(tmp_path, url.render_as_string(hide_password=False))
            yield story
            story.registry.close()
    except NoPostgreSQL as reason:
        pytest.skip(str(reason))


class Story:
    """Commands on one home, and a deliverer that may be killed."""

    def __init__(self, folder, url):
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKSA_")}
        self.environment = {
            **kept,
            "MAKSA_HOME": str(folder / "home"),
            "MAKSA_REGISTRY_URL": url,
            "MAKSA_WEBHOOK_ALLOW": "127.0.0.1",
        }
        self.home = open_home(folder / "home", create=True, registry_url=url)
        self.registry = self.home.registry

    def __call__(self, *words):
        """Run a command to its end, and read its JSON."""
        command = [sys.executable, "-m", "maksa", *map(str, words), "--json"]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, timeout=SECONDS, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    def start(self, *words):
        """Start a command that runs until it is told to stop."""
        command = [sys.executable, "-m", "maksa", *words]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.PIPE)

    def deliver(self):
        """Start a deliverer."""
        return self.start("deliver", "--every", "0.2")

    def publish(self, edition):
        """Publish an edition of the herbs in which the title of code 1 names it."""
        issue(
            self.registry, self.home.shelf, herbs(replace(MINT, display=f"نعناع {edition}"), THYME), edition
        )

    def attempts(self):
        """Give the attempts to deliver to the subscription, newest first."""
        return list_attempts(self.registry, 1)

    def end_lease(self):
        """Let the lease of a deliverer that was killed be over, as it is after a minute."""
        with self.registry.writing() as connection:
            connection.execute(update(delivery_lease).values(until=datetime(2000, 1, 1, tzinfo=UTC)))


def wait_for(condition):
    """Wait until something holds."""
    until = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.1)


def test_a_receiver_that_was_down_gets_everything_in_order(story):
    """Through failures, a kill between sending and recording, and a second deliverer; repeated only under the same id."""
    with webhook() as early:
        port, url = int(early.url.split(":")[2].partition("/")[0]), early.url
    story.publish("1")
    story("parties", "add", "rayan", "--name", "رایان", "--kind", "vendor")
    secret = story(
        "subscriptions", "add", "--party", "rayan", "--list", "herbs", "--code", "1", "--webhook", url
    )["secret"]
    for edition in ("2", "3", "4"):
        story.publish(edition)

    deliverer = story.deliver()
    wait_for(story.attempts)
    assert not story.attempts()[0].arrived

    with webhook(port) as receiver:
        receiver.meanwhile = lambda: deliverer.kill() if len(receiver.arrived) == 2 else None
        wait_for(lambda: len(receiver.arrived) == 2)
        deliverer.communicate(timeout=SECONDS)
        receiver.meanwhile = lambda: None
        story.end_lease()
        second = story.deliver()
        story.publish("5")

        def events():
            return [verified_event(secret, headers, body) for headers, body in list(receiver.arrived)]

        wait_for(lambda: events()[-1]["subject"] == "herbs 5")
        wait_for(lambda: story.attempts()[0].notice == events()[-1]["data"]["notice"])
        second.send_signal(signal.SIGTERM)
        _, said = second.communicate(timeout=SECONDS)

    arrived = [event["subject"] for event in events()]
    assert second.returncode == 0, said.decode()
    assert list(dict.fromkeys(arrived)) == ["herbs 2", "herbs 3", "herbs 4", "herbs 5"]
    assert arrived.count("herbs 3") == 2
    assert len({event["id"] for event in events()}) == 4
    told = story("journal", "told", "--terminology", "herbs", "--code", "1", "--on", "1500/01/01")
    assert told["title"] == "نعناع 5"
    assert [len(one["sent"]) for one in told["notices"]] == [0, 1, 1, 1, 1]
    journal = json.dumps(story("journal", "--limit", "1000")) + said.decode()
    assert secret not in journal
    assert "PATH-SECRET" not in journal


def test_a_server_delivers_too_when_it_is_told_to(story):
    """Beside its doors; stopped, it leaves the work to the next deliverer at once."""
    with webhook() as receiver:
        story.publish("1")
        story("parties", "add", "rayan", "--name", "رایان", "--kind", "vendor")
        story("subscriptions", "add", "--party", "rayan", "--list", "herbs", "--webhook", receiver.url)
        story.publish("2")
        server = story.start("serve", "--deliver", "--port", "0")
        wait_for(lambda: receiver.arrived)
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=SECONDS)

    assert server.returncode == 0, said.decode()
    with story.registry.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(delivery_lease)) == 0
