"""Commands start fast because they load no more than they need."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "openpyxl",
    "cryptography",
    "argon2",
    "rich",
    "structlog",
    "jinja2",
}


def _loaded(*arguments: str) -> set[str]:
    code = (
        "import sys\n"
        "from maksa.cli.main import main\n"
        f"main({list(arguments)!r})\n"
        "print('loaded', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.rpartition("loaded ")[2].split())


def test_help_loads_nothing_heavy():
    """`maksa --help` needs click and nothing of the stack."""
    assert not HEAVY & _loaded("--help")


@pytest.mark.parametrize("command", ["validate", "search", "show", "list", "codes", "diff"])
def test_questions_load_no_sql_toolkit(command):
    """A question reads edition files; the registry stays closed and its toolkit unloaded."""
    assert not {"sqlalchemy", "uvicorn", "openpyxl", "argon2"} & _loaded(command, "--help")
