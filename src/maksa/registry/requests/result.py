"""The code that a request led to: it must be there, published or (a new one) in a draft at least."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from maksa.errors import BadParameter, NotFound
from maksa.model.codeform import plain_digits
from maksa.model.service import TerminologyService
from maksa.model.verdict import Coding, Issue, Triple
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import list_drafts
from maksa.registry.tables import draft_concept
from maksa.text import Text


def existing_code(service: TerminologyService, terminology: str, code: str) -> Coding:
    """Give a code that may be used today, in its canonical spelling. Raises: BadParameter saying why it may not."""
    listed = service.terminology(terminology).terminology
    verdict = service.validate(Triple(listed.id, code, None))
    if verdict.valid:
        return Coding(listed.id, verdict.code or code, verdict.display)
    error = next(issue for issue in verdict.issues if issue.severity == "error")
    raise _not_there(error.text, error)


def new_code(registry: Registry, service: TerminologyService, terminology: str, code: str) -> Coding:
    """Give a code of the newest edition of a list, or of a draft of it. Raises: BadParameter when neither has it."""
    listed = service.terminology(terminology).terminology
    plain = plain_digits(code).strip()
    found = next(_published(service, listed.id, plain), None)
    if found is None and not _is_drafted(registry, listed.id, plain):
        raise _not_there(
            Text(
                f"کد «{plain[:60]}» نه در انتشاری از {listed.id} هست و نه در پیش‌نویسی.",
                f"The code '{plain[:60]}' is in no edition of {listed.id} and in no draft.",
            )
        )
    return found or Coding(listed.id, plain, None)


def _published(service: TerminologyService, terminology: str, code: str) -> Iterator[Coding]:
    for entry in service.editions(terminology):
        try:
            concept = service.lookup(terminology, code, edition=entry.manifest.edition).concept
        except NotFound:
            continue
        yield Coding(terminology, concept.code, concept.display)


def _is_drafted(registry: Registry, terminology: str, code: str) -> bool:
    drafts = [draft.number for draft in list_drafts(registry) if draft.terminology.id == terminology]
    wanted = select(draft_concept.c.code).where(
        draft_concept.c.draft.in_(drafts), draft_concept.c.code == code
    )
    with registry.reading() as connection:
        return connection.execute(wanted.limit(1)).first() is not None


def _not_there(text: Text, issue: Issue | None = None) -> BadParameter:
    known = tuple(near.code for near in issue.candidates) if issue else ()
    return BadParameter(
        "code",
        text,
        mend=Text(
            "کدی را بدهید که منتشر شده یا در پیش‌نویس است.", "Give a code that is published or in a draft."
        ),
        known=known,
    )
