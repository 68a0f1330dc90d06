"""A server whose desk has people of the centre and of an insurer, over a registry of each kind."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlencode

import pytest
from asking import FORM, KEY
from described import Described
from fakes import FakeJournal
from staff import found, hire

from maksa.home import open_home
from maksa.registry.parties import clients, people, sign_in
from maksa.web.app import create_app
from toy import place


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch):
    """What a hash costs is not tested here."""
    real = sign_in.PasswordHasher
    sign_in._hash_of_nobody.cache_clear()
    for module in (sign_in, people, clients):
        monkeypatch.setattr(module, "PasswordHasher", lambda: real(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def home(tmp_path, registry_url):
    """Open a home with the toy herbs, a centre and an insurer."""
    home = open_home(tmp_path / "home", create=True, registry_url=registry_url)
    place(home.shelf)
    home.shelf.refresh()
    found(home.registry)
    yield home
    home.registry.close()


@pytest.fixture
def log():
    """Keep the access log."""
    return FakeJournal()


@pytest.fixture
def ask(home, log):
    """Ask the application over that home."""
    return Described(
        create_app(home.service, home.clients, KEY, requests=home.requests, home=home, journal=log)
    )


class Staff:
    """People of the desk, signed in: their passwords and tokens by login."""

    def __init__(self, home, ask) -> None:
        self._home, self._ask = home, ask
        self.passwords: dict[str, str] = {}
        self.tokens: dict[str, str] = {}

    def hire(self, login: str, *roles: str, party: str = "centre") -> dict[str, str]:
        """Register somebody with roles, sign them in, and give the header that says who they are."""
        self.passwords[login] = hire(self._home.registry, login, party_id=party, roles=roles).password
        answer = self._ask.post_json("/api/v1/sessions", {"login": login, "password": self.passwords[login]})
        assert answer.status == 201, answer.text
        self.tokens[login] = answer.json()["token"]
        return {"authorization": f"bearer {self.tokens[login]}"}


@pytest.fixture
def staff(home, ask):
    """Give a desk without people yet."""
    return Staff(home, ask)


@pytest.fixture
def browser(ask):
    """Give a browser that keeps its session's cookie and sends forms with the mark of their page."""
    return Browser(ask)


class Browser:
    """Ask pages of the desk as a browser does."""

    def __init__(self, ask) -> None:
        self._ask = ask
        self.cookies: dict[str, str] = {}

    def get(self, path: str):
        """Open a page."""
        return self._kept(self._ask.get(path, headers=self._headers()))

    def post(self, path: str, *, page: str | None = None, **fields: str):
        """Send a form; with `page`, with the mark that the form on that page carries."""
        if page is not None:
            fields["mark"] = self.get(page).text.partition('name="mark" value="')[2].partition('"')[0]
        body = urlencode(fields).encode()
        return self._kept(
            self._ask("POST", path, headers={"content-type": FORM, **self._headers()}, body=body)
        )

    def sign_in(self, login: str, password: str):
        """Sign in on the page for that."""
        return self.post("/desk/sign-in", login=login, password=password)

    def _headers(self):
        return (
            {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if self.cookies
            else {}
        )

    def _kept(self, answer):
        ids = re.findall(r' id="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), f"an id stands twice in a page: {Counter(ids).most_common(3)}"
        name, _, rest = answer.headers.get("set-cookie", "").partition("=")
        if name:
            value = rest.partition(";")[0].strip('"')
            self.cookies.pop(name, None)
            if value:
                self.cookies[name] = value
        return answer
