"""A real PostgreSQL for tests: a server of its own on loopback, in a folder that goes away with it."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
}
"""It need not outlive a power failure, and nobody but this machine reaches it."""
_SECONDS = 60


class NoPostgreSQL(Exception):
    """Why no server can be started here."""


@contextmanager
def postgresql() -> Iterator[URL]:
    """Start a server and give the URL of its database; it ends with the block. Raises: NoPostgreSQL."""
    programs = _programs()
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="maksa-postgresql-"))
    try:
        secret = secrets.token_urlsafe(16)
        (folder / "password").write_text(secret, encoding="utf-8")
        if user is not None:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        port = _free_port()
        _run(user, programs / "initdb", "-D", folder / "data", "-U", "tests", "--pwfile", folder / "password",
             "-A", "password", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        control = (programs / "pg_ctl", "-D", folder / "data", "-w", "-t", str(_SECONDS))
        options = " ".join(f"-c {name}='{value}'" for name, value in {**_SETTINGS, "port": port}.items())
        _run(user, *control, "-l", folder / "log", "-o", options, "start")
        try:
            yield URL.create("postgresql", "tests", secret, "127.0.0.1", port, "postgres")
        finally:
            _run(user, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    if find_spec("psycopg") is None:
        raise NoPostgreSQL("psycopg is not installed (maksa[postgresql])")
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise NoPostgreSQL("PostgreSQL's initdb is not installed (Debian: apt-get install postgresql)")
    return found[-1].parent


def _user() -> str | None:
    """Name who runs the server: PostgreSQL refuses root; others run it as themselves (None)."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NoPostgreSQL("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(user: str | None, *command: object) -> None:
    words = [str(word) for word in command]
    as_user = {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    ran = subprocess.run(
        words,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if words[-1] != "start" else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
        **as_user,
    )
    if ran.returncode != 0:
        raise RuntimeError(f"{words[0]} ended with {ran.returncode}: {(ran.stdout or '')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
