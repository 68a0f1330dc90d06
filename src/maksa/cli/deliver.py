"""`maksa deliver`: what subscribers are to be told of goes out."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import click

from maksa.cli.failure import sentence
from maksa.cli.options import Session, shared
from maksa.cli.output import note, print_json, say
from maksa.errors import MaksaError
from maksa.home import open_home
from maksa.registry.delivery.deliver import Round, deliver_forever, deliver_once
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.settings import delivery_settings_from
from maksa.text import Text

EVERY = 5.0
"""Seconds of rest between two looks at the outbox."""


@click.command("deliver")
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
@click.option(
    "--every",
    type=click.FloatRange(0.1, 3600),
    default=EVERY,
    show_default=True,
    metavar="SECONDS",
    help="The rest between two looks at the outbox.",
)
@shared
def command(session: Session, *, once: bool, every: float) -> int:
    """Send what subscribers are to be told of, in order, until it has arrived.

    It runs until SIGTERM or SIGINT. One deliverer works at a time, over all processes and nodes; a further one waits. With
    --once the exit status is 1 when something did not arrive, or another deliverer is at work.
    """
    stop = _stop_on_signal()
    rounds = rounds_of(session.home, stop)
    if once:
        return _once(session, rounds, stop)
    deliver_forever(rounds, every=every, stop=stop, tell=partial(tell_round, session))
    return 0


def rounds_of(home: Path, stop: threading.Event) -> Callable[[], Round]:
    """Give what does one round of deliveries of a home. Raises: BadParameter (a setting), as open_home."""
    settings, opened = delivery_settings_from(os.environ), open_home(home)
    keys = DeliveryKeys(opened.token_key)
    return partial(deliver_once, opened.registry, opened.shelf, keys, settings, stop=stop)


def tell_round(session: Session, done: Round | Exception) -> None:
    """Tell of a round on standard error, if there is something to tell."""
    if isinstance(done, MaksaError):
        note(session, sentence(done))
    elif isinstance(done, Exception):
        name = type(done).__name__
        note(
            session,
            Text(
                f"تحویل خبرها کار نکرد ({name})؛ دوباره می‌کوشد.", f"Delivering failed ({name}); trying again."
            ),
        )
    elif done.arrived or done.failed:
        note(session, _counted(done))


def _once(session: Session, rounds: Callable[[], Round], stop: threading.Event) -> int:
    done = last = rounds()
    while last.more and not stop.is_set():
        last = rounds()
        done = Round(
            last.busy, done.arrived + last.arrived, done.failed + last.failed, last.more, last.without_mail
        )
    if session.json:
        print_json(
            {
                "arrived": done.arrived,
                "failed": done.failed,
                "busy": done.busy,
                "without_mail": done.without_mail,
            }
        )
    elif done.busy:
        say(session, Text("تحویل‌دهندهٔ دیگری در کار است.", "Another deliverer is at work."))
    else:
        say(session, _counted(done))
    return 1 if done.failed or done.busy else 0


def _counted(done: Round) -> Text:
    waiting = done.without_mail
    fa = f"؛ {waiting} اشتراک ایمیل منتظر است: MAKSA_SMTP_HOST داده نشده" if waiting else ""
    en = f"; {waiting} e-mail subscriptions wait: MAKSA_SMTP_HOST is not set" if waiting else ""
    return Text(
        f"{done.arrived} خبر رسید، {done.failed} نرسید{fa}.",
        f"{done.arrived} arrived, {done.failed} failed{en}.",
    )


def _stop_on_signal() -> threading.Event:
    """Let SIGTERM and SIGINT end the work after the sends that are on their way."""
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop
