"""Lists registered by their form only, and known misspellings of ids: data that every home has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from maksa.model.codeform import CodeForm
from maksa.model.concept import Terminology
from maksa.text import Text


@cache
def registered_lists() -> Mapping[str, Terminology]:
    """Give the lists of registered.toml by id. Cost: read once."""
    return {row["id"]: _terminology(row) for row in _read("registered.toml")["list"]}


@cache
def known_misspellings() -> Mapping[str, str]:
    """Give the misspelled ids of spellings.toml and what each means. Cost: read once."""
    spellings: dict[str, str] = _read("spellings.toml")["spellings"]
    return spellings


@cache
def private_ids() -> frozenset[str]:
    """Give the ids of spellings.toml that are private to one system, without case. Cost: read once."""
    return frozenset(name.casefold() for name in _read("spellings.toml")["private"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("maksa.terminology") / name).read_text(encoding="utf-8"))


def _terminology(row: Mapping[str, Any]) -> Terminology:
    return Terminology(
        id=row["id"],
        title=Text(row["title_fa"], row["title_en"]),
        code_form=CodeForm(
            pattern=row["pattern"],
            check=row.get("check"),
            example=row["example"],
            fold_case=row.get("fold_case", False),
        ),
        spellings=tuple(row.get("spellings", ())),
        content="not-present",
        case_sensitive=row.get("case_sensitive", False),
        url=row["url"],
        publisher=Text(row["publisher_fa"], row["publisher_en"]),
    )
