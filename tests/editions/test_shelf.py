"""The shelf: what stands on it, and what is refused."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from reading import read_for_two_seconds

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.errors import EditionUnreadable, UnknownEdition, WrongState
from maksa.model.edition import Letter
from maksa.terminology.service import LocalTerminology
from toy import CONCEPTS, HERBS, build_shelf, place

MINTS = replace(HERBS, id="mints", spellings=())


@pytest.fixture
def two_lists(toy_shelf):
    """A shelf with two lists, so that one may break."""
    place(toy_shelf, MINTS)
    return toy_shelf


def again(shelf: Shelf) -> Shelf:
    """The same home as another process sees it."""
    home = shelf.letters.folder.parent
    return Shelf(home, KeyRing(home / "keys"))


def manifest_path(shelf, terminology="herbs"):
    """Where the first manifest of a list lies."""
    return shelf.folder_of(terminology) / "000001.json"


def test_editions_stand_newest_first(toy_shelf):
    """The effective day decides, then the sequence; never the edition's name."""
    place(toy_shelf, edition="0999", sequence=2, effective=date(2025, 3, 21))
    place(toy_shelf, edition="1402", sequence=3, effective=date(2023, 3, 21))
    place(toy_shelf, edition="fix", sequence=4, effective=date(2025, 3, 21))

    assert [e.manifest.edition for e in toy_shelf.entries("herbs")] == ["fix", "0999", "1402", "1"]
    assert toy_shelf.entries("nothing") == ()
    assert toy_shelf.ids() == ("herbs",)


def test_the_generation_grows_when_another_process_publishes(toy_shelf):
    """A reader sees a new edition without being told."""
    reader = again(toy_shelf)
    before = reader.generation
    place(toy_shelf, MINTS)

    reader.refresh()

    assert reader.generation > before
    assert reader.ids() == ("herbs", "mints")


def test_a_look_that_finds_nothing_new_keeps_what_is_open(toy_shelf):
    """Open files stay open while the folder stays as it is."""
    provider = toy_shelf.provider("herbs", "1")
    toy_shelf.refresh()

    assert toy_shelf.provider("herbs", "1") is provider


def test_an_edition_that_is_not_there_names_those_that_are(toy_shelf):
    """The refusal lists the known editions."""
    with pytest.raises(UnknownEdition) as refused:
        toy_shelf.provider("herbs", "1399")

    assert refused.value.known == ("1",)


def _alter_one_byte(shelf):
    path = shelf.folder_of("herbs") / "000001.sqlite"
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)


def _tear(shelf):
    path = shelf.folder_of("herbs") / "000001.sqlite"
    path.write_bytes(path.read_bytes()[:5000])


def _remove(shelf):
    (shelf.folder_of("herbs") / "000001.sqlite").unlink()


def _change_manifest(shelf):
    record = json.loads(manifest_path(shelf).read_text(encoding="utf-8"))
    manifest_path(shelf).write_text(json.dumps({**record, "count": 7}), encoding="utf-8")


def _sign_with_a_stranger(shelf):
    stranger = KeyRing(shelf.letters.folder.parent / "stranger")
    stranger.create()
    record = json.loads(manifest_path(shelf).read_text(encoding="utf-8"))
    manifest_path(shelf).write_text(json.dumps(stranger.sign(record)), encoding="utf-8")


def _newer_schema(shelf):
    keyring = KeyRing(shelf.letters.folder.parent / "keys")
    record = json.loads(manifest_path(shelf).read_text(encoding="utf-8"))
    manifest_path(shelf).write_text(
        json.dumps(keyring.sign({**record, "schema_version": 99})), encoding="utf-8"
    )


def _newer_file(shelf):
    path = shelf.folder_of("herbs") / "000001.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    _resign(shelf, path)


def _another_database(shelf):
    path = shelf.folder_of("herbs") / "000001.sqlite"
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    _resign(shelf, path)


def _resign(shelf, path):
    from maksa.editions.writer import file_hash

    keyring = KeyRing(shelf.letters.folder.parent / "keys")
    record = json.loads(manifest_path(shelf).read_text(encoding="utf-8"))
    signed = keyring.sign({**record, "file_hash": file_hash(path)})
    manifest_path(shelf).write_text(json.dumps(signed), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (_alter_one_byte, "torn or was altered"),
        (_tear, "torn or was altered"),
        (_remove, "missing"),
        (_change_manifest, "signature"),
        (_sign_with_a_stranger, "not trusted"),
        (_newer_schema, "newer than this program"),
        (_newer_file, "newer than this program"),
        (_another_database, "not an edition file"),
    ],
)
def test_a_harmed_edition_is_refused_in_one_sentence_and_the_others_serve(two_lists, harm, sentence):
    """Torn, altered, unsigned or newer: refused by name, in both languages, and nothing else suffers."""
    two_lists.provider("herbs", "1")
    harm(two_lists)

    for shelf in (two_lists, again(two_lists)):
        shelf.refresh()
        for _ in range(2):
            with pytest.raises(EditionUnreadable, match=sentence) as refused:
                shelf.provider("herbs", "1")
        assert "000001" in refused.value.text.fa
        assert shelf.provider("mints", "1").concept("00125") is not None
        assert [str(problem) for problem in shelf.problems()] == [str(refused.value)]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"sequence": "x"}', "[" * 100_000])
def test_a_manifest_that_is_no_manifest_is_a_problem_told(two_lists, text):
    """A torn manifest is reported; the other lists go on."""
    manifest_path(two_lists).write_text(text, encoding="utf-8")

    two_lists.refresh()

    assert "herbs/000001.json" in str(two_lists.problems()[0])
    assert two_lists.damage("mints") is None
    assert two_lists.provider("mints", "1").count == len(CONCEPTS)


@pytest.mark.parametrize("name", ["000002.json", "000001.withdrawn.json"])
def test_no_older_edition_answers_in_the_place_of_a_damaged_one(two_lists, name):
    """Which edition is in force cannot be told: the list refuses, names why, and nothing is published on top."""
    place(two_lists, edition="2", sequence=2, effective=date(2025, 3, 21))
    (two_lists.folder_of("herbs") / name).write_text("{", encoding="utf-8")
    service = LocalTerminology(again(two_lists))

    with pytest.raises(EditionUnreadable, match=f"herbs/{name}"):
        service.lookup("herbs", "00125")
    with pytest.raises(EditionUnreadable, match=f"herbs/{name}"):
        place(two_lists, edition="3", sequence=3)
    assert service.lookup("mints", "00125").concept == CONCEPTS[0]
    intact = "1" if name.startswith("000002") else "2"
    assert service.lookup("herbs", "00125", edition=intact).concept.code == "00125"
    assert [name in str(problem) for problem in again(two_lists).problems()] == [True]


def test_a_file_without_a_manifest_is_not_there(toy_shelf):
    """An edition appears with its manifest: killed between the two steps, nothing is seen."""
    manifest_path(toy_shelf).unlink()

    toy_shelf.refresh()

    assert toy_shelf.ids() == ()
    assert place(toy_shelf).edition == "1"


def test_the_same_sequence_is_not_placed_twice(toy_shelf):
    """What stands is never changed."""
    with pytest.raises(WrongState, match="published already"):
        place(toy_shelf, concepts=CONCEPTS[:2])


def test_a_withdrawn_edition_is_marked_and_can_come_back(toy_shelf):
    """Withdrawal is a signed record beside the edition."""
    toy_shelf.withdraw("herbs", "1", "a wrong dose")
    assert [e.withdrawn for e in again(toy_shelf).entries("herbs")] == [True]

    toy_shelf.restore("herbs", "1")
    assert [e.withdrawn for e in again(toy_shelf).entries("herbs")] == [False]


def test_a_withdrawal_that_nobody_signed_withdraws_nothing(toy_shelf):
    """A file that was only put there has no effect."""
    (toy_shelf.folder_of("herbs") / "000001.withdrawn.json").write_text('{"edition": "1"}', encoding="utf-8")

    toy_shelf.refresh()

    assert not toy_shelf.entries("herbs")[0].withdrawn


def test_withdrawing_what_is_not_there_names_what_is(toy_shelf):
    """A wrong name is an error with the known ones."""
    with pytest.raises(UnknownEdition, match="'herbs' has no edition '2'; it has: 1"):
        toy_shelf.withdraw("herbs", "2", "x")


def test_a_letter_ties_itself_to_editions_at_any_time(toy_shelf):
    """An edition stands unannounced until a letter names it, or its whole list."""
    assert not toy_shelf.entries("herbs")[0].announced

    toy_shelf.letters.write(Letter("110/1", date(2024, 1, 1), "گیاهان", announces=(("herbs", "1"),)))
    toy_shelf.letters.write(Letter("110/2", None, "همه", announces=(("herbs", None),)))
    toy_shelf.letters.write(Letter("110/3", None, "دیگر", announces=(("herbs", "2"), ("mints", None))))
    toy_shelf.refresh()

    assert [letter.number for letter in toy_shelf.entries("herbs")[0].letters] == ["110/2", "110/1"]


def test_ids_and_names_make_no_paths(empty_shelf):
    """An id with a slash or dots stays inside the folder."""
    place(empty_shelf, replace(HERBS, id="../../x/ی"))

    assert empty_shelf.ids() == ("../../x/ی",)
    assert not (empty_shelf.letters.folder.parent.parent / "x").exists()


def test_a_reader_beside_a_writer_sees_whole_editions_only(tmp_path):
    """While editions appear one after another, another process never meets half of one."""
    shelf = build_shelf(tmp_path)
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    reader = context.Process(target=read_for_two_seconds, args=(tmp_path, queue))
    reader.start()
    for sequence in range(1, 12):
        place(shelf, edition=str(sequence), sequence=sequence)
    seen, problems = queue.get(timeout=30)
    reader.join(timeout=30)

    assert problems == []
    assert seen
    assert {count for _, count in seen} == {len(CONCEPTS)}
