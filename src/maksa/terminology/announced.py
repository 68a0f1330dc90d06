"""What became of the lists that a letter announces: changed after the letter, or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from maksa.errors import EditionUnreadable, UnknownEdition
from maksa.model.edition import EditionEntry, EditionRef, Letter
from maksa.model.letters import AnnouncedList, ListState
from maksa.terminology.diff import count_changes
from maksa.terminology.refusals import day_text
from maksa.terminology.resolve import Resolver
from maksa.text import Text

MOST_COUNTED = 100_000
"""Concepts of two editions beyond which their changes are not counted for a letter: the diff tells them."""


def announced_lists(
    resolver: Resolver, letter: Letter, letters: Sequence[Letter], day: date, *, counted: bool
) -> tuple[AnnouncedList, ...]:
    """Tell of each list that a letter announces which edition it announced and which is in force on a day.

    What a letter announced is the first edition that its record names. Where it names the list alone, it is the
    first real edition of the list that no letter names. An edition that came later under the same
    letter, or under another one or none, is a change after the letter. `counted`: with the counts of changes.
    Cost: none; counted, that of a diff of at most `MOST_COUNTED` concepts for each list that changed.
    """
    named = {pair for other in letters for pair in other.announces}
    lists = dict.fromkeys(terminology for terminology, _ in letter.announces)
    found = (_announced_list(resolver, letter, name, named, day) for name in lists)
    return tuple(_with_counts(resolver, one) if counted else one for one in found)


def _announced_list(
    resolver: Resolver, letter: Letter, name: str, named: set[tuple[str, str | None]], day: date
) -> AnnouncedList:
    entries = sorted(resolver.library.entries(name), key=lambda entry: entry.manifest.sequence)
    own = [
        edition for terminology, edition in letter.announces if terminology == name and edition is not None
    ]
    announced = _first(entries, own, {edition for terminology, edition in named if terminology == name})
    by_name = announced.manifest.edition if own and announced else next(iter(own), None)
    title, kind = _title(resolver, name, entries), entries[0].manifest.kind if entries else None
    try:
        in_force = _in_force(resolver, name, day)
    except EditionUnreadable as damage:
        return AnnouncedList(name, kind, title, by_name, "unreadable", _ref(announced), None, damage.text)
    state = _state(entries, announced, in_force)
    text = _sentence(state, announced, in_force, by_name)
    return AnnouncedList(name, kind, title, by_name, state, _ref(announced), _ref(in_force), text)


def _first(
    entries: Sequence[EditionEntry], own: Sequence[str], named: Collection[str | None]
) -> EditionEntry | None:
    """Give the first edition that a letter stands behind: one that it names, else one that no letter names."""
    return next(
        (
            entry
            for entry in entries
            if not entry.manifest.sample
            and (entry.manifest.edition in own if own else entry.manifest.edition not in named)
        ),
        None,
    )


def _in_force(resolver: Resolver, name: str, day: date) -> EditionEntry | None:
    with suppress(UnknownEdition):
        return resolver.in_force(name, day)
    return None


def _title(resolver: Resolver, name: str, entries: Sequence[EditionEntry]) -> Text | None:
    registered = resolver.form_only(name)
    if registered is not None:
        return registered.title
    with suppress(EditionUnreadable):
        for entry in reversed(entries):
            return resolver.library.provider(name, entry.manifest.edition).terminology.title
    return None


def _state(
    entries: Sequence[EditionEntry], announced: EditionEntry | None, in_force: EditionEntry | None
) -> ListState:
    if entries and all(entry.manifest.sample for entry in entries):
        return "sample"
    if announced is None:
        return "not-held"
    if announced.withdrawn:
        return "withdrawn"
    if in_force is None or _place(in_force) < _place(announced):
        return "not-yet-effective"
    return "as-announced" if in_force == announced else "changed"


def _place(entry: EditionEntry) -> tuple[date, int]:
    return entry.manifest.effective or date.min, entry.manifest.sequence


def _ref(entry: EditionEntry | None) -> EditionRef | None:
    return None if entry is None else entry.manifest.ref


def _with_counts(resolver: Resolver, one: AnnouncedList) -> AnnouncedList:
    before, after = one.announced, one.in_force
    if not one.comparable or before is None or after is None:
        return one
    try:
        old = resolver.library.provider(before.terminology, before.edition)
        new = resolver.library.provider(after.terminology, after.edition)
    except EditionUnreadable:  # That it changed is told; what changed cannot be.
        return one
    if old.count + new.count > MOST_COUNTED:
        return one
    counts = resolver.counted(before.hash, after.hash, lambda: count_changes(old, new))
    return replace(one, changes=tuple(sorted(counts.items())))


def _sentence(
    state: ListState, announced: EditionEntry | None, in_force: EditionEntry | None, by_name: str | None
) -> Text:
    if state == "sample":
        return Text(
            "در این‌جا تنها نمونه‌ای از این فهرست هست، که هیچ نامه‌ای آن را ابلاغ نمی‌کند.",
            "Only a sample of this list is held here, which no letter announces.",
        )
    if announced is None:
        return _not_held(in_force, by_name)
    edition, first = announced.manifest.edition, announced.manifest.effective
    if by_name is None:
        subject = Text(
            f"نامه فهرست را ابلاغ می‌کند و انتشاری نام نمی‌برد. نخستین انتشار این فهرست در این‌جا، {edition}،",
            f"The letter announces the list and names no edition. The first edition of the list here, {edition},",
        )
    else:
        subject = Text(f"انتشار ابلاغ‌شده، {edition}،", f"The announced edition, {edition},")
    said = _said(state, first, in_force)
    return Text(f"{subject.fa} {said.fa}.", f"{subject.en} {said.en}.")


def _said(state: ListState, first: date | None, in_force: EditionEntry | None) -> Text:
    if state == "not-yet-effective" and first is not None:
        begins = day_text(first)
        return Text(f"از {begins.fa} نافذ می‌شود", f"takes effect on {begins.en}")
    if state == "withdrawn":
        return Text("پس گرفته شده است", "was withdrawn")
    if state != "changed" or in_force is None:
        return Text("نافذ است", "is in force")
    now, behind = in_force.manifest.edition, [letter.number for letter in in_force.letters]
    letters = Text(
        f"با نامهٔ {'، '.join(behind)}" if behind else "بی ابلاغ",
        f"by letter {', '.join(behind)}" if behind else "not announced",
    )
    return Text(
        f"دیگر نافذ نیست؛ اکنون انتشار {now} نافذ است ({letters.fa})",
        f"is no longer in force; edition {now} is ({letters.en})",
    )


def _not_held(in_force: EditionEntry | None, by_name: str | None) -> Text:
    if in_force is None:
        held = Text("این فهرست در این‌جا نیست.", "This list is not held here.")
    else:
        now = in_force.manifest.edition
        held = Text(
            f"انتشاری که این نامه ابلاغ می‌کند در این‌جا نیست؛ انتشار {now} نافذ است.",
            f"The edition that this letter announces is not held here; edition {now} is in force.",
        )
    if by_name is None:
        return held
    return Text(
        f"{held.fa} نامه انتشار {by_name} را نام می‌برد.", f"{held.en} The letter names edition {by_name}."
    )
