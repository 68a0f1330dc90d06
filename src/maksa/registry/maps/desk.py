"""Deciding a row of a map: which map, lists and codes are meant, and what is to be said of the choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter, UnknownEdition, UnknownTerminology
from maksa.intake.ledger import Remark
from maksa.intake.lists import is_list_id
from maksa.intake.map_words import NO_RELATION, RELATIONSHIPS, relationship_of
from maksa.intake.sentences import malformed_code
from maksa.model.codeform import CodeForm, plain_digits
from maksa.model.concept import Decision, Mapping
from maksa.model.jalali import today
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import draft_mappings, list_drafts
from maksa.registry.drafts.published import mappings_of
from maksa.registry.maps.decisions import decide
from maksa.registry.maps.findings import source_remarks, target_remarks
from maksa.terminology.resolve import Resolver
from maksa.text import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decides of a source: a target, or that there is none; the lists where the map has several."""

    target: str | None
    relationship: str | None
    condition: str | None
    why: str
    letter: str | None = None
    no_map: bool = False
    source_list: str | None = None
    target_list: str | None = None


class FoundMap(NamedTuple):
    """A map as it stands: its id, and its rows of the newest draft and of the editions."""

    name: str
    rows: tuple[Mapping, ...]

    def lists(self, side: str) -> tuple[str, ...]:
        """Give the lists at one end, in the order in which they come."""
        return tuple(dict.fromkeys(getattr(row, f"{side}_terminology") for row in self.rows))


class Decided(NamedTuple):
    """A decision that was kept, the one before it, and what is to be said of its source and its target."""

    map: str
    row: Mapping
    earlier: Mapping | None
    remarks: tuple[Remark, ...]


def decide_row(registry: Registry, shelf: Shelf, name: str, source: str, choice: Choice) -> Decided:
    """Keep a decision on a source of a map; by whom says the registry, on which day Tehran's calendar.

    A source that is not in its list, and a target that is retired or unknown, are told and do not stop it.
    Raises: UnknownTerminology (no such map), BadParameter (neither or both of target and no-map, an unknown
            relationship or list, a text that can be no code of its list), BadInput (no reason).
    """
    found = map_of(registry, shelf, name)
    terminology, code = source_of(shelf, found, source, choice.source_list)
    target_list = _target_list(found, terminology, code, choice)
    row = Mapping(
        terminology,
        code,
        target_list,
        _target(shelf, target_list, choice),
        _relationship(choice),
        choice.condition.strip() or None if choice.condition else None,
        decision=Decision(registry.actor, today(), choice.why.strip(), choice.letter),
    )
    _refuse_malformed(shelf, row)
    earlier = decide(registry, found.name, row)
    told = (*source_remarks(shelf, (row,), today()), *target_remarks(shelf, (row,), today()))
    return Decided(found.name, row, earlier, tuple(remark for _, remark in told))


def map_of(registry: Registry, shelf: Shelf, name: str) -> FoundMap:
    """Find a map among drafts and editions, in any letter case. Raises: UnknownTerminology naming the maps."""
    drafts = [draft for draft in list_drafts(registry) if draft.terminology.kind == "map"]
    maps = [held for held in shelf.ids() if any(e.manifest.kind == "map" for e in shelf.entries(held))]
    known = dict.fromkeys((*maps, *(draft.terminology.id for draft in drafts)))
    folded = name.strip().casefold()
    held = next((one for one in known if one.casefold() == folded), None)
    if held is None:
        raise UnknownTerminology(
            Text(fa=f"نگاشتی به نام «{name[:64]}» نیست.", en=f"There is no map '{name[:64]}'."),
            mend=Text(fa="نخست آن را وارد کنید.", en="Import it first."),
            known=tuple(known)[:50],
        )
    rows: list[Mapping] = []
    with registry.reading() as connection:
        for draft in drafts:
            if draft.terminology.id == held:
                rows += draft_mappings(connection, draft)
    newest = max(shelf.entries(held), key=lambda entry: entry.manifest.sequence, default=None)
    return FoundMap(held, (*rows, *mappings_of(shelf, newest)))


def source_of(shelf: Shelf, found: FoundMap, source: str, named: str | None) -> tuple[str, str]:
    """Give the list and the code that a source means. Raises: BadParameter when the list must be named."""
    lists = found.lists("source")
    if named is None:
        having = {row.source_terminology for row in found.rows if row.source_code == source}
        lists = tuple(one for one in lists if one in having) or lists
    terminology = _one_list("source-list", named, lists)
    return terminology, _code(shelf, terminology, source)


def _target_list(found: FoundMap, terminology: str, code: str, choice: Choice) -> str:
    mapped = {
        row.target_terminology
        for row in found.rows
        if (row.source_terminology, row.source_code) == (terminology, code)
    }
    lists = found.lists("target")
    if choice.target_list is None and len(mapped) == 1:
        return mapped.pop()
    return _one_list("target-list", choice.target_list, lists)


def _refuse_malformed(shelf: Shelf, row: Mapping) -> None:
    """Refuse a code that an import would set aside. Raises: BadParameter."""
    ends = (
        ("source", row.source_terminology, row.source_code),
        ("target", row.target_terminology, row.target_code),
    )
    for parameter, terminology, code in ends:
        if code is None:
            continue
        form = _form(shelf, terminology)
        if not code or not form.fits(code):
            remark = malformed_code(code, terminology, form)
            raise BadParameter(parameter, remark.text, mend=remark.mend)


def _form(shelf: Shelf, terminology: str) -> CodeForm:
    """Give how codes of a list are made; any code fits where nobody says it."""
    resolver = Resolver(shelf)
    registered = resolver.form_only(terminology)
    if registered is not None:
        return registered.code_form
    try:
        return resolver.opened(terminology).provider.terminology.code_form
    except (UnknownTerminology, UnknownEdition):
        return CodeForm()


def _one_list(parameter: str, named: str | None, lists: Sequence[str]) -> str:
    if named is None and len(lists) == 1:
        return lists[0]
    if named is not None and named in lists:
        return named
    if named is not None and not lists and is_list_id(named):
        return named
    raise BadParameter(
        parameter,
        Text(fa="نگاشت در این سو چند فهرست دارد.", en="The map has several lists at this end.")
        if named is None
        else Text(
            fa=f"نگاشت در این سو فهرست «{named[:64]}» را ندارد.",
            en=f"The map has no list '{named[:64]}' at this end.",
        ),
        mend=Text(fa=f"یکی را با --{parameter} بدهید.", en=f"Name one with --{parameter}."),
        known=tuple(lists),
    )


def _target(shelf: Shelf, terminology: str, choice: Choice) -> str | None:
    if (choice.target is None) != choice.no_map:
        raise BadParameter(
            "target",
            Text(
                fa="یکی از --target و --no-map را بدهید.",
                en="Give one of --target and --no-map.",
            ),
        )
    return None if choice.target is None else _code(shelf, terminology, choice.target)


def _relationship(choice: Choice) -> str:
    if choice.no_map:
        return NO_RELATION
    found = relationship_of(choice.relationship or "equivalent")
    if found is None:
        raise BadParameter(
            "relationship",
            Text(
                fa=f"نسبت «{str(choice.relationship)[:40]}» شناخته نیست.",
                en=f"Relationship '{str(choice.relationship)[:40]}' is not known.",
            ),
            mend=Text(fa=f"یکی از: {'، '.join(RELATIONSHIPS)}.", en=f"One of: {', '.join(RELATIONSHIPS)}."),
            known=RELATIONSHIPS,
        )
    return found.name


def _code(shelf: Shelf, terminology: str, sent: str) -> str:
    """Give a code as its list writes it; as it was sent, in ASCII digits, where the list does not say."""
    plain = plain_digits(sent).strip()
    try:
        meant = Resolver(shelf).opened(terminology).provider.recognise(plain)
    except (UnknownTerminology, UnknownEdition):
        return plain
    return meant[0] if len(meant) == 1 else plain
