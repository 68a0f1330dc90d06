"""docs/map.md leads to every feature: what it names exists, and what exists is named there."""

from __future__ import annotations

import ast
import re

import pytest
from house import DOCS, ROOT, SOURCE

from maksa.cli.commands import COMMANDS
from maksa.web import api, gateway
from maksa.web.gateway.routes import PREFIX as GATEWAY
from maksa.web.portal.routes import door as portal_door

COLUMNS = ("feature", "core", "gateway", "native API", "portal", "command", "tests")


def rows():
    """Give the rows of the map's tables: a column's name to what stands in it between backticks."""
    lines = (DOCS / "map.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    named = [row for row in cells if row[0] != "feature" and not set(row[0]) <= set("-: ")]
    return [
        {column: re.findall(r"`([^`]+)`", cell) for column, cell in zip(COLUMNS, row, strict=True)}
        for row in named
    ]


def named(column):
    """Give everything that a column names."""
    return [name for row in rows() for name in row[column]]


def routes():
    """Give the routes of each door as the map writes them."""
    doors = {"gateway": gateway.door(), "native API": api.door(), "portal": portal_door()}
    return {
        name: {f"{route.method} {short(route.path)}" for route in door.routes} for name, door in doors.items()
    }


def short(path):
    """Write a route as the map does: without the two long prefixes that its page tells once."""
    return path.removeprefix(f"{GATEWAY}/").removeprefix("/api/v1/")


def test_the_map_has_the_columns_that_this_test_reads():
    """Each table has the same head."""
    heads = re.findall(r"^\| feature .*$", (DOCS / "map.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert heads
    assert {tuple(cell.strip() for cell in head.strip("|").split("|")) for head in heads} == {COLUMNS}


@pytest.mark.parametrize(("column", "folder"), [("core", SOURCE), ("tests", ROOT / "tests")])
def test_every_file_of_the_map_exists(column, folder):
    """The second and the last column name files and folders that stand."""
    assert not [name for name in named(column) if not (folder / name).exists()]


def test_every_feature_has_core_and_tests():
    """No row of the map is without the file that does it and the test that shows it."""
    assert not [row for row in rows() if not row["core"] or not row["tests"]]


@pytest.mark.parametrize("door", ["gateway", "native API", "portal"])
def test_the_map_has_exactly_the_routes_of_the_doors(door):
    """Every route of a door stands in the map, and every route of the map exists."""
    assert set(named(door)) == routes()[door]


def test_the_map_has_exactly_the_commands():
    """Every command stands in the map, and every command of the map exists."""
    assert {name.split()[1] for name in named("command")} == set(COMMANDS)


def test_the_map_has_every_question():
    """Every module of terminology/ that the service asks has its place in the map."""
    service = ast.parse((SOURCE / "terminology" / "service.py").read_text(encoding="utf-8"))
    modules = [node.module for node in ast.walk(service) if isinstance(node, ast.ImportFrom)]
    questions = {name.rpartition(".")[2] for name in modules if name.startswith("maksa.terminology.")}

    assert not [name for name in questions if f"terminology/{name}.py" not in named("core")]


@pytest.mark.parametrize("room", ["model", "editions", "intake", "terminology", "audit", "registry"])
def test_the_map_has_every_room(room):
    """The tables or the sentences of the map name each room below the doors."""
    assert f"`{room}/" in (DOCS / "map.md").read_text(encoding="utf-8")
