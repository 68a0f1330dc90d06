"""The native API: JSON under /api/v1, described by its own OpenAPI document, errors as problem+json."""

from __future__ import annotations

from maksa.web.api.routes import door

__all__ = ["door"]
