"""The grid of a draft: a page of rows to be changed in place, one row with its history, and both sides of a conflict."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import Response

from maksa.errors import BadParameter, Conflict, MaksaError, NotAllowed
from maksa.model.concept import Terminology
from maksa.registry.drafts.cells import cells_of
from maksa.registry.drafts.changes import RowEdit
from maksa.registry.drafts.drafts import Draft
from maksa.registry.drafts.rows import DraftRow, RowFilter, RowPage
from maksa.registry.parties.access import may
from maksa.text import Text
from maksa.web.desk import drafts as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.cell_fields import Field, field_of, fields_of, grid_of, title_of, wanted
from maksa.web.portal.desk.drafts import name_of, path_of
from maksa.web.portal.desk.visit import Visit, go_to
from maksa.web.query import MAX_TEXT
from maksa.web.refusal import refusal_of

ROWS = 20
"""Rows of a page of the grid."""
_MOST = 512 * 1024
"""Bytes of a form with a page of rows, titles in escapes."""
_TEXT = filters.text("q", "Words of a title, or the beginning of a code.")
_CHANGED = filters.choice("changed", "Only changed rows.", "true")
_COMMENTED = filters.choice("commented", "Only rows with an open comment.", "true")
_STATUS = filters.choice("status", "The status.", "active", "retired")
_AFTER = filters.text("after", "The page after this row.")
_KNOWN = (_TEXT, _CHANGED, _COMMENTED, _STATUS)


async def grid(visit: Visit) -> Response:
    """Show a page of rows, each with its cells in fields."""
    query = visit.query((*_KNOWN, _AFTER, filters.DONE))
    chosen = {one.name: query.get(one) for one in _KNOWN}
    return await _grid(visit, chosen, query.get(_AFTER), done=query.get(filters.DONE))


async def save(visit: Visit) -> Response:
    """Change the rows of a page that were changed in it, all or none."""
    query = visit.query((*_KNOWN, _AFTER))
    chosen, after = {one.name: query.get(one) for one in _KNOWN}, query.get(_AFTER)
    name = name_of(visit)
    held = await visit.do(lambda acting: desk.draft(acting, name))
    columns = grid_of(held.terminology)
    sent = await visit.form(["why", *_grid_fields(columns)], most=_MOST)
    edits = list(_edits_of_grid(held.terminology, columns, sent))
    if not edits:
        return go_to(_grid_path(name, chosen, after, done="nothing"))
    try:
        await visit.do(lambda acting: desk.edit(acting, name, edits, sent.get("why", "").strip() or None))
    except NotAllowed:
        raise
    except Conflict as conflict:
        return _both_sides(visit, held, conflict)
    except MaksaError as wrong:
        return await _grid(visit, chosen, after, typed=sent, wrong=wrong)
    return go_to(_grid_path(name, chosen, after, done="saved"))


async def row(visit: Visit) -> Response:
    """Show one row: all its cells in fields, its edits and its comments."""
    done = visit.query((filters.DONE,)).get(filters.DONE)
    return await _row(visit, _key(visit), done=done)


async def blank(visit: Visit) -> Response:
    """Show the fields of a row that is not there yet."""
    visit.query()
    return await _row(visit, None)


async def change(visit: Visit) -> Response:
    """Change one row, make it, remove it, or comment on it."""
    name, key = name_of(visit), visit.request.path_params.get("key")
    held = await visit.do(lambda acting: desk.draft(acting, name))
    fields = [f"cell.{field.name}" for field in fields_of(held.terminology, {})]
    sent = await visit.form(["act", "seen", "was", "why", "said", "code", "cells", *fields], most=_MOST)
    try:
        shown_key = await visit.do(lambda acting: _change(acting, held, key, sent))
    except NotAllowed:
        raise
    except Conflict as conflict:
        return _both_sides(visit, held, conflict)
    except MaksaError as wrong:
        return await _row(visit, None if key is None else str(key)[:MAX_TEXT], typed=sent, wrong=wrong)
    if sent.get("act") == "remove" or shown_key is None:
        return go_to(_grid_path(name, {}, None, done="saved"))
    return go_to(f"{path_of(name)}/rows/{quote(shown_key, safe='')}?done=saved")


def _change(acting: Acting, held: Draft, key: object, sent: Mapping[str, str]) -> str | None:
    """Do what the form of a row asks for; give the row to be shown then."""
    name, why = (held.terminology.id, held.edition), sent.get("why", "").strip() or None
    known = None if key is None else str(key)[:MAX_TEXT]
    seen = sent.get("seen", "") or None
    if sent.get("act") == "comment":
        desk.say(acting, name, sent.get("said", "").strip(), known)
        return known
    if sent.get("act") == "remove":
        desk.edit(acting, name, [RowEdit(known, seen, None)], why)
        return None
    new_code = sent.get("code", "").strip() or None
    cells = _cells(held.terminology, sent)
    done = desk.edit(acting, name, [RowEdit(known or new_code, seen, cells)], why)
    return done.edits[0].key if done.edits else known


def _cells(terminology: Terminology, sent: Mapping[str, str]) -> dict[str, Any]:
    """Give the cells of a form of one row that differ from what it showed; those of a conflict as they were sent."""
    if sent.get("cells"):
        return _sent_again(sent["cells"])
    was = _sent_again(sent["was"]) if sent.get("was") else {}
    cells = {}
    for field in fields_of(terminology, {}):
        text = sent.get(
            f"cell.{field.name}", "" if field.kind == "truth" else None
        )  # A box not ticked is not sent.
        if text is not None and _plain(text) != _plain(str(was.get(field.name, ""))):
            cells[field.name] = wanted(field.kind, text)
    return cells


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()  # A browser sends the ends of lines as two characters.


def _sent_again(text: str) -> dict[str, Any]:
    try:
        cells = json.loads(text)
    except (ValueError, RecursionError):
        cells = None
    if not isinstance(cells, dict):
        raise BadParameter("cells", Text("خانه‌های ردیف خوانا نیست.", "The cells of the row cannot be read."))
    return cells


def _grid_fields(columns: Sequence[str]) -> list[str]:
    return [f"{number}.{name}" for number in range(ROWS) for name in ("key", "seen", "was", *columns)]


def _edits_of_grid(
    terminology: Terminology, columns: Sequence[str], sent: Mapping[str, str]
) -> Iterator[RowEdit]:
    """Yield an edit of each row whose fields differ from what the page showed in them."""
    for number in range(ROWS):
        key = sent.get(f"{number}.key")
        if key is None:
            continue
        was = _sent_again(sent.get(f"{number}.was", ""))
        kinds = {name: field_of(terminology, name, {}).kind for name in columns}
        changed = {
            name: wanted(kinds[name], sent[f"{number}.{name}"])
            for name in columns
            if f"{number}.{name}" in sent
            and _plain(sent[f"{number}.{name}"]) != _plain(str(was.get(name, "")))
        }
        if changed:
            yield RowEdit(key, sent.get(f"{number}.seen") or None, changed)


async def _grid(
    visit: Visit,
    chosen: Mapping[str, Any],
    after: str | None,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    name = name_of(visit)
    asked = RowFilter(
        text=chosen["q"],
        changed=chosen["changed"] == "true",
        commented=chosen["commented"] == "true",
        status=chosen["status"],
    )

    def ask(acting: Acting) -> tuple[Draft, RowPage]:
        return desk.draft(acting, name), desk.page(acting, name, asked, after=after, limit=ROWS)

    held, page = await visit.do(ask)
    columns = grid_of(held.terminology)
    kept = {key: value for key, value in chosen.items() if value}
    return visit.page(
        "desk/draft_rows.html",
        {
            "draft": held,
            "path": path_of(name),
            "columns": [(column, title_of(held.terminology, column)) for column in columns],
            "rows": [
                _shown(held.terminology, columns, one, number, typed or {})
                for number, one in enumerate(page.rows)
            ],
            "next": None if page.next is None else _grid_path(name, chosen, page.next),
            "save": f"{path_of(name)}/rows?{urlencode({**kept, **({'after': after} if after else {})})}",
            "chosen": chosen,
            "narrowed": bool(kept),
            "is_map": held.terminology.kind == "map",
            "may_edit": may(visit.roles, "draft-edit"),
            "typed_why": (typed or {}).get("why", ""),
            "done": done,
        },
        wrong=wrong,
    )


def _shown(
    terminology: Terminology, columns: Sequence[str], one: DraftRow, number: int, typed: Mapping[str, str]
) -> dict[str, Any]:
    """Give a row as the grid shows it: its fields, with what was typed in them kept."""
    cells = {} if one.content is None else cells_of(one.content)
    fields = [field_of(terminology, name, cells) for name in columns]
    return {
        "row": one,
        "number": number,
        "was": json.dumps({field.name: field.shown for field in fields}, ensure_ascii=False),
        "fields": [(field, typed.get(f"{number}.{field.name}", field.shown)) for field in fields],
        "source": f"{cells.get('source_terminology')} {cells.get('source_code')}"
        if "source_code" in cells
        else "",
        "target": cells.get("target_terminology", ""),
    }


async def _row(
    visit: Visit,
    key: str | None,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    name = name_of(visit)

    def ask(acting: Acting) -> tuple[Draft, Any]:
        return desk.draft(acting, name), None if key is None else desk.row(acting, name, key)

    held, found = await visit.do(ask)
    content = None if found is None else found.row.content
    fields = fields_of(held.terminology, {} if content is None else cells_of(content))
    return visit.page(
        "desk/draft_row.html",
        {
            "draft": held,
            "path": path_of(name),
            "key": key,
            "found": found,
            "fields": [(field, (typed or {}).get(f"cell.{field.name}", field.shown)) for field in fields],
            "was": json.dumps({field.name: field.shown for field in fields}, ensure_ascii=False),
            "edits": [] if found is None else [_edit_shown(held.terminology, one) for one in found.edits],
            "is_map": held.terminology.kind == "map",
            "may_edit": may(visit.roles, "draft-edit"),
            "may_comment": may(visit.roles, "draft-comment"),
            "typed": {name: (typed or {}).get(name, "") for name in ("why", "said", "code")},
            "done": done,
        },
        wrong=wrong,
    )


def _edit_shown(terminology: Terminology, edit: Any) -> dict[str, Any]:
    """Give an edit with the cells that it changed, before and after."""
    before = {} if edit.before is None else cells_of(edit.before)
    after = {} if edit.after is None else cells_of(edit.after)
    return {"edit": edit, "changes": _differences(terminology, before, after)}


def _differences(
    terminology: Terminology, left: Mapping[str, Any], right: Mapping[str, Any]
) -> list[tuple[str, Field, Field]]:
    names = [name for name in dict.fromkeys((*left, *right)) if left.get(name) != right.get(name)]
    return [
        (title_of(terminology, name), field_of(terminology, name, left), field_of(terminology, name, right))
        for name in names
    ]


def _both_sides(visit: Visit, held: Draft, conflict: Conflict) -> Response:
    """Show what stands and what was wanted, with a form that puts the one in place of the other."""
    name = (held.terminology.id, held.edition)
    clashes = [
        {
            "clash": one,
            "changes": _differences(
                held.terminology, one.theirs or {}, {**(one.theirs or {}), **(one.yours or {})}
            ),
            "yours": json.dumps(one.yours, ensure_ascii=False),
        }
        for one in conflict.clashes
    ]
    fields = {"draft": held, "path": path_of(name), "clashes": clashes}
    return visit.page("desk/draft_conflict.html", fields, status=refusal_of(conflict).status)


def _grid_path(name: desk.Name, chosen: Mapping[str, Any], after: str | None, done: str | None = None) -> str:
    asked = {key: value for key, value in (*chosen.items(), ("after", after), ("done", done)) if value}
    return f"{path_of(name)}/rows" + (f"?{urlencode(asked)}" if asked else "")


def _key(visit: Visit) -> str:
    return str(visit.request.path_params["key"])[:MAX_TEXT]
