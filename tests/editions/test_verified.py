"""What was hashed once is hashed again only when it changed."""

from __future__ import annotations

import hashlib

import pytest

from maksa.editions.verified import VerifiedFiles
from maksa.errors import EditionUnreadable

HASH = hashlib.sha256(b"abc").hexdigest()


@pytest.fixture
def path(tmp_path):
    """A file of three bytes."""
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    return path


def test_a_good_file_is_remembered_across_processes(tmp_path, path):
    """A second process finds the stamp and the hash."""
    VerifiedFiles(tmp_path / "cache" / "v.json").check(path, HASH)
    second = VerifiedFiles(tmp_path / "cache" / "v.json")
    second.check(path, HASH)

    assert str(path) in (tmp_path / "cache" / "v.json").read_text(encoding="utf-8")


def test_other_bytes_of_the_same_length_are_noticed(tmp_path, path):
    """The change time gives the write away, even if the modification time is set back."""
    import os

    verified = VerifiedFiles(tmp_path / "v.json")
    verified.check(path, HASH)
    before = path.stat()
    path.write_bytes(b"abd")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(EditionUnreadable, match="altered"):
        verified.check(path, HASH)


def test_another_wanted_hash_is_not_answered_from_memory(tmp_path, path):
    """Memory holds for the hash that was seen only."""
    verified = VerifiedFiles(tmp_path / "v.json")
    verified.check(path, HASH)

    with pytest.raises(EditionUnreadable):
        verified.check(path, "0" * 64)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": [1, 2]}'])
def test_a_broken_memory_costs_time_only(tmp_path, path, text):
    """What cannot be recalled is hashed again."""
    (tmp_path / "v.json").write_text(text, encoding="utf-8")

    VerifiedFiles(tmp_path / "v.json").check(path, HASH)


def test_a_disk_that_cannot_be_written_serves_all_the_same(tmp_path, path):
    """Not remembering is no failure."""
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")

    VerifiedFiles(tmp_path / "cache" / "v.json").check(path, HASH)
