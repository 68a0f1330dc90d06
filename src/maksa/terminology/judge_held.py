"""Judge a code of a list that is held here: in the list, on this day, with this title, in this field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from maksa.model.concept import Concept
from maksa.model.provider import ConceptFilter, Provider
from maksa.model.verdict import Issue, Severity
from maksa.terminology import issues
from maksa.terminology.bounds import MAX_ID, MAX_VALUE
from maksa.terminology.carriers import carrying
from maksa.terminology.elsewhere import plain_homes, same_pair
from maksa.terminology.judgement import Judgement, Question
from maksa.terminology.nearest import MOST, Near, coding, nearest, offer, replacement, titled
from maksa.terminology.titles import is_title_of


def judge_held(question: Question, provider: Provider, value_set: str | None) -> Judgement:
    """Judge the code and the value of a question in an edition of its list."""
    code = question.code
    if code is None:
        return Judgement(issues.missing_part(["code"], nearest(provider, None, question.value, question.day)))
    if len(code) > MAX_ID:
        form = provider.terminology.code_form
        near = titled(provider, question.value, question.day)
        return Judgement(issues.malformed_code(question.terminology, code, form, near))
    concept = provider.concept(code)
    if concept is not None:
        return _judge_present(question, provider, concept, value_set, ())
    swapped = _swapped(question, provider, code)
    if swapped is not None:
        return Judgement(swapped)
    codes = provider.recognise(code)
    repaired = provider.concept(codes[0]) if len(codes) == 1 else None
    if repaired is None:
        return Judgement(_judge_absent(question, provider, code))
    form_warning = issues.code_form(code, coding(provider, repaired))
    return _judge_present(question, provider, repaired, value_set, (form_warning,))


def _judge_present(
    question: Question,
    provider: Provider,
    concept: Concept,
    value_set: str | None,
    warnings: tuple[Issue, ...],
) -> Judgement:
    """Judge a code that the list has: swapped, retired or not yet effective, another's title, the field."""
    value = question.value
    own = value is None or is_title_of(concept, value)
    error = None if own else _swapped(question, provider, concept.code)
    if error is None:
        of_day = judge_day(provider, concept, question.day)
        if of_day is not None and of_day.severity == "warning":
            warnings = (*warnings, of_day)
        else:
            error = of_day
    if not own and value is not None:
        if error is None:
            error = _title_elsewhere(question, provider, concept, value)
        if error is None or error.code in {"retired", "not-yet-effective"}:
            warnings = (*warnings, issues.display_mismatch(coding(provider, concept), value))
    if error is None and value_set is not None:
        error = _judge_field(question, provider, concept, value_set)
    return Judgement(error, warnings, concept.code, concept.display)


def judge_day(provider: Provider, concept: Concept, day: date) -> Issue | None:
    """Say that a concept may not be used on a day, or only in its transition window; None when it may."""
    terminology = provider.terminology.id
    status = concept.status_on(day)
    if status == "active":
        return None
    if status == "not-yet-effective":
        return issues.not_yet_effective(terminology, concept, day)
    near = replacement(provider, concept, day)
    until = concept.transition_until
    severity: Severity = "warning" if until is not None and day <= until else "error"
    return issues.retired(terminology, concept, day, severity, near)


def _title_elsewhere(question: Question, provider: Provider, concept: Concept, value: str) -> Issue | None:
    """Say whose title the value is: of another code of this list, or of this code in another list."""
    if len(value) <= MAX_VALUE and provider.titled(value, limit=1):
        near = titled(provider, value, question.day, but=concept.code)
        return issues.display_of_other_code(coding(provider, concept), value, near)
    return _of_other_list(question, provider, concept.code)


def _judge_field(question: Question, provider: Provider, concept: Concept, value_set: str) -> Issue | None:
    if provider.in_value_set(concept.code, value_set):
        return None
    defined = next(one for one in provider.terminology.value_sets if one.id == value_set)
    allowed = ConceptFilter(question.day, status="active", value_set=value_set)
    page = provider.page(allowed, after=None, limit=MOST)
    near = Near(None, tuple(coding(provider, one) for one in page))
    return issues.not_in_value_set(coding(provider, concept), value_set, defined.title, near)


def _judge_absent(question: Question, provider: Provider, code: str) -> Issue:
    """Judge a code that the list does not have: another list's, impossible here, or unknown."""
    form = provider.terminology.code_form
    elsewhere = _of_other_list(question, provider, code)
    if elsewhere is not None:
        return elsewhere
    unpadded = replace(form, width=None)  # With zeros before it, any short number would fit.
    fits = any(form.fits(spelling) for spelling in unpadded.spellings(code))
    if not fits:
        homes = plain_homes(question.resolver, question.terminology, code, question.day)
        if homes != Near(None, ()):
            carried = (offer(provider, own, question.day) for own in carrying(provider, code))
            here = tuple(offered for offered in carried if offered is not None)
            return issues.wrong_terminology(question.terminology, code, homes, here=here)
    near = nearest(provider, code, question.value, question.day)
    if fits:
        return issues.unknown_code(provider.terminology, code, near)
    return issues.malformed_code(question.terminology, code, form, near)


def _of_other_list(question: Question, provider: Provider, code: str) -> Issue | None:
    """Say that the code and the value are together a pair of another list.

    A code with this list's check digit is plainly of this list: lists share LOINC's numbers, not their titles.
    """
    form = provider.terminology.code_form
    if form.check is not None and form.fits(code):
        return None
    pair = same_pair(question.resolver, question.terminology, code, question.value, question.day)
    if pair == Near(None, ()):
        return None
    return issues.wrong_terminology(question.terminology, code, pair, value=question.value)


def _swapped(question: Question, provider: Provider, code: str) -> Issue | None:
    """Say that the value is a code of the list, and the code its title."""
    value = question.value
    if value is None or len(value) > MAX_ID:
        return None
    codes = provider.recognise(value)
    concept = provider.concept(codes[0]) if len(codes) == 1 else None
    if concept is None or concept.code == code or not is_title_of(concept, code):
        return None
    offered = offer(provider, concept.code, question.day)
    return issues.code_display_swapped(question.terminology, code, value, offered)
