"""A second upload keeps every decision, closes what vanished, and reopens what came back changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from compared_lists import compared, difference
from hypothesis import given, settings
from hypothesis import strategies as st

from maksa.errors import BadParameter
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.discrepancies.register import (
    Decided,
    Wanted,
    decide,
    find_discrepancy,
    list_discrepancies,
)
from maksa.registry.discrepancies.trend import list_uploads
from maksa.registry.discrepancies.uploads import preview_upload, record_upload
from maksa.registry.journal import journal_problems, list_journal


def states(registry, party="insurer"):
    """Give the state of each code."""
    _, records = list_discrepancies(registry, Wanted(party), limit=1_000)
    return {record.difference.code: record.state for record in records}


def acts(registry, number):
    """Give the acts of a record's history."""
    return [step.act for step in find_discrepancy(registry, number)[1]]


def test_each_difference_is_a_record(registry):
    """With who reported it, by which channel, and its beginning in the history."""
    upload = record_upload(registry, compared(difference("1"), difference("2"), channel="university"))

    assert (upload.changes.new, upload.changes.open) == (2, 2)
    record, steps = find_discrepancy(registry, 1)
    assert record.difference == difference("1")
    assert (record.reporter, record.channel, record.first_upload) == ("insurer", "university", upload.number)
    assert [(step.act, step.upload, step.actor) for step in steps] == [
        ("opened", upload.number, registry.actor)
    ]


def test_the_same_list_again_changes_nothing(registry):
    """Other rows and suggestions of the same difference are no change."""
    record_upload(registry, compared(difference("1")))
    again = record_upload(registry, compared(difference("1", row=9)))

    assert (again.changes.kept, again.changes.new, again.changes.changed) == (1, 0, 0)
    record, steps = find_discrepancy(registry, 1)
    assert record.difference.rows == (9,)
    assert record.last_upload == again.number
    assert len(steps) == 1


@pytest.mark.parametrize("outcome", ["accepted", "party-corrects", "reference-corrects", "no-discrepancy"])
def test_a_decision_stays(registry, outcome):
    """While the difference is what was decided upon."""
    record_upload(registry, compared(difference("1")))
    decide(registry, [1], Decided(outcome, "why"))
    record_upload(registry, compared(difference("1", row=5)))

    record, _ = find_discrepancy(registry, 1)
    assert (record.state, record.ruling.outcome) == ("decided", outcome)


def test_what_vanished_is_closed(registry):
    """With the decision that it had."""
    record_upload(registry, compared(difference("1"), difference("2")))
    decide(registry, [1], Decided("party-corrects", "why"))
    upload = record_upload(registry, compared(difference("2")))

    assert upload.changes.closed == 1
    assert states(registry) == {"1": "closed", "2": "open"}
    record, steps = find_discrepancy(registry, 1)
    assert record.ruling.outcome == "party-corrects"
    assert [step.act for step in steps] == ["opened", "decided", "closed"]
    assert record_upload(registry, compared(difference("2"))).changes.closed == 0


def test_what_changed_after_a_decision_is_open_again(registry):
    """The decision stays beside it, and the history keeps what was decided upon."""
    record_upload(registry, compared(difference("1")))
    decide(registry, [1], Decided("accepted", "why"))
    upload = record_upload(registry, compared(difference("1", title="another")))

    assert upload.changes.reopened == 1
    record, steps = find_discrepancy(registry, 1)
    assert (record.state, record.ruling.outcome) == ("open", "accepted")
    assert steps[-1].act == "reopened"
    assert steps[-1].details["before"]["theirs"]["display"] == "theirs"
    assert record_upload(registry, compared(difference("1", title="another"))).changes.kept == 1


@pytest.mark.parametrize(
    ("outcome", "title", "state"),
    [
        ("accepted", "theirs", "decided"),
        ("no-discrepancy", "theirs", "decided"),
        ("party-corrects", "theirs", "open"),
        ("accepted", "another", "open"),
    ],
)
def test_what_comes_back(registry, outcome, title, state):
    """An accepted difference may come back as it was; a mend that did not last, or another difference, is open."""
    record_upload(registry, compared(difference("1")))
    decide(registry, [1], Decided(outcome, "why"))
    record_upload(registry, compared())
    record_upload(registry, compared(difference("1", title=title)))

    assert states(registry) == {"1": state}
    assert acts(registry, 1) == ["opened", "decided", "closed", "reopened"]


def test_an_undecided_difference_that_changed_says_so(registry):
    """It stays open, and the history knows."""
    record_upload(registry, compared(difference("1")))

    assert record_upload(registry, compared(difference("1", title="another"))).changes.changed == 1
    assert acts(registry, 1) == ["opened", "changed"]


def test_a_part_closes_only_what_it_speaks_of(registry):
    """Codes that are not in it stay as they are."""
    record_upload(registry, compared(difference("1"), difference("2")))
    record_upload(registry, compared(partial=True, codes=["1"]))

    assert states(registry) == {"1": "closed", "2": "open"}


def test_parties_products_and_kinds_are_apart(registry):
    """The key of a record is all of them."""
    record_upload(
        registry, compared(difference("1"), difference("1", product="p"), difference("1", "retired"))
    )
    record_upload(registry, compared(difference("1"), party="other"))
    record_upload(registry, compared(party="other"))

    assert list_discrepancies(registry, Wanted("insurer", state="open"))[0] == 3
    assert list_discrepancies(registry, Wanted("other", state="open"))[0] == 0


def test_a_preview_writes_nothing(registry):
    """It tells what the upload then does."""
    record_upload(registry, compared(difference("1"), difference("2")))
    coming = compared(difference("2", title="another"), difference("3"))
    told = preview_upload(registry, coming)

    assert len(list_uploads(registry, "insurer")) == 1
    assert record_upload(registry, coming).changes == told


def test_the_trend_counts_by_upload(registry):
    """Oldest first, with what stands after each."""
    record_upload(registry, compared(difference("1"), difference("2")))
    decide(registry, [1], Decided("accepted", "why"))
    record_upload(registry, compared(difference("1")))

    first, second = list_uploads(registry, "insurer", "herbs")
    assert (first.kinds, first.changes.open) == ({"title-differs": 2}, 2)
    assert (second.changes.decided, second.changes.open, second.changes.closed) == (1, 0, 1)
    assert not list_uploads(registry, "insurer", "other")


def test_an_upload_is_in_the_journal(registry):
    """Who, which list, which file, and what it did."""
    record_upload(registry.acting_as("officer"), compared(difference("1")))

    entry = list_journal(registry)[0]
    assert (entry.act, entry.actor, entry.subject) == ("discrepancy-upload", "officer", "insurer herbs")
    assert entry.details["changes"] == {"new": 1, "open": 1}
    assert not list(journal_problems(registry))


@pytest.mark.parametrize("party", ["", " ", "x" * 101, "a\x00b", "a\u202eb"])
def test_a_party_has_a_plain_name(registry, party):
    """Anything else is refused, and nothing is kept."""
    with pytest.raises(BadParameter):
        record_upload(registry, compared(difference("1"), party=party))
    with pytest.raises(BadParameter):
        list_uploads(registry, party)
    assert list_discrepancies(registry, Wanted()) == (0, [])


def test_uploads_at_the_same_time_take_turns(registry_file):
    """None is lost, no record stands twice, and the journal holds."""
    registry = open_registry(sqlite_url(registry_file))
    coming = [compared(*(difference(str(code)) for code in range(turn, turn + 20))) for turn in range(8)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda one: record_upload(registry, one), coming))

    assert sorted(upload.number for upload in done) == list(range(1, 9))
    total, records = list_discrepancies(registry, Wanted("insurer"), limit=1_000)
    assert (
        total
        == len({record.difference.code for record in records})
        == sum(upload.changes.new for upload in done)
    )
    last = max(done, key=lambda upload: upload.number)
    assert sum(record.state == "open" for record in records) == last.changes.open == 20
    assert not list(journal_problems(registry))


LISTS = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y"]), max_size=3), min_size=1, max_size=5
)


@settings(max_examples=25, deadline=None)
@given(lists=LISTS)
def test_whatever_is_uploaded_the_register_has_what_the_last_list_has(tmp_path_factory, lists):
    """Open or decided is exactly what the last list differs in, and the counts of each upload add up."""
    registry = open_registry(sqlite_url(tmp_path_factory.mktemp("register") / "r.sqlite"))
    for titles in lists:
        upload = record_upload(
            registry, compared(*(difference(code, title=title) for code, title in titles.items()))
        )
        changes = upload.changes
        assert changes.new + changes.kept + changes.changed + changes.reopened == len(titles)
        assert changes.open + changes.decided == len(titles)

    _, records = list_discrepancies(registry, Wanted())
    standing = {
        record.difference.code: record.difference.theirs.display
        for record in records
        if record.state != "closed"
    }
    assert standing == lists[-1]
