"""Certificates: that a system passed the test of a kit for an edition of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter
from maksa.model.jalali import format_jalali, today
from maksa.registry.adoption.calendar import Calendar
from maksa.registry.adoption.records import TOPIC, Certificate, certificate_of, plain
from maksa.registry.adoption.subjects import held_system
from maksa.registry.adoption.tables import adoption_certificate
from maksa.registry.database import Registry
from maksa.registry.journal import write_entry
from maksa.registry.outbox import append_notice
from maksa.text import Text

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Passed:
    """What is to be certified; the fields are those of `records.Certificate`."""

    party: str
    system: str
    terminology: str
    edition: str
    kit: str
    version: str
    passed: date
    valid_until: date
    evidence: str
    examiner: str


def certify(registry: Registry, shelf: Shelf, passed: Passed) -> Certificate:
    """Record that a system passed a test. Who may: the act adoption-keep.

    Raises: NotFound (party, system), UnknownTerminology, UnknownEdition, BadParameter (a text or hash out of form, days
            that are to come or in the wrong order).
    """
    checked = _checked(shelf, passed)
    with registry.writing() as connection:
        held_system(connection, checked.party, checked.system)
        now = datetime.now(UTC)
        days = {name: getattr(checked, name).isoformat() for name in ("passed", "valid_until")}
        values = asdict(checked) | days
        row = connection.execute(
            insert(adoption_certificate)
            .returning(adoption_certificate)
            .values(**values, at=now, actor=registry.actor)
        ).one()
        append_notice(connection, TOPIC, checked.party, _told(checked), at=now, act="certified")
        told = {name: value for name, value in values.items() if name != "party"}
        write_entry(registry, connection, "adoption-certify", checked.party, number=row.number, **told)
        return certificate_of(row)


def list_certificates(registry: Registry, *, party: str | None = None) -> Sequence[Certificate]:
    """Give all certificates, or those of a party, oldest first."""
    with registry.reading() as connection:
        return read_certificates(connection, party=party)


def read_certificates(connection: Connection, *, party: str | None = None) -> Sequence[Certificate]:
    """Do the same in a transaction."""
    wanted = select(adoption_certificate)
    if party is not None:
        wanted = wanted.where(adoption_certificate.c.party == party)
    return [certificate_of(row) for row in connection.execute(wanted.order_by(adoption_certificate.c.number))]


def _checked(shelf: Shelf, passed: Passed) -> Passed:
    calendar = Calendar(shelf)
    terminology = calendar.canonical(passed.terminology)
    edition = calendar.checked_edition(terminology, passed.edition)
    evidence = passed.evidence.strip().casefold()
    if not _HASH.fullmatch(evidence):
        raise BadParameter(
            "evidence",
            Text("چکیدهٔ گزارش آزمون SHA-256 نیست.", "The evidence is no SHA-256 hash of a report."),
            mend=Text("64 رقم شانزده‌شانزدهی بدهید.", "Give its 64 hexadecimal digits."),
        )
    if passed.passed > today():
        shown = format_jalali(passed.passed)
        raise BadParameter("passed", Text(f"{shown} هنوز نیامده است.", f"{shown} is still to come."))
    if passed.valid_until < passed.passed:
        raise BadParameter(
            "valid-until",
            Text("پایان اعتبار پیش از روز آزمون است.", "It would end before the day of the test."),
        )
    return replace(
        passed,
        terminology=terminology,
        edition=edition,
        kit=plain("kit", passed.kit),
        version=plain("version", passed.version),
        examiner=plain("by", passed.examiner),
        evidence=evidence,
    )


def _told(passed: Passed) -> Text:
    until = format_jalali(passed.valid_until)
    return Text(
        f"سامانهٔ {passed.system} از {passed.party} برای {passed.terminology} {passed.edition} تا {until} گواهی گرفت.",
        f"The system {passed.system} of {passed.party} is certified for {passed.terminology} {passed.edition} until {until}.",
    )
