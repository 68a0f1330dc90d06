"""A batch gives every message once, in a fixed order, and one that is bad never loses the rest."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import FakeChecker, body, message

from maksa.prescriptions import sent, split, unpack
from maksa.prescriptions.batch import Checked, check_each, holds_messages, messages
from maksa.prescriptions.sent import PassedOver, Place, Sent, Unread


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file in a folder of its own, where the test then stands."""
    monkeypatch.chdir(tmp_path)

    def writing(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path.relative_to(tmp_path)

    return writing


def packed(*members, **options):
    """Pack members into an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def told(*paths):
    """Give what a batch tells: the name and the body of messages, the name and the class of the rest."""
    return [
        (one.place.name, one.body if isinstance(one, Sent) else type(one)) for one in messages(list(paths))
    ]


def test_one_file_is_one_message(write):
    """JSON over several lines, XML, and what is broken: the checker decides, not the batch."""
    pretty = json.dumps(message(), indent=2).encode()
    wrapped = b'{"Orders":[\n{"a":1},\n{"a":2}\n]}'

    assert told(write("a.json", pretty)) == [("a.json", pretty)]
    assert told(write("b.json", wrapped)) == [("b.json", wrapped)]
    assert told(write("c.xml", b"<a/>")) == [("c.xml", b"<a/>")]
    assert told(write("d.json", b'{"a":')) == [("d.json", b'{"a":')]
    assert told(write("e.json", b"")) == [("e.json", b"")]


@pytest.mark.parametrize("name", ["day.ndjson", "day.json"])
def test_a_message_a_line(write, name):
    """By its name or by its content, with a mark of UTF-8, blank lines and no last line end."""
    path = write(name, b"\xef\xbb\xbf" + body("1") + b"\r\n\n" + body("2") + b"\n" + body("3"))

    assert told(path) == [(f"{name}:1", body("1")), (f"{name}:3", body("2")), (f"{name}:4", body("3"))]


def test_a_broken_first_line_hides_no_other(write):
    """The second and third line show that each is a message."""
    path = write("day.json", b'{"a":\n' + body("1") + b"\n" + body("2") + b"\n")

    assert told(path) == [("day.json:1", b'{"a":'), ("day.json:2", body("1")), ("day.json:3", body("2"))]


def test_a_line_over_the_bound_hides_no_other(write, monkeypatch):
    """It is told, and the next line is read."""
    monkeypatch.setattr(split, "MAX_MESSAGE", 200)
    path = write("day.ndjson", b'{"a":"' + b"x" * 900 + b'"}\n{"b":1}\n')

    assert told(path) == [("day.ndjson:1", Unread), ("day.ndjson:2", b'{"b":1}')]


def test_a_message_over_the_bound_is_told(write, monkeypatch):
    """With its name and the bound."""
    monkeypatch.setattr(split, "MAX_MESSAGE", 200)

    [one] = messages([write("a.json", b'{"a":"' + b"x" * 900 + b'"}')])

    assert isinstance(one, Unread)
    assert "a.json" in one.error.text.en
    assert f"{sent.MAX_MESSAGE // 2**20} MiB" in one.error.text.en


def test_an_array_is_a_batch_of_its_elements(write):
    """Each as it was written; one that is broken inside its brackets hides no other."""
    path = write("many.json", b'\xef\xbb\xbf [ {"a": "]\\"},{"} , {"b" 1}, [2] , 3 ]\n')

    assert told(path) == [
        ("many.json[0]", b'{"a": "]\\"},{"}'),
        ("many.json[1]", b'{"b" 1}'),
        ("many.json[2]", b"[2]"),
        ("many.json[3]", b"3"),
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"[]", "many.json"),
        (b'[{"a":1}', "many.json[0]"),
        (b'[{"a":1},{"b', "many.json[1]"),
        (b'[{"a":1}] {', "many.json"),
        (b'[{"a":1},', "many.json[1]"),
    ],
)
def test_an_array_that_does_not_end_says_from_where(write, content, place):
    """Its whole elements are given first."""
    given_ = told(write("many.json", content))

    assert given_[-1] == (place, Unread)
    assert all(what == b'{"a":1}' for _, what in given_[:-1])


def test_an_element_over_the_bound_hides_no_other(write, monkeypatch):
    """It is told, and the next element is read; a string without an end is told in bounded memory."""
    monkeypatch.setattr(split, "MAX_MESSAGE", 200)
    monkeypatch.setattr(split, "_CHUNK", 64)
    large = b"[" + b"1," * 300 + b"1]"

    assert told(write("many.json", b"[" + large + b',{"b":1}]')) == [
        ("many.json[0]", Unread),
        ("many.json[1]", b'{"b":1}'),
    ]
    escaped = b'{"a":"' + b"\\" * 701 + b'",]}"}'
    for string in (b'"' + b"x" * 9_000 + b'"', escaped):
        assert told(write("many.json", b"[" + string + b',{"b":1}]')) == [
            ("many.json[0]", Unread),
            ("many.json[1]", b'{"b":1}'),
        ]
    assert told(write("many.json", b'[1,"' + b"x" * 9_000)) == [
        ("many.json[0]", b"1"),
        ("many.json[1]", Unread),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON, min_size=1, max_size=5), st.integers(1, 40), st.booleans())
def test_elements_are_those_that_a_parser_reads(elements, chunk, ascii_only):
    """Wherever the chunks are cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "_CHUNK", chunk)
        stream = io.BytesIO(json.dumps(elements, ensure_ascii=ascii_only).encode())

        read = [json.loads(one.body) for one in split.messages_in(stream, Place("many.json"))]

    assert read == elements


@given(st.binary(max_size=300))
def test_no_bytes_make_a_batch_fall(content):
    """Every stream ends in outcomes."""
    for start in (b"", b"[", b"{", b"PK\x03\x04"):
        stream = io.BytesIO(start + content)
        assert all(isinstance(one, Sent | Unread) for one in split.messages_in(stream, Place("x")))
        stream.seek(0)
        assert [*unpack.members_of(stream, "x")]


def test_a_folder_in_the_order_of_names(write, tmp_path):
    """Whatever the file system says; what is no message is passed over, and told."""
    names = ["in/b.json", "in/a/z.xml", "in/a/y.json", "in/c.zip", "in/letter.pdf", "in/empty.json"]
    random.Random(1).shuffle(names)
    for name in names:
        write(
            name,
            {"c.zip": packed(("m.json", body("3"))), "letter.pdf": b"%PDF-", "empty.json": b""}.get(
                name.removeprefix("in/"), body("1")
            ),
        )

    assert [name for name, _ in told(write("in/b.json", body("2")).parent)] == [
        "in/a/y.json",
        "in/a/z.xml",
        "in/b.json",
        "in/c.zip!m.json",
        "in/empty.json",
        "in/letter.pdf",
    ]
    assert told(tmp_path / "in" / "letter.pdf") == [(f"{tmp_path}/in/letter.pdf", b"%PDF-")]


def test_a_circle_of_links_is_not_walked(write, tmp_path):
    """Links to folders, pipes and links to nothing are passed over."""
    folder = write("in/a.json", body("1")).parent
    (folder / "again").symlink_to(tmp_path / "in", target_is_directory=True)
    (folder / "nothing").symlink_to(tmp_path / "not-there")
    os.mkfifo(folder / "pipe")

    assert told(folder) == [
        ("in/a.json", body("1")),
        ("in/again", PassedOver),
        ("in/nothing", PassedOver),
        ("in/pipe", PassedOver),
    ]


def test_folders_too_deep_are_told(write, monkeypatch):
    """The walk has a bound."""
    monkeypatch.setattr("maksa.prescriptions.batch.MAX_FOLDERS", 3)
    write("in/1/2/3/4/a.json", body())

    assert told(write("in/b.json", b"{}").parent) == [("in/1/2/3", Unread), ("in/b.json", b"{}")]


def test_an_archive_is_read_in_its_order(write):
    """Members are messages or batches themselves; a name that climbs is only shown."""
    path = write(
        "all.zip",
        packed(
            ("b.json", body("1")),
            ("../../a.ndjson", body("2") + b"\n" + body("3")),
            ("c.json", b"[1,2]"),
            ("read.me", b"hello"),
            ("inner.zip", packed(("d.json", body("4")))),
        ),
    )

    assert told(path) == [
        ("all.zip!b.json", body("1")),
        ("all.zip!../../a.ndjson:1", body("2")),
        ("all.zip!../../a.ndjson:2", body("3")),
        ("all.zip!c.json[0]", b"1"),
        ("all.zip!c.json[1]", b"2"),
        ("all.zip!read.me", PassedOver),
        ("all.zip!inner.zip", Unread),
    ]


def test_a_bomb_is_told_and_the_next_member_read(write):
    """A member that unpacks to hundreds of times its size is not unpacked."""
    path = write("all.zip", packed(("bomb.json", b" " * 3_000_000), ("a.json", body("1"))))

    assert told(path) == [("all.zip!bomb.json", Unread), ("all.zip!a.json", body("1"))]


def test_an_archive_too_large_in_all_is_told(write, monkeypatch):
    """Before anything of it is unpacked."""
    monkeypatch.setattr(unpack, "MAX_UNPACKED", 100)

    assert told(write("all.zip", packed(("a.json", body("1")), ("b.json", body("1"))))) == [
        ("all.zip", Unread)
    ]


def test_a_directory_too_large_is_told(write, monkeypatch):
    """It would be held in memory whole."""
    monkeypatch.setattr(unpack, "MAX_DIRECTORY", 40)

    whole = packed(("a.json", body("1")))
    assert told(write("all.zip", whole)) == [("all.zip", Unread)]

    declared = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(whole), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 10, 0, 0)
    large = whole[:-22] + declared + locator + end
    assert told(write("large.zip", large)) == [("large.zip", Unread)]
    assert unpack.open_archive(io.BytesIO(large)) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04", "no sound ZIP archive"),
        (packed(), "the archive is empty"),
        (packed(("a.json", body()))[:-30], "no sound ZIP archive"),
    ],
)
def test_an_archive_that_is_torn_or_empty_is_told(write, content, says):
    """With one sentence."""
    path = write("all.zip", content)
    (one,) = messages([path])

    assert says in one.error.text.en


def test_a_torn_member_hides_no_other(write):
    """Its check sum does not hold, and the next one is read."""
    content = packed(("a.json", body("1")), ("b.json", body("2")))
    place = content.index(b"a.json") + 10
    torn = content[:place] + b"\xff\xff\xff" + content[place + 3 :]

    names = told(write("all.zip", torn))

    assert names[-1] == ("all.zip!b.json", body("2"))
    assert ("all.zip!a.json", Unread) in names


def test_a_locked_member_is_told(write):
    """No password is asked for."""
    content = bytearray(packed(("a.json", body("1"))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1

    [one] = messages([write("all.zip", bytes(content))])

    assert "password" in one.error.text.en


def test_a_check_of_each(write):
    """With its name and its day; what is no message is told with the checker's sentence."""
    checker = FakeChecker()
    path = write("day.ndjson", b"{}\n" + body("0") + b"\n" + body("00127"))

    outcomes = [*check_each(checker, messages([path]), on=date(2025, 1, 1))]

    assert checker.asked[0] == ("day.ndjson:1", date(2025, 1, 1))
    assert isinstance(outcomes[0], Unread)
    assert "day.ndjson:1 is no message" in outcomes[0].error.text.en
    assert [one.valid for one in outcomes[1:]] == [False, True]
    assert all(isinstance(one, Checked) for one in outcomes[1:])


def test_progress_goes_from_nothing_to_all(write):
    """It is told the path as given."""
    heard = []
    path = write("day.ndjson", body() + b"\n" + body())
    folder = write("in/a.json", body()).parent

    list(messages([path, folder], progress=lambda *one: heard.append(one)))

    assert heard[-1] == ("in", 1.0)
    assert [name for name, _ in heard] == ["day.ndjson", "day.ndjson", "in"]


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("a.csv", b"code,value\n", False),
        ("a.csv", b'\xef\xbb\xbf  {"a":1}', True),
        ("a", '{"a":1}'.encode("utf-16"), True),
        ("a.xml", b"<a/>", True),
        ("a.json", b"", True),
        ("a.csv", b"", False),
        ("a.csv", b"PK\x03\x04", False),
        ("a.zip", b"PK\x03\x04", True),
        ("a.xlsx", packed(("xl/workbook.xml", b"<a/>")), False),
        ("a.dat", packed(("a.json", b"{}")), True),
    ],
)
def test_messages_are_told_from_tables_by_content(write, name, content, answer):
    """A name decides only what has no content to speak of."""
    assert holds_messages(write(name, content)) is answer
