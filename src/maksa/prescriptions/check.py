"""Check one prescriber message: read it, walk it by its rules, judge its coded fields on its own day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from maksa.model.jalali import today
from maksa.model.service import TerminologyService
from maksa.model.verdict import Verdict
from maksa.prescriptions import sentences
from maksa.prescriptions.agreements import agreements, issue_day
from maksa.prescriptions.elements import Element
from maksa.prescriptions.judged import judged
from maksa.prescriptions.kinds import block_of, block_remarks, no_type, of_other_type, rules_of
from maksa.prescriptions.memo import Memo
from maksa.prescriptions.reading import read_message
from maksa.prescriptions.reading.bounds import MAX_CODED, too_large
from maksa.prescriptions.remarks import Coded, Remark
from maksa.prescriptions.report import Finding, MessageReport, NotChecked
from maksa.prescriptions.rules import MessageRules, RuleBook, rule_book
from maksa.prescriptions.walk import Walk
from maksa.text import Text

DAY = "message.day"
"""The rule that codes are judged on the message's own day."""


class Checker:
    """Checks messages against one terminology service, and remembers verdicts between them.

    The memory is bounded and forgets when an edition comes or goes. Threads may share one checker.
    """

    def __init__(self, service: TerminologyService, *, rules: RuleBook | None = None) -> None:
        self._memo = Memo(service)
        self._book = rules or rule_book()

    def check(self, body: bytes, *, on: date | None = None, name: str = "message") -> MessageReport:
        """Check one message as it was sent; `name` is how sentences of errors call it.

        Codes are judged on the day `on`; without it on the day of the message, or today when it says none.
        Raises: BadInput when it is no message; TooLarge; EditionUnreadable.
        Cost:   some 1 ms for a message of five orders whose codes came before; 2 ms for each new code that is wrong.
        """
        return self.check_element(read_message(body, name=name), on=on, name=name)

    def check_element(
        self, message: Element, *, on: date | None = None, name: str = "message"
    ) -> MessageReport:
        """Check one message that has been read. Raises: TooLarge; EditionUnreadable."""
        now = today()
        book, memo = self._book, self._memo
        any_rules = next(iter(book.messages.values()))
        first = memo.asking(on or now)
        rules = rules_of(message, book, first)
        block = None if rules is None else block_of(message, rules)
        said = issue_day(message, block, rules or any_rules)
        day = on or said or now
        remarks = list(self._remarks(message, rules, block, max(now, on or now)))
        triples = [one.triple for one in remarks if isinstance(one, Coded)]
        if len(set(triples)) > MAX_CODED:
            bound = Text(f"{MAX_CODED} فیلد کدشدهٔ متفاوت", f"{MAX_CODED} different coded fields")
            raise too_large(name, bound)
        verdicts = memo.verdicts(triples, day)
        answers = list(self._answers(remarks, verdicts, rules, day))
        if on is None and said is None:
            answers.append(_no_day(rules or any_rules, block, day))
        return MessageReport(
            message_type=None if rules is None else rules.message,
            findings=tuple(one for one in answers if isinstance(one, Finding)),
            not_checked=tuple(one for one in answers if isinstance(one, NotChecked)),
            editions=tuple(dict.fromkeys(one.edition for one in verdicts if one.edition is not None)),
        )

    def _remarks(
        self, message: Element, rules: MessageRules | None, block: Element | None, now: date
    ) -> Iterator[Remark]:
        book = self._book
        if rules is None:
            composition = message.child("Composition")
            if composition is not None and not composition.empty:
                yield no_type(book)
            yield from Walk(message, next(iter(book.messages.values())), book).remarks()
            return
        yield from block_remarks(message, rules, book)
        yield from Walk(message, rules, book).remarks()
        yield from agreements(message, block, rules, book, now)

    def _answers(
        self, remarks: Iterable[Remark], verdicts: Sequence[Verdict], rules: MessageRules | None, day: date
    ) -> Iterator[Finding | NotChecked]:
        """Put in the place of each coded field what its verdict says."""
        ask = self._memo.asking(day)
        rest = iter(verdicts)
        for remark in remarks:
            if not isinstance(remark, Coded):
                yield remark
                continue
            verdict = next(rest)
            foreign = (
                of_other_type(remark, verdict, rules, self._book, ask) if remark.orders and rules else None
            )
            if foreign is not None:
                yield foreign
            else:
                yield from judged(remark, verdict, ask)


def check_message(
    message: Element | bytes,
    service: TerminologyService,
    *,
    rules: RuleBook | None = None,
    on: date | None = None,
) -> MessageReport:
    """Check one message, as it was sent or already read. Raises: BadInput; EditionUnreadable."""
    checker = Checker(service, rules=rules)
    return (
        checker.check(message, on=on) if isinstance(message, bytes) else checker.check_element(message, on=on)
    )


def _no_day(rules: MessageRules, block: Element | None, day: date) -> NotChecked:
    path = f"{'Composition.' + rules.blocks[0] if block is None else block.path}.{rules.issued}"
    return NotChecked(DAY, path, sentences.no_day(path, day))
