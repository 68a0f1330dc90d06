"""The rules as content: every rule has its test, its words in both languages, and its row in the page."""

import re
from pathlib import Path

import pytest
from house import DOCS

from maksa.registry.quality import of_maps
from maksa.registry.quality.of_concept import CONCEPT_RULES
from maksa.registry.quality.of_list import COMPARING, LIST_RULES
from maksa.registry.quality.rules import SEVERITIES, rules, rules_for

PAGE = Path(DOCS) / "quality.md"


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_a_rule_says_all_that_it_must_in_both_languages(rule):
    """Title, reason, mend and sentence stand in Persian and in English."""
    for text in (rule.title, rule.why, rule.mend, rule.says):
        assert text.fa
        assert text.en
    assert re.search("[آ-ی]|{said}", rule.says.fa)
    assert set(re.findall(r"{(\w+)}", rule.says.fa)) == set(re.findall(r"{(\w+)}", rule.says.en))
    assert rule.severity in SEVERITIES
    assert set(rule.kinds) <= {"terminology", "map"}


def test_every_rule_has_a_function_of_its_name():
    """No rule without a test of it, no test without a rule."""
    of_lists = {*CONCEPT_RULES, *LIST_RULES, "orphan-map"}

    assert {rule.id for rule in rules_for("terminology", "note")} == of_lists
    for rule in rules_for("map", "note"):
        assert callable(getattr(of_maps, rule.id.replace("-", "_")))
    for name, function in {**CONCEPT_RULES, **LIST_RULES}.items():
        assert function.__name__ == name.replace("-", "_")
    assert set(COMPARING) <= set(LIST_RULES)


def test_the_graver_rules_stand_first():
    """The file is read from the top, and so are reports."""
    order = [SEVERITIES.index(rule.severity) for rule in rules_for("terminology", "note")]

    assert order == sorted(order)


def test_the_page_tells_every_rule_as_the_content_has_it():
    """docs/quality.md has exactly these rules, with severity, title and mend."""
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (.+?) \| (.+?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert rows == [(rule.id, rule.severity, rule.title.en, rule.mend.en) for rule in rules().values()]
