"""May a coded field be used, here, on this day? The way to a verdict; who judges the code is beside it.

One error names the cause, the first that holds; warnings stand beside it. Unknown lists and editions are answers.
"""

from __future__ import annotations

from datetime import date

from maksa.errors import UnknownEdition, UnknownTerminology
from maksa.model.concept import Terminology
from maksa.model.edition import EditionRef
from maksa.model.jalali import today
from maksa.model.verdict import Coding, Issue, Triple, Verdict
from maksa.terminology import issues
from maksa.terminology.bounds import given
from maksa.terminology.elsewhere import same_pair
from maksa.terminology.judge_form import judge_form
from maksa.terminology.judge_held import judge_held
from maksa.terminology.judgement import Judgement, Question
from maksa.terminology.refusals import bad_choice, day_and_edition, not_held
from maksa.terminology.resolve import Opened, Resolver


def validate(
    resolver: Resolver,
    triple: Triple,
    *,
    on: date | None = None,
    edition: str | None = None,
    value_set: str | None = None,
) -> Verdict:
    """Judge a triple, in the edition in force on a day or in a named one.

    Order:  the error first, then warnings: terminology, code, value.
    Raises: BadParameter for a day and an edition together, or a value set that the list does not have;
            EditionUnreadable.
    Cost:   10-20 µs for a triple without issues.
    """
    if on is not None and edition is not None:
        raise day_and_edition()
    sent, code, value = given(triple.terminology), given(triple.code), given(triple.value)
    day = today() if on is None else on
    if sent is None:
        return _verdict(triple, value, Judgement(_no_terminology(resolver, code, value, day)))
    try:
        terminology = resolver.canonical(sent)
    except UnknownTerminology as refusal:
        error = _unknown_terminology(resolver, refusal, code, value, day)
        return _verdict(triple, value, Judgement(error))
    question = Question(resolver, terminology, code, value, day)
    ref: EditionRef | None = None
    registered = resolver.form_only(terminology)
    try:
        if registered is not None:
            judged = _by_form(question, registered, edition, value_set)
        else:
            opened = resolver.opened(terminology, on=on, edition=edition)
            ref = opened.entry.manifest.ref
            judged = _by_content(question, opened, value_set)
    except UnknownEdition as refusal:
        judged = Judgement(issues.missing_part(["code"]) if code is None else issues.unknown_edition(refusal))
    if sent == terminology:
        return _verdict(triple, value, judged, known_as=terminology, ref=ref)
    coding = None if judged.code is None else Coding(terminology, judged.code, judged.display)
    warning = issues.terminology_id_form(sent, terminology, coding)
    return _verdict(triple, value, judged, known_as=terminology, ref=ref, warnings=(warning,))


def _by_form(
    question: Question, registered: Terminology, edition: str | None, value_set: str | None
) -> Judgement:
    if value_set is not None:
        raise bad_choice("value_set", value_set, ())
    if edition is not None:
        raise not_held(registered.id)
    return judge_form(question, registered.code_form)


def _by_content(question: Question, opened: Opened, value_set: str | None) -> Judgement:
    if value_set is not None:
        known = [defined.id for defined in opened.provider.terminology.value_sets]
        if value_set not in known:
            raise bad_choice("value_set", value_set, known)
    return judge_held(question, opened.provider, value_set)


def _no_terminology(resolver: Resolver, code: str | None, value: str | None, day: date) -> Issue:
    if code is None:
        return issues.missing_part(["terminology", "code"])
    return issues.missing_part(["terminology"], same_pair(resolver, None, code, value, day))


def _unknown_terminology(
    resolver: Resolver, refusal: UnknownTerminology, code: str | None, value: str | None, day: date
) -> Issue:
    if code is None:
        return issues.missing_part(["code"])
    return issues.unknown_terminology(refusal, same_pair(resolver, None, code, value, day))


def _verdict(
    triple: Triple,
    value: str | None,
    judged: Judgement,
    *,
    known_as: str | None = None,
    ref: EditionRef | None = None,
    warnings: tuple[Issue, ...] = (),
) -> Verdict:
    errors = () if judged.error is None else (judged.error,)
    no_value = (issues.missing_part(["value"]),) if value is None else ()
    return Verdict(
        terminology=triple.terminology if known_as is None else known_as,
        code=triple.code if judged.code is None else judged.code,
        display=judged.display,
        edition=ref,
        issues=(*errors, *warnings, *judged.warnings, *no_value),
    )
