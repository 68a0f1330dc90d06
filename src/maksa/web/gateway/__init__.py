"""The gateway door: the four services of letter 110/130 and the token they ask for, in DITAS's conventions.

The official bodies are not public; which fields are read and given here is our reading (docs/gateway-api.md).
"""

from __future__ import annotations

from maksa.web.gateway.routes import door

__all__ = ["door"]
