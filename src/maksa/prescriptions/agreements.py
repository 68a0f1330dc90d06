"""What two elements of a message say together: days in their order, and the insurer with who issued the SHEBAD."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from maksa.prescriptions import value_sentences
from maksa.prescriptions.elements import Element
from maksa.prescriptions.remarks import Remark, error
from maksa.prescriptions.rules.records import Field, MessageRules, RuleBook
from maksa.prescriptions.values import day_in


def issue_day(message: Element, block: Element | None, rules: MessageRules) -> date | None:
    """Give the day on which a message was issued, else that of the admission; None when it says neither."""
    issued = None if block is None else day_in(block.child(rules.issued))
    return issued or day_in(message.at("Composition", "Admission", "AdmissionDate"))


def agreements(
    message: Element, block: Element | None, rules: MessageRules, book: RuleBook, today: date
) -> Iterator[Remark]:
    """Check what elements say together."""
    if block is not None:
        yield from _days(message, block, rules, today)
    insurance = message.at("Composition", "Insurance")
    if insurance is not None:
        yield from _insurer(insurance, rules, book)


def _days(message: Element, block: Element, rules: MessageRules, today: date) -> Iterator[Remark]:
    fields = rules.field.children["Composition"].children[block.name].children
    issued = day_in(block.child(rules.issued))
    if issued is None:
        return
    if issued > today:
        field = fields[rules.issued]
        yield error(
            field.rule, f"{block.path}.{field.name}", "bad-date", value_sentences.in_future(field, today)
        )
    expires = day_in(block.child("ExpiryDate"))
    if expires is not None and expires < issued:
        yield _before(f"{block.path}.ExpiryDate", fields["ExpiryDate"], fields[rules.issued])
    born = day_in(message.at("Person", "BirthDate"))
    if born is not None and born > issued:
        birth = rules.field.children["Person"].children["BirthDate"]
        yield _before(f"{block.path}.{rules.issued}", fields[rules.issued], birth)


def _before(path: str, field: Field, other: Field) -> Remark:
    return error(field.rule, path, "bad-date", value_sentences.before(field, other))


def _insurer(insurance: Element, rules: MessageRules, book: RuleBook) -> Iterator[Remark]:
    fields = rules.field.children["Composition"].children["Insurance"].children
    terminology, code, sent = (
        "" if element is None else (element.text or "").strip()
        for element in (
            insurance.at("Insurer", "Terminology_id"),
            insurance.at("Insurer", "Coded_string"),
            insurance.at("SHEBAD", "Issuer"),
        )
    )
    if terminology.casefold() not in {one.casefold() for one in fields["Insurer"].terminologies}:
        return
    issuers = book.agreements.get(code, ())
    known = {one for some in book.agreements.values() for one in some}
    if issuers and sent in known and sent not in issuers:
        said = value_sentences.disagrees(code, issuers)
        yield error(fields["SHEBAD"].rule, f"{insurance.path}.SHEBAD", "bad-identifier", said)
