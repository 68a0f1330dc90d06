"""Publishing: what a curator does, from the first edition to the next."""

import errno
from dataclasses import replace
from datetime import date

import pytest
from desk import content, draft, files, issue
from herbs import HERBS, MINT, SAGE, THYME, herbs

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.errors import BadInput, EditionUnreadable, UnknownEdition, WrongState
from maksa.model.edition import Letter
from maksa.registry.drafts.drafts import list_drafts, read_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.drafts.published import find_entry

NEW_YEAR_1404 = date(2025, 3, 21)
NEW_YEAR_1405 = date(2026, 3, 21)


def test_a_draft_becomes_an_edition(registry, shelf):
    """The first edition: everything of it is new, it is signed, and the draft is gone."""
    published = issue(registry, shelf, herbs(SAGE, MINT), "1404", effective=NEW_YEAR_1404)

    manifest = published.entry.manifest
    assert not published.unchanged
    assert (published.base, published.carried) == (None, 0)
    assert (manifest.terminology, manifest.kind, manifest.edition) == ("herbs", "terminology", "1404")
    assert (manifest.sequence, manifest.count, manifest.rows, manifest.sample) == (1, 2, 2, False)
    assert manifest.effective == NEW_YEAR_1404
    assert manifest.previous_hash is None
    assert manifest.published.utcoffset() is not None
    assert content(shelf, "1404") == [replace(MINT, changed=1), replace(SAGE, changed=1)]
    assert shelf.provider("herbs", "1404").terminology == HERBS
    assert list_drafts(registry) == ()
    assert shelf.problems() == []
    assert files(shelf) == ["000001.json", "000001.sqlite"]


def test_publishing_again_changes_nothing(registry, shelf):
    """Without a draft, with the same draft, and with the same rows in another order."""
    first = issue(registry, shelf, herbs(MINT, SAGE), "1404").entry

    again = publish(registry, shelf, "herbs", "1404")
    same = issue(registry, shelf, herbs(MINT, SAGE), "1404")
    shuffled = issue(registry, shelf, herbs(replace(SAGE, row=2), replace(MINT, row=3)), "1404")

    for published in (again, same, shuffled):
        assert published.unchanged
        assert published.entry == first
    assert list_drafts(registry) == ()
    assert files(shelf) == ["000001.json", "000001.sqlite"]


@pytest.mark.parametrize(
    ("imported", "options", "sentence"),
    [
        (herbs(MINT, replace(SAGE, display="x")), {}, "the code '3' differs"),
        (herbs(MINT, replace(SAGE, usage=7)), {}, "the code '3' differs"),
        (herbs(MINT), {}, "the code '3' differs"),
        (herbs(MINT, THYME, SAGE), {}, "the code '2' differs"),
        (herbs(MINT, SAGE), {"effective": NEW_YEAR_1404}, "effective from always, not from 2025-03-21"),
        (herbs(MINT, SAGE), {"sample": True}, "sample"),
        (herbs(MINT, SAGE, terminology=replace(HERBS, spellings=("herbz",))), {}, "description"),
    ],
    ids=["title", "use", "fewer", "more", "day", "sample", "description"],
)
def test_a_published_edition_never_changes(registry, shelf, imported, options, sentence):
    """Other content under a published name is refused with what differs first; the draft stays."""
    first = issue(registry, shelf, herbs(MINT, SAGE), "1404").entry

    with pytest.raises(WrongState, match=sentence) as refusal:
        issue(registry, shelf, imported, "1404", **options)

    assert refusal.value.mend is not None
    assert list(shelf.entries("herbs")) == [first]
    assert len(list_drafts(registry)) == 1


def test_a_new_edition_carries_forward_what_it_lacks(registry, shelf):
    """Codes of the edition before are retired, never lost, and the same codes keep their age."""
    issue(registry, shelf, herbs(MINT, THYME), "1404", effective=NEW_YEAR_1404)

    published = issue(registry, shelf, herbs(THYME, SAGE), "1405", effective=NEW_YEAR_1405)

    assert (published.base, published.carried) == ("1404", 1)
    assert published.entry.manifest.count == 3
    assert published.entry.manifest.previous_hash == find_entry(shelf, "herbs", "1404").manifest.content_hash
    assert content(shelf, "1405") == [
        replace(MINT, status="retired", effective_to=date(2026, 3, 20), carried_from="1404", changed=2),
        replace(THYME, changed=1),
        replace(SAGE, changed=2),
    ]


def test_a_list_carried_twice_remembers_the_last_edition_that_had_a_code(registry, shelf):
    """The third edition takes over what the second retired, as it is."""
    for edition, imported in (("a", herbs(MINT)), ("b", herbs(SAGE)), ("c", herbs(SAGE, THYME))):
        issue(registry, shelf, imported, edition)

    mint, *_ = content(shelf, "c")

    assert mint == replace(MINT, status="retired", carried_from="a", changed=2)


def test_the_same_import_after_carrying_forward_is_the_same_edition(registry, shelf):
    """What an edition carries is no difference, whole or in part."""
    issue(registry, shelf, herbs(MINT, THYME), "a")
    issue(registry, shelf, herbs(THYME, SAGE), "b")
    issue(registry, shelf, herbs(replace(SAGE, display="x")), "c", partial=True)

    assert issue(registry, shelf, herbs(THYME, SAGE), "b").unchanged
    assert issue(registry, shelf, herbs(replace(SAGE, display="x")), "c", partial=True).unchanged
    with pytest.raises(WrongState, match="'3' differs"):
        issue(registry, shelf, herbs(), "c", partial=True)


def test_a_part_of_a_list_keeps_the_rest(registry, shelf):
    """A partial edition changes what it names and nothing else."""
    issue(registry, shelf, herbs(MINT, THYME), "a")

    published = issue(registry, shelf, herbs(SAGE), "b", partial=True)

    assert published.carried == 2
    assert content(shelf, "b") == [
        replace(MINT, changed=1),
        replace(THYME, changed=1),
        replace(SAGE, changed=2),
    ]


def test_an_edition_follows_the_one_before_it_in_time(registry, shelf):
    """An edition published late takes as its base the one in force before its first day."""
    issue(registry, shelf, herbs(MINT), "always")
    issue(registry, shelf, herbs(THYME), "1405", effective=NEW_YEAR_1405)

    late = issue(registry, shelf, herbs(SAGE), "1404", effective=NEW_YEAR_1404)
    undated = issue(registry, shelf, herbs(SAGE), "always 2")

    assert late.base == "always"
    assert [concept.code for concept in content(shelf, "1404")] == ["1", "3"]
    assert undated.base == "always"
    assert [e.manifest.sequence for e in shelf.entries("herbs")] == [2, 3, 4, 1]


def test_samples_and_real_editions_never_mix(registry, shelf):
    """A real edition carries nothing of a sample, and a sample nothing of a real one."""
    issue(registry, shelf, herbs(MINT), "sample 1", sample=True)

    real = issue(registry, shelf, herbs(THYME), "1404")
    second = issue(registry, shelf, herbs(SAGE), "sample 2", sample=True)

    assert (real.base, real.carried) == (None, 0)
    assert content(shelf, "1404") == [replace(THYME, changed=2)]
    assert second.base == "sample 1"
    assert [concept.code for concept in content(shelf, "sample 2")] == ["1", "3"]


def test_what_was_never_imported_cannot_be_published(registry, shelf):
    """Neither draft nor edition of the name: an error that names the drafts, and no trace on the shelf."""
    draft(registry, herbs(MINT), "1")

    for terminology, edition in (("herbs", "2"), ("colours", "1")):
        with pytest.raises(UnknownEdition) as refusal:
            publish(registry, shelf, terminology, edition)
        assert refusal.value.known == ("herbs 1",)

    assert list(shelf.ids()) == []


def test_an_id_in_other_letter_case_is_refused_on_the_shelf_too(registry, shelf):
    """Two published lists never share an id but for letter case."""
    issue(registry, shelf, herbs(MINT), "a")

    with pytest.raises(WrongState, match="letter case"):
        issue(registry, shelf, herbs(MINT, terminology=replace(HERBS, id="HERBS")), "b")

    assert list(shelf.ids()) == ["herbs"]


def test_any_letter_case_finds_the_list(registry, shelf):
    """Publishing by a spelling of the id publishes the list itself."""
    draft(registry, herbs(MINT), "a")

    assert publish(registry, shelf, " HERBS", "a").entry.manifest.terminology == "herbs"
    assert publish(registry, shelf, "Herbs ", "a").unchanged


def test_a_letter_given_at_the_import_is_tied_to_the_edition(registry, shelf):
    """The edition is announced; the letter's other words stay as known."""
    letter = Letter("۱۱۰/۱۳۰", None, "")

    published = issue(registry, shelf, herbs(MINT), "a", letter=letter)

    (tied,) = published.entry.letters
    assert tied.number == "110/130"
    assert tied.announces == (("herbs", "a"),)
    assert "وب‌سرویس" in tied.subject
    assert published.entry.announced


def test_a_letter_out_of_form_is_refused_before_anything_is_saved(registry):
    """A number that is none is found at the import, not at publishing."""
    with pytest.raises(BadInput, match="number of a letter"):
        draft(registry, herbs(MINT), "a", letter=Letter("no. 5", None, ""))

    assert list_drafts(registry) == ()


def test_a_publisher_sees_what_another_published_a_moment_ago(registry, shelf, tmp_path):
    """What a shelf remembers of the last second is not what publishing goes by."""
    other = Shelf(tmp_path, KeyRing(tmp_path / "keys"))
    other.refresh()
    issue(registry, shelf, herbs(MINT), "a")

    assert publish(registry, other, "herbs", "a").unchanged


def test_nothing_is_carried_from_a_damaged_edition(registry, shelf):
    """When the edition before is torn, publishing says so and leaves nothing behind."""
    issue(registry, shelf, herbs(MINT), "a")
    path = shelf.folder_of("herbs") / "000001.sqlite"
    path.write_bytes(path.read_bytes()[:5000])

    with pytest.raises(EditionUnreadable, match="000001"):
        issue(registry, shelf, herbs(MINT, THYME), "b")

    assert read_draft(registry, "herbs", "b").count == 2
    assert files(shelf) == ["000001.json", "000001.sqlite"]


def test_nothing_is_published_beside_a_manifest_that_cannot_be_read(registry, shelf):
    """What a new edition follows cannot be told then; the damaged one is not written over, the draft stands."""
    issue(registry, shelf, herbs(MINT), "a")
    (shelf.folder_of("herbs") / "000001.json").write_text("{")

    with pytest.raises(EditionUnreadable, match="000001"):
        issue(registry, shelf, herbs(THYME), "b")

    assert read_draft(registry, "herbs", "b").count == 1
    assert files(shelf) == ["000001.json", "000001.sqlite"]
    assert len(shelf.problems()) == 1


def test_what_a_kill_left_in_the_folder_is_cleared_away(registry, shelf):
    """An unfinished file of an earlier run does not stay."""
    (shelf.folder_of("herbs") / ".publishing-0123").write_bytes(b"half")

    issue(registry, shelf, herbs(MINT), "a")

    assert files(shelf) == ["000001.json", "000001.sqlite"]


def test_a_full_disk_publishes_nothing_and_says_so(registry, shelf, monkeypatch):
    """The draft stands, the shelf is as it was, and the reason is told."""
    draft(registry, herbs(MINT), "a")

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("maksa.registry.drafts.publish.os.fsync", full)
        with pytest.raises(WrongState, match="No space left"):
            publish(registry, shelf, "herbs", "a")

    assert files(shelf) == []
    assert not publish(registry, shelf, "herbs", "a").unchanged


def test_the_id_of_a_list_known_by_its_form_is_kept_in_its_spelling(registry, shelf):
    """An imported ICD-10 takes over the registered one; it does not stand beside it as another list."""
    with pytest.raises(WrongState, match="'ICD10'"):
        draft(registry, herbs(MINT, terminology=replace(HERBS, id="icd10")), "a")

    issue(registry, shelf, herbs(MINT, terminology=replace(HERBS, id="ICD10")), "a")

    assert list(shelf.ids()) == ["ICD10"]
