"""Whether an identifier can be: its type, who issued it, and its form. What was sent is never repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maksa.model.checkdigits import is_national_id
from maksa.model.codeform import plain_digits
from maksa.model.verdict import Triple
from maksa.prescriptions import sentences, value_sentences
from maksa.prescriptions.elements import Element
from maksa.prescriptions.remarks import Coded, Remark, error
from maksa.prescriptions.report import Change, NotChecked
from maksa.prescriptions.rules.records import Field, IdentifierForm
from maksa.text import Text

CODE_ISSUER = "MAXA"
"""Who issues an identifier that is a code: its Type is the list, its ID the code."""
_CODE_LEAVES = ("Type", "ID", None)


def check_identifier(element: Element, field: Field, forms: Mapping[str, IdentifierForm]) -> Iterator[Remark]:
    """Check an identifier by its field and by its type."""
    if not element.children:
        yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))
        return
    parts = {child.name: child.text or "" for child in element.children}
    if parts.get("Issuer", "").strip().upper() == CODE_ISSUER:
        triple = Triple(parts.get("Type"), parts.get("ID"), None)
        yield Coded(field.rule, element.path, triple, leaves=_CODE_LEAVES)
        return
    for part in ("ID", "Type", "Issuer"):
        if not parts.get(part, "").strip():
            yield error(
                field.rule, element.path, "bad-identifier", value_sentences.no_part(field.title, part)
            )
            return
    kind = _spelled(parts["Type"], forms)
    if field.identifiers and kind not in field.identifiers:
        said = value_sentences.wrong_identifier(field.title, field.identifiers)
        yield error(field.rule, element.path, "bad-identifier", said)
        return
    form = forms.get(kind)
    if form is None:
        yield NotChecked(field.rule, element.path, value_sentences.unknown_identifier(field.title))
        return
    yield from _by_form(element, form, parts)


def check_national_code(element: Element, field: Field, *, foreign: bool) -> Iterator[Remark]:
    """Check the national code of a person; a foreigner's other id has no form that is known."""
    text = (element.text or "").strip()
    if element.children:
        yield error(field.rule, element.path, "bad-format", sentences.wrong_shape(field))
    elif foreign and not is_national_id(text):
        yield NotChecked(field.rule, element.path, value_sentences.foreign_code(field.title))
    elif not is_national_id(element.text or ""):
        yield error(field.rule, element.path, "bad-identifier", _not_national(field.title, text))


def _by_form(element: Element, form: IdentifierForm, parts: Mapping[str, str]) -> Iterator[Remark]:
    if form.issuers and parts["Issuer"] not in form.issuers:
        yield error(
            form.rule,
            element.path,
            "bad-identifier",
            value_sentences.wrong_issuer(form),
            changes=_issuer_change(element, form, parts["Issuer"]),
        )
    elif not form.form.fits(parts["ID"]):
        said = value_sentences.bad_identifier(form)
        if form.form.check == "national-id-mod11":
            said = _not_national(form.title, parts["ID"].strip())
        yield error(form.rule, element.path, "bad-identifier", said)
    elif parts["Type"] != form.type:
        said = value_sentences.wrong_identifier(form.title, (form.type,))
        change = Change(f"{element.path}.Type", parts["Type"], form.type)
        yield error(form.rule, element.path, "bad-identifier", said, changes=(change,))


def _not_national(title: Text, text: str) -> sentences.Said:
    if text != plain_digits(text) and is_national_id(plain_digits(text)):
        return value_sentences.other_digits(title)
    return value_sentences.bad_national_code(title)


def _issuer_change(element: Element, form: IdentifierForm, issuer: str) -> tuple[Change, ...]:
    """Give the change of an issuer that is only written otherwise; anything else is never repeated."""
    for known in form.issuers:
        if issuer.strip().casefold() == known.casefold():
            return (Change(f"{element.path}.Issuer", issuer, known),)
    return ()


def _spelled(kind: str, forms: Mapping[str, IdentifierForm]) -> str:
    folded = kind.strip().casefold()
    return next((known for known in forms if known.casefold() == folded), kind)
