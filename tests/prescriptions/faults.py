"""What a fault is: a change of one message, and what a checker should say of it; and ways to find a place for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from clean_messages import KINDS, Message
from message_forms import FORMS, JSON_FORMS

DRUGS = ("MedicationPrescriptions", "DispensedPrescriptions")
FORM_ONLY = ("SNOMEDCT", "ICD10", "LOINC", "ISO_3166-1")
Answer = Literal["refuse", "remark", "say nothing"]


@dataclass(frozen=True)
class Expected:
    """What is right: one finding of any of these classes at any of these paths.

    More than one class or path stands here only where the contract leaves it open, with the reason beside it. When
    nothing is to be said, the classes are what may still be said.
    """

    issues: frozenset[str]
    paths: frozenset[str]


Inject = Callable[[Message, Random], Expected | None]


@dataclass(frozen=True)
class Mutation:
    """A kind of fault. `inject` changes the message it is given; None means that it found no place in it.

    `answer`: an error is due (refuse), at least a warning (remark), or nothing at all.
    """

    name: str
    inject: Inject
    answer: Answer
    kinds: tuple[str, ...]
    forms: tuple[str, ...]


class Suite(list[Mutation]):
    """The kinds of faults of one sort, entered one by one."""

    def kind(
        self, name: str, answer: Answer = "refuse", *, kinds: tuple[str, ...] = KINDS, json_only: bool = False
    ) -> Callable[[Inject], Inject]:
        """Enter a function as a kind of fault that fits some kinds of messages."""

        def enter(inject: Inject) -> Inject:
            self.append(Mutation(name, inject, answer, kinds, JSON_FORMS if json_only else FORMS))
            return inject

        return enter


def expect(issues: str, *paths: str) -> Expected:
    """Say what is right; the classes are separated by spaces."""
    return Expected(frozenset(issues.split()), frozenset(paths))


def leaf(path: str, *names: str) -> tuple[str, ...]:
    """Give the path of an element and of its leaves: which is named, the contract says of coded elements only."""
    return (path, *(f"{path}.{name}" for name in names))


def day(path: str) -> tuple[str, ...]:
    """Give the paths at which a day may be named."""
    return leaf(path, "Year", "Month", "Day")


def coded_fields(message: Message) -> list[tuple[str, dict[str, Any]]]:
    """Give every coded field of a message with its canonical path."""
    found = _coded_below("", message.tree)
    shared = f"Composition.{message.block_name}"
    return [(path.replace(shared, message.at, 1), field) for path, field in found]


def fields_of(message: Message, *terminologies: str) -> list[tuple[str, dict[str, Any]]]:
    """Give the coded fields that carry a code of one of these lists."""
    return [
        (path, field) for path, field in coded_fields(message) if field["Terminology_id"] in terminologies
    ]


def held_fields(message: Message) -> list[tuple[str, dict[str, Any]]]:
    """Give the coded fields whose list is held, not only its form."""
    return [
        (path, field) for path, field in coded_fields(message) if field["Terminology_id"] not in FORM_ONLY
    ]


def an_order(message: Message, rng: Random) -> tuple[str, dict[str, Any]]:
    """Give one of the orders, and its path."""
    index = rng.randrange(len(message.block["Orders"]))
    return f"{message.at}.Orders[{index}]", message.block["Orders"][index]


def ordered(message: Message, rng: Random) -> tuple[str, dict[str, Any]]:
    """Give the coded field that says what an order orders, and its path."""
    path, order = an_order(message, rng)
    return f"{path}.{message.code_element}", order[message.code_element]


def _coded_below(path: str, node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, list):
        for index, child in enumerate(node):
            yield from _coded_below(f"{path}[{index}]", child)
    elif isinstance(node, dict):
        if "Coded_string" in node:
            yield path, node
        for name, child in node.items():
            yield from _coded_below(f"{path}.{name}" if path else name, child)
