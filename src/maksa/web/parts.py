"""What every endpoint is given: the questions, the clients, and the parts that stand between them and HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from maksa.model.adoption import UseCounter
from maksa.model.clients import ClientDirectory
from maksa.model.code_request import RequestDesk
from maksa.model.notices import NoticeDesk
from maksa.model.service import TerminologyService
from maksa.prescriptions.check import Checker
from maksa.web.guard.metrics import Metrics
from maksa.web.marks import SampleMarks
from maksa.web.memo import Memo
from maksa.web.pool import Pool
from maksa.web.settings import WebSettings
from maksa.web.tokens import Tokens

if TYPE_CHECKING:
    from maksa.home import Home

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one application. `questions`, `logins` and `desk` are the pools of what is costly.

    `providers` is the pool of questions to providers of sign-in, so that a slow one holds nobody else up.
    `requests` is None on a server that takes none, `home` on one that has no desk, `uses` on one that counts none,
    `notices` on one that announces nothing.
    """

    service: TerminologyService
    checker: Checker
    clients: ClientDirectory
    settings: WebSettings
    tokens: Tokens
    marks: SampleMarks
    memo: Memo
    metrics: Metrics
    questions: Pool
    logins: Pool
    desk: Pool
    providers: Pool
    requests: RequestDesk | None
    home: Home | None
    uses: UseCounter | None
    notices: NoticeDesk | None

    async def ask(self, question: Callable[[], T], *, costly: bool) -> T:
        """Ask a question: in the pool when it may be costly, else at once."""
        return await self.questions.run(question) if costly else question()

    def close(self) -> None:
        """Let the pools go, and write what was counted."""
        self.questions.close()
        self.logins.close()
        self.desk.close()
        self.providers.close()
        if self.uses is not None:
            self.uses.write()


def assemble(
    service: TerminologyService,
    clients: ClientDirectory,
    token_key: bytes,
    settings: WebSettings,
    *,
    requests: RequestDesk | None = None,
    home: Home | None = None,
    notices: NoticeDesk | None = None,
) -> Parts:
    """Make the parts of an application. Raises: ValueError when the token key is too short."""
    return Parts(
        service=service,
        checker=Checker(service),
        clients=clients,
        settings=settings,
        tokens=Tokens(token_key, settings),
        marks=SampleMarks(service),
        memo=Memo(service, settings.memo_bytes),
        metrics=Metrics(),
        questions=Pool(
            "question",
            threads=settings.question_threads,
            queue=settings.question_queue,
            seconds=settings.question_seconds,
        ),
        logins=Pool(
            "login",
            threads=settings.login_threads,
            queue=settings.login_queue,
            seconds=settings.login_seconds,
        ),
        desk=Pool(
            "desk",
            threads=settings.desk_threads,
            queue=settings.desk_queue,
            seconds=settings.desk_seconds,
        ),
        providers=Pool(
            "provider",
            threads=settings.provider_threads,
            queue=settings.provider_queue,
            seconds=settings.provider_seconds,
        ),
        requests=requests,
        home=home,
        uses=None if home is None else home.uses,
        notices=home.notices if notices is None and home is not None else notices,
    )
