"""Judge a code of a list that is registered by its form only: form and check digit, never existence."""

from __future__ import annotations

import re

from maksa.model.codeform import CodeForm
from maksa.model.verdict import Coding
from maksa.terminology import issues
from maksa.terminology.bounds import MAX_ID
from maksa.terminology.elsewhere import plain_homes, same_pair
from maksa.terminology.judgement import Judgement, Question
from maksa.terminology.nearest import Near

_NOTHING = Near(None, ())
_A_WORD = re.compile(r"[^\W\d_]{3}")


def judge_form(question: Question, form: CodeForm) -> Judgement:
    """Judge the code of a question by the form of its list; the value cannot be tested."""
    code, terminology = question.code, question.terminology
    if code is None:
        return Judgement(issues.missing_part(["code"]))
    if len(code) > MAX_ID:
        return Judgement(issues.malformed_code(terminology, code, form, _NOTHING))
    fitting = _fitting(form, code)
    if fitting is None:
        return _judge_unfit(question, form, code)
    if form.check is None:
        pair = same_pair(question.resolver, terminology, code, question.value, question.day)
        if pair != _NOTHING:
            return Judgement(issues.wrong_terminology(terminology, code, pair, value=question.value))
    warnings = [issues.not_checked(terminology, fitting, form)]
    if fitting != code:
        warnings.insert(0, issues.code_form(code, Coding(terminology, fitting, None)))
    return Judgement(None, tuple(warnings), fitting)


def _judge_unfit(question: Question, form: CodeForm, code: str) -> Judgement:
    terminology, value = question.terminology, question.value
    if value is not None and len(value) <= MAX_ID and _A_WORD.search(code):
        right = _fitting(form, value)
        if right is not None and not _A_WORD.search(right):
            pair = Coding(terminology, right, None)
            return Judgement(issues.code_display_swapped(terminology, code, value, pair))
    homes = same_pair(question.resolver, terminology, code, value, question.day)
    if homes != _NOTHING:
        return Judgement(issues.wrong_terminology(terminology, code, homes, value=value))
    homes = plain_homes(question.resolver, terminology, code, question.day)
    if homes != _NOTHING:
        return Judgement(issues.wrong_terminology(terminology, code, homes))
    return Judgement(issues.malformed_code(terminology, code, form, _NOTHING))


def _fitting(form: CodeForm, code: str) -> str | None:
    return next((spelling for spelling in form.spellings(code) if form.fits(spelling)), None)
