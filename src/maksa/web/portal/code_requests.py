"""The pages of missing-code requests: the form, what may be there already, the receipt, and how a request stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from maksa.errors import BadParameter, WrongState
from maksa.model.code_request import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    STATE_WORDS,
    AskersAct,
    Candidate,
    CodeRequest,
    Filed,
    Wanted,
)
from maksa.text import Text
from maksa.web.code_requests import act_as_asker, desk_of, file_wanted, follow
from maksa.web.parts import Parts
from maksa.web.portal.forms import read_form
from maksa.web.portal.pages import TERMINOLOGY, TEXT, Pages
from maksa.web.query import MAX_TEXT, read_query
from maksa.web.refusal import Refusal, refusal_of

_FIELDS = ("terminology", "text", "title_fa", "title_en", "use_case", "reference", "organisation", "contact")
_SURE = "sure"
"""The field that says: what was shown is not it, file the request."""
_NO_LIST = Text("فهرست را برگزینید.", "Choose the list.")


@dataclass(frozen=True, slots=True)
class RequestPages:
    """The endpoints of the pages of requests."""

    pages: Pages

    async def blank(self, parts: Parts, request: Request) -> Response:
        """Show the form, with what was searched for in it."""
        query = read_query(request.scope["query_string"], (TEXT, TERMINOLOGY))
        fields = {"text": query.get(TEXT) or "", "terminology": query.get(TERMINOLOGY) or ""}
        return self._form(parts, request, fields)

    async def file(self, parts: Parts, request: Request) -> Response:
        """File the form; first show what is likely there already, and file it when that is said not to be it."""
        sent = await read_form(request, (*_FIELDS, _SURE))
        sure = sent.pop(_SURE, "") == "1"
        wanted = Wanted(**{"terminology": "", "text": "", **_given(sent)}, origin="search")
        if not wanted.terminology:
            return self._form(parts, request, sent, problem=_NO_LIST)
        try:
            if not sure:
                similar = await parts.ask(lambda: desk_of(parts).similar(wanted), costly=True)
                likely = [one for one in similar if one.likely]
                if likely:
                    return self._form(parts, request, sent, likely=likely)
            filed = await file_wanted(parts, request, wanted)
        except BadParameter as wrong:
            return self._form(parts, request, sent, problem=wrong.text)
        return self._receipt(parts, request, filed)

    async def ask(self, parts: Parts, request: Request) -> Response:
        """Show the form that asks how a request stands."""
        read_query(request.scope["query_string"], ())
        desk_of(parts)
        return self._standing(parts, request, None)

    async def standing(self, parts: Parts, request: Request) -> Response:
        """Show how a request stands, to who gives its token; both come in the body, which no log keeps."""
        sent = await read_form(request, ("number", "token"))
        number, token = sent.get("number", ""), sent.get("token", "")[:MAX_TEXT]
        return self._standing(parts, request, await follow(parts, number, token), token)

    async def answer(self, parts: Parts, request: Request) -> Response:
        """Answer the desk's question, and show how the request stands then."""
        return await self._act(parts, request, "answer")

    async def appeal(self, parts: Parts, request: Request) -> Response:
        """Appeal against a refusal, and show how the request stands then."""
        return await self._act(parts, request, "appeal")

    async def _act(self, parts: Parts, request: Request, act: AskersAct) -> Response:
        sent = await read_form(request, ("number", "token", "said"))
        number, token = sent.get("number", ""), sent.get("token", "")[:MAX_TEXT]
        said = sent.get("said", "")
        try:
            found = await act_as_asker(parts, number, token, act, said)
        except (BadParameter, WrongState) as wrong:
            found = await follow(parts, number, token)
            return self._standing(parts, request, found, token, said=said, wrong=refusal_of(wrong))
        return self._standing(parts, request, found, token)

    def _form(
        self,
        parts: Parts,
        request: Request,
        sent: Mapping[str, str],
        *,
        likely: Sequence[Candidate] = (),
        problem: Text | None = None,
    ) -> Response:
        desk_of(parts)
        lists = [one.terminology for one in parts.service.catalogue() if one.terminology.kind != "map"]
        lengths = {"title": LONGEST_TITLE, "text": LONGEST_TEXT, "name": LONGEST_NAME}
        fields = {name: sent.get(name, "") for name in _FIELDS}
        shown = {"fields": fields, "lists": lists, "likely": likely, "problem": problem, "longest": lengths}
        return self._page(parts, request, "request.html", shown, 400 if problem else 200)

    def _receipt(self, parts: Parts, request: Request, filed: Filed) -> Response:
        return self._page(parts, request, "request_filed.html", {"filed": filed, "words": STATE_WORDS}, 201)

    def _standing(
        self,
        parts: Parts,
        request: Request,
        found: CodeRequest | None,
        token: str = "",
        *,
        said: str = "",
        wrong: Refusal | None = None,
    ) -> Response:
        shown = {"found": found, "token": token, "said": said, "wrong": wrong}
        fields = {"words": STATE_WORDS, "longest": LONGEST_TEXT, **shown}
        status = 200 if wrong is None else wrong.status
        return self._page(parts, request, "request_standing.html", fields, status)

    def _page(
        self, parts: Parts, request: Request, template: str, fields: dict[str, Any], status: int = 200
    ) -> Response:
        answer = self.pages.page(parts, request, template, fields, status)
        answer.headers["cache-control"] = "no-store"
        return answer


def _given(sent: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if value.strip()}
