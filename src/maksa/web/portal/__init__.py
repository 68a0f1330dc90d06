"""The portal: plain right-to-left pages for people, made on the server, without scripts or outside resources."""

from __future__ import annotations

from maksa.web.portal.routes import door

__all__ = ["door"]
