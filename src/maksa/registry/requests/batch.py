"""A batch of requests from CSV or XLSX: each row is filed, was filed before, or is set aside with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from maksa.errors import BadParameter, IntakeError, NotFound, TooLarge
from maksa.intake.from_csv import read_csv
from maksa.intake.from_xlsx import read_xlsx
from maksa.intake.sheet import Sheet
from maksa.intake.source import OpenSource, open_source
from maksa.model.code_request import Candidate, CodeRequest, Wanted
from maksa.model.persian import title_key
from maksa.model.service import TerminologyService
from maksa.registry.database import Registry
from maksa.registry.requests.code_requests import keep_request
from maksa.registry.requests.duplicates import Duplicates
from maksa.registry.requests.form import checked_wanted
from maksa.text import Text

MOST_ROWS = 10_000
"""Rows of one batch."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "terminology": ("terminology", "list", "فهرست", "ترمینولوژی"),
    "text": ("text", "title", "عنوان", "متن", "نام"),
    "title_fa": ("title_fa", "عنوان فارسی"),
    "title_en": ("title_en", "عنوان انگلیسی"),
    "use_case": ("use_case", "use case", "کاربرد", "مورد کاربرد"),
    "reference": ("reference", "مرجع", "منبع"),
    "organisation": ("organisation", "organization", "سازمان"),
    "contact": ("contact", "نشانی", "تماس"),
}
"""The columns of a batch and their headers; `terminology` and `text` are needed."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What became of a row: the request it is, or the reason why it is none; `token` when it was filed now."""

    row: int
    request: CodeRequest | None = None
    token: str | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: Text | None = None


def import_requests(
    registry: Registry,
    service: TerminologyService,
    path: Path,
    *,
    organisation: str | None = None,
    most: int | None = None,
) -> Iterator[BatchRow]:
    """File the rows of a table, each in a transaction of its own, and yield what became of each.

    The same file again files only the rows that are not filed yet, so a batch that was broken off goes on.
    `organisation` is the id of the party in whose name all are filed; a row that names another is set aside.
    Limits: `most` rows, `MOST_ROWS` where none is said. Raises: IntakeError (the file, or a column it lacks), TooLarge; before any row is filed.
    """
    duplicates = Duplicates(registry, service)
    most = MOST_ROWS if most is None else most
    with open_source(path) as opened:
        sheet = _sheet(opened)
        places = _places(opened.name, sheet)
        rows = list(islice((row for row in sheet.rows if any(row.cells)), most + 1))
    if len(rows) > most:
        raise _too_many(opened.name, most)
    source = _source_of(opened.hash, organisation)
    for row in rows:
        cells = {name: row.cells[at] for name, at in places.items() if at < len(row.cells)}
        try:
            wanted = checked_wanted(service, _wanted(cells, organisation))
        except (BadParameter, NotFound) as refused:
            yield BatchRow(row.number, reason=_reason(refused))
            continue
        candidates = duplicates.similar(wanted)
        with registry.writing() as connection:
            kept = keep_request(connection, registry, wanted, source=f"{source}:{row.number}")
        itself = ("request", str(kept.request.number))
        others = tuple(one for one in candidates if (one.found, one.key) != itself)
        yield BatchRow(row.number, kept.request, kept.token, others)


def _wanted(cells: Mapping[str, str], organisation: str | None) -> Wanted:
    named = cells.get("organisation", "").strip()
    if organisation is None:
        return Wanted(**{"terminology": "", "text": "", **cells}, origin="batch")
    if named not in {"", organisation}:
        raise BadParameter(
            "organisation",
            Text(
                f"این ردیف از «{named[:60]}» است و شما برای «{organisation}» می‌فرستید.",
                f"This row is of '{named[:60]}', and you send for '{organisation}'.",
            ),
        )
    return Wanted(**{"terminology": "", "text": "", **cells, "organisation": organisation}, origin="batch")


def _source_of(file_hash: str, organisation: str | None) -> str:
    """Name a batch: the same file of another party is another one."""
    if organisation is None:
        return file_hash
    return hashlib.sha256(f"{file_hash} {organisation}".encode()).hexdigest()


def _sheet(opened: OpenSource) -> Sheet:
    if opened.format == "xlsx":
        return read_xlsx(opened.name, opened.file)
    if opened.format == "csv":
        return read_csv(opened.name, opened.file)
    raise IntakeError(
        opened.name,
        Text(f"«{opened.name}» جدول نیست.", f"'{opened.name}' is no table."),
        mend=Text("فایل CSV یا XLSX بدهید.", "Give a CSV or XLSX file."),
    )


def _places(file: str, sheet: Sheet) -> dict[str, int]:
    """Find the columns by their headers. Raises: IntakeError for one that lacks, stands twice or is not known."""
    names = {title_key(header): name for name, headers in COLUMNS.items() for header in headers}
    places: dict[str, int] = {}
    for place, header in enumerate(sheet.header):
        name = names.get(title_key(header))
        if header and name is None:
            raise _bad_header(file, header, Text("شناخته نیست", "is not known"))
        if name in places:
            raise _bad_header(file, header, Text("تکراری است", "stands for one that is there already"))
        if name is not None:
            places[name] = place
    for name in ("terminology", "text"):
        if name not in places:
            raise IntakeError(
                file,
                Text(f"ستون {name} در «{file}» نیست.", f"'{file}' has no column {name}."),
                row=1,
                known=tuple(COLUMNS),
            )
    return places


def _bad_header(file: str, header: str, why: Text) -> IntakeError:
    shown = header[:60]
    return IntakeError(
        file,
        Text(f"ستون «{shown}» در «{file}» {why.fa}.", f"The column '{shown}' of '{file}' {why.en}."),
        row=1,
        column=shown,
        known=tuple(COLUMNS),
    )


def _reason(refused: BadParameter | NotFound) -> Text:
    mend = refused.mend or Text("", "")
    return Text(f"{refused.text.fa} {mend.fa}".strip(), f"{refused.text.en} {mend.en}".strip())


def _too_many(file: str, most: int) -> TooLarge:
    return TooLarge(
        Text(f"«{file}» بیش از {most} ردیف دارد.", f"'{file}' has more than {most} rows."),
        mend=Text(
            "آن را در چند فایل بدهید؛ آنچه ثبت شد ثبت است.", "Give it in several files; what was filed stays."
        ),
    )
