"""Read a form that a page sent: every field is known, stands once and is within bounds."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request

from maksa.text import Text
from maksa.web.query import read_pairs, repeated
from maksa.web.refusal import Refusal, bad_parameter, shown, too_large

FORM = "application/x-www-form-urlencoded"
_MAX_FORM = 64 * 1024


async def read_form(request: Request, known: Sequence[str], *, most: int = _MAX_FORM) -> dict[str, str]:
    """Read a form. Raises: Refusal 400, 413 or 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != FORM:
        raise Refusal(
            415,
            "unsupported-media-type",
            Text("این نشانی فرم می‌خواند.", "This address reads a form."),
            known=(FORM,),
        )
    raw = await request.body()
    if len(raw) > most:
        raise too_large(most)
    form: dict[str, str] = {}
    for name, value in read_pairs(raw):
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
