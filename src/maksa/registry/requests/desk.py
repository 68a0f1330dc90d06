"""The desk as doors know it: requests come in here, bounded a day, and their askers see them (meets model's RequestDesk)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from maksa.errors import OverQuota
from maksa.model.code_request import AskersAct, Candidate, CodeRequest, Filed, Wanted
from maksa.model.jalali import TEHRAN, today
from maksa.model.service import TerminologyService
from maksa.registry.database import Registry
from maksa.registry.requests.code_requests import do_act, keep_request, own_request
from maksa.registry.requests.duplicates import Duplicates
from maksa.registry.requests.form import checked_wanted
from maksa.registry.requests.tables import code_request_day
from maksa.text import Text

MOST_OF_ADDRESS = 100
"""Requests a day from one address; a larger need is a batch, which the desk imports."""
MOST_OF_ALL = 5_000
"""Requests a day from all addresses together."""
_ALL = ""


class Desk:
    """Takes requests from doors, in whose journal the actor is the asker."""

    def __init__(self, registry: Registry, service: TerminologyService, key: bytes) -> None:
        """Keep requests in a registry; `key` hashes addresses, so that none is kept."""
        self._registry = registry.acting_as("asker")
        self._service = service
        self._duplicates = Duplicates(registry, service)
        self._key = key

    def similar(self, wanted: Wanted) -> Sequence[Candidate]:
        """Give what may be asked for already, the likeliest first."""
        return self._duplicates.similar(checked_wanted(self._service, wanted))

    def file(self, wanted: Wanted, *, address: str) -> Filed:
        """Keep a request, and tell what may be asked for already. Raises: as `similar`; OverQuota."""
        checked = checked_wanted(self._service, wanted)
        candidates = self._duplicates.similar(checked)
        with self._registry.writing() as connection:
            self._count(connection, address)
            kept = keep_request(connection, self._registry, checked)
        return Filed(kept.request, kept.token or "", candidates)

    def own(self, number: int, token: str) -> CodeRequest:
        """Give the request of a number to who shows its token. Raises: NotFound for any other."""
        return own_request(self._registry, number, token)

    def act(self, number: int, token: str, act: AskersAct, said: str) -> CodeRequest:
        """Answer a question or appeal, by who shows the token. Raises: NotFound, WrongState, BadParameter."""
        own_request(self._registry, number, token)
        return do_act(self._registry, number, act, said=said)

    def _count(self, connection: Connection, address: str) -> None:
        """Count a request of today, in its own transaction. Raises: OverQuota."""
        day, counted = today().isoformat(), code_request_day.c
        connection.execute(delete(code_request_day).where(counted.day < day))
        hashed = hmac.new(self._key, f"{day} {address}".encode(), hashlib.sha256).hexdigest()
        for name, most in ((hashed, MOST_OF_ADDRESS), (_ALL, MOST_OF_ALL)):
            which = (counted.day == day, counted.address == name)
            count = connection.scalar(select(counted.count).where(*which))
            if count is None:
                connection.execute(insert(code_request_day).values(day=day, address=name, count=1))
            elif count < most:
                connection.execute(update(code_request_day).where(*which).values(count=count + 1))
            else:
                raise _enough(most)


def _enough(most: int) -> OverQuota:
    midnight = datetime.combine(today() + timedelta(days=1), time(), TEHRAN)
    return OverQuota(
        Text(
            f"امروز {most} درخواست ثبت شده است و بیش از آن پذیرفته نمی‌شود.",
            f"{most} requests were filed today, and no more are taken.",
        ),
        mend=Text(
            "فردا دوباره بفرستید، یا همه را در یک فایل به مرکز بدهید.",
            "Send them tomorrow, or give all of them to the centre in one file.",
        ),
        seconds=int((midnight - datetime.now(TEHRAN)).total_seconds()) + 1,
    )
