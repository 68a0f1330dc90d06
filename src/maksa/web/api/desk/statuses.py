"""What may stand in the way of an act at the desk, as the tables of routes tell it, and the types of files it takes."""

from __future__ import annotations

ACTING = (403, 404, 409, 429, 503)
"""What may stand in the way of who acts at the desk, beside a wrong question and a missing token."""
WRITING = (*ACTING, 408, 413, 415)
"""The same for what has a body."""
FILE_TYPES = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)
"""Content types of a table that is sent; its content tells whether it is CSV or XLSX."""
