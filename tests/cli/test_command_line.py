"""The boundary: every failure is one sentence on standard error and an exit status."""

from __future__ import annotations

import click
import pytest

from maksa.cli import catalogue
from maksa.cli.commands import COMMANDS
from maksa.cli.failure import INTERRUPTED, READER_LEFT, Manner, OutputClosed, sentence, status_of
from maksa.errors import IntakeError, NotFound, WrongState
from maksa.text import Text


def test_version_is_told(run):
    """`--version` prints name and version."""
    said = run.bare("--version")

    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("maksa 20")


def test_help_lists_every_command_without_loading_it(run):
    """Every command of the table stands in the help with its sentence."""
    said = run.bare("--help")

    assert said.status == 0
    for name, place in COMMANDS.items():
        assert name in said.out
        assert place.help.split()[0] in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_each_command_says_of_itself(name, run):
    """The sentence of the table is the first one of the command's own help."""
    said = run.bare(name, "--help")

    assert said.status == 0
    assert COMMANDS[name].help in " ".join(said.out.split())


def test_no_command_shows_the_help_and_fails(run):
    """`maksa` alone asks nothing: help on standard error, status 2."""
    said = run.bare()

    assert (said.status, said.out) == (2, "")
    assert "Usage: maksa" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serach", "x"], ["serach", "maksa --help"]),
        (["search"], ["TEXT", "maksa search --help"]),
        (["search", "x", "--lmit", "3"], ["--lmit", "--limit"]),
        (["search", "x", "--limit", "many"], ["--limit", "many"]),
        (["list", "--lang", "de"], ["--lang", "de"]),
    ],
)
def test_a_wrong_command_line_is_one_sentence(run, arguments, words):
    """What is wrong, and where help stands; status 2."""
    said = run.bare(*arguments)

    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1
    assert all(word in said.err for word in words)


def test_a_home_that_nobody_named_is_asked_for(run):
    """Both ways of naming it are told."""
    said = run.bare("list")

    assert said.status == 2
    assert "--home" in said.err
    assert "MAKSA_HOME" in said.err


def test_a_home_that_is_none_is_refused(run):
    """A question makes no home."""
    said = run("list")

    assert said.status == 2
    assert str(run.home) in said.err
    assert not run.home.exists()


def test_the_environment_names_the_home(herbs, monkeypatch):
    """MAKSA_HOME stands for --home."""
    monkeypatch.setenv("MAKSA_HOME", str(herbs.home))

    assert herbs.bare("show", "herbs", "00125").status == 0


def test_errors_speak_the_language_asked_for(run):
    """`--lang fa` gives the Persian sentence, wherever it stands."""
    said = run.bare("list", "--lang", "fa")

    assert said.status == 2
    assert "خانه" in said.err


@pytest.mark.parametrize("day", ["1402/13/01", "yesterday", "1402/12/30"])
def test_a_malformed_day_names_option_and_value(herbs, day):
    """A day of no calendar is refused before anything is asked."""
    said = herbs("validate", "herbs", "00125", "--on", day)

    assert (said.status, said.out) == (2, "")
    assert "--on" in said.err
    assert day in said.err


def test_a_fault_of_ours_is_said_to_be_one(run, monkeypatch):
    """No traceback without --debug, and with it one."""

    def fail(session):
        raise ZeroDivisionError

    monkeypatch.setattr(catalogue, "service_of", fail)

    said = run("list")
    assert said.status == 2
    assert "ZeroDivisionError" in said.err
    assert "--debug" in said.err
    assert "Traceback" not in said.err

    assert "Traceback" in run.bare("--debug", "list", "--home", run.home).err


def test_a_refusal_of_the_system_names_the_file(herbs):
    """A folder that is not there."""
    said = herbs("backup", herbs.folder / "nowhere" / "b.tar.gz")

    assert said.status == 2
    assert "nowhere" in said.err


def test_an_interrupt_is_silent(capsys):
    """Ctrl-C ends with 130, as a shell expects."""
    assert status_of(click.Abort(), Manner()) == INTERRUPTED
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_left_is_no_error(herbs, monkeypatch):
    """`maksa codes … | head` ends with 141, silently."""

    def gone(*_arguments, **_options):
        raise BrokenPipeError

    monkeypatch.setattr("maksa.cli.failure._let_output_go", lambda: None)
    monkeypatch.setattr("maksa.cli.codes.print_table", gone)

    said = herbs("codes", "herbs")

    assert (said.status, said.err) == (READER_LEFT, "")
    assert status_of(OutputClosed(), Manner()) == READER_LEFT


def test_the_place_in_a_file_is_told():
    """File, row and column stand in brackets between what is wrong and the mend."""
    error = IntakeError(
        "a.csv", Text("بد است.", "It is bad."), row=7, column="code", mend=Text("خوب کنید.", "Mend it.")
    )

    assert sentence(error).en == "It is bad. [a.csv, row 7, column code] Mend it."
    assert sentence(error).fa == "بد است. [a.csv، ردیف 7، ستون code] خوب کنید."


def test_known_values_are_named_when_the_sentence_does_not():
    """Twenty of them, and how many more there are."""
    known = tuple(f"k{number}" for number in range(22))

    assert sentence(NotFound(Text("نیست.", "None."), known=known)).en.endswith("k19 and 2 more.")
    assert sentence(NotFound(Text("نیست.", "None but k3."), known=known)).en == "None but k3."
    assert sentence(WrongState(Text("نه.", "No."))).en == "No."


def test_an_empty_home_is_no_folder(run, monkeypatch):
    """A variable that was not set never means the folder where one stands."""
    monkeypatch.chdir(run.folder)

    said = run.bare("letters", "list", "--home", "")

    assert said.status == 2
    assert "--home" in said.err
    assert "empty" in said.err
