"""The two ends of a row of a map: which code is asked, and whether the code it leads to may be used on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maksa.errors import EditionUnreadable, UnknownCode, UnknownEdition
from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept
from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding, Issue
from maksa.terminology import issues
from maksa.terminology.bounds import MAX_ID
from maksa.terminology.judge_held import judge_day
from maksa.terminology.lookup import find, unknown
from maksa.terminology.nearest import Near, coding
from maksa.terminology.resolve import Resolver

_NOTHING = Near(None, ())


@dataclass(frozen=True, slots=True)
class Source:
    """The code that is asked: as its list has it, and as a map may spell it, the likeliest first.

    `refusal` says why it is no code of its list; it counts only when no map has a row for it either.
    """

    coding: Coding
    spellings: tuple[str, ...]
    concept: Concept | None = None
    edition: EditionRef | None = None
    refusal: UnknownCode | None = None


def source_of(resolver: Resolver, name: str, code: str, day: date) -> Source:
    """Recognise a code of a list: by its content, else by its form, else (a list that only maps know) as it is.

    Raises: UnknownEdition when the list is held but not in force on the day; EditionUnreadable.
    """
    registered = resolver.form_only(name)
    if registered is not None:
        return _by_form(name, code, registered.code_form)
    if not resolver.library.entries(name):
        return _by_form(name, code, CodeForm())
    opened = resolver.opened(name, on=day)
    ref = opened.entry.manifest.ref
    concept = find(opened.provider, code)
    if concept is not None:
        return Source(Coding(name, concept.code, concept.display), (concept.code,), concept, ref)
    spellings = tuple(opened.provider.terminology.code_form.spellings(code)) if len(code) <= MAX_ID else ()
    return Source(Coding(name, code, None), spellings, None, ref, unknown(opened, code))


def _by_form(name: str, code: str, form: CodeForm) -> Source:
    spellings = tuple(form.spellings(code)) if len(code) <= MAX_ID else ()
    fitting = next((spelling for spelling in spellings if form.fits(spelling)), None)
    if fitting is None:
        refusal = UnknownCode(issues.malformed_code(name, code, form, _NOTHING).text)
        return Source(Coding(name, code, None), spellings, refusal=refusal)
    return Source(Coding(name, fitting, None), (fitting, *spellings))


@dataclass(frozen=True, slots=True)
class Target:
    """The code that a row leads to, what stands against its use, and the edition in which it was tested, if any."""

    coding: Coding
    issues: tuple[Issue, ...] = ()
    edition: EditionRef | None = None


def target_of(resolver: Resolver, name: str, code: str, day: date) -> Target:
    """Give the code that a row leads to with its title, and what stands against its use on a day."""
    untitled = Coding(name, code, None)
    registered = resolver.form_only(name)
    if registered is not None:
        return Target(untitled, (_by_form_alone(name, code, registered.code_form),))
    if not resolver.library.entries(name):
        return Target(untitled, (issues.target_not_held(name, code),))
    try:
        opened = resolver.opened(name, on=day)
    except (UnknownEdition, EditionUnreadable) as refusal:
        return Target(untitled, (issues.unknown_edition(refusal),))
    provider, ref = opened.provider, opened.entry.manifest.ref
    concept = provider.concept(code)
    if concept is None:
        return Target(untitled, (issues.unknown_code(provider.terminology, code, _NOTHING),), ref)
    against = judge_day(provider, concept, day)
    return Target(coding(provider, concept), () if against is None else (against,), ref)


def _by_form_alone(name: str, code: str, form: CodeForm) -> Issue:
    if form.fits(code):
        return issues.not_checked(name, code, form)
    return issues.malformed_code(name, code, form, _NOTHING)
