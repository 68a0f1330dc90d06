"""Requests for missing codes as both floors of the desk ask for them: who sees which, and who does what to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from maksa.errors import BadParameter, MaksaError, NotFound, Refused
from maksa.model.code_request import Candidate, CodeRequest, Step
from maksa.model.jalali import today
from maksa.model.verdict import Coding
from maksa.registry.parties.access import may
from maksa.registry.requests.code_requests import (
    Sought,
    do_act,
    find_requests,
    read_request,
    read_steps,
)
from maksa.registry.requests.next_acts import Clock, clock_of, next_acts
from maksa.registry.requests.result import existing_code, new_code
from maksa.registry.requests.states import Transition, life
from maksa.registry.requests.statistics import Statistics, request_statistics
from maksa.text import Text
from maksa.web.desk.acting import Acting

if TYPE_CHECKING:
    from maksa.registry.requests.batch import BatchRow

SCOPE = "requests"
"""What a client needs, to act in the name of its party."""
MOST_ROWS = 200
"""Rows of a batch that a door files while its caller waits; a larger one is given to the centre."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A request, what was done to it, its clock, and the acts that who asks may do to it now."""

    request: CodeRequest
    steps: Sequence[Step]
    clock: Clock
    acts: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that is to be done, what is said with it, and the code it led to, of a list (None: that of the request)."""

    act: str
    said: str | None = None
    code: str | None = None
    terminology: str | None = None


def find(
    acting: Acting, sought: Sought, *, after: int = 0, limit: int = 100
) -> tuple[int, Sequence[CodeRequest]]:
    """Count and give the requests sought, of one's own party or, to who may see it, of all.

    Raises: Refused (another party, a client without the scope), UnknownTerminology.
    """
    return find_requests(acting.registry, _seen(acting, sought), after=after, limit=limit)


def statistics(acting: Acting, *, since: date | None = None, terminology: str | None = None) -> Statistics:
    """Count the requests that they see. Raises: as `find`."""
    sought = _seen(acting, Sought(terminology=terminology))
    return request_statistics(
        acting.registry, since=since, terminology=sought.terminology, organisation=sought.organisation
    )


def standing(acting: Acting, number: int) -> Standing:
    """Give a request with its history and what they may do to it. Raises: NotFound, of another party's too."""
    request = _readable(acting, number)
    steps = read_steps(acting.registry, number)
    decides = may(acting.roles, "request-decide")
    acts = tuple(
        act
        for act in next_acts(request, steps)
        if (decides if not act.by_asker else _asks_for(acting, request))
    )
    return Standing(request, steps, clock_of(request, today()), acts)


def candidates(acting: Acting, request: CodeRequest) -> Sequence[Candidate]:
    """Give what an undecided request may ask for already; none where that cannot be told any more."""
    if request.state in {"done", "refused"}:
        return ()
    with suppress(MaksaError):  # The list itself may be gone since.
        itself = ("request", str(request.number))
        found = acting.home.requests.similar(request.wanted)
        return [one for one in found if (one.found, one.key) != itself]
    return ()


def act_on(acting: Acting, number: int, doing: Doing) -> CodeRequest:
    """Do an act to a request: the desk's by who may decide, the asker's by their party or who may decide.

    Raises: Refused naming role and act, NotFound, WrongState, BadParameter.
    """
    transition = life().acts[doing.act]
    decides = may(acting.roles, "request-decide")
    if transition.by_asker and not decides:
        acting.require("request-file", scope=SCOPE)
        if not _asks_for(acting, _readable(acting, number)):
            raise _not_the_asker(number)
    else:
        acting.require("request-decide")
    return do_act(
        acting.registry, number, doing.act, said=doing.said, code=_code_of(acting, number, transition, doing)
    )


def file_batch(acting: Acting, content: bytes) -> Iterator[BatchRow]:
    """File the rows of a CSV or XLSX file, in the name of one's own party; who decides requests files for any.

    Raises: Refused; IntakeError (the file, a column), TooLarge, before any row is filed.
    """
    from maksa.registry.requests.batch import import_requests  # noqa: PLC0415 - It loads the readers of workbooks.

    acting.require("request-file", scope=SCOPE)
    own = None if may(acting.roles, "request-decide") else acting.party
    with TemporaryDirectory(prefix="maksa-") as folder:
        path = Path(folder) / "batch"
        path.write_bytes(content)
        yield from import_requests(
            acting.registry, acting.home.service, path, organisation=own, most=MOST_ROWS
        )


def _seen(acting: Acting, sought: Sought) -> Sought:
    own = acting.sees(SCOPE)
    if sought.terminology is not None:
        listed = acting.home.service.terminology(sought.terminology).terminology
        sought = replace(sought, terminology=listed.id)
    if own is None:
        return sought
    if sought.organisation is not None:
        acting.require_party(sought.organisation)
    return replace(sought, organisation=own)


def _readable(acting: Acting, number: int) -> CodeRequest:
    own = acting.sees(SCOPE)
    try:
        request = read_request(acting.registry, number)
    except NotFound:
        if own is None:
            raise
        raise _not_of(own, number) from None
    if own is not None and request.wanted.organisation != own:
        raise _not_of(own, number)
    return request


def _asks_for(acting: Acting, request: CodeRequest) -> bool:
    files = acting.client is not None or may(acting.roles, "request-file")
    return files and (acting.party == request.wanted.organisation or may(acting.roles, "request-decide"))


def _code_of(acting: Acting, number: int, transition: Transition, doing: Doing) -> Coding | None:
    if doing.code is None and doing.terminology is None:
        return None
    if transition.says != "code" or doing.code is None or doing.said is not None:
        raise _odd_code(doing.act)
    listed = doing.terminology or read_request(acting.registry, number).wanted.terminology
    if doing.act == "done-existing":
        return existing_code(acting.home.service, listed, doing.code)
    return new_code(acting.registry, acting.home.service, listed, doing.code)


def _odd_code(act: str) -> BadParameter:
    return BadParameter(
        "code",
        Text(
            f"با «{act}» کد، فهرست و متن با هم نمی‌آیند: کد تنها با done-new و done-existing و بی متن داده می‌شود.",
            f"'{act}' with this code, list and text: a code comes with done-new and done-existing only, without a text.",
        ),
    )


def _not_of(party: str, number: int) -> NotFound:
    return NotFound(
        Text(
            f"درخواستی با شمارهٔ {number} در میان درخواست‌های سازمان «{party}» نیست.",
            f"There is no request {number} among those of the party '{party}'.",
        )
    )


def _not_the_asker(number: int) -> Refused:
    return Refused(
        Text(
            f"درخواست {number} از سازمان شما نیست و پاسخ و اعتراض با درخواست‌کننده است.",
            f"Request {number} is not your party's: to answer and to appeal is for its asker.",
        )
    )
