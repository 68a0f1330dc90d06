"""A shelf of toy lists, the real questions over it, and all doors before them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from asgi import Asker
from asking import BASIC, GATEWAY, KEY
from fakes import OTHER, PID, SANDBOX, VENDOR, FakeClients, FakeJournal

from maksa.model.concept import Concept, Mapping, Terminology
from maksa.model.edition import Attachment, Letter
from maksa.terminology.service import LocalTerminology
from maksa.text import Text
from maksa.web.app import create_app
from maksa.web.settings import WebSettings
from toy import CONCEPTS, HERBS, build_shelf, place

FLOWERS = replace(HERBS, id="flowers", title=Text(fa="گل‌های نمونه", en="Toy flowers"), spellings=())
TWINS = Terminology(id="twins", title=Text(fa="نگاشت نمونه", en="Toy map"), kind="map")
LETTER = Letter(
    number="110/356",
    date=date(2021, 12, 4),
    subject="ابلاغ فهرست گیاهان",
    supersedes=("110/12",),
    announces=(("herbs", "2"),),
    attachments=(Attachment("list.xlsx", 9, "0" * 64),),
)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Herbs in two editions, the second announced by a letter; flowers, a sample of 120 codes; a map."""
    shelf = build_shelf(tmp_path_factory.mktemp("web") / "home")
    place(shelf, effective=date(2020, 3, 20), published=datetime(2020, 1, 1, tzinfo=UTC))
    changed = [replace(c, display="نعناع", changed=2) if c.code == "00126" else c for c in CONCEPTS]
    place(
        shelf,
        concepts=[*changed, Concept("00132", "اسطوخودوس <b>", changed=2)],
        edition="2",
        sequence=2,
        effective=date(2021, 3, 21),
        published=datetime(2021, 1, 1, tzinfo=UTC),
    )
    flowers = [Concept(f"{number:05d}", f"گل شمارهٔ {number}", changed=1) for number in range(1, 121)]
    place(shelf, FLOWERS, flowers, edition="s1", sample=True)
    place(
        shelf,
        TWINS,
        (),
        mappings=[Mapping("herbs", "00125", "flowers", "00001")],
        published=datetime(2020, 1, 1, tzinfo=UTC),
    )
    shelf.letters.write(LETTER)
    shelf.refresh()
    return shelf


@pytest.fixture(scope="session")
def service(shelf):
    """The questions themselves, answered from the toy shelf."""
    return LocalTerminology(shelf)


@pytest.fixture
def clients():
    """Three clients: the sandbox, a vendor and another vendor."""
    return FakeClients(SANDBOX, VENDOR, OTHER)


@pytest.fixture
def journal():
    """The access log of the application under test."""
    return FakeJournal()


@pytest.fixture
def make_app(service, clients, journal):
    """Make an application with settings of the test's own."""

    def make(**settings):
        return create_app(service, clients, KEY, WebSettings(**settings), journal=journal)

    return make


@pytest.fixture
def ask(make_app):
    """Ask the application with its default settings."""
    return Asker(make_app())


@pytest.fixture
def token(ask):
    """An access token of the vendor."""
    return ask(
        "POST",
        "/oauth/token",
        headers={"authorization": BASIC, "content-type": "application/x-www-form-urlencoded"},
        body=b"grant_type=password&username=doctor&password=doctor",
    ).json()["access_token"]


@pytest.fixture
def call(ask, token):
    """Call a service of the gateway by POST; gives the whole answer."""

    def call_service(name, content=None, **headers):
        named = {"authorization": f"bearer {token}", "pid": PID} | {
            key.replace("_", "-"): value for key, value in headers.items()
        }
        return ask.post_json(f"{GATEWAY}/{name}", {} if content is None else content, headers=named)

    return call_service
