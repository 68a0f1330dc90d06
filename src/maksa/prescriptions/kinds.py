"""Of which type a message is: by its root, its block, what only one type has, or the codes that it orders."""

from __future__ import annotations

from collections.abc import Iterator

from maksa.model.verdict import Triple, Verdict
from maksa.prescriptions import sentences
from maksa.prescriptions.elements import Element
from maksa.prescriptions.memo import Ask
from maksa.prescriptions.remarks import Coded, Remark, error
from maksa.prescriptions.report import Finding
from maksa.prescriptions.rules.records import MessageRules, RuleBook
from maksa.prescriptions.walk import ORDERS, WRONG_TYPE

_SHARED = "LOINC"
"""The list whose codes imaging and laboratory services both have."""
_NOTHING = Element("", "")
_IN_THE_LIST = frozenset({"retired", "not-yet-effective"})


def rules_of(message: Element, book: RuleBook, ask: Ask) -> MessageRules | None:
    """Give the rules by which a message is to be checked; None when it is of no known type."""
    declared = next((rules for rules in book.messages.values() if rules.root == message.name), None)
    if declared is not None:
        return declared
    blocks = [
        (rules, block) for rules in book.messages.values() if (block := block_of(message, rules)) is not None
    ]
    if len(blocks) < 2:
        return blocks[0][0] if blocks else None
    whole = [(rules, block) for rules, block in blocks if not (block.child(rules.issued) or _NOTHING).empty]
    likely = whole or blocks
    own = (_marked(likely), _ordering(likely, ask), _named(likely))
    return next((rules for rules in own if rules is not None), likely[0][0])


def block_of(message: Element, rules: MessageRules) -> Element | None:
    """Give the prescription in a message, under any of the names that it may have."""
    composition = message.child("Composition")
    if composition is None:
        return None
    return next(
        (child for child in composition.children if child.name in rules.blocks and not child.empty), None
    )


def block_remarks(message: Element, rules: MessageRules, book: RuleBook) -> Iterator[Remark]:
    """Say that the prescription is missing, or that a prescription of another type stands in the message."""
    own = block_of(message, rules)
    composition = message.child("Composition")
    others = [] if composition is None else [child for child in composition.children if not child.empty]
    foreign = False
    for child in others:
        homes = [one.title for one in book.messages.values() if child.name in one.blocks]
        if homes and (own is None or child.name != own.name):
            foreign = True
            said = sentences.wrong_type(child.name, rules.title, homes)
            yield error(WRONG_TYPE, child.path, "wrong-message-type", said)
    if own is None and not foreign and composition is not None and not composition.empty:
        path = f"Composition.{rules.blocks[0]}"
        said = sentences.missing_block(rules.title, rules.blocks[0])
        yield error(f"{rules.id}.block", path, "missing-element", said)


def of_other_type(
    field: Coded, verdict: Verdict, rules: MessageRules, book: RuleBook, ask: Ask
) -> Finding | None:
    """Say that what an order orders is of another type of message: a laboratory test sent as a drug, or as imaging."""
    terminology = verdict.terminology or ""
    bound = _lists(rules)
    if terminology not in bound:
        homes = [one for one in book.messages.values() if terminology in _lists(one) and _differs(one, rules)]
        homes = [one for one in homes if _holds(one, verdict.code, ask)] or homes
    elif terminology == _SHARED and verdict.valid and not _holds(rules, verdict.code, ask):
        homes = [
            one
            for one in book.messages.values()
            if one is not rules and _SHARED in _lists(one) and _holds(one, verdict.code, ask)
        ]
    else:
        return None
    if not homes:
        return None
    what = f"{terminology} {sentences.shown(verdict.code or '')}".strip()
    said = sentences.wrong_type(what, rules.title, [one.title for one in homes])
    return error(WRONG_TYPE, field.path, "wrong-message-type", said)


def no_type(book: RuleBook) -> Finding:
    """Say that a message is of no known type."""
    known = dict.fromkeys(name for rules in book.messages.values() for name in rules.blocks)
    return error(WRONG_TYPE, "Composition", "wrong-message-type", sentences.no_type(list(known)))


def _named(blocks: list[tuple[MessageRules, Element]]) -> MessageRules | None:
    """Give the type whose own name the block has, if only one has it."""
    return next((rules for rules, block in blocks if block.name == rules.message), None)


def _marked(blocks: list[tuple[MessageRules, Element]]) -> MessageRules | None:
    """Give the type of which the block or an order has an element that only this type has."""
    for rules, block in blocks:
        places = (block, *block.all(ORDERS))
        if any(child.name in rules.marks and not child.empty for place in places for child in place.children):
            return rules
    return None


def _ordering(blocks: list[tuple[MessageRules, Element]], ask: Ask) -> MessageRules | None:
    """Give the type whose lists hold the first code that is ordered."""
    for rules, block in blocks:
        for order in block.all(ORDERS):
            code = order.at(rules.code, "Coded_string")
            sent = order.at(rules.code, "Terminology_id")
            if sent is not None and sent.text in _lists(rules) and sent.text != _SHARED:
                return rules
            if code is not None and _holds(rules, code.text, ask):
                return rules
    return None


def _lists(rules: MessageRules) -> tuple[str, ...]:
    block = rules.field.children["Composition"].children[rules.blocks[0]]
    return block.children[ORDERS].children[rules.code].terminologies


def _differs(one: MessageRules, other: MessageRules) -> bool:
    return one.code != other.code or (
        _SHARED in _lists(one) and _SHARED in _lists(other) and one is not other
    )


def _holds(rules: MessageRules, code: str | None, ask: Ask) -> bool:
    """Tell whether a list of the type, other than the shared one, has a code, or a code made of it."""
    return any(_has(terminology, code, ask) for terminology in _lists(rules) if terminology != _SHARED)


def _has(terminology: str, code: str | None, ask: Ask) -> bool:
    verdict = ask(Triple(terminology, code, None), None)
    if all(issue.severity == "warning" or issue.code in _IN_THE_LIST for issue in verdict.issues):
        return True
    return any(
        offered.terminology == terminology
        for issue in verdict.issues
        if issue.code == "wrong-terminology"
        for offered in issue.candidates
    )
