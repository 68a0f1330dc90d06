"""Answers are printed for whom they are: a terminal, a pipe, a machine."""

from __future__ import annotations

import re
import sys

import pytest

from maksa.cli.options import Session
from maksa.cli.output import note, print_json, print_table, printable, say, working
from maksa.text import Text

ENGLISH = Session(None, json=False, language="en")
HEADERS = (Text("کد", "code"), Text("عنوان", "display"))


def test_control_characters_never_reach_a_terminal():
    """Escape sequences of a title become spaces; the half-space of Persian stays."""
    assert printable("\x1b[31mred\x07") == " [31mred "
    assert printable("می\u200cشود\n") == "می\u200cشود\n"


def test_a_pipe_gets_one_line_a_row_however_long(capsys):
    """No width, no decoration."""
    print_table(ENGLISH, HEADERS, [("1", "x" * 500), (None, "a\nb")])

    assert capsys.readouterr().out == f"code\tdisplay\n1\t{'x' * 500}\n\ta b\n"


@pytest.mark.parametrize("width", [20, 200])
def test_a_terminal_of_any_width_shows_every_character(width, capsys, monkeypatch):
    """Long titles are folded, never cut; markup in them is no markup."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    print_table(ENGLISH, HEADERS, [("700100", "[bold] " + "w" * 60)])

    shown = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert all(len(line) <= width for line in shown.splitlines())
    assert shown.count("w") == 60
    assert "[bold]" in shown


def test_progress_and_notes_go_to_standard_error(capsys, monkeypatch):
    """Standard output holds the answer alone."""
    with working(ENGLISH, Text("کار", "Working")):
        note(ENGLISH, Text("یادداشت", "a note"))
    assert capsys.readouterr() == ("", "a note\n")

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with working(ENGLISH, Text("کار", "Working")):
        say(ENGLISH, Text("پاسخ", "answer"))
    assert capsys.readouterr().out == "answer\n"


def test_json_keeps_persian_as_it_is(capsys):
    """Readable, indented, one object."""
    print_json({"display": "آویشن", "none": None})

    assert capsys.readouterr().out == '{\n  "display": "آویشن",\n  "none": null\n}\n'
