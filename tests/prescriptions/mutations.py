"""How good the checker of messages is: faults put into clean synthetic messages, and what it says of them, by kind.

Usage: mutations.py [--misses]. The suite was written from the contract and the facts of the field, not from the rules.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random

import faults_in_codes
import faults_in_elements
import faults_in_lists
import faults_in_values
from clean_messages import Message, clean_messages
from faults import Expected, Mutation

from maksa.errors import BadInput
from maksa.home import open_home
from maksa.prescriptions.check import Checker
from maksa.prescriptions.report import MessageReport
from maksa.registry.samples import load_samples

MUTATIONS = (
    *faults_in_codes.FAULTS,
    *faults_in_lists.FAULTS,
    *faults_in_elements.FAULTS,
    *faults_in_values.FAULTS,
)
SEED = 110_356
EACH = 10  # Of every kind of message in every form: 240 clean messages.
INSTANCES = 20  # Of every kind of fault.
_TRIES = 400

Check = Callable[[bytes], MessageReport]
Said = Counter[tuple[str, str, str]]


@dataclass
class Score:
    """Of so many instances of a kind of fault: found, named by a right class, at a right path, and by nothing more.

    A fault of which nothing is to be said counts as all four when nothing is said.
    """

    kind: str
    instances: int = 0
    found: int = 0
    classed: int = 0
    placed: int = 0
    alone: int = 0


def check_samples(home_folder: Path) -> Check:
    """Give the check of one message by the sample lists, published in a new home."""
    home = open_home(home_folder, create=True)
    load_samples(home.registry, home.shelf)
    return Checker(home.service).check


def refused(check: Check, messages: list[Message]) -> list[tuple[str, str, Said]]:
    """Give the clean messages that were refused, by kind and form, and the errors that stand in them."""
    said = [(one.kind, one.form, _errors(_said(check, one))) for one in messages]
    return [one for one in said if one[2]]


def score_all(check: Check, messages: list[Message], *, show_misses: bool = False) -> list[Score]:
    """Inject every kind of fault into some of the clean messages and score what is said of them."""
    before = [_said(check, message) for message in messages]
    return [_score(check, messages, before, mutation, show_misses=show_misses) for mutation in MUTATIONS]


def total(scores: list[Score]) -> Score:
    """Add up the scores of all kinds."""
    numbers = ("instances", "found", "classed", "placed", "alone")
    return Score("all", **{name: sum(getattr(score, name) for score in scores) for name in numbers})


def _score(
    check: Check, messages: list[Message], before: list[Said], mutation: Mutation, *, show_misses: bool
) -> Score:
    score = Score(mutation.name)
    for index, message, expected in _instances(messages, mutation):
        said = _said(check, message) - before[index]
        marks = _marks(said, mutation, expected)
        score.instances += 1
        score.found += marks[0]
        score.classed += marks[1]
        score.placed += marks[2]
        score.alone += marks[3]
        if show_misses and not all(marks[:3]):
            right = f"{'/'.join(expected.issues) or 'nothing'} at {' or '.join(sorted(expected.paths)[:2])}"
            print(
                f"  {mutation.name} ({message.kind}, {message.form}): right {right}; said {sorted(said)[:4]}"
            )
    return score


def _instances(messages: list[Message], mutation: Mutation) -> Iterator[tuple[int, Message, Expected]]:
    """Make the instances of a kind of fault: the index of the clean message, the message with the fault, the answer."""
    rng = Random(f"{SEED} {mutation.name}")
    fit = [
        n
        for n, message in enumerate(messages)
        if message.kind in mutation.kinds and message.form in mutation.forms
    ]
    made = 0
    for _ in range(_TRIES):
        index = rng.choice(fit)
        message = deepcopy(messages[index])
        expected = mutation.inject(message, rng)
        if expected is not None:
            yield index, message, expected
            made += 1
        if made == INSTANCES:
            return
    raise LookupError(mutation.name)


def _said(check: Check, message: Message) -> Said:
    """Give the findings as class, path and severity; the two names of a block of services count as one.

    That a message cannot be read at all is an error of no class and of no place.
    """
    try:
        findings = check(message.body()).findings
    except BadInput as refusal:
        return Counter({(refusal.text.en, "", "error"): 1})
    shared, own = "Composition.ServicePrescriptions", f"Composition.{message.kind}"
    return Counter((one.issue, one.path.replace(shared, own, 1), one.severity) for one in findings)


def _errors(said: Said) -> Said:
    return Counter({one: count for one, count in said.items() if one[2] == "error"})


def _marks(said: Said, mutation: Mutation, expected: Expected) -> tuple[bool, bool, bool, bool]:
    """Tell whether a fault was found, named by a right class, at a right path, and by no error more."""
    if mutation.answer == "say nothing":
        quiet = all(issue in expected.issues and path in expected.paths for issue, path, _ in said)
        return quiet, quiet, quiet, quiet
    due = [one for one in said if mutation.answer == "remark" or one[2] == "error"]
    right = [one for one in due if one[0] in expected.issues]
    placed = [one for one in right if one[1] in expected.paths]
    return bool(due), bool(right), bool(placed), bool(placed) and _errors(said).total() <= 1


def main() -> None:
    """Print one row a kind of fault; with --misses also what was not said rightly."""
    messages = clean_messages(SEED, each=EACH)
    with tempfile.TemporaryDirectory() as temporary:
        check = check_samples(Path(temporary) / "home")
        wrong = refused(check, messages)
        for kind, form, said in wrong[:20]:
            print(f"  clean {kind} ({form}): {sorted(said)[:4]}")
        scores = score_all(check, messages, show_misses="--misses" in sys.argv)
    print(f"{'kind of fault':<62} {'faults':>6} {'found':>7} {'class':>7} {'path':>7} {'alone':>7}")
    for score in (*sorted(scores, key=lambda score: score.kind), total(scores)):
        shares = (
            share / score.instances for share in (score.found, score.classed, score.placed, score.alone)
        )
        print(f"{score.kind:<62} {score.instances:>6} " + " ".join(f"{share:>7.1%}" for share in shares))
    print(f"{len(scores)} kinds of faults; {len(messages)} clean messages, {len(wrong)} of them refused")


if __name__ == "__main__":
    main()
