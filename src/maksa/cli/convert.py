"""`maksa convert`: a message of an e-prescription as the fields that an insurer takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from maksa.cli.asking import service_of
from maksa.cli.options import DAY, Session, shared
from maksa.cli.output import print_json, say
from maksa.errors import BadInput, BadParameter
from maksa.model.edition import EditionRef
from maksa.model.jalali import format_jalali
from maksa.prescriptions.convert import INSURERS, Carried, Conversion, Gap, convert
from maksa.prescriptions.convert.sentences import INFERRED
from maksa.prescriptions.reading import read_message
from maksa.prescriptions.reading.bounds import MAX_BYTES
from maksa.text import Text
from maksa.web.marks import SampleMarks

_OWNER_ONLY = 0o600


@click.command("convert")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--to", "to", required=True, type=click.Choice(INSURERS), help="The insurer whose fields are filled."
)
@click.option(
    "--on", type=DAY, metavar="DAY", help="The day of lists and maps; the message's own by default."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the fields here as JSON, a new file for its owner only, instead of printing them.",
)
@shared
def command(session: Session, *, file: Path, to: str, on: date | None, output: Path | None) -> int:
    """Convert a message of an e-prescription to the fields of an insurer, by the maps of the home.

    The message is JSON or XML: drugs, imaging or laboratory. Nothing is sent anywhere. A code that has no map, or
    several, is named with its path and never guessed; fields whose content is not in the message are named too.
    What is known of the insurers' interfaces is inferred from public programs, and nothing here is official.

    Exit status 0 when every code has found its place, 1 when some has not.
    """
    _check_output(output)
    message = read_message(_bytes_of(file), name=file.name)
    service = service_of(session)
    made = convert(message, to, service, on=on)
    if output is not None:
        _write_new(output, made.fields)
    if session.json:
        print_json(_record(made, SampleMarks(service).is_sample, with_fields=output is None))
    else:
        for line in _lines(made, output):
            say(session, line)
    return 0 if made.complete else 1


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():
        raise BadInput(
            Text(f"فایل {file} نیست.", f"There is no file {file}."),
            mend=Text("مسیر را بررسی کنید.", "See whether the path is right."),
        )
    with file.open("rb") as source:
        return source.read(MAX_BYTES + 1)


def _check_output(output: Path | None) -> None:
    if output is None:
        return
    if output.exists():
        raise BadParameter(
            "output",
            Text(f"{output} هست و روی آن نوشته نمی‌شود.", f"{output} exists and is not written over."),
            mend=Text("نام فایل تازه‌ای بدهید.", "Give the name of a new file."),
        )
    if not output.absolute().parent.is_dir():
        raise BadParameter(
            "output",
            Text(f"پوشهٔ {output.parent} نیست.", f"There is no folder {output.parent}."),
            mend=Text("آن را بسازید یا پوشهٔ دیگری بدهید.", "Make it, or name another one."),
        )


def _write_new(output: Path, fields: dict[str, Any]) -> None:
    """Write the fields, which name the patient, into a file that only its owner may read."""
    output.touch(mode=_OWNER_ONLY, exist_ok=False)
    output.write_bytes(msgspec.json.format(msgspec.json.encode(fields), indent=2) + b"\n")


def _record(
    made: Conversion, is_sample: Callable[[EditionRef], bool], *, with_fields: bool
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "insurer": made.insurer,
        "message_type": made.message_type,
        "day": format_jalali(made.day),
        "complete": made.complete,
        "inferred": True,
        "note": INFERRED.fa,
        "note_en": INFERRED.en,
        "carried": [_carried(one, is_sample) for one in made.carried],
        "gaps": [_gap(one) for one in made.gaps],
        "absent": [{"field": one.field, "path": one.path, **_said(one.reason)} for one in made.absent],
        "passed_over": [{"path": one.path, **_said(one.reason)} for one in made.passed_over],
        "remarks": [_said(one) for one in made.remarks],
    }
    return {**answer, "fields": made.fields} if with_fields else answer


def _said(text: Text) -> dict[str, str]:
    return {"message": text.fa, "message_en": text.en}


def _carried(one: Carried, is_sample: Callable[[EditionRef], bool]) -> dict[str, Any]:
    by = None
    if one.map is not None:
        by = {"map": one.map.terminology, "edition": one.map.edition, "sample": is_sample(one.map)}
    return {"field": one.field, "path": one.path, "source": one.source, "target": one.target, "by": by}


def _gap(one: Gap) -> dict[str, Any]:
    source = {"terminology": one.source.terminology, "code": one.source.code}
    return {"field": one.field, "path": one.path, "source": source, "why": one.why, **_said(one.reason)}


def _lines(made: Conversion, output: Path | None) -> Iterator[Text]:
    yield Text(f"{made.insurer}، {format_jalali(made.day)}", f"{made.insurer}, {format_jalali(made.day)}")
    yield INFERRED
    yield from made.remarks
    if output is None:
        for name, value in _flat(made.fields, ""):
            yield Text(f"  {name} = {value}", f"  {name} = {value}")
    else:
        yield Text(f"بخش‌ها در {output.name} نوشته شد.", f"The fields were written to {output.name}.")
    for gap in made.gaps:
        code = f"{gap.source.terminology or ''} {gap.source.code or ''}".strip()
        yield Text(
            f"بی‌جا: {gap.field} از {gap.path} ({code}): {gap.reason.fa}",
            f"no place: {gap.field} of {gap.path} ({code}): {gap.reason.en}",
        )
    for one in made.absent:
        yield Text(f"خالی: {one.field}: {one.reason.fa}", f"empty: {one.field}: {one.reason.en}")
    for passed in made.passed_over:
        yield Text(
            f"نیامده: {passed.path}: {passed.reason.fa}", f"not carried: {passed.path}: {passed.reason.en}"
        )


def _flat(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{name}[{place}]")
    else:
        yield name, value
