"""The desk's front page: what waits for who is signed in, by their roles, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from maksa.model.jalali import today
from maksa.registry.discrepancies.register import Wanted
from maksa.registry.parties.access import acts, may, roles
from maksa.registry.requests.code_requests import Sought
from maksa.web.desk import code_requests, discrepancies, drafts
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk.visit import Visit

_DRAFTS = "/desk/drafts"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: how many, what, where it is shown, and whether it is late."""

    count: int
    title: str
    path: str
    late: bool = False


async def front(visit: Visit) -> Response:
    """Show what waits for who is signed in, and what they may do."""
    visit.query()
    waiting = await visit.do(lambda acting: [one for one in _waiting(acting) if one.count])
    return visit.page("desk/front.html", {"waiting": waiting, "may": _may(visit.roles), "roles": roles()})


def _waiting(acting: Acting) -> Iterator[Waiting]:
    yield from _of_drafts(acting)
    yield from _of_requests(acting)
    yield from _of_discrepancies(acting)


def _of_drafts(acting: Acting) -> Iterator[Waiting]:
    if not may(acting.roles, "registry-read"):
        return
    states = Counter(one.life.state for one in drafts.find(acting))
    if may(acting.roles, "draft-edit"):
        yield Waiting(states["returned"], "پیش‌نویس بازگردانده", _DRAFTS)
    if may(acting.roles, "draft-review"):
        yield Waiting(states["in-review"], "پیش‌نویس در انتظار بازبینی", _DRAFTS)
    if may(acting.roles, "draft-vote"):
        yield Waiting(states["reviewed"] + states["in-vote"], "پیش‌نویس در انتظار رأی", _DRAFTS)
    if may(acting.roles, "edition-publish"):
        ready = states["agreed"] + (0 if drafts.rules(acting).on else states["reviewed"])
        yield Waiting(ready, "پیش‌نویس آمادهٔ انتشار", _DRAFTS)


def _of_requests(acting: Acting) -> Iterator[Waiting]:
    def count(state: str | None = None, *, overdue: bool = False) -> int:
        return code_requests.find(acting, Sought(state=state, overdue=overdue), limit=1)[0]

    path = "/desk/requests?"
    if may(acting.roles, "request-decide"):
        yield Waiting(count(overdue=True), "درخواست از مهلت گذشته", f"{path}overdue=true", late=True)
        yield Waiting(count("appeal"), "درخواست در اعتراض", f"{path}state=appeal")
        yield Waiting(count("new"), "درخواست تازه", f"{path}state=new")
        yield Waiting(count("accepted"), "درخواست پذیرفته که کار بر آن آغاز نشده", f"{path}state=accepted")
        yield Waiting(count("in-work"), "درخواست در دست کار", f"{path}state=in-work")
    elif may(acting.roles, "request-file"):
        yield Waiting(
            count("question"), "پرسش از شما دربارهٔ درخواست‌های سازمان", f"{path}state=question", late=True
        )


def _of_discrepancies(acting: Acting) -> Iterator[Waiting]:
    def count(wanted: Wanted) -> int:
        return discrepancies.find(acting, wanted, limit=1)[0]

    path, day = "/desk/discrepancies?", today()
    if may(acting.roles, "discrepancy-decide") or may(acting.roles, "discrepancy-report"):
        late, still_open = Wanted(overdue_on=day), Wanted(state="open")
        yield Waiting(count(late), "مغایرت از مهلت گذشته", f"{path}overdue=true", late=True)
        yield Waiting(count(still_open), "مغایرت باز", f"{path}state=open")
        waits = sum(one.state == "received" for one in discrepancies.received_lists(acting))
        yield Waiting(waits, "فهرست رسیده در صف سنجش", "/desk/discrepancies/uploads")


def _may(held: tuple[str, ...]) -> list[str]:
    return [act.title.fa for act in acts().values() if set(held) & set(act.roles)]
