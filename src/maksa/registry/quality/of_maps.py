"""Rules about maps: of a list, which maps its draft leaves without a code; of a map, rows that lead nowhere or two ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from maksa.editions.shelf import Shelf
from maksa.intake.sentences import shown
from maksa.model.concept import Mapping
from maksa.registry.database import Registry
from maksa.registry.maps.decisions import key_of
from maksa.registry.maps.findings import source_remarks, target_remarks
from maksa.registry.quality.gathered import Gathered
from maksa.registry.quality.map_rows import rows_with_codes_of
from maksa.registry.quality.of_list import Found
from maksa.text import Text

_SIDES = {"source": Text("مبدأ", "source"), "target": Text("مقصد", "target")}
_ENDS = Text("پایان می‌یابد", "ends")
_DROPPED = Text("در فهرست تازه نیست", "is not in the new list")
_UNKNOWN = Text("نه در پیش‌نویس هست و نه در انتشار پیشین", "is neither in the draft nor in the edition before")
_TOLD = 5
"""Targets of one source that a sentence names."""


def orphan_map(registry: Registry, shelf: Shelf, terminology: str, day: date, gathered: Gathered) -> Found:
    """Find rows of maps whose code this draft ends, drops or does not have; those that ended before are no news."""
    for one in rows_with_codes_of(registry, shelf, terminology, day):
        found = next(gathered.rows("SELECT held, ends, ended FROM code WHERE code = ?", one.code), None)
        if found is None:
            how = _UNKNOWN
        elif found[1] and not found[2]:
            how = _ENDS if found[0] else _DROPPED
        else:
            continue
        draft = Text("پیش‌نویس ", "draft ") if one.drafted else Text("", "")
        named = Text(f"{draft.fa}«{one.map}»", f"{draft.en}'{one.map}'")
        pair = f"{shown(one.row.source_code)} → {shown(one.row.target_code or '-')}"
        yield one.code, {"how": how, "map": named, "side": _SIDES[one.side], "pair": pair}


def target_unusable(shelf: Shelf, rows: Sequence[Mapping], day: date) -> Found:
    """Find targets that are retired, not yet effective or not in their list on a day."""
    for row, remark in target_remarks(shelf, rows, day):
        yield row.source_code, {"said": remark.text}


def source_unknown(shelf: Shelf, rows: Sequence[Mapping], day: date) -> Found:
    """Find sources that are not in their list on a day."""
    for row, remark in source_remarks(shelf, rows, day):
        yield row.source_code, {"said": remark.text}


def map_contradiction(rows: Sequence[Mapping]) -> Found:
    """Find sources that have a target and "no map" under the same condition."""
    for group in _by_source(rows):
        targets = [row.target_code for row in group if row.target_code is not None]
        if targets and len(targets) < len(group):
            yield group[0].source_code, {"other": shown(targets[0])}


def several_targets(rows: Sequence[Mapping]) -> Found:
    """Find sources that are equivalent to several codes of one list under the same condition."""
    for group in _by_source(rows):
        equivalent = [
            row for row in group if row.target_code is not None and row.relationship == "equivalent"
        ]
        targets = sorted({(row.target_terminology, row.target_code or "") for row in equivalent})
        for _, same_list in groupby(targets, key=lambda target: target[0]):
            codes = [code for _, code in same_list]
            if len(codes) > 1:
                told = ", ".join(map(shown, codes[:_TOLD]))
                yield group[0].source_code, {"count": str(len(codes)), "other": told}


def _by_source(rows: Sequence[Mapping]) -> Iterator[list[Mapping]]:
    ordered = sorted(rows, key=_source)
    yield from (list(group) for _, group in groupby(ordered, key=_source))


def _source(row: Mapping) -> tuple[str, str, str]:
    terminology, code, condition = key_of(row)
    return terminology, code, condition or ""
