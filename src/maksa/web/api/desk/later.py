"""Endpoints named by `module.function`, loaded when they are first asked: they load an SQL toolkit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module

import msgspec
from starlette.responses import Response

from maksa.web.api.questions import Asked

Endpoint = Callable[[Asked], Awaitable[msgspec.Struct | Response]]


def later(name: str, summary: str) -> Endpoint:
    """Give the endpoint of a name in this package; `summary` is the first line of its docstring, for the description."""
    module, _, function = name.partition(".")

    async def ask(asked: Asked) -> msgspec.Struct | Response:
        endpoint: Endpoint = getattr(import_module(f"{__package__}.{module}"), function)
        return await endpoint(asked)

    ask.__name__ = f"{module}_{function}"
    ask.__qualname__ = name
    ask.__doc__ = summary
    return ask
