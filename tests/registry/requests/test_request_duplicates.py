"""What is asked for though it is there already: found in the list, in drafts and in other requests, and seldom in vain."""

from collections import Counter

import pytest
from asking_codes import keep
from desk import draft
from herbs import SAGE, herbs
from seeded_requests import CONCEPTS, OTHERS, THINGS, seeds

from maksa.model.code_request import Wanted
from maksa.model.concept import Concept
from maksa.registry.requests import duplicates as request_duplicates
from maksa.registry.requests.code_requests import do_act
from maksa.registry.requests.duplicates import Duplicates
from maksa.terminology.service import LocalTerminology
from toy import build_shelf, place


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """Ask the seeded list."""
    shelf = build_shelf(tmp_path_factory.mktemp("things"))
    place(shelf, THINGS, CONCEPTS)
    shelf.refresh()
    return LocalTerminology(shelf)


@pytest.fixture
def duplicates(registry, service):
    """Compare with the seeded list."""
    return Duplicates(registry, service)


def likely(duplicates, text, terminology="things"):
    """Give the likely candidates of what is asked for."""
    return [one for one in duplicates.similar(Wanted(terminology, text)) if one.likely]


def test_more_than_four_fifths_of_seeded_duplicates_are_caught(duplicates):
    """Spoilt by slips, lost letters, order, Arabic letters or written by ear, the right code comes first."""
    caught, all_of = Counter(), Counter()
    for how, code, text in seeds():
        all_of[how] += 1
        found = likely(duplicates, text)
        caught[how] += bool(found) and found[0].key == code

    assert caught.total() / all_of.total() > 0.9, caught
    assert all(caught[how] / all_of[how] > 0.8 for how in all_of), caught


def test_what_the_list_does_not_have_is_seldom_called_a_duplicate(duplicates):
    """Another strength, another organ or another drug of the same class is no duplicate."""
    false_alarms = [text for text in OTHERS if likely(duplicates, text)]

    assert len(false_alarms) <= len(OTHERS) // 10, false_alarms


def test_a_draft_of_the_list_is_compared_too(registry, duplicates):
    """A code that is about to be published is found with the draft that it is in; a map's draft is none of the list's."""
    draft(registry, herbs(Concept("0900", "روزوواستاتین ۱۰ میلی‌گرم قرص"), SAGE, terminology=THINGS), "2")

    found = likely(duplicates, "رزوواستاتین 10 میلی گرم قرص")

    assert [(one.found, one.key) for one in found] == [("draft", "0900")]
    assert "2" in found[0].reasons[-1].en
    again = draft(registry, herbs(Concept("0901", "کلشی‌سین"), terminology=THINGS), "2")
    assert likely(duplicates, "روزوواستاتین ۱۰ میلی‌گرم قرص") == []
    assert [one.key for one in likely(duplicates, "کلشی سین")] == ["0901"]
    assert again.edition == "2"


def test_a_draft_that_is_too_large_is_named(registry, duplicates, monkeypatch):
    """What was not compared is said, never passed over."""
    draft(registry, herbs(Concept("0900", "روزوواستاتین"), SAGE, terminology=THINGS), "2")
    monkeypatch.setattr(request_duplicates, "_LARGEST_DRAFT", 1)

    assert duplicates.not_compared("things") == ("2",)
    assert likely(duplicates, "روزوواستاتین") == []


def test_an_open_request_is_found_and_a_decided_one_is_not(registry, duplicates):
    """The second who asks for the same is told of the first request, until that is decided."""
    first = keep(registry, Wanted("things", "نوار عصب و عضله")).request.number

    assert [(one.found, one.key) for one in likely(duplicates, "نوار عضله و عصب")] == [
        ("request", str(first))
    ]
    assert likely(duplicates, "نوار عصب و عضله", terminology="ICD10") == []
    assert duplicates.similar(Wanted("things", "نوار عصب و عضله"), but=first) == ()
    do_act(registry, first, "refuse", said="هست")
    assert likely(duplicates, "نوار عصب و عضله") == []


def test_a_proposed_title_is_compared_as_what_was_typed_is(duplicates):
    """The English title finds what the typed words alone would not."""
    found = duplicates.similar(Wanted("things", "همان آنتی‌بیوتیک", title_en="Ceftriaxone 1 g injection"))

    assert (found[0].key, found[0].points) == ("0005", 100)
