"""One visit of a browser to a page of the desk: who it is, what they do, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from maksa.errors import MaksaError, NotAllowed, NotFound
from maksa.model.concept import Terminology
from maksa.model.persian import ascii_digits
from maksa.text import Text
from maksa.web.desk.acting import Acting, at_desk_by_session, home_of
from maksa.web.desk.cookies import MARK, form_mark, is_form_of, session_token
from maksa.web.parts import Parts
from maksa.web.portal.desk.filters import LARGEST_NUMBER
from maksa.web.portal.desk.menu import menu_of
from maksa.web.portal.forms import SentFile, read_file_form, read_form
from maksa.web.portal.pages import Pages
from maksa.web.query import Parameter, Query, read_query
from maksa.web.refusal import Refusal, refusal_of

T = TypeVar("T")

SIGN_IN = "/desk/sign-in"
_AWAY = NotAllowed(Text("شما وارد نشده‌اید.", "You are not signed in."))


@dataclass(slots=True)
class Visit:
    """A request for a page of the desk. `acting` is who it is, once something was done in their name."""

    pages: Pages
    parts: Parts
    request: Request
    acting: Acting | None = None
    _token: str | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Take the session's token that the browser sent."""
        self._token = session_token(self.request)

    def query(self, known: Sequence[Parameter[Any]] = ()) -> Query:
        """Read the query string. Raises: Refusal 400."""
        return read_query(self.request.scope["query_string"], known)

    async def do(self, work: Callable[[Acting], T]) -> T:
        """Do something in the name of who is signed in, in the desk's pool.

        Raises: NotAllowed when nobody is, which `later` answers with the page for signing in; what `work` raises.
        """

        def in_their_name(acting: Acting) -> T:
            self.acting = acting
            return work(acting)

        return await at_desk_by_session(self.parts, self.token, in_their_name)

    async def form(self, known: Sequence[str], *, most: int = 64 * 1024) -> dict[str, str]:
        """Read a form of ours. Raises: Refusal 400, 403 (not of this session), 413, 415; NotAllowed."""
        sent = await read_form(self.request, (*known, MARK), most=most)
        self._check_mark(sent)
        return sent

    async def file_form(
        self, known: Sequence[str], *, most: int = 8 * 1024 * 1024
    ) -> tuple[dict[str, str], SentFile]:
        """Read a form of ours with a file. Raises: as `form`."""
        sent, file = await read_file_form(self.request, (*known, MARK), most=most)
        self._check_mark(sent)
        return sent, file

    def _check_mark(self, sent: dict[str, str]) -> None:
        if not is_form_of(home_of(self.parts).token_key, self.token, sent.pop(MARK, "")):
            raise Refusal(
                403,
                "not-ours",
                Text(
                    "این فرم از نشست کنونی شما نیست، یا نشست آن به پایان رسیده است.",
                    "This form is not of your present session, or that session has ended.",
                ),
                mend=Text(
                    "صفحه را دوباره باز کنید و از نو بفرستید.", "Open the page again and send it anew."
                ),
            )

    def page(
        self, template: str, fields: dict[str, Any], *, status: int = 200, wrong: MaksaError | None = None
    ) -> Response:
        """Give a page; `wrong` is a refusal that it shows above, with the status of that refusal."""
        refusal = None if wrong is None else refusal_of(wrong)
        shared = {
            "who": None if self.acting is None else self.acting.person,
            "acting": self.acting,
            "menu": menu_of(self.acting),
            "here": self.request.url.path,
            "mark": form_mark(home_of(self.parts).token_key, self.token) if self._token else "",
            "wrong": refusal,
        }
        status = status if refusal is None else refusal.status
        answer = self.pages.page(self.parts, self.request, template, {**shared, **fields}, status)
        answer.headers["cache-control"] = "no-store"
        return answer

    def number(self, name: str) -> int:
        """Read the number of a record that stands in the path. Raises: NotFound for what can be none."""
        digits = ascii_digits(str(self.request.path_params[name]))
        if digits.isascii() and digits.isdigit() and 0 < int(digits[:12]) <= LARGEST_NUMBER:
            return int(digits)
        raise NotFound(Text("این شمارهٔ پرونده‌ای نیست.", "This is no number of a record."))

    def lists(self) -> list[Terminology]:
        """Give the lists of the reference, as a form offers them."""
        listed = self.parts.service.catalogue()
        return [one.terminology for one in listed if one.terminology.kind != "map"]

    @property
    def roles(self) -> tuple[str, ...]:
        """Give the roles of who is signed in, once something was done in their name."""
        return () if self.acting is None else self.acting.roles

    @property
    def token(self) -> str:
        """Give the session's token. Raises: NotAllowed when the browser sent none."""
        if self._token is None:
            raise _AWAY
        return self._token


def done_word(done: str | None, words: Mapping[str, Text]) -> Text | None:
    """Give the word of what was just done, where it is one of these; the address is anybody's to write."""
    return None if done is None else words.get(done)


def go_to(path: str) -> Response:
    """Send a browser to a page of ours, by GET."""
    return RedirectResponse(path, 303, {"cache-control": "no-store"})
