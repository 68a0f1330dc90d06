"""Publishing that is interrupted, and publishers that meet: never half an edition, and the next call finishes."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from herbs import MINT, SAGE, SOURCE, THYME, herbs

import maksa.editions.shelf
import maksa.registry.drafts.publish
from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.model.edition import Letter
from maksa.registry.database import open_registry
from maksa.registry.drafts.drafts import DraftOptions, list_drafts, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.journal import journal_problems, list_journal

FORK = multiprocessing.get_context("fork")
pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
LETTER = Letter("110/124", None, "")

STEPS = [
    (maksa.registry.drafts.publish, "draft_concepts"),
    (maksa.registry.drafts.publish, "write_edition"),
    (os, "fsync"),
    (maksa.editions.shelf, "sync_folder"),
    (maksa.editions.shelf, "write_record"),
    (maksa.editions.shelf, "manifest_from_record"),
    (maksa.registry.drafts.publish, "record_letter"),
    (maksa.registry.drafts.publish, "write_entry"),
    (maksa.registry.drafts.publish, "delete_draft"),
]
"""The calls that publishing makes, in their order."""


def prepare(registry, shelf, edition="b"):
    """Publish one edition and save the draft of the next."""
    options = DraftOptions(letter=LETTER)
    save_draft(registry, herbs(MINT, THYME), "a", source=SOURCE, options=options)
    publish(registry, shelf, "herbs", "a")
    save_draft(registry, herbs(THYME, SAGE), edition, source=SOURCE, options=options)


def check_whole(shelf, names):
    """See that exactly these editions stand, each whole, announced and nothing beside them."""
    shelf.refresh()
    entries = shelf.entries("herbs")
    assert sorted(entry.manifest.edition for entry in entries) == names
    assert all(entry.announced for entry in entries)
    assert shelf.problems() == []
    numbers = [f"{n:06d}" for n in range(1, len(names) + 1)]
    files = {p.name for p in shelf.folder_of("herbs").iterdir() if not p.name.startswith(".lock-")}
    assert files == {f"{number}{kind}" for number in numbers for kind in (".json", ".sqlite")}


@pytest.mark.parametrize(("module", "step"), STEPS, ids=[step for _, step in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_failure_at_any_step_leaves_a_state_that_resumes(registry, shelf, monkeypatch, module, step, when):
    """Whatever fails, what was published stays whole, and the same call again gives the whole edition."""
    prepare(registry, shelf)
    real = getattr(module, step)

    def fail(*arguments, **named):
        if when == "after":
            real(*arguments, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(module, step, fail)
        with pytest.raises(KeyboardInterrupt):
            publish(registry, shelf, "herbs", "b")
    assert shelf.problems() == []
    assert {entry.manifest.edition for entry in shelf.entries("herbs")} >= {"a"}

    publish(registry, shelf, "herbs", "b")

    check_whole(shelf, ["a", "b"])
    assert list_drafts(registry) == ()
    assert published_of(registry) == ["herbs a", "herbs b"]


def published_of(registry):
    """Give what the journal says was published."""
    assert list(journal_problems(registry)) == []
    return [entry.subject for entry in reversed(list_journal(registry)) if entry.act == "publish"]


def opened(url: str, folder: Path):
    """Open a registry and the shelf of a folder."""
    return open_registry(url), Shelf(folder, KeyRing(folder / "keys"))


def publish_and_die(url: str, folder: Path, number: int) -> None:
    """Publish, and kill this very process at a step."""
    module, step = STEPS[number]

    def die(*_arguments, **_named):
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, step, die)
    publish(*opened(url, folder), "herbs", "b")


def test_a_kill_at_any_step_leaves_a_state_that_resumes(registry, registry_url, shelf, tmp_path):
    """SIGKILL at one step after the other, each in a new process on the same home; then one run finishes."""
    prepare(registry, shelf)

    for number in range(len(STEPS)):
        process = FORK.Process(target=publish_and_die, args=(registry_url, tmp_path, number))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        shelf.refresh()
        assert shelf.problems() == []

    publish(registry, shelf, "herbs", "b")

    check_whole(shelf, ["a", "b"])
    assert list_drafts(registry) == ()
    assert published_of(registry) == ["herbs a", "herbs b"]


def publish_one(url: str, folder: Path, edition: str) -> None:
    """Publish in a process of its own."""
    registry, shelf = opened(url, folder)
    publish(registry, shelf, "herbs", edition)
    registry.close()


def run_at_once(url: str, folder: Path, editions: list[str]) -> list[int | None]:
    """Publish editions in as many processes at once."""
    processes = [FORK.Process(target=publish_one, args=(url, folder, edition)) for edition in editions]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]


def test_publishers_of_the_same_edition_do_not_collide(registry, registry_url, shelf, tmp_path):
    """Several processes publish one draft at once: one edition, and all of them succeed."""
    prepare(registry, shelf)

    assert run_at_once(registry_url, tmp_path, ["b", "b", "b"]) == [0, 0, 0]

    check_whole(shelf, ["a", "b"])


def test_publishers_of_several_editions_take_turns(registry, registry_url, shelf, tmp_path):
    """Each edition gets a number of its own and follows one that stood before it."""
    prepare(registry, shelf)
    options = DraftOptions(letter=LETTER)
    for edition in ("c", "d"):
        save_draft(registry, herbs(SAGE, MINT), edition, source=SOURCE, options=options)

    assert run_at_once(registry_url, tmp_path, ["b", "c", "d"]) == [0, 0, 0]

    check_whole(shelf, ["a", "b", "c", "d"])
    last = shelf.entries("herbs")[0].manifest
    assert last.sequence == 4
    assert last.count == 3
