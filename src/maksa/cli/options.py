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
_LONGEST_NAME = 100
_HALF_SPACE = "\u200c"


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is told: where the home is, in which form and language to answer, and who acts.

    `actor` is None for the user of the operating system.
    """

    given_home: Path | None
    json: bool
    language: str
    actor: str | None = None

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


class ActorType(click.ParamType[str]):
    """The name of who acts."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a name. Raises: click.BadParameter when it is empty, long or no plain line of text."""
        name = str(value).strip()
        if not name or len(name) > _LONGEST_NAME or not name.replace(_HALF_SPACE, "").isprintable():
            self.fail(f"a name has 1 to {_LONGEST_NAME} printable characters.", param, ctx)
        return name


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


def acting(command: Command) -> Command:
    """Give a command that changes something what `shared` gives, and --actor."""

    @click.option(
        "--actor", type=ActorType(), metavar="NAME", help="Who does it, for the journal; the system's user."
    )
    @_home
    @click.option("--json", "as_json", is_flag=True, help="Print a machine-readable answer.")
    @_language
    @wraps(command)
    def with_session(
        *, home: Path | None, as_json: bool, language: str, actor: str | None, **rest: Any
    ) -> Any:
        return command(Session(home, as_json, language, actor), **rest)

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


def pairs_of(pairs: tuple[str, ...]) -> dict[str, str] | None:
    """Read the NAME=HEADER pairs of --columns; None when there are none. Raises: BadParameter."""
    named: dict[str, str] = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        if not (name.strip() and equals and header.strip()):
            raise BadParameter(
                "columns",
                Text(
                    f"--columns «{pair[:60]}» جفت نام و سرستون نیست.",
                    f"--columns: '{pair[:60]}' is no pair of name and header.",
                ),
                mend=Text("مانند --columns 'code=کد' بدهید.", "Write it as --columns 'code=کد'."),
            )
        named[name.strip()] = header.strip()
    return named or None


def _remember_language(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del param
    ctx.ensure_object(Manner).language = value
    return value
