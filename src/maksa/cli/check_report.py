"""The account of a check as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from maksa.audit.account import Account
from maksa.audit.check import Checked
from maksa.audit.triples import TripleCheck
from maksa.cli.options import Session
from maksa.cli.output import note, print_json, say
from maksa.text import Text

_LISTS_SHOWN = 20


def print_check_json(
    session: Session, account: Account, files: Sequence[Checked], check: TripleCheck, out: Path | None
) -> None:
    """Print the account as JSON."""
    print_json(
        {
            "files": [_file_record(file, session.language) for file in files],
            "rows": account.rows,
            "distinct": check.asked,
            "valid": account.valid,
            "warned": account.warned,
            "failing": account.failing,
            "issues": dict(account.issues.most_common()),
            "terminologies": [
                {"terminology": name, "rows": counted.rows, "failing": counted.failing}
                for name, counted in account.lists.items()
            ],
            "examples": account.examples,
            "results": None if out is None else str(out),
            "editions": [
                {"terminology": ref.terminology, "edition": ref.edition, "hash": ref.hash}
                for ref in check.editions
            ],
        }
    )


def print_check_text(
    session: Session, account: Account, files: Sequence[Checked], check: TripleCheck, out: Path | None
) -> None:
    """Print the account for people; remarks on the files go to standard error."""
    for file in files:
        for remark in file.remarks:
            note(session, remark)
    for line in _lines(account, files, check, out):
        say(session, line)


def _lines(
    account: Account, files: Sequence[Checked], check: TripleCheck, out: Path | None
) -> Iterator[Text]:
    for file in files:
        form = f"{file.kind}, {file.encoding}" if file.encoding else file.kind
        yield Text(f"{file.name} ({form}): {file.rows} ردیف", f"{file.name} ({form}): {file.rows} rows")
    yield Text(
        f"{account.rows} ردیف، {check.asked} سه‌تایی متمایز: {account.valid} معتبر "
        f"({account.warned} با هشدار)، {account.failing} نامعتبر",
        f"{account.rows} rows, {check.asked} distinct triples: {account.valid} valid "
        f"({account.warned} with warnings), {account.failing} failing",
    )
    for issue, rows in account.issues.most_common():
        yield Text(f"  {issue}: {rows} ردیف", f"  {issue}: {rows} rows")
    yield from _list_lines(account)
    yield from map(_example, account.examples)
    if account.failing > len(account.examples):
        rest = account.failing - len(account.examples)
        yield Text(f"… و {rest} ردیف نامعتبر دیگر", f"… and {rest} more failing rows")
    if out is not None:
        yield Text(f"نتیجه‌ها: {out}", f"results: {out}")


def _list_lines(account: Account) -> Iterator[Text]:
    lists = sorted(account.lists.items(), key=lambda pair: -pair[1].rows)
    for name, counted in lists[:_LISTS_SHOWN]:
        shown = "-" if name is None else name[:60]
        yield Text(
            f"  {shown}: {counted.rows} ردیف، {counted.failing} نامعتبر",
            f"  {shown}: {counted.rows} rows, {counted.failing} failing",
        )
    if len(lists) > _LISTS_SHOWN:
        rest = len(lists) - _LISTS_SHOWN
        yield Text(f"  … و {rest} فهرست دیگر", f"  … and {rest} more lists")


def _example(row: dict[str, Any]) -> Text:
    place, said = row["row"], f"{row['issue']}: {row['message']}"
    return Text(f"{row['file']}، ردیف {place}، {said}", f"{row['file']}, row {place}, {said}")


def _file_record(file: Checked, language: str) -> dict[str, Any]:
    return {
        "name": file.name,
        "kind": file.kind,
        "encoding": file.encoding,
        "rows": file.rows,
        "remarks": [remark.in_language(language) for remark in file.remarks],
    }
