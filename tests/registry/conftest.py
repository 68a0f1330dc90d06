"""A registry, on SQLite and on PostgreSQL, and a shelf of its own for each test."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.registry.database import open_registry, sqlite_url
from postgres import NoPostgreSQL, postgresql


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


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Stand before an empty shelf with a signing key."""
    keyring = KeyRing(tmp_path / "keys")
    keyring.create()
    for folder in ("editions", "letters", "cache"):
        (tmp_path / folder).mkdir()
    return Shelf(tmp_path, keyring)
