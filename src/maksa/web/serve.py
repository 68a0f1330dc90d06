"""The composition root of a web worker: environment in, application out.

A server starts it as a factory, once in every worker process, so that each opens its own files:
`uvicorn --factory maksa.web.serve:app_from_environment`.
"""

from __future__ import annotations

import os
from pathlib import Path

from starlette.types import ASGIApp

from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.text import Text
from maksa.web.app import create_app
from maksa.web.settings import settings_from


def app_from_environment() -> ASGIApp:
    """Open the home that MAKSA_HOME names and put the doors before it.

    Raises: BadParameter when MAKSA_HOME is missing or a setting cannot be read.
    """
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
    home = open_home(Path(folder))
    settings = settings_from(os.environ)
    return create_app(home.service, home.clients, home.token_key, settings, ending=home.unanswered.write)
