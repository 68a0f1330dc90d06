"""Where a party stands with a list: one state, of what it must, what it declared and what is observed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.observed import Observed
from maksa.registry.adoption.records import Declaration, Obligation
from maksa.text import Text

STATES: dict[str, Text] = {
    "overdue": Text("مهلت گذشته", "overdue"),
    "contradiction": Text(
        "اعلام شده، ولی فهرست کهنه در کار است", "declared but traffic shows an old edition"
    ),
    "no-answer": Text("بی پاسخ", "no answer"),
    "outdated": Text("انتشار کهنه", "outdated"),
    "in-work": Text("در دست اجرا", "in work"),
    "planned": Text("برنامه‌ریزی شده", "planned"),
    "declared-only": Text("تنها اعلام شده", "declared only"),
    "live": Text("اجرا شده و دیده شده", "live"),
    "not-applicable": Text("موضوعیت ندارد", "not applicable"),
    "not-obliged": Text("ملزم نیست", "not obliged"),
}
"""All states, the most urgent first."""
OPEN = ("overdue", "contradiction", "no-answer", "outdated")
"""The states of which a party may be reminded."""


def state_of(
    calendar: Calendar,
    obligations: Sequence[Obligation],
    declared: Declaration | None,
    observed: Observed,
    on: date,
) -> str:
    """Give the state on a day of one party or system and one list.

    Order: live with an old edition in use is a contradiction, whatever is due; then what is due and not done is overdue;
           else the state is what was declared, as far as the use of the list bears it out.
    """
    if declared is not None and declared.state == "live" and observed.old.proves:
        return "contradiction"
    if any(is_overdue(calendar, one, declared, on) for one in obligations):
        return "overdue"
    if declared is None:
        return "no-answer" if obligations else "not-obliged"
    if declared.state == "live":
        return _state_of_live(calendar, declared, observed, on)
    return declared.state


def is_overdue(calendar: Calendar, one: Obligation, declared: Declaration | None, on: date) -> bool:
    """Tell whether an obligation's deadline is over on a day and its list, or the edition that it names, is not live."""
    if one.deadline is None or on <= one.deadline:
        return False
    if declared is None or declared.state not in {"live", "not-applicable"}:
        return True
    if one.edition is None or declared.edition is None:
        return False
    return calendar.before(one.terminology, declared.edition, one.edition)


def _state_of_live(calendar: Calendar, declared: Declaration, observed: Observed, on: date) -> str:
    current = calendar.in_force(declared.terminology, on)
    edition = declared.edition
    if current and edition and calendar.before(declared.terminology, edition, current.edition):
        return "outdated"
    return "live" if observed.questions else "declared-only"
