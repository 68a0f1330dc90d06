"""A browser's session at the desk: its cookie, and the mark that its forms carry, which no other site can know."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request
from starlette.responses import Response

from maksa.registry.parties.sign_in import SESSION_HOURS
from maksa.web.parts import Parts

COOKIE = "maksa_session"
MARK = "mark"
"""The field of a form that shows that it was ours."""
_LONGEST = 200
_ANCHOR = b"maksa desk form "


def session_token(request: Request) -> str | None:
    """Give the session's token that a browser sent, if it sent one."""
    token = request.cookies.get(COOKIE, "")
    return token if 0 < len(token) <= _LONGEST else None


def keep_session(parts: Parts, request: Request, answer: Response, token: str) -> None:
    """Let a browser keep a session: out of reach of scripts, and of forms of other sites."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=SESSION_HOURS * 3600,
        path="/",
        secure=is_https(parts, request),
        httponly=True,
        samesite="lax",
    )


def drop_session(parts: Parts, request: Request, answer: Response) -> None:
    """Let a browser forget its session."""
    answer.delete_cookie(COOKIE, path="/", secure=is_https(parts, request), httponly=True, samesite="lax")


def form_mark(key: bytes, token: str) -> str:
    """Give the mark of the forms of a session; `key` is the home's key of tokens."""
    return hmac.new(key, _ANCHOR + token.encode(), hashlib.sha256).hexdigest()


def is_form_of(key: bytes, token: str, mark: str) -> bool:
    """Tell whether a mark is that of a session's forms."""
    return hmac.compare_digest(form_mark(key, token).encode(), mark.encode("utf-8", "replace"))


def is_https(parts: Parts, request: Request) -> bool:
    """Tell whether people reach this server by https, itself or through a proxy that `public_url` names."""
    return (parts.settings.public_url or request.scope["scheme"]).startswith("https")
