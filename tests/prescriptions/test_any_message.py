"""Whatever stands at whatever place of a message: a report or one sentence, the same twice, and mends that make nothing worse."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from message_forms import FORMS, write_message
from message_shelf import HAEMOGLOBIN, drug_message, message_service, service_message

from maksa.errors import BadInput
from maksa.prescriptions.check import Checker
from maksa.prescriptions.fix import fix

ROOT = "MedicationPrescriptionsMessageVO"
NAMES = ("Value", "Coded_string", "Terminology_id", "Orders", "Year", "Magnitude", "ID", "Text", "a.b[0]", "")
WORDS = (
    "60039",
    "٦٠٠٣٩",
    "1e999999",
    "-0",
    "eRx",
    " icd10",
    "SNOMEDCT",
    "1402/13/45",
    "mg/",
    "(((",
    "\u202e",
    "½",
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text()
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    """A checker over small lists."""
    return Checker(message_service(tmp_path_factory.mktemp("messages") / "home"))


def places(node, place=()):
    """Yield the place of everything in a message."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inner:
        yield (*place, key)
        yield from places(child, (*place, key))


def errors(report):
    """Count the errors of a report."""
    return sum(one.severity == "error" for one in report.findings)


@settings(max_examples=300, deadline=None)
@given(data=st.data(), form=st.sampled_from([form for form in FORMS if form.startswith("json")]))
def test_any_change_of_a_message_is_answered(checker, data, form):
    """One to three places hold anything, stand in a list, or twice."""
    message = copy.deepcopy(data.draw(st.sampled_from([drug_message(), service_message(HAEMOGLOBIN)])))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from([*places(message)] or [("Person",)]))
        holder = message
        for key in way:
            holder = holder[key]
        held = holder.get(last) if isinstance(holder, dict) else holder[last]
        holder[last] = data.draw(st.sampled_from([[held], [held, copy.deepcopy(held)]]) | ANYTHING)
    body = write_message(message, form, ROOT)

    try:
        report = checker.check(body)
    except BadInput:
        return
    assert checker.check(body) == report
    mended = fix(body, [change for finding in report.findings for change in finding.changes])
    assert errors(checker.check(mended.body)) <= errors(report)
