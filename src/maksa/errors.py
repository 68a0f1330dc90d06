"""Every exception of the product: the question could not be asked, or the act was refused.

    MaksaError
    ├── NotFound
    │   ├── UnknownTerminology
    │   ├── UnknownEdition
    │   ├── UnknownCode
    │   └── UnknownLetter
    ├── BadInput
    │   ├── BadParameter        a parameter of a question is unknown, missing or malformed
    │   ├── IntakeError         a source file cannot be read (file, row, column)
    │   └── TooLarge            an input is over its bound
    ├── Refused
    │   ├── NotAllowed          who asks may not (credentials, scope, expiry)
    │   ├── OverQuota           a client asked more often than it may
    │   └── WrongState          the thing is not in a state that allows this
    │       └── Conflict        somebody else changed meanwhile what was to be changed; both sides are shown
    ├── EditionUnreadable       a file of the shelf is torn, altered or of a newer schema
    └── Unreachable             the server that was asked gave no answer

A "no" is an answer and never an exception. Doors map these classes to their wire; nothing here knows HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from maksa.text import Text


class MaksaError(Exception):
    """An error for people: one sentence in two languages, and the mend.

    `text` says what is wrong, where and why; `mend` says what to do. `known` names the values that would
    have been accepted, when that is a short list.
    """

    def __init__(self, text: Text, *, mend: Text | None = None, known: tuple[str, ...] = ()) -> None:
        """Keep the sentence, the mend and the accepted values."""
        self.text = text
        self.mend = mend
        self.known = known
        super().__init__(text.en)

    def __str__(self) -> str:
        """Give the English sentence and its mend, as a terminal shows them."""
        return self.text.en if self.mend is None else f"{self.text.en} {self.mend.en}"


class NotFound(MaksaError):
    """What was named does not exist here."""


class UnknownTerminology(NotFound):
    """No terminology of this id is held."""


class UnknownEdition(NotFound):
    """The terminology has no such edition, or none in force on the day asked."""


class UnknownCode(NotFound):
    """The terminology has no such code."""


class UnknownLetter(NotFound):
    """No letter of this number is recorded, or it has no such attachment."""


class BadInput(MaksaError):
    """What was given cannot be read."""


class BadParameter(BadInput):
    """A parameter of a question is unknown, missing or malformed; `parameter` names it."""

    def __init__(
        self, parameter: str, text: Text, *, mend: Text | None = None, known: tuple[str, ...] = ()
    ) -> None:
        """Keep the parameter's name beside the sentence."""
        super().__init__(text, mend=mend, known=known)
        self.parameter = parameter


class IntakeError(BadInput):
    """A source file cannot be imported; `file`, `row` and `column` say where (row 1 is the header)."""

    def __init__(
        self,
        file: str,
        text: Text,
        *,
        row: int | None = None,
        column: str | None = None,
        mend: Text | None = None,
        known: tuple[str, ...] = (),
    ) -> None:
        """Keep the place beside the sentence."""
        super().__init__(text, mend=mend, known=known)
        self.file = file
        self.row = row
        self.column = column


class TooLarge(BadInput):
    """An input is over its bound of size, depth or count."""


class Refused(MaksaError):
    """The act is understood and not carried out."""


class NotAllowed(Refused):
    """Who asks may not: credentials, scope, expiry or revocation."""


class OverQuota(Refused):
    """A client asked more often than its quota; `seconds` says when it may again."""

    def __init__(self, text: Text, *, seconds: int, mend: Text | None = None) -> None:
        """Keep the wait beside the sentence."""
        super().__init__(text, mend=mend)
        self.seconds = seconds


class WrongState(Refused):
    """The thing is not in a state that allows the act."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that two people wanted otherwise: what stands, what was sent, and whose it is.

    `theirs` and `yours` name fields and their values as JSON has them; None: it is not there, or is to be removed.
    `by` and `at` tell of the last change, None when it came with the whole. `seen` is what to send with `yours` to
    put it in place of theirs.
    """

    key: str | None
    theirs: Mapping[str, object] | None
    yours: Mapping[str, object] | None
    by: str | None
    at: datetime | None
    seen: str | None


class Conflict(WrongState):
    """Somebody else changed meanwhile what was to be changed. Nothing was written; `clashes` shows both sides."""

    def __init__(self, text: Text, *, clashes: Sequence[Clash], mend: Text | None = None) -> None:
        """Keep both sides beside the sentence."""
        super().__init__(text, mend=mend)
        self.clashes = tuple(clashes)


class EditionUnreadable(MaksaError):
    """A file of the shelf is torn, altered or of a newer schema; the others go on serving."""


class Unreachable(MaksaError):
    """The server that was asked gave no answer, or one that is none."""
