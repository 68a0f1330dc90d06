"""--by: a person acts instead of the operator of the machine, with the password that signs in."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

import click

from maksa.cli.asking import desk_of
from maksa.cli.options import Command, Session
from maksa.errors import BadParameter, NotAllowed
from maksa.home import Home
from maksa.registry.parties.sign_in import sign_in, sign_out
from maksa.registry.review.acting import OPERATOR, Who
from maksa.text import Text

_PASSWORD = "MAKSA_PASSWORD"  # noqa: S105 - The name of the variable, not what it holds.


class AtDesk(NamedTuple):
    """A home, and who acts in it."""

    home: Home
    who: Who


def by_person(command: Command) -> Command:
    """Give a command --by."""
    return click.option(
        "--by",
        metavar="LOGIN",
        help=f"Act as this person, by their roles; the password is asked for, or read from {_PASSWORD}.",
    )(command)


def at_desk(session: Session, by: str | None) -> AtDesk:
    """Open the home for the operator, or for a person who shows the password; a wrong one counts as when signing in.

    Raises: NotAllowed (login or password), BadParameter (--actor beside --by; no password can be asked for).
    """
    home = desk_of(session)
    if by is None:
        return AtDesk(home, OPERATOR)
    if session.actor is not None:
        raise BadParameter(
            "by",
            Text("--by و --actor با هم داده شده‌اند.", "--by and --actor are both given."),
            mend=Text("تنها یکی را بدهید.", "Give only one of them."),
        )
    signed_in = sign_in(home.registry, by, _password(session, by))
    sign_out(home.registry, signed_in.token)
    return AtDesk(home, signed_in.person)


def _password(session: Session, login: str) -> str:
    given = os.environ.get(_PASSWORD)
    if given:
        return given
    if not sys.stdin.isatty():
        raise NotAllowed(
            Text(f"گذرواژهٔ «{login}» داده نشده است.", f"The password of '{login}' is not given."),
            mend=Text(
                f"آن را در متغیر {_PASSWORD} بگذارید، یا دستور را در پایانه اجرا کنید.",
                f"Set it in the variable {_PASSWORD}, or run the command at a terminal.",
            ),
        )
    asked = Text(f"گذرواژهٔ {login}", f"Password of {login}").in_language(session.language)
    answer: str = click.prompt(asked, hide_input=True, err=True)
    return answer
