"""Every sentence of the verdicts, Persian and English side by side: one small function an issue.

Each text says what is wrong, with the list, the code and the value, and then the mend. The fields of the
triple are named as SEPAS names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maksa.errors import MaksaError
from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept, Terminology
from maksa.model.verdict import Coding, Issue, IssueCode, Part, Severity
from maksa.terminology.nearest import MOST, Near
from maksa.terminology.refusals import absent, day_text, named, shown
from maksa.text import Text

_FIELDS: dict[Part, str] = {"terminology": "Terminology_id", "code": "Coded_string", "value": "Value"}
_NOTHING = Near(None, ())
_NO_MEND = Text("", "")


def missing_part(parts: Sequence[Part], near: Near = _NOTHING) -> Issue:
    """Say which parts of the triple are empty: an error, except for the value alone."""
    severity: Severity = "warning" if list(parts) == ["value"] else "error"
    fields = [_FIELDS[part] for part in parts]
    fa, en = " و ".join(fields), " and ".join(fields)
    if near.certain is not None:
        mend = Text(
            f"کد این عنوان در {near.certain.terminology} برابر {near.certain.code} است.",
            f"In {near.certain.terminology} this title has the code {near.certain.code}.",
        )
    elif len(fields) == 1:
        mend = Text("آن را پر کنید.", "Fill it in.")
    else:
        mend = Text("آن‌ها را پر کنید.", "Fill them in.")
    one = len(fields) == 1
    what = Text(f"{fa} {'خالی است' if one else 'خالی‌اند'}.", f"{en} {'is' if one else 'are'} empty.")
    return _issue("missing-part", severity, parts[0], what, mend, near=near)


def unknown_terminology(refusal: MaksaError, homes: Near) -> Issue:
    """Say that no list has this id; `homes` are lists in which this code has this value."""
    return _refused("unknown-terminology", refusal, homes)


def unknown_edition(refusal: MaksaError) -> Issue:
    """Say that the list has no such edition, or none on the day asked."""
    return _refused("unknown-edition", refusal, _NOTHING)


def terminology_id_form(sent: str, terminology: str, coding: Coding | None) -> Issue:
    """Say that the id was recognised, but is not in its canonical spelling; `coding` is the code, if known."""
    return _issue(
        "terminology-id-form",
        "warning",
        "terminology",
        Text(
            f"شناسهٔ «{shown(sent)}» به‌صورت {terminology} شناخته شد.",
            f"The id '{shown(sent)}' was recognised as {terminology}.",
        ),
        Text(f"در Terminology_id بنویسید: {terminology}.", f"Write {terminology} in Terminology_id."),
        near=Near(coding, ()),
    )


def code_form(sent: str, coding: Coding) -> Issue:
    """Say that the code was recognised after repair, and give its canonical form."""
    return _issue(
        "code-form",
        "warning",
        "code",
        Text(
            f"کد «{shown(sent)}» پس از اصلاح نگارش به‌صورت {coding.code} از {coding.terminology} شناخته شد.",
            f"The code '{shown(sent)}' was recognised, after repair of its spelling, as {coding.code} of {coding.terminology}.",
        ),
        Text(f"در Coded_string بنویسید: {coding.code}.", f"Write {coding.code} in Coded_string."),
        near=Near(coding, ()),
    )


def malformed_code(terminology: str, code: str, form: CodeForm, near: Near) -> Issue:
    """Say that a code cannot be one of this list, and whether its shape or its check digit says so."""
    fa, en = "طول یا نویسه‌های آن درست نیست", "its length or alphabet is wrong"
    if form.check is not None and any(form.fits_pattern(spelling) for spelling in form.spellings(code)):
        fa, en = "رقم کنترل آن درست نیست", "its check digit does not hold"
    example = form.example
    mend = _offer(near) or (
        Text(f"نمونهٔ درست: {example}.", f"A well-formed example: {example}.")
        if example
        else Text("کد را از فهرست بردارید.", "Take the code from the list.")
    )
    what = Text(
        f"«{shown(code)}» نمی‌تواند کدی از {terminology} باشد: {fa}.",
        f"'{shown(code)}' cannot be a code of {terminology}: {en}.",
    )
    return _issue("malformed-code", "error", "code", what, mend, near=near)


def unknown_code(terminology: Terminology, code: str, near: Near) -> Issue:
    """Say that the list does not have the code, whether only a part of it is held, and name the nearest."""
    mend = _offer(near) or Text(
        "کد را در فهرست بجویید، یا نبودِ آن را به مرکز اعلام کنید.",
        "Search the list, or report the missing code to the centre.",
    )
    return _issue("unknown-code", "error", "code", absent(terminology, code), mend, near=near)


def wrong_terminology(
    terminology: str,
    code: str,
    near: Near,
    *,
    value: str | None = None,
    here: Sequence[Coding] = (),
) -> Issue:
    """Say that the code is plainly one of another list, and of which; with `value`, that the pair is.

    `here` are the codes of this list that carry the other list's code: they are offered too.
    """
    homes = [near.certain] if near.certain is not None else near.candidates
    names = named([home.terminology for home in homes])
    if value is None:
        what = Text(
            f"«{shown(code)}» کد {terminology} نیست و از {names.fa} است.",
            f"'{shown(code)}' is not a code of {terminology} but of {names.en}.",
        )
    else:
        what = Text(
            f"کد «{shown(code)}» با عنوان «{shown(value)}» از {names.fa} است، نه از {terminology}.",
            f"The code '{shown(code)}' with the title '{shown(value)}' is of {names.en}, not of {terminology}.",
        )
    own = named([coding.code for coding in here])
    fa, en = (f"کد {own.fa}", f"the code {own.en}") if here else ("کد", "the code")
    return _issue(
        "wrong-terminology",
        "error",
        "terminology",
        what,
        Text(
            f"در Terminology_id بنویسید: {names.fa}، یا {fa} را از {terminology} بردارید.",
            f"Write {names.en} in Terminology_id, or take {en} from {terminology}.",
        ),
        near=Near(near.certain, (*here, *near.candidates)[:MOST]),
    )


def code_display_swapped(terminology: str, code: str, value: str, coding: Coding | None) -> Issue:
    """Say that code and value stand in each other's place; `coding` is the right pair, where it is certain."""
    right = value if coding is None else coding.code
    return _issue(
        "code-display-swapped",
        "error",
        "code",
        Text(
            f"کد و عنوان جابه‌جا آمده‌اند: «{shown(value)}» کد {terminology} است و «{shown(code)}» عنوان آن.",
            f"Code and value stand in each other's place: '{shown(value)}' is the code of {terminology} and '{shown(code)}' its title.",
        ),
        Text(
            f"{shown(right)} را در Coded_string و عنوان را در Value بگذارید.",
            f"Put {shown(right)} in Coded_string and the title in Value.",
        ),
        near=Near(coding, ()),
    )


def display_of_other_code(coding: Coding, value: str, near: Near) -> Issue:
    """Say that the value is the title of another code of the list; `coding` is the code that was sent."""
    others = named([near.certain.code] if near.certain is not None else [c.code for c in near.candidates])
    whose = (
        Text(f"عنوان کد {others.fa} است", f"is the title of {others.en}")
        if others.en
        else Text(
            "عنوان کد دیگری است که در این تاریخ به کار نمی‌رود",
            "is the title of a code not in use on this day",
        )
    )
    return _issue(
        "display-of-other-code",
        "error",
        "value",
        Text(
            f"«{shown(value)}» در {coding.terminology} {whose.fa}، نه {coding.code}.",
            f"In {coding.terminology} '{shown(value)}' {whose.en}, not of {coding.code}.",
        ),
        Text(
            f"کد را درست کنید، یا عنوان {coding.code} را بنویسید: «{_title(coding)}».",
            f"Correct the code, or write the title of {coding.code}: '{_title(coding)}'.",
        ),
        near=near,
    )


def display_mismatch(coding: Coding, value: str) -> Issue:
    """Say that the value is no title of the code, and give the published one."""
    return _issue(
        "display-mismatch",
        "warning",
        "value",
        Text(
            f"«{shown(value)}» عنوان کد {coding.code} در {coding.terminology} نیست.",
            f"'{shown(value)}' is not a title of {coding.code} in {coding.terminology}.",
        ),
        Text(f"عنوان منتشرشده: «{_title(coding)}».", f"The published title: '{_title(coding)}'."),
        near=Near(coding, ()),
    )


def retired(terminology: str, concept: Concept, day: date, severity: Severity, near: Near) -> Issue:
    """Say that a code no longer holds on the day asked, since when, and what replaces it."""
    asked = day_text(day)
    fa = f"کد {concept.code} از {terminology} در تاریخ {asked.fa} کنار گذاشته شده است"
    en = f"The code {concept.code} of {terminology} is retired on {asked.en}"
    if concept.effective_to is not None:
        last = day_text(concept.effective_to)
        fa, en = f"{fa} (آخرین روز اعتبار: {last.fa})", f"{en} (its last day was {last.en})"
    if concept.carried_from is not None:
        fa = f"{fa}؛ آخرین بار در انتشار {concept.carried_from} بود"
        en = f"{en}; it last stood in edition {concept.carried_from}"
    if severity == "warning" and concept.transition_until is not None:
        until = day_text(concept.transition_until)
        fa, en = f"{fa}؛ تا {until.fa} مهلت گذار دارد", f"{en}; it is let through until {until.en}"
    mend = _offer(near) or _without_replacement(concept)
    return _issue("retired", severity, "code", Text(f"{fa}.", f"{en}."), mend, near=near)


def _without_replacement(concept: Concept) -> Text:
    if concept.replaced_by is None:
        fa, en = "جایگزینی برای آن اعلام نشده است", "No replacement is announced"
    else:
        fa = f"جایگزین اعلام‌شدهٔ آن، {concept.replaced_by}، در این تاریخ به کار نمی‌رود"
        en = f"The announced replacement {concept.replaced_by} is not in use on this day"
    return Text(
        f"{fa}؛ کد نافذی از فهرست برگزینید.",
        f"{en}; choose a code in force from the list.",
    )


def not_yet_effective(terminology: str, concept: Concept, day: date) -> Issue:
    """Say that a code does not hold yet on the day asked, and from when it does."""
    asked = day_text(day)
    first = day_text(concept.effective_from or day)
    return _issue(
        "not-yet-effective",
        "error",
        "code",
        Text(
            f"کد {concept.code} از {terminology} در تاریخ {asked.fa} هنوز نافذ نیست.",
            f"The code {concept.code} of {terminology} is not yet effective on {asked.en}.",
        ),
        Text(f"از {first.fa} می‌توان آن را به کار برد.", f"It may be used from {first.en}."),
    )


def not_in_value_set(coding: Coding, value_set: str, title: Text, near: Near) -> Issue:
    """Say that a code of the list is not allowed in this field; `near` has some codes that are."""
    some = named([candidate.code for candidate in near.candidates])
    return _issue(
        "not-in-value-set",
        "error",
        "code",
        Text(
            f"کد {coding.code} از {coding.terminology} در مجموعهٔ «{title.fa}» ({value_set}) نیست.",
            f"The code {coding.code} of {coding.terminology} is not in the value set '{title.en}' ({value_set}).",
        ),
        Text(
            f"کدی از این مجموعه برگزینید، مانند {some.fa}.",
            f"Choose a code of this value set, such as {some.en}.",
        )
        if near.candidates
        else Text("این مجموعه در این تاریخ هیچ کدی ندارد.", "The value set has no code in use on this day."),
        near=near,
    )


def not_checked(terminology: str, code: str, form: CodeForm) -> Issue:
    """Say that a list is registered by its form only, and what could be tested of the code."""
    fa, fits = "شکل", f"The form of {shown(code)} fits"
    if form.check:
        fa, fits = "شکل و رقم کنترل", f"Form and check digit of {shown(code)} fit"
    return _issue(
        "not-checked",
        "warning",
        "code",
        Text(
            f"{fa} کد {shown(code)} با {terminology} سازگار است، ولی بودن آن آزموده نشد: محتوای این فهرست در این‌جا نیست.",
            f"{fits} {terminology}, but its existence was not tested: the list is not held here.",
        ),
        Text(
            f"برای آزمون کامل، یک انتشار از {terminology} وارد کنید.",
            f"For a full test import an edition of {terminology}.",
        ),
    )


def target_not_held(terminology: str, code: str) -> Issue:
    """Say that a map leads to a list of which nothing is known here, not even the form of its codes."""
    return _issue(
        "not-checked",
        "warning",
        "terminology",
        Text(
            f"کد {shown(code)} آزموده نشد: {shown(terminology)} در این‌جا نیست.",
            f"The code {shown(code)} was not tested: {shown(terminology)} is not held here.",
        ),
        Text(
            f"برای آزمون آن، یک انتشار از {shown(terminology)} وارد کنید.",
            f"To test it import an edition of {shown(terminology)}.",
        ),
    )


def ambiguous_value(terminology: str, code: str, rows: int) -> Issue:
    """Say that a code stands in its book more than once with other content, so that nothing is computed of it."""
    return _issue(
        "ambiguous-value",
        "error",
        "code",
        Text(
            f"کد {code} در {terminology} در {rows} ردیف با محتوای گوناگون آمده است؛ همهٔ ردیف‌ها نشان داده شد و چیزی محاسبه نشد.",
            f"The code {code} stands in {rows} rows of {terminology} that differ; all are shown and nothing is computed.",
        ),
        Text(
            "ردیف درست را از مرجع کتاب بپرسید.",
            "Ask the owner of the book which row is right.",
        ),
    )


def _issue(
    code: IssueCode, severity: Severity, part: Part, what: Text, mend: Text, *, near: Near = _NOTHING
) -> Issue:
    text = Text(f"{what.fa} {mend.fa}", f"{what.en} {mend.en}")
    return Issue(code, severity, part, text, near.certain, near.candidates)


def _refused(code: IssueCode, refusal: MaksaError, homes: Near) -> Issue:
    return _issue(code, "error", "terminology", refusal.text, refusal.mend or _NO_MEND, near=homes)


def _offer(near: Near) -> Text | None:
    if near.certain is not None:
        title = _title(near.certain)
        return Text(
            f"به جای آن: {near.certain.code} «{title}».",
            f"Use {near.certain.code} '{title}' instead.",
        )
    if near.candidates:
        names = named([candidate.code for candidate in near.candidates])
        return Text(f"کدهای نزدیک: {names.fa}.", f"Near codes: {names.en}.")
    return None


def _title(coding: Coding) -> str:
    return shown(coding.display or "")
