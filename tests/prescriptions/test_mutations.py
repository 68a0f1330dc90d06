"""The checker finds the faults of real traffic, names their cause and their place, and refuses no clean message."""

from __future__ import annotations

import pytest
from clean_messages import FORMS, KINDS, clean_messages
from mutations import EACH, INSTANCES, MUTATIONS, SEED, check_samples, refused, score_all, total

from maksa.prescriptions.report import MessageReport

pytestmark = pytest.mark.xdist_group("mutations")
"""One process makes the scores once."""


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    """The check of one message by the sample lists."""
    return check_samples(tmp_path_factory.mktemp("mutations") / "home")


@pytest.fixture(scope="module")
def messages():
    """Clean messages of all kinds in all forms."""
    return clean_messages(SEED, each=EACH)


@pytest.fixture(scope="module")
def scores(check, messages):
    """What the checker says of every kind of fault."""
    return score_all(check, messages)


def test_the_suite_is_wide():
    """At least 45 kinds of faults, each with a name of its own; 200 clean messages; 20 instances of each kind."""
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) >= 45
    assert len(KINDS) * len(FORMS) * EACH >= 200
    assert INSTANCES >= 20


def test_the_same_seed_makes_the_same_messages():
    """Scores can be compared from one day to another."""
    assert [one.body() for one in clean_messages(7, each=1)] == [
        one.body() for one in clean_messages(7, each=1)
    ]


def test_a_checker_that_says_nothing_gets_no_point_for_a_fault(messages):
    """The scores measure: silence is right only where nothing is to be said."""
    scores = score_all(lambda body: MessageReport(None, (), (), ()), messages)

    right = {score.kind for score in scores if score.found}
    assert right == {mutation.name for mutation in MUTATIONS if mutation.answer == "say nothing"}


def test_no_clean_message_is_refused(check, messages):
    """No error stands in a message without a fault, whatever its kind and its form."""
    assert [
        (one.kind, one.form, finding.issue, finding.path) for one, finding in refused(check, messages)
    ] == []


def test_nearly_every_fault_is_found(scores):
    """98 of 100 at least."""
    assert total(scores).found >= 0.98 * total(scores).instances


def test_nearly_every_fault_is_named_by_its_cause(scores):
    """95 of 100 at least get a right class."""
    assert total(scores).classed >= 0.95 * total(scores).instances


def test_nearly_every_fault_is_named_at_its_place(scores):
    """95 of 100 at least get a right class at a right path."""
    assert total(scores).placed >= 0.95 * total(scores).instances


def test_no_kind_of_fault_is_overlooked(scores):
    """Of every kind at least half of the instances are found, so that none hides behind the others."""
    assert {score.kind: score.found for score in scores if score.found * 2 < score.instances} == {}
