"""Options of an import that say how its edition is published, and until when the codes that it ends are only warned of."""

from __future__ import annotations

from datetime import date, timedelta
from functools import wraps
from typing import Any

import click

from maksa.cli.import_outcome import Publishing
from maksa.cli.options import DAY, Command
from maksa.errors import BadParameter
from maksa.registry.drafts.drafts import DraftOptions
from maksa.registry.transition.announce import require_window
from maksa.text import Text

DESPITE = "Why it is published even if the rules of quality find errors; the journal keeps it."


def publishing(command: Command) -> Command:
    """Give an import --publish, --retire-missing and --despite-errors, and hand it a `Publishing` or None."""

    @click.option("--publish", "publish_now", is_flag=True, help="Publish it at once.")
    @click.option(
        "--retire-missing",
        is_flag=True,
        help="With --publish: even if most codes of the edition before end by it.",
    )
    @click.option("--despite-errors", "despite", metavar="REASON", help=DESPITE)
    @wraps(command)
    def with_publishing(
        *, publish_now: bool, retire_missing: bool, despite: str | None, partial: bool, **rest: Any
    ) -> Any:
        _check(publish_now=publish_now, retire_missing=retire_missing, despite=despite, partial=partial)
        asked = Publishing(retire_missing, despite) if publish_now else None
        return command(partial=partial, publishing=asked, **rest)

    return with_publishing


def windowed(command: Command) -> Command:
    """Give an import --transition and --transition-until, and hand it the last day of the window, `until`, or None."""

    @click.option(
        "--transition",
        "days",
        type=click.IntRange(1),
        metavar="DAYS",
        help="For so many days from --effective, codes that it ends are warned of, not refused.",
    )
    @click.option("--transition-until", "until", type=DAY, metavar="DAY", help="The same, by the last day.")
    @wraps(command)
    def with_window(
        *, days: int | None, until: date | None, effective: date | None, partial: bool, **rest: Any
    ) -> Any:
        until = _last_day(effective, days, until)
        require_window(DraftOptions(effective, partial=partial, transition_until=until))
        return command(effective=effective, partial=partial, until=until, **rest)

    return with_window


def _check(*, publish_now: bool, retire_missing: bool, despite: str | None, partial: bool) -> None:
    if retire_missing and (partial or not publish_now):
        raise BadParameter(
            "retire-missing",
            Text(
                "--retire-missing تنها با --publish و بی --partial معنا دارد.",
                "--retire-missing makes sense with --publish and without --partial only.",
            ),
            mend=Text("یکی از آن‌ها را بردارید یا بیفزایید.", "Add the one or leave the other away."),
        )
    if despite is not None and not publish_now:
        raise BadParameter(
            "despite-errors",
            Text(
                "--despite-errors تنها با --publish معنا دارد.",
                "--despite-errors makes sense with --publish only.",
            ),
            mend=Text("--publish را هم بدهید، یا آن را بردارید.", "Give --publish too, or leave it away."),
        )


def _last_day(effective: date | None, days: int | None, until: date | None) -> date | None:
    if days is None:
        return until
    if until is not None:
        raise BadParameter(
            "transition",
            Text(
                "--transition و --transition-until با هم داده شده‌اند.",
                "--transition and --transition-until are both given.",
            ),
            mend=Text("تنها یکی را بدهید.", "Give only one of them."),
        )
    if effective is None:
        raise BadParameter(
            "transition",
            Text(
                "--transition روزها را از --effective می‌شمارد، که داده نشده است.",
                "--transition counts its days from --effective, which is not given.",
            ),
            mend=Text(
                "--effective را بدهید، یا --transition-until را.", "Give --effective, or --transition-until."
            ),
        )
    try:
        return effective + timedelta(days=days - 1)
    except OverflowError:
        raise BadParameter(
            "transition",
            Text(f"{days} روز بیش از اندازه است.", f"{days} days are too many."),
            mend=Text("شمار روزها را درست کنید.", "Mend the number of days."),
        ) from None
