"""Which concepts of an edition file a filter wants: conditions of SQL over the table `concept`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from maksa.model.provider import ConceptFilter

STATUS = {
    "not-yet-effective": "effective_from > :day",
    "retired": """(effective_from IS NULL OR effective_from <= :day)
        AND CASE WHEN effective_to IS NULL THEN status = 'retired' ELSE effective_to < :day END""",
    "active": """(effective_from IS NULL OR effective_from <= :day)
        AND CASE WHEN effective_to IS NULL THEN status = 'active' ELSE effective_to >= :day END""",
}
"""The condition of each status on the day `:day`."""
IN_VALUE_SET = "id IN (SELECT concept FROM value_set_concept WHERE value_set = :value_set)"
_CHANGED = """(changed > :changed_after
    OR effective_from BETWEEN :dates_from AND :day
    OR effective_to BETWEEN :last_day_from AND :last_day_to)"""


def condition(wanted: ConceptFilter) -> tuple[str, dict[str, Any]]:
    """Write a filter as a condition, with its parameters."""
    conditions = ["1"]
    parameters: dict[str, Any] = {"day": wanted.day.isoformat()}
    if wanted.status is not None:
        conditions.append(STATUS[wanted.status])
    if wanted.changed_after is not None:
        since = wanted.dates_from or wanted.day
        conditions.append(_CHANGED)
        parameters |= {
            "changed_after": wanted.changed_after,
            "dates_from": since.isoformat(),
            "last_day_from": _day_before(since),
            "last_day_to": _day_before(wanted.day),
        }
    if wanted.value_set is not None:
        conditions.append(IN_VALUE_SET)
        parameters["value_set"] = wanted.value_set
    return " AND ".join(conditions), parameters


def _day_before(day: date) -> str:
    return day.isoformat() if day == date.min else (day - timedelta(days=1)).isoformat()
