"""A sentence to people, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One sentence in Persian and in English; codes and ids inside it stand in ASCII digits."""

    fa: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the Persian sentence for `fa`, else the English one."""
        return self.fa if language.startswith("fa") else self.en
