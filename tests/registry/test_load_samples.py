"""Loading the samples: published as samples, once, and never over real lists."""

import shutil
from importlib import resources
from pathlib import Path

import pytest
from herbs import MINT, SOURCE, herbs

from maksa.registry.drafts.drafts import DraftOptions, list_drafts, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.letters import list_letters, seed_letters
from maksa.registry.review.comments import add_comment
from maksa.registry.samples import load_samples, load_samples_of

SAMPLES = """
    [[sample]]
    file = "herbs.csv"
    profile = "generic"
    terminology = "herbs"
    edition = "sample-1"
    letter = "110/100"
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """Make a folder with one small sample list."""
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "samples.toml").write_text(SAMPLES, encoding="utf-8")
    (folder / "herbs.csv").write_text("code,display\n1,نعناع\n2,آویشن\n", encoding="utf-8")
    return folder


def test_every_embedded_list_is_published_as_a_sample(registry, shelf):
    """All of them stand on the shelf, signed and marked; the known letters are recorded and announce none of them."""
    loaded = load_samples(registry, shelf)

    entries = [entry for name in shelf.ids() for entry in shelf.entries(name)]
    assert len(loaded.published) == len(entries) > 20
    assert loaded.unchanged == loaded.left_alone == ()
    assert all(entry.manifest.sample and entry.manifest.effective is None for entry in entries)
    assert shelf.problems() == []
    assert list_drafts(registry) == ()
    assert {letter.number for letter in list_letters(shelf)} == {letter.number for letter in seed_letters()}
    assert not any(entry.announced for entry in entries)

    again = load_samples(registry, shelf)

    assert set(again.unchanged) == set(loaded.published)
    assert again.published == again.left_alone == ()


def test_samples_that_did_not_change_are_not_read_again(registry, shelf, folder):
    """The second start asks for the hash of the samples only."""
    loaded = load_samples_of(folder, registry, shelf)
    modes = {path: path.stat().st_mtime_ns for path in shelf.folder_of("herbs").iterdir()}

    again = load_samples_of(folder, registry, shelf)

    assert again.unchanged == loaded.published
    assert {path: path.stat().st_mtime_ns for path in shelf.folder_of("herbs").iterdir()} == modes


def test_a_sample_that_vanished_from_the_shelf_is_published_again(registry, shelf, folder):
    """What the registry remembers is held against the shelf."""
    load_samples_of(folder, registry, shelf)
    shutil.rmtree(shelf.folder_of("herbs"))
    shelf.refresh()

    assert [ref.terminology for ref in load_samples_of(folder, registry, shelf).published] == ["herbs"]


def test_a_new_edition_of_a_sample_is_published_beside_the_first(registry, shelf, folder):
    """A newer program may bring a newer sample: the first stands unchanged."""
    load_samples_of(folder, registry, shelf)
    (folder / "herbs-2.csv").write_text("code,display\n1,نعناع\n3,ریحان\n", encoding="utf-8")
    second = SAMPLES.replace("herbs.csv", "herbs-2.csv").replace("sample-1", "sample-2")
    (folder / "samples.toml").write_text(SAMPLES + second, encoding="utf-8")

    loaded = load_samples_of(folder, registry, shelf)

    assert [ref.edition for ref in loaded.unchanged] == ["sample-1"]
    assert [ref.edition for ref in loaded.published] == ["sample-2"]
    assert shelf.entries("herbs")[0].manifest.count == 3


def test_a_sample_changed_under_its_name_is_left_alone_and_told(registry, shelf, folder):
    """A published sample never changes either; the draft does not stay behind."""
    load_samples_of(folder, registry, shelf)
    (folder / "herbs.csv").write_text("code,display\n1,بابونه\n", encoding="utf-8")

    loaded = load_samples_of(folder, registry, shelf)

    ((name, reason),) = loaded.left_alone
    assert name == "herbs"
    assert "other content" in reason.en
    assert loaded.published == loaded.unchanged == ()
    assert list_drafts(registry) == ()


def test_a_sample_on_whose_draft_somebody_works_is_left_alone_and_told(registry, shelf, folder):
    """A draft of the sample's name with an open comment stays as it is, and the others are loaded all the same."""
    save_draft(registry, herbs(MINT), "sample-1", source=SOURCE, options=DraftOptions(sample=True))
    add_comment(registry, "herbs", "sample-1", "x")

    loaded = load_samples_of(folder, registry, shelf)

    ((name, reason),) = loaded.left_alone
    assert name == "herbs"
    assert "1 open comments" in reason.en
    assert [draft.count for draft in list_drafts(registry)] == [1]


def test_a_list_with_a_real_edition_gets_no_sample(registry, shelf, folder):
    """Samples never stand beside the official list."""
    save_draft(registry, herbs(MINT), "1404", source=SOURCE, options=DraftOptions())
    publish(registry, shelf, "herbs", "1404")

    loaded = load_samples_of(folder, registry, shelf)

    ((name, reason),) = loaded.left_alone
    assert name == "herbs"
    assert "real edition" in reason.en
    assert [entry.manifest.edition for entry in shelf.entries("herbs")] == ["1404"]


def test_the_embedded_samples_lie_in_the_package():
    """An installed package brings them along."""
    assert (resources.files("maksa.samples") / "samples.toml").is_file()
