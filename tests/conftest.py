"""Fixtures that every room may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from maksa.registry.database import open_registry, sqlite_url
from postgres import NoPostgreSQL, postgresql
from toy import build_shelf, place

ROOT = Path(__file__).parent.parent


@pytest.fixture
def empty_shelf(tmp_path):
    """A shelf with a signing key and no editions."""
    return build_shelf(tmp_path / "home")


@pytest.fixture
def toy_shelf(empty_shelf):
    """A shelf with one edition of the toy herbs."""
    place(empty_shelf)
    return empty_shelf


@pytest.fixture(scope="session")
def real_data():
    """The folder of real public lists, beside the project or where MAKSA_REAL_DATA says."""
    folder = Path(os.environ.get("MAKSA_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "rvu3_1404.csv").is_file():
        pytest.skip("the real public lists are not beside the project; MAKSA_REAL_DATA may name their folder")
    return folder


@pytest.fixture
def _losses_count_from_the_first_code(monkeypatch):
    """Small lists are held to what is asked of large ones."""
    monkeypatch.setattr("maksa.registry.drafts.loss.FEW", 1)


@pytest.fixture(scope="session")
def server():
    """Start a PostgreSQL, once for all tests of a process, and hold a connection to it."""
    try:
        with postgresql() as url:
            engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                yield connection
            engine.dispose()
    except NoPostgreSQL as reason:
        pytest.skip(str(reason))


@pytest.fixture
def registry_file(tmp_path: Path) -> Path:
    """Name the file of a registry on SQLite, alone in a folder."""
    folder = tmp_path / "registry"
    folder.mkdir()
    return folder / "registry.sqlite"


@pytest.fixture
def postgresql_url(server, tmp_path):
    """Give the URL of an empty schema of the server; it is dropped after the test."""
    schema = f"t{abs(hash(tmp_path)):x}"
    server.execute(text(f"CREATE SCHEMA {schema}"))
    yield server.engine.url.set(drivername="postgresql", query={"options": f"-csearch_path={schema}"})
    server.execute(text(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture(params=["sqlite", "postgresql"])
def registry_url(request):
    """Give the URL of an empty database, once of each kind; its password is in it, as text."""
    if request.param == "sqlite":
        url = sqlite_url(request.getfixturevalue("registry_file"))
    else:
        url = request.getfixturevalue("postgresql_url")
    return url.render_as_string(hide_password=False)


@pytest.fixture
def registry(registry_url):
    """Open an empty registry, once of each kind."""
    opened = open_registry(registry_url)
    yield opened
    opened.close()
