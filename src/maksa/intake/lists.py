"""Which list a row of a grouped file belongs to: known spellings, never edit distance."""

from __future__ import annotations

import re

from maksa.intake.ledger import Ledger, Remark, RowRefusedError
from maksa.intake.profile_records import Profile
from maksa.intake.sentences import list_id_form, malformed_list, unknown_list
from maksa.model.concept import Terminology
from maksa.model.persian import title_key
from maksa.text import Text

_LIST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


def is_list_id(text: str) -> bool:
    """Tell whether a text can be the id of a list."""
    return bool(_LIST_ID.match(text))


class ListFinder:
    """Finds the list of an id as sent; an unknown id becomes a list of its own."""

    def __init__(self, profile: Profile, ledger: Ledger) -> None:
        """Fold the known spellings once."""
        self._ledger = ledger
        self._template = profile.terminology
        self._known = profile.known_lists()
        self._elsewhere = {
            title_key(list_id): Remark(elsewhere.reason, elsewhere.text)
            for elsewhere in profile.elsewhere
            for list_id in elsewhere.ids
        }
        self._said: set[str] = set()

    def find(self, sent: str, code: str) -> Terminology:
        """Give the list of an id. Raises: RowRefusedError when no list may be made of the row."""
        key = title_key(sent)
        if key in self._elsewhere:
            raise RowRefusedError(self._elsewhere[key], None, code)
        known = self._known.get(key)
        if known is None:
            known = self._own_list(sent, code)
            self._known[key] = known
        if known.id != sent and sent not in self._said:
            self._said.add(sent)
            self._ledger.note(list_id_form(sent, known.id), None, code)
        return known

    def _own_list(self, sent: str, code: str) -> Terminology:
        if not is_list_id(sent):
            raise RowRefusedError(malformed_list(sent), None, code)
        self._ledger.note(unknown_list(sent), None, code)
        template = self._template
        return Terminology(
            id=sent,
            title=Text(sent, sent),
            properties=template.properties,
            content=template.content,
        )
