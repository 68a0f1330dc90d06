"""What exactly was submitted, reviewed and voted on: one hash over all that an edition would be made of."""

from __future__ import annotations

import hashlib

import msgspec
from sqlalchemy import Connection

from maksa.editions.content import terminology_json
from maksa.registry.drafts.drafts import Draft, decided_mappings
from maksa.registry.drafts.lines import line_of, stored_lines
from maksa.registry.tables import draft_concept


def content_hash(connection: Connection, draft: Draft) -> str:
    """Give the hex SHA-256 of a draft: description, edition, options, and all rows, with the decisions on a map over them.

    Cost: reads all of it, some 1 µs a concept.
    """
    digest = hashlib.sha256()
    options = msgspec.json.encode(draft.options).decode()
    for part in (terminology_json(draft.terminology), draft.edition, options):
        digest.update(_measured(part))
    for line in stored_lines(connection, draft_concept, draft.number, "code"):
        digest.update(line.encode())
    for mapping in decided_mappings(connection, draft):
        digest.update(line_of(mapping).encode())
    return digest.hexdigest()


def _measured(text: str) -> bytes:
    """Give a text with its length before it, so that where one ends and the next begins is part of the hash."""
    written = text.encode()
    return b"%d:" % len(written) + written
