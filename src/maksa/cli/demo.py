"""`maksa demo`: the samples, ready to be tried on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import click

from maksa.cli.options import Session, serving
from maksa.cli.output import note, say, working
from maksa.cli.server import run_app, stop_quietly, take_address, url_of
from maksa.editions.shelf import Shelf
from maksa.errors import WrongState
from maksa.home import Home, open_home
from maksa.registry.parties.clients import add_sandbox_client
from maksa.registry.samples import load_samples
from maksa.text import Text
from maksa.web.app import create_app
from maksa.web.settings import settings_from

_DEFAULT_HOME = Path("demo-home")
_HOST = "127.0.0.1"


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one."
)
@serving
def command(session: Session, *, port: int) -> None:
    """Load the embedded samples and serve them on this machine.

    Without a home it makes ./demo-home. It prints one line when it is ready and runs until SIGTERM or SIGINT;
    started again it loads nothing. The client 'sandbox' (secret, user and password the same) may try the
    gateway, on this machine only.
    """
    stop_quietly()
    with take_address(_HOST, port) as listener:
        home = open_home(session.given_home or _DEFAULT_HOME, create=True)
        _require_demo_home(home.shelf, home.path)
        _load(session, home)
        settings = settings_from({"MAKSA_DEMO": "yes", "MAKSA_ACCESS_LOG": "no", **os.environ})
        app = create_app(
            home.service, home.clients, home.token_key, settings, requests=home.requests, home=home
        )
        url = url_of(listener)
        ready = Text(
            f"مکسا در {url} آماده است؛ آزمون کنید: curl '{url}/api/v1/search?q=kidney'",
            f"Maksa is ready on {url} — try: curl '{url}/api/v1/search?q=kidney'",
        )
        try:
            run_app(app, listener, ready=lambda: say(session, ready))
        finally:
            home.unanswered.write()


def _load(session: Session, home: Home) -> None:
    with working(session, Text("نمونه‌ها بارگذاری می‌شود…", "Loading the samples …")):
        add_sandbox_client(home.registry)
        loaded = load_samples(home.registry, home.shelf)
    for _, reason in loaded.left_alone:
        note(session, reason)


def _require_demo_home(shelf: Shelf, path: Path) -> None:
    """Refuse a home of official editions alone: samples and the public client have no place in it."""
    manifests = [entry.manifest for name in shelf.ids() for entry in shelf.entries(name)]
    if manifests and not any(manifest.sample for manifest in manifests):
        raise WrongState(
            Text(
                fa=f"خانهٔ «{path}» انتشارهای رسمی دارد و نمونه‌ای ندارد؛ نمونه‌ها در آن گذاشته نمی‌شود.",
                en=f"The home '{path}' holds official editions and no samples; the demo puts none there.",
            ),
            mend=Text(
                fa="پوشهٔ دیگری با --home بدهید، یا «maksa serve» را به کار ببرید.",
                en="Name another folder with --home, or use 'maksa serve'.",
            ),
        )
