"""The rules of quality as records: what each says, why, and how grave it is. Their tests are functions of other files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from maksa.text import Text

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The graver first."""

Values = Mapping[str, str | Text]
"""What fills the sentence of a finding."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `kinds` of lists that it is for, `parameters` of its test, the sentence that its findings `say`."""

    id: str
    severity: Severity
    kinds: tuple[str, ...]
    title: Text
    why: Text
    mend: Text
    says: Text
    parameters: Mapping[str, Any]

    def sentence(self, values: Values) -> Text:
        """Fill in the sentence of a finding."""
        fa = {name: value.fa if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.says.fa.format(**fa), self.says.en.format(**en))


@cache
def rules() -> Mapping[str, Rule]:
    """Read the rules, once: by id, in the order of the file, which is that of their gravity."""
    source = resources.files("maksa.registry.quality") / "rules.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {row["id"]: _rule(row) for row in table["rule"]}


def rules_for(kind: str, least: Severity) -> tuple[Rule, ...]:
    """Give the rules for a kind of list that are at least as grave as told."""
    grave = SEVERITIES[: SEVERITIES.index(least) + 1]
    return tuple(rule for rule in rules().values() if kind in rule.kinds and rule.severity in grave)


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        severity=row["severity"],
        kinds=tuple(row["kinds"]),
        title=Text(row["fa"], row["en"]),
        why=Text(row["why_fa"], row["why_en"]),
        mend=Text(row["mend_fa"], row["mend_en"]),
        says=Text(row["says_fa"], row["says_en"]),
        parameters=row.get("parameters", {}),
    )
