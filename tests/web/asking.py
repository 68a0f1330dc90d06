"""What every caller of the application under test needs to know."""

from __future__ import annotations

GATEWAY = "/api/client/apim/v1/maksaservice/gwmaksa"
KEY = b"a key of thirty-two bytes, or more"
BASIC = "Basic dmVuZG9yOnZlbmRvcg=="
"""The vendor's id and secret: vendor, vendor."""
FORM = "application/x-www-form-urlencoded"
