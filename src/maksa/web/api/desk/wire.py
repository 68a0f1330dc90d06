"""What sessions look like on the wire."""

from __future__ import annotations

from typing import Annotated

import msgspec

ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A login and its password."""

    login: ShortText
    password: ShortText


class NewPassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password held, and the one to be."""

    old: ShortText
    new: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody signed in; `acts` are what their roles allow."""

    login: str
    name: str
    party: str
    roles: tuple[str, ...]
    acts: tuple[str, ...]


class SessionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A session. `token` and `expires` (UTC) stand in the answer that begins it, and nowhere else."""

    who: Who
    token: str | None = None
    expires: str | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done and has nothing more to say."""

    done: bool = True
