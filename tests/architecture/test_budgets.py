"""The budgets of the house: sizes of files and functions, parameters, circles of imports, names."""

from __future__ import annotations

import ast
import graphlib
import re

import grimp
import pytest
from house import ROOT, SOURCE, name_of, project_files, python_files

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50
POSITIONAL_PARAMETERS = 5
BANNED = frozenset(
    ("util", "helper", "common", "manager", "handler", "processor", "data", "info", "item", "base", "misc")
)

EXCEPTIONS: dict[str, str] = {}
"""What may be over a budget (`path` or `path:function`), and why. It grows only by a commit that says why."""

FILES = [pytest.param(path, id=name_of(path)) for path in python_files()]
PROGRAMS = [parameter for parameter in FILES if not parameter.id.startswith("tests/")]


def functions(path):
    """Give every function of a file, nested ones too."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def unexcused(path, names):
    """Keep what has no exception."""
    return [name for name in names if f"{name_of(path)}:{name}" not in EXCEPTIONS]


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_short(path):
    """A file has at most 400 lines."""
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= LINES_OF_A_FILE or name_of(path) in EXCEPTIONS


@pytest.mark.parametrize("path", FILES)
def test_a_function_is_short(path):
    """A function has at most 50 lines, its docstring among them."""
    long = [f.name for f in functions(path) if f.end_lineno - f.lineno >= LINES_OF_A_FUNCTION]

    assert not unexcused(path, long)


@pytest.mark.parametrize("path", PROGRAMS)
def test_a_function_takes_few_parameters(path):
    """A function takes at most five positional parameters; further ones are named at the call."""
    many = [f.name for f in functions(path) if len(positional(f)) > POSITIONAL_PARAMETERS]

    assert not unexcused(path, many)


def positional(function):
    """Name the parameters that a caller may give by place alone."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return [name for name in names if name not in {"self", "cls"}]


def test_imports_make_no_circle():
    """No module reaches itself through its imports."""
    graph = grimp.build_graph("maksa", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}

    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_no_file_has_a_name_that_says_nothing():
    """A file named util, common or manager has not found its noun yet."""
    named = {path: path.relative_to(ROOT).with_suffix("").parts for path in project_files()}

    vague = [name_of(path) for path, parts in named.items() if any(says_nothing(part) for part in parts)]

    assert not [name for name in vague if name not in EXCEPTIONS]


def says_nothing(name):
    """Tell whether a name has a banned word in it."""
    words = re.split(r"[^a-z]+", name.casefold())
    return any(word in BANNED or word.removesuffix("s") in BANNED for word in words)


def test_no_class_is_a_manager():
    """A class is named for what it is; Manager, Handler and their like say only that it is a class."""
    vague = [
        f"{name_of(path)}:{node.name}"
        for path in python_files()
        if path.is_relative_to(SOURCE)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and says_nothing(re.split(r"(?<=[a-z])(?=[A-Z])", node.name)[-1])
    ]

    assert not [name for name in vague if name not in EXCEPTIONS]


def test_every_exception_has_a_reason_and_a_file():
    """An exception names a file that stands, and says why."""
    standing = {name_of(path) for path in project_files()}

    assert not [
        name for name, reason in EXCEPTIONS.items() if not reason or name.partition(":")[0] not in standing
    ]
