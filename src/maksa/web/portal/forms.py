"""Read a form that a page sent: every field is known, stands once and is within bounds."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from maksa.text import Text
from maksa.web.query import read_pairs, repeated
from maksa.web.refusal import Refusal, bad_parameter, bad_request, shown, too_large

FORM = "application/x-www-form-urlencoded"
FILE_FORM = "multipart/form-data"
_MAX_FORM = 64 * 1024
_FEW_FIELDS = 50


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file of a form: its name, as the browser gave it without folders, and its bytes."""

    name: str
    content: bytes


async def read_form(request: Request, known: Sequence[str], *, most: int = _MAX_FORM) -> dict[str, str]:
    """Read a form. Raises: Refusal 400, 413 or 415."""
    _check_kind(request, FORM)
    raw = await request.body()
    if len(raw) > most:
        raise too_large(most)
    return _fields(read_pairs(raw, most=max(_FEW_FIELDS, len(known))), known)


async def read_file_form(
    request: Request, known: Sequence[str], *, most: int
) -> tuple[dict[str, str], SentFile]:
    """Read a form with one file in its field `file`. Raises: Refusal 400, 413 or 415."""
    _check_kind(request, FILE_FORM)
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=1, max_fields=len(known) + 1, max_part_size=_MAX_FORM
    )
    try:
        sent = await parser.parse()
    except (MultiPartException, KeyError, UnicodeError):
        raise _no_form() from None
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(sent.close)
        files = [value for value in sent.values() if isinstance(value, UploadFile)]
        texts = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
        if len(files) != 1 or len(sent.getlist("file")) != 1 or isinstance(sent["file"], str):
            raise _no_form()
        content = await files[0].read(most + 1)
        if len(content) > most:
            raise too_large(most)
        name = re.split(r"[/\\\\]", files[0].filename or "")[-1][:100]
        return _fields(texts, known), SentFile(name.strip(), content)


def _check_kind(request: Request, wanted: str) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != wanted:
        raise Refusal(
            415,
            "unsupported-media-type",
            Text("این نشانی فرم می‌خواند.", "This address reads a form."),
            known=(wanted,),
        )


def _fields(pairs: Sequence[tuple[str, str]], known: Sequence[str]) -> dict[str, str]:
    form: dict[str, str] = {}
    for name, value in pairs:
        if name in form:
            raise repeated(name)
        if name not in known:
            unknown = shown(name)
            raise bad_parameter(
                unknown,
                Text(f"فیلد «{unknown}» شناخته نیست.", f"The field '{unknown}' is not known."),
                known=known,
            )
        form[name] = value
    return form


def _no_form() -> Refusal:
    return bad_request(
        Text("فرم یا فایل آن خوانا نیست.", "The form, or the file in it, cannot be read."),
        mend=Text("صفحه را باز کنید و یک فایل برگزینید.", "Open the page and choose one file."),
    )
