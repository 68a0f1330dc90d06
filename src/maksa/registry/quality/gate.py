"""The gate before publishing: a draft with errors does not pass, unless it is said why it must."""

from __future__ import annotations

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft
from maksa.registry.journal import write_entry
from maksa.registry.quality.check import check_draft
from maksa.registry.quality.report import require_sound
from maksa.terminology.bounds import sound
from maksa.text import Text

LONGEST_REASON = 1_000


def require_publishable(registry: Registry, shelf: Shelf, draft: Draft, *, despite: str | None) -> None:
    """Let a draft without errors pass, or one with errors when `despite` says why; the journal then says it too.

    Raises: WrongState naming the first errors, BadParameter (`despite` is no reason).
    Cost:   as check_draft with `least` "error".
    """
    reason = None if despite is None else _checked(despite)
    report = check_draft(registry, shelf, draft, least="error")
    if reason is None:
        require_sound(report)
    elif report.errors:
        rules = [one.rule for one in report.counts]
        with registry.writing() as connection:
            told = {"draft": draft.number, "errors": report.errors, "rules": rules, "reason": reason}
            write_entry(registry, connection, "publish-despite", draft.name, **told)


def _checked(reason: str) -> str:
    checked = sound(reason.strip())
    if 0 < len(checked) <= LONGEST_REASON:
        return checked
    raise BadParameter(
        "despite-errors",
        Text(
            fa=f"دلیل انتشار با وجود خطاها باید 1 تا {LONGEST_REASON} نویسه باشد.",
            en=f"The reason for publishing despite errors has 1 to {LONGEST_REASON} characters.",
        ),
        mend=Text(fa="بنویسید چرا باید منتشر شود.", en="Say why it must be published."),
    )
