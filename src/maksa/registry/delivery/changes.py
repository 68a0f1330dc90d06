"""What an edition, its withdrawal or its restoring changed in one code, against the edition before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from maksa.model.concept import Concept, Designation, Property
from maksa.model.edition import EditionEntry
from maksa.model.provider import Library
from maksa.registry.drafts.published import edition_before
from maksa.terminology.diff import substance
from maksa.terminology.resolve import entry_named
from maksa.text import Text

_NOT_TOLD = frozenset({"usage"})
"""How often a code is used ranks it in a search; it changes nothing for who uses it."""
_MOST_SHOWN = 20
_LONGEST_SHOWN = 200
_NAMES = {
    "display": Text("عنوان", "title"),
    "status": Text("وضعیت", "status"),
    "designations": Text("عنوان‌های دیگر", "other titles"),
    "parents": Text("سرشاخه", "parents"),
    "effective_from": Text("آغاز اعتبار", "valid from"),
    "effective_to": Text("پایان اعتبار", "valid until"),
    "transition_until": Text("پایان دورهٔ گذار", "transition until"),
    "replaced_by": Text("جایگزین", "replaced by"),
    "not_selectable": Text("انتخاب‌ناپذیر", "not selectable"),
    "variants": Text("ردیف‌های دیگر همین کد", "further rows of the code"),
}
_STATUSES = {"active": "فعال", "retired": "منسوخ"}
_KINDS = {
    "added": Text("افزوده شد", "was added"),
    "removed": Text("دیگر نیست", "is no longer there"),
    "retired": Text("منسوخ شد", "was retired"),
    "restored": Text("دوباره فعال شد", "is active again"),
    "changed": Text("تغییر کرد", "changed"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that changed in a code: its name (a property is `properties.<code>`), before and after, as JSON."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What changed in a code; `previous` names the edition it is compared with, None if there is none."""

    code: str
    kind: Literal["added", "removed", "retired", "restored", "changed"]
    title: str
    previous: str | None
    fields: tuple[FieldChange, ...]

    def sentence(self) -> Text:
        """Tell it: the code, what became of it, and each thing before and after."""
        told = [_told(field) for field in self.fields[:_MOST_SHOWN]]
        kind, dots = _KINDS[self.kind], "" if len(self.fields) <= _MOST_SHOWN else " …"
        fa, en = "؛ ".join(one.fa for one in told), "; ".join(one.en for one in told)
        return Text(
            f"کد {self.code} («{self.title}») {kind.fa}{f': {fa}' if fa else ''}{dots}",
            f"Code {self.code} ('{self.title}') {kind.en}{f': {en}' if en else ''}{dots}",
        )


def edition_followed(library: Library, entry: EditionEntry) -> EditionEntry | None:
    """Give the edition that answers where this one does not: the one before it in time; None of the first."""
    manifest = entry.manifest
    others = library.entries(manifest.terminology)
    return edition_before(others, effective=manifest.effective, sample=manifest.sample, but=manifest.edition)


def change_of(
    library: Library, terminology: str, edition: str, code: str, *, withdrawn: bool
) -> CodeChange | None:
    """Tell what the coming of an edition changed in a code, or (`withdrawn`) its going; None: nothing.

    Raises: UnknownEdition; EditionUnreadable when a file cannot be trusted. Cost: two look-ups.
    """
    entry = entry_named(terminology, edition, library.entries(terminology))
    followed = edition_followed(library, entry)
    before, after = _concept(library, followed, code), _concept(library, entry, code)
    if withdrawn:
        before, after = after, before
    shown = after or before
    if shown is None:
        return None
    old, new = _told_of(before), _told_of(after)
    fields = tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )
    if not fields:
        return None
    previous = None if followed is None else followed.manifest.edition
    return CodeChange(code, _kind(before, after), shown.display, previous, fields)


def _kind(
    before: Concept | None, after: Concept | None
) -> Literal["added", "removed", "retired", "restored", "changed"]:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    if before.status == after.status:
        return "changed"
    return "retired" if after.status == "retired" else "restored"


def _concept(library: Library, entry: EditionEntry | None, code: str) -> Concept | None:
    if entry is None:
        return None
    return library.provider(entry.manifest.terminology, entry.manifest.edition).concept(code)


def _told_of(concept: Concept | None) -> dict[str, Any]:
    """Give what a concept says, as JSON; what it leaves empty is left out."""
    if concept is None:
        return {}
    said = {name: value for name, value in substance(concept).items() if name not in _NOT_TOLD}
    for prop in concept.properties:
        said[f"properties.{prop.code}"] = concept.values(prop.code)
    return {name: _json(value) for name, value in said.items() if value not in (None, (), False)}


def _json(value: Any) -> Any:
    """Write what a concept says as JSON; decimals as text, as everywhere."""
    match value:
        case bool() | None:
            written: Any = value
        case Designation():
            written = {"value": value.value, "language": value.language, "use": value.use}
        case Property():
            written = {"code": value.code, "value": _json(value.value)}
        case tuple():
            written = [_json(one) for one in value]
        case _:
            written = str(value)
    return written


def _told(field: FieldChange) -> Text:
    known = _NAMES.get(field.name)
    prop = field.name.removeprefix("properties.")
    name = known or Text(f"ویژگی {prop}", f"property {prop}")
    before, after = _written(field.before), _written(field.after)
    if field.name == "status":
        fa = [_STATUSES.get(word, word) for word in (before, after)]
        return Text(f"{name.fa}: «{fa[0]}» ← «{fa[1]}»", f"{name.en}: '{before}' → '{after}'")
    return Text(f"{name.fa}: «{before}» ← «{after}»", f"{name.en}: '{before}' → '{after}'")


def _written(value: Any) -> str:
    match value:
        case None:
            text = "-"
        case list():
            text = ", ".join(_written(one) for one in value)
        case dict():
            text = str(value.get("value", value))
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
