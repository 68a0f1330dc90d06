"""The report of messages as one HTML page: Persian from right to left with English beside it, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from maksa.model.edition import EditionRef
from maksa.prescriptions.batch import Checked, Outcome
from maksa.prescriptions.sent import Unread
from maksa.prescriptions.show_change import shown_values
from maksa.prescriptions.tally import Tally
from maksa.web.portal.render import isolated, persian_day, persian_number

MESSAGES_SHOWN = 1_000
"""Messages with findings that stand in the page; the rest is counted: a browser shows no more with ease."""
FINDINGS_SHOWN = 10_000


def write_page(
    outcomes: Iterable[Outcome],
    tally: Tally,
    *,
    on: date | None,
    today: date,
    is_sample: Callable[[EditionRef], bool],
) -> Iterator[str]:
    """Write the page piece by piece, with the sums before the messages. Memory: what the page shows, which is bounded."""
    shown: list[Checked | Unread] = []
    findings = hidden = 0
    for one in tally.counting(outcomes):
        remarks = 1 if isinstance(one, Unread) else len(one.report.findings)
        if remarks and len(shown) < MESSAGES_SHOWN and findings < FINDINGS_SHOWN:
            shown.append(one)
            findings += remarks
        elif remarks:
            hidden += 1
    environment = Environment(
        loader=PackageLoader("maksa.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=persian_number, day=persian_day, isolated=isolated, values=shown_values)
    environment.tests.update(unread=lambda one: isinstance(one, Unread))
    yield from environment.get_template("check.html").generate(
        shown=shown, hidden=hidden, tally=tally, on=on, today=today, is_sample=is_sample
    )
