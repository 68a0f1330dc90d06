"""Options that commands share, and the session that they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from maksa.cli.failure import Manner
from maksa.errors import BadParameter
from maksa.model.jalali import parse_day
from maksa.text import Text

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is told: where the home is, in which form and language to answer."""

    given_home: Path | None
    json: bool
    language: str

    @property
    def home(self) -> Path:
        """Give the folder of the home. Raises: BadParameter when none was named."""
        if self.given_home is None:
            raise BadParameter(
                "home",
                Text(fa="پوشهٔ خانه داده نشده است.", en="No home is given."),
                mend=Text(
                    fa="آن را با --home DIR یا با متغیر MAKSA_HOME بدهید.",
                    en="Name its folder with --home DIR or in the environment variable MAKSA_HOME.",
                ),
            )
        return self.given_home


class DayType(click.ParamType[date]):
    """A day, Jalali or ISO, in any digits."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day. Raises: maksa.errors.BadParameter, which names the option and the value."""
        del ctx
        if isinstance(value, date):
            return value
        return parse_day(value, parameter=param.opts[0] if param else "day")


class FolderType(click.ParamType[Path]):
    """A folder; an empty name is a variable that was not set, and never the folder where one stands."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read a path. Raises: click.BadParameter when it is empty."""
        if isinstance(value, str) and not value.strip():
            self.fail("the name of the folder is empty.", param, ctx)
        return Path(value)


DAY = DayType()


def _home(command: Command) -> Command:
    return click.option(
        "--home",
        type=FolderType(),
        envvar="MAKSA_HOME",
        show_envvar=True,
        metavar="DIR",
        help="The folder of editions and registry.",
    )(command)


def _language(command: Command) -> Command:
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["fa", "en"]),
        default="en",
        show_default=True,
        is_eager=True,
        callback=_remember_language,
        help="The language of sentences.",
    )(command)


def shared(command: Command) -> Command:
    """Give a command --home, --json and --lang, and hand it a `Session` as its first argument."""

    @_home
    @click.option("--json", "as_json", is_flag=True, help="Print a machine-readable answer.")
    @_language
    @wraps(command)
    def with_session(*, home: Path | None, as_json: bool, language: str, **rest: Any) -> Any:
        return command(Session(home, as_json, language), **rest)

    return with_session


def serving(command: Command) -> Command:
    """Give a command that serves --home and --lang, and hand it a `Session` as its first argument."""

    @_home
    @_language
    @wraps(command)
    def with_session(*, home: Path | None, language: str, **rest: Any) -> Any:
        return command(Session(home, json=False, language=language), **rest)

    return with_session


def on_day(command: Command) -> Command:
    """Give a command --on and --edition."""
    command = click.option("--edition", metavar="NAME", help="An edition by its name, instead of a day.")(
        command
    )
    return click.option(
        "--on", type=DAY, metavar="DAY", help="The day asked of, Jalali or ISO; today in Tehran by default."
    )(command)


def _remember_language(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del param
    ctx.ensure_object(Manner).language = value
    return value
