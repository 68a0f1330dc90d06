"""`maksa serve`: the doors over a home."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import click

from maksa.cli.options import Session, serving
from maksa.cli.output import note
from maksa.cli.server import is_loopback, run_workers, stop_quietly, take_address, url_of
from maksa.text import Text
from maksa.web.settings import settings_from

_STOP_SECONDS = 15
"""How long a stop waits for notices that are on their way."""
_FACTORY = "maksa.web.serve:app_of_worker"


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that serve."
)
@click.option("--deliver", is_flag=True, help="Send notices to subscribers too, as 'maksa deliver' does.")
@serving
def command(session: Session, *, host: str, port: int, workers: int, deliver: bool) -> None:
    """Serve a home: the gateway, the native API and the portal.

    It runs until SIGTERM or SIGINT. New editions, letters and clients are seen within a second or two.
    """
    stop_quietly()
    path = session.home.absolute()
    if not (path / "keys" / "token.key").is_file():
        _open(path)  # For its refusal.
    settings_from(os.environ)  # A setting that cannot be read is said here once, not by every worker.
    os.environ["MAKSA_HOME"] = str(path)  # The workers find their home by it.
    with take_address(host, port) as listener:
        if not is_loopback(listener):
            note(
                session,
                Text(
                    f"این سرور از شبکه هم دسترسی‌پذیر است ({host})؛ پیش از آن TLS و محدودیت بگذارید.",
                    f"This server can be reached from the network ({host}); put TLS and limits before it.",
                ),
            )
        ready = Text(
            f"مکسا در {url_of(listener)} آمادهٔ پاسخ است (خانهٔ {path}، {workers} پردازه).",
            f"Maksa serves {path} on {url_of(listener)} ({workers} worker{'s' if workers > 1 else ''}).",
        )
        with _delivering(session) if deliver else nullcontext():
            run_workers(
                _FACTORY,
                listener,
                workers=workers,
                meanwhile=lambda: _open(path),
                ready=lambda: note(session, ready),
            )


@contextmanager
def _delivering(session: Session) -> Iterator[None]:
    """Deliver in a thread of this process, which answers no question and so has the time."""
    from maksa.cli.deliver import EVERY, rounds_of, tell_round  # noqa: PLC0415 - It loads the SQL toolkit.
    from maksa.registry.delivery.deliver import deliver_forever  # noqa: PLC0415 - As above.

    stop = threading.Event()
    work = partial(
        deliver_forever,
        rounds_of(session.home, stop),
        every=EVERY,
        stop=stop,
        tell=partial(tell_round, session),
    )
    thread = threading.Thread(target=work, name="deliver", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_STOP_SECONDS)


def _open(path: Path) -> None:
    """Open a home whole, so that what is wrong with it is said here once, not by every worker."""
    # What it loads, half a second with the SQL toolkit, is loaded while the workers load theirs.
    from maksa.home import open_home  # noqa: PLC0415

    open_home(path)
