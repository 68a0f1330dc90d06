"""The composition root of a web worker: environment in, application out.

A server starts it as a factory, once in every worker process, so that each opens its own files:
`uvicorn --factory maksa.web.serve:app_from_environment`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Timer

from starlette.types import ASGIApp

from maksa.errors import BadParameter, MaksaError
from maksa.home import Home, open_home
from maksa.text import Text
from maksa.web.app import create_app
from maksa.web.settings import settings_from

_REGISTRY_AFTER = 1.0
"""Seconds after which a worker opens its registry if nothing needed it before: the first answers go first."""


def app_from_environment() -> ASGIApp:
    """Open the home that MAKSA_HOME names, its registry too, and put the doors before it.

    Raises: BadParameter when MAKSA_HOME is missing or a setting cannot be read; as open_home.
    """
    return _app_over(_home(registry_later=False))


def app_of_worker() -> ASGIApp:
    """Do the same, and open the registry a moment later: who starts the worker has opened it too.

    A registry that cannot be opened by then is told to those who need it, such as who asks for a token.
    Raises: as app_from_environment, save what is wrong with the registry.
    """
    home = _home(registry_later=True)
    opening = Timer(_REGISTRY_AFTER, _open_registry, [home])
    opening.daemon = True
    opening.start()
    return _app_over(home)


def _open_registry(home: Home) -> None:
    with suppress(MaksaError):  # Nobody asked for it yet; it is tried again, and told, when somebody does.
        home.opening()


def _app_over(home: Home) -> ASGIApp:
    settings = settings_from(os.environ)
    return create_app(
        home.service,
        home.clients,
        home.token_key,
        settings,
        requests=home.requests,
        home=home,
        ending=home.unanswered.write,
    )


def _home(*, registry_later: bool) -> Home:
    folder = os.environ.get("MAKSA_HOME", "").strip()
    if not folder:
        raise BadParameter(
            "MAKSA_HOME",
            Text(fa="متغیر MAKSA_HOME داده نشده است.", en="The environment variable MAKSA_HOME is not set."),
            mend=Text(
                fa="پوشهٔ انتشارها و دفتر ثبت را در آن بدهید.",
                en="Set it to the folder that holds the editions and the registry.",
            ),
        )
    return open_home(Path(folder), registry_later=registry_later)
