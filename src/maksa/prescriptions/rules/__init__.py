"""Rules of messages as content: which field takes which list, what must stand where, what a value looks like."""

from __future__ import annotations

from maksa.prescriptions.rules.load import read_rules, rule_book
from maksa.prescriptions.rules.records import Field, IdentifierForm, MessageRules, RuleBook

__all__ = ["Field", "IdentifierForm", "MessageRules", "RuleBook", "read_rules", "rule_book"]
