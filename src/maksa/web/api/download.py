"""An edition's file for download: by range, by ETag, with its SHA-256, streamed from the shelf."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from maksa.model.edition import Manifest
from maksa.text import Text
from maksa.web.api.questions import Asked
from maksa.web.refusal import Refusal, shown
from maksa.web.uses import used

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})\Z")
_CHUNK = 256 * 1024
FILE_TYPE = "application/vnd.sqlite3"
ATTACHMENT_TYPE = "application/octet-stream"
"""Whatever it is: a browser saves it and never runs it."""


async def edition_file(asked: Asked) -> Response:
    """Give the file of an edition, whole or one range of it."""
    edition = str(asked.request.path_params["edition"])
    entry, path = asked.parts.service.edition_file(asked.terminology, edition)
    if asked.request.method == "GET":
        asked.uses.update(used("download", "edition", [entry.manifest.ref]))
    return await _file(asked.request, path, entry.manifest.file_hash, _name(entry.manifest), FILE_TYPE)


async def attachment(asked: Asked) -> Response:
    """Give a file that came with a letter, whole or one range of it."""
    number, name = (str(asked.request.path_params[part]) for part in ("number", "name"))
    found, path = asked.parts.service.attachment(number, name)
    return await _file(asked.request, path, found.hash, found.name, ATTACHMENT_TYPE)


async def _file(request: Request, path: Path, digest: str, name: str, kind: str) -> Response:
    etag = f'"{digest}"'
    headers = {
        "etag": etag,
        "accept-ranges": "bytes",
        "x-maksa-sha256": digest,
        "repr-digest": f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:",
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "public, no-cache",
    }
    if _names(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    size = (await anyio.Path(path).stat()).st_size
    start, stop = wanted_range(request, etag, size)
    if (start, stop) == (0, size):
        status = 200
    else:
        status = 206
        headers["content-range"] = f"bytes {start}-{stop - 1}/{size}"
    headers["content-length"] = str(stop - start)
    if request.method == "HEAD":
        return Response(None, status, headers, kind)
    return StreamingResponse(_chunks(path, start, stop), status, headers, kind)


def wanted_range(request: Request, etag: str, size: int) -> tuple[int, int]:
    """Give the first byte wanted and the one after the last; the whole file when no single range is asked.

    What is no byte range, names several, or is bound to another ETag (If-Range) is not heeded, as RFC 9110
    14.2 wants. Raises: Refusal 416 when the range lies outside of the file.
    """
    match = _RANGE.match(request.headers.get("range", "").replace(" ", ""))
    bound_to = request.headers.get("if-range")
    if not match or match[0] == "bytes=-" or (bound_to is not None and bound_to != etag):
        return 0, size
    if not match[1]:
        start, stop = max(size - int(match[2]), 0), size
    else:
        start, stop = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
        if match[2] and int(match[2]) < start:
            return 0, size
    if start >= stop:
        raise _outside(match[0], size)
    return start, stop


def _name(manifest: Manifest) -> str:
    return f"{manifest.terminology}-{manifest.edition}.sqlite"


def _names(header: str | None, etag: str) -> bool:
    if header is None:
        return False
    return header.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in header.split(","))


async def _chunks(path: Path, start: int, stop: int) -> AsyncIterator[bytes]:
    async with await anyio.open_file(path, "rb") as stream:
        await stream.seek(start)
        left = stop - start
        while left > 0 and (chunk := await stream.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _outside(wanted: str, size: int) -> Refusal:
    return Refusal(
        416,
        "range-not-satisfiable",
        Text(
            fa=f"بازهٔ {shown(wanted)} بیرون از پرونده است؛ پرونده {size} بایت دارد.",
            en=f"The range {shown(wanted)} lies outside of the file, which has {size} bytes.",
        ),
        headers={"content-range": f"bytes */{size}"},
    )
