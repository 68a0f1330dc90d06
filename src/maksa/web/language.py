"""Which of the two languages a caller wants to read."""

from __future__ import annotations

from typing import Literal

from starlette.requests import Request

Language = Literal["fa", "en"]


def language_of(request: Request, *, default: Language) -> Language:
    """Give the first of fa and en by weight that Accept-Language names, else the default."""
    wanted: list[tuple[float, Language]] = []
    for piece in request.headers.get("accept-language", "")[:500].split(","):
        tag, _, weight = piece.partition(";")
        name = tag.strip().casefold().partition("-")[0]
        if name == "fa":
            wanted.append((_weight(weight), "fa"))
        elif name == "en":
            wanted.append((_weight(weight), "en"))
    best = max(wanted, key=lambda one: one[0], default=(0.0, default))
    return best[1] if best[0] > 0 else default


def _weight(text: str) -> float:
    name, _, number = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(number)
    except ValueError:
        return 0.0
