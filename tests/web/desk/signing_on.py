"""A desk that runs, a provider that it knows, and a browser that has both before it."""

from __future__ import annotations

from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
from asking import KEY
from serving import served

from maksa.registry.parties.providers import Provider, add_provider
from maksa.text import Text
from maksa.web.app import create_app
from maksa.web.portal.desk import single_sign_on
from maksa.web.settings import WebSettings

BEGIN = "/desk/sign-in/national"
TITLE = Text("درگاه ملی", "National")


def know(home, issuer, client_id, secret, **changes):
    """Let a home's desk know a provider of the centre and of an insurer, of the latter's people by e-mail too."""
    parties = {"parties": ("centre", "tamin"), "email_parties": ("tamin",)} | changes
    provider = Provider("national", TITLE, issuer, client_id, **parties)
    return add_provider(home.registry, provider, secret, home.token_key)


@contextmanager
def desk_of(home, log, **settings):
    """Run a home's desk; give a browser that stands before it and follows nothing of itself."""
    app = create_app(home.service, home.clients, KEY, WebSettings(**settings), home=home, journal=log)
    single_sign_on._issuer.cache_clear()
    with served(app) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
        yield browser


def led_to(answer):
    """Give where an answer leads."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def path_of(address):
    """Give path and query of an address."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
