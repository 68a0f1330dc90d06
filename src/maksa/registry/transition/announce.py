"""Announcing a transition in a draft: of one code that another replaces, or of all codes that the edition ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec
from sqlalchemy import Connection, update

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, UnknownCode, WrongState
from maksa.model.jalali import format_jalali
from maksa.registry.database import Registry
from maksa.registry.drafts.cells import Cells, cells_of
from maksa.registry.drafts.changes import RowEdit
from maksa.registry.drafts.drafts import Draft, DraftOptions, held_draft, read_draft
from maksa.registry.drafts.edits import Edited, edit_draft
from maksa.registry.drafts.lines import hash_of, held_lines
from maksa.registry.drafts.published import edition_before
from maksa.registry.drafts.start import require_unpublished
from maksa.registry.journal import write_entry
from maksa.registry.review.acting import OPERATOR, Who, acting, require_access
from maksa.registry.review.life import life_of, touch
from maksa.registry.tables import draft as drafts
from maksa.text import Text

LONGEST_WINDOW = 3_660
"""Days: ten years."""


@dataclass(frozen=True, slots=True)
class Window:
    """The two days of a transition: the first of what is new, and the last on which what is old is taken at all.

    Where they overlap, the old holds until the eve of the new, and its use is a warning from then until `old_until`.
    """

    new_from: date
    old_until: date

    @property
    def last_day(self) -> date:
        """Give the last day on which the old holds without a warning."""
        return min(self.old_until, self.new_from - timedelta(days=1))

    @property
    def transition_until(self) -> date | None:
        """Give the last day on which the use of the old is a warning; None where the two days do not overlap."""
        return self.old_until if self.old_until >= self.new_from else None


def announce_replacement(
    registry: Registry,
    shelf: Shelf,
    terminology: str,
    edition: str,
    *,
    old: str,
    new: str,
    window: Window,
    why: str | None = None,
    who: Who = OPERATOR,
) -> Edited:
    """Write a transition from one code to another into a draft: both their days, and the replacement.

    It is an edit as any other: kept in the draft's history, and undone as they are. An old code that the draft lacks is
    taken from the edition before; its count of use is not. Days on which neither code holds are allowed, and told by the rules of quality.
    Raises: UnknownEdition (no such draft), UnknownCode (an old or new code), BadParameter (a map, twice the same code), WrongState (the
            old code has variants or properties that only an import can bring; as edit_draft), Conflict, Refused (role).
    """
    draft = read_draft(registry, terminology, edition)
    _check_codes(draft, old, new)
    with registry.reading() as connection:
        lines = held_lines(connection, draft.terminology, draft.number, (old, new))
    if new not in lines:
        raise _no_code(draft, new)
    ending: dict[str, object] = {
        "effective_to": window.last_day.isoformat(),
        "transition_until": window.transition_until and window.transition_until.isoformat(),
        "replaced_by": new,
    }
    if old not in lines:
        ending = {**_cells_before(shelf, draft, old), **ending}
    edits = (
        RowEdit(old, hash_of(lines.get(old)), ending),
        RowEdit(new, hash_of(lines[new]), {"effective_from": window.new_from.isoformat()}),
    )
    return edit_draft(registry, shelf, draft.terminology.id, draft.edition, edits, why=why, who=who)


def announce_edition(
    registry: Registry,
    shelf: Shelf,
    terminology: str,
    edition: str,
    window: Window,
    *,
    who: Who = OPERATOR,
) -> Draft:
    """Say of a draft from which day its edition holds, and until which day the codes that it ends are only warned of.

    Raises: UnknownEdition (no such draft), BadParameter (the days do not overlap, a part of a list, a map),
            WrongState (it is published), Refused (role).
    """
    desk = acting(registry, who)
    with desk.writing() as connection:
        require_access(connection, who, "draft-edit")
        draft = held_draft(connection, terminology, edition)
        shelf.refresh()
        require_unpublished(shelf, draft.terminology.id, draft.edition)
        if draft.terminology.kind == "map":
            raise _is_map(draft)
        options = replace(draft.options, effective=window.new_from, transition_until=window.old_until)
        require_window(options)
        _keep(connection, desk, draft, options)
    return read_draft(registry, terminology, edition)


def require_window(options: DraftOptions) -> None:
    """See that the window of an edition makes sense. Raises: BadParameter."""
    until, effective = options.transition_until, options.effective
    if until is None:
        return
    if options.partial:
        raise BadParameter(
            "transition",
            Text(
                fa="بخشی از فهرست هیچ کدی را پایان نمی‌دهد، پس مهلت گذاری ندارد.",
                en="A part of a list ends no code, so it has no window.",
            ),
            mend=Text(fa="یا «بخش» را بردارید یا مهلت را.", en="Leave either 'partial' or the window away."),
        )
    if effective is not None and not 0 <= (until - effective).days <= LONGEST_WINDOW:
        raise BadParameter(
            "transition",
            Text(
                fa=f"مهلت گذار {format_jalali(until)} از {format_jalali(effective)}، نخستین روز انتشار، تا {LONGEST_WINDOW} روز پس از آن نیست.",
                en=f"The window until {until} does not end between {effective}, the first day of the edition, and {LONGEST_WINDOW} days later.",
            ),
            mend=Text(fa="یکی از دو تاریخ را درست کنید.", en="Mend one of the two days."),
        )


def _keep(connection: Connection, desk: Registry, draft: Draft, options: DraftOptions) -> None:
    if options == draft.options:
        return
    told = msgspec.json.encode(options).decode()
    connection.execute(update(drafts).where(drafts.c.id == draft.number).values(options=told))
    touch(connection, desk, life_of(connection, draft.number, draft.name))
    days = {"effective": options.effective, "transition_until": options.transition_until}
    written = {name: day and day.isoformat() for name, day in days.items()}
    write_entry(desk, connection, "draft-window", draft.name, draft=draft.number, **written)


def _check_codes(draft: Draft, old: str, new: str) -> None:
    if draft.terminology.kind == "map":
        raise _is_map(draft)
    if old == new:
        raise BadParameter(
            "replaced-by",
            Text(fa=f"کد «{old}» نمی‌تواند جایگزین خود باشد.", en=f"Code '{old}' cannot replace itself."),
            mend=Text(fa="کد تازه را بدهید.", en="Name the new code."),
        )


def _cells_before(shelf: Shelf, draft: Draft, code: str) -> Cells:
    """Give the cells of a code that only the edition before has."""
    shelf.refresh()
    name, options = draft.terminology.id, draft.options
    base = edition_before(
        shelf.entries(name), effective=options.effective, sample=options.sample, but=draft.edition
    )
    concept = None if base is None else shelf.provider(name, base.manifest.edition).concept(code)
    if concept is None:
        raise _no_code(draft, code)
    known = {definition.code for definition in draft.terminology.properties}
    if concept.variants or not known.issuperset(prop.code for prop in concept.properties):
        raise WrongState(
            Text(
                fa=f"کد «{code}» در پیش‌نویس «{draft.name}» نیست، و در انتشار پیشین گونه‌ها یا ویژگی‌هایی دارد که از این راه آورده نمی‌شوند.",
                en=f"Code '{code}' is not in the draft '{draft.name}', and has variants or properties in the edition before that cannot be brought this way.",
            ),
            mend=Text(
                fa="آن را در فایل بیاورید و دوباره وارد کنید.", en="Keep it in the file and import again."
            ),
        )
    return {name: value for name, value in cells_of(concept).items() if name != "code"}


def _no_code(draft: Draft, code: str) -> UnknownCode:
    return UnknownCode(
        Text(
            fa=f"پیش‌نویس «{draft.name}» کدی به نام «{code[:64]}» ندارد.",
            en=f"The draft '{draft.name}' has no code '{code[:64]}'.",
        ),
        mend=Text(
            fa="کد را درست بنویسید، یا نخست آن را به پیش‌نویس بیفزایید.",
            en="Mend the code, or add it to the draft first.",
        ),
    )


def _is_map(draft: Draft) -> BadParameter:
    return BadParameter(
        "terminology",
        Text(
            fa=f"«{draft.terminology.id}» نگاشت است و کدهایش روز پایان ندارند.",
            en=f"'{draft.terminology.id}' is a map, and its rows have no days.",
        ),
        mend=Text(fa="فهرست کد را بدهید.", en="Name the list of the codes."),
    )
