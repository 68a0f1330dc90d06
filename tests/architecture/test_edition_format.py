"""docs/edition-format.md is what the program writes, and enough to read an edition without the program."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import fields, replace
from datetime import date

import pytest
import rfc8785
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from house import DOCS, fences

from maksa.editions.connection import APPLICATION_ID
from maksa.editions.words import key_number
from maksa.model.codeform import CodeForm
from maksa.model.concept import Decision, Mapping, PropertyDefinition, Terminology, ValueSet
from maksa.model.edition import SCHEMA_VERSION, Attachment, Letter, Manifest
from maksa.model.persian import fold, squeeze
from maksa.text import Text
from toy import CONCEPTS, HERBS, build_shelf, place

PAGE = (DOCS / "edition-format.md").read_text(encoding="utf-8")
SIGNED = ["key_id", "signature"]


def section(heading):
    """Give what stands under a heading, up to the next one of its rank or a higher one."""
    mark = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}$\n(.*?)(?=^#{{1,{len(mark)}}} |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    assert found, f"the page has no heading '{heading}'"
    return found[1]


def first_column(text, head):
    """Give the names in the first column of the table that begins with this head."""
    _, table = text.split(f"| {head} |", 1)
    rows = table.partition("\n\n")[0].splitlines()[2:]
    return [re.match(r"\| `([^`]+)`", row)[1] for row in rows]


def members(record):
    """Name the members of a record in their order."""
    return [field.name for field in fields(record)]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home with an edition of the toy herbs, a map, a letter, and an edition that was withdrawn."""
    folder = tmp_path_factory.mktemp("format")
    shelf = build_shelf(folder)
    place(shelf)
    herbs_to_colours = Terminology("herbs-to-colours", Text("نگاشت", "map"), kind="map")
    decision = Decision("Dr. Rah", date(2025, 3, 1), "seen in the field", "110/1")
    rows = (
        Mapping("herbs", "00125", "colours", "1"),
        Mapping("herbs", "00126", "colours", None, row=3),
        Mapping("herbs", "00127", "colours", "2", decision=decision),
        Mapping("herbs", "00128", "colours", "2", decision=replace(decision, letter=None)),
    )
    place(shelf, herbs_to_colours, (), mappings=rows, edition="2", sample=True)
    shelf.letters.write(Letter("110/1", None, "گیاهان", announces=(("herbs", "1"),)))
    place(shelf, HERBS, CONCEPTS, edition="2", sequence=2)
    shelf.withdraw("herbs", "2", "a mistake")
    return folder


@pytest.fixture(scope="module")
def herbs(home):
    """The edition file of the herbs, opened as any program opens it."""
    with open_edition(home / "editions" / "herbs" / "000001.sqlite") as edition:
        yield edition


def open_edition(path):
    """Open an edition file as section 2 says."""
    return closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True))


def tables(edition):
    """Name the tables of an edition file."""
    return [name for (name,) in edition.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]


def test_the_page_tells_the_header(herbs):
    """Application id, schema version and page size are those of section 2."""
    told = section("## 2. The SQLite file")

    assert herbs.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert f"0x{APPLICATION_ID:X}" in told
    assert str(APPLICATION_ID) in told
    assert herbs.execute("PRAGMA page_size").fetchone() == (4096,)
    assert herbs.execute("PRAGMA encoding").fetchone() == ("UTF-8",)
    assert f"Schema version {SCHEMA_VERSION}." in PAGE


def test_only_a_map_with_decided_rows_says_the_newer_version(home, herbs):
    """Readers of version 1 go on reading everything else."""
    with open_edition(home / "editions" / "herbs-to-colours" / "000001.sqlite") as decided:
        versions = [edition.execute("PRAGMA user_version").fetchone() for edition in (herbs, decided)]

    assert versions == [(1,), (2,)]


def test_the_page_has_every_table_and_column_in_their_order(herbs):
    """Each table has a section with its columns and their types, and no section speaks of another table."""
    written = {
        table: [(name, kind) for _, name, kind, *_ in herbs.execute(f"PRAGMA table_info({table})")]
        for table in tables(herbs)
    }

    told = {
        table: re.findall(r"^\| `(\w+)` \| ([A-Z]+) \|", section(f"### `{table}`"), re.MULTILINE)
        for table in re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE)
    }

    assert told == written


def test_the_page_names_every_index(herbs):
    """A reader may rely on the indexes."""
    indexes = herbs.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")

    assert not [name for (name,) in indexes if f"`{name}`" not in PAGE and name != "concept_changed"]


def test_the_page_names_every_fact(herbs):
    """The facts of `meta` are those of the page."""
    facts = [name for (name,) in herbs.execute("SELECT name FROM meta ORDER BY name")]

    assert sorted(first_column(section("### `meta`"), "fact")) == facts


def test_the_page_names_every_member_of_the_description():
    """The description of a list, its code form, properties and value sets have the members of section 4."""
    told = section("## 4. The description of a list")
    description, code_form = told.split("The members of `code_form`:")

    assert first_column(description, "member") == members(Terminology)
    assert first_column(code_form, "member") == members(CodeForm)
    for record in (PropertyDefinition, ValueSet):
        assert ", ".join(f"`{name}`" for name in members(record)) in description


def test_the_page_names_every_member_of_the_signed_records(home):
    """Manifest, withdrawal and letter have the members of sections 8 to 10."""
    herbs = home / "editions" / "herbs"
    manifest = json.loads((herbs / "000001.json").read_bytes())
    withdrawal = json.loads((herbs / "000002.withdrawn.json").read_bytes())
    letter = json.loads((home / "letters" / "110%2F1.json").read_bytes())

    assert first_column(section("## 8. The manifest"), "member") == members(Manifest)
    assert sorted(members(Manifest)) == sorted(manifest)
    assert sorted(first_column(section("## 9. Withdrawal"), "member")) == sorted(withdrawal)
    optional = first_column(section("## 10. Letters"), "optional member")
    always = [name for name in members(Letter) if name not in {*optional, "superseded_by"}]
    assert set(optional) <= set(members(Letter))
    assert first_column(section("## 10. Letters"), "member") == always + SIGNED
    assert sorted(always + SIGNED) == sorted(letter)
    assert ", ".join(f"`{name}`" for name in members(Attachment)[:2]) in section("## 10. Letters")


@pytest.mark.parametrize("folder", ["herbs", "herbs-to-colours"])
def test_a_reader_made_from_the_page_computes_the_content_hash(home, folder):
    """The content hash follows from the tables alone."""
    path = home / "editions" / folder / "000001.sqlite"
    manifest = json.loads(path.with_suffix(".json").read_bytes())

    with open_edition(path) as edition:
        computed = content_hash(edition)

    assert computed == manifest["content_hash"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == manifest["file_hash"]


def content_hash(edition):
    """Compute the content hash as section 6 says."""
    facts = dict(edition.execute("SELECT name, value FROM meta"))
    head = [facts[name] for name in ("terminology", "edition", "sequence", "effective")]
    records = [[*head, "sample" if facts["sample"] == "true" else ""]]
    records += [concept_record(edition, row) for row in edition.execute("SELECT * FROM concept ORDER BY id")]
    records += [mapping_record(row) for row in edition.execute("SELECT * FROM mapping ORDER BY id")]
    text = "".join("\x1f".join(map(as_text, fields)) + "\x1e" for fields in records)
    return hashlib.sha256(text.encode()).hexdigest()


def mapping_record(row):
    """Give the fields of a mapping as section 6 says."""
    content, decision = row[1:-4], row[-4:]
    return ["m", *content] if decision[0] is None else ["m", *content, *decision]


def as_text(value):
    """Write a field as section 6 says."""
    return "" if value is None else str(value)


def concept_record(edition, row):
    """Give the fields of a concept as section 6 says."""
    number, *fixed = row
    fixed[7] = "1" if fixed[7] else ""
    parts = (
        "SELECT 'd', language, use, value FROM designation WHERE concept = ? ORDER BY ordinal",
        "SELECT 'p', code, value FROM property p JOIN property_definition d ON definition = id WHERE concept = ? ORDER BY ordinal",
        "SELECT 'h', parent_code FROM parent WHERE concept = ? ORDER BY ordinal",
        "SELECT 'v', source_row, display, designations, properties FROM variant WHERE concept = ? ORDER BY ordinal",
    )
    return [
        *fixed,
        *(field for part in parts for found in edition.execute(part, (number,)) for field in found),
    ]


@pytest.mark.parametrize(
    "name", ["editions/herbs/000001.json", "editions/herbs/000002.withdrawn.json", "letters/110%2F1.json"]
)
def test_a_reader_made_from_the_page_checks_a_signature(home, name):
    """The key's id and the signature are those that section 7 tells how to make."""
    signed = json.loads((home / name).read_bytes())
    key = load_pem_public_key((home / "keys" / "trusted" / f"{signed['key_id']}.pem").read_bytes())
    signature = bytes.fromhex(signed.pop("signature"))

    key.verify(signature, rfc8785.dumps(signed))

    assert signed["key_id"] == hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def test_the_ranks_are_in_the_order_of_the_page(herbs):
    """Active first, then usage, shorter display, code; numbers without a gap from 0."""
    rows = herbs.execute("SELECT id, status, usage, display, code FROM concept ORDER BY id").fetchall()

    ranked = sorted(rows, key=lambda row: (row[1] == "retired", -row[2], len(row[3]), row[4]))

    assert rows == ranked
    assert [row[0] for row in rows] == list(range(len(rows)))


def test_a_fold_made_from_the_page_folds_every_character_alike():
    """The rows of section 5 say for each character of Unicode's first planes what it folds to."""
    rows = rows_of_the_fold()

    differing = [
        f"U+{number:04X}"
        for number in range(0x20000)
        if not 0xD800 <= number < 0xE000
        and fold(chr(number) + "x5") != fold_by_page(chr(number) + "x5", rows)
    ]

    assert not differing


@pytest.mark.parametrize(
    "title", ["سي‌تي اسکن 2.5 / 3 ميلي‌گرم", "8010/3 …/. 7./8", "５٪ ﻻ Ｃafé", "قرص ۱۲ ٣٤ (500mg)", " ./ "]
)
def test_a_key_made_from_the_page_is_the_key_of_a_title(title):
    """Fold, key and number of a title are those of section 5."""
    folded = fold_by_page(title, rows_of_the_fold())
    key = re.sub(r"(?<!\d) | (?!\d)", "", folded)
    number = hashlib.sha256(key.encode()).digest()[:8]

    assert (folded, key) == (fold(title), squeeze(fold(title)))
    assert int.from_bytes(number, "big", signed=True) == key_number(key)


def rows_of_the_fold():
    """Read what section 5 says of single characters."""
    rows = {".": ".", "/": "/"}
    for named, target in re.findall(
        r"^\| ([^|]*U\+[^|]*) \| ([^|]+) \|$", section("## 5. Tables of search"), re.MULTILINE
    ):
        becomes = "" if target == "nothing" else re.sub(r" U\+\w{4}$", "", target).strip("`")
        if target.endswith("between spaces"):
            becomes = f" {target[1]} "
        rows |= {chr(int(number, 16)): becomes for number in re.findall(r"U\+(\w{4})", named)}
    return rows


def fold_by_page(text, rows):
    """Fold a text as section 5 says."""
    folded = "".join(
        rows[c] if c in rows else "".join(_other(part, rows) for part in _parts(c)) for c in text
    )
    folded = re.sub(r"(?<!\d)[./]+|[./]+(?!\d)", " ", folded)
    return " ".join(folded.split())


def _parts(character):
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())


def _other(character, rows):
    category = unicodedata.category(character)
    if character in rows:
        return rows[character]
    if character in "%<>=+±≤≥":
        return f" {character} "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] in "LN":
        return character
    return "" if category in {"Mn", "Me"} or (category == "Cf" and character != "\u200c") else " "


@pytest.mark.parametrize(
    "sql", [block for language, block in fences(DOCS / "edition-format.md") if language == "sql"]
)
def test_the_questions_of_the_page_can_be_asked(herbs, sql):
    """Each example is SQL that an edition answers."""
    asked = {
        "code": "",
        "id": 0,
        "day": "2025-01-01",
        "sequence": 0,
        "alias": "125",
        "value_set": "green-ones",
    }

    answers = [
        herbs.execute(statement, asked).fetchall()
        for statement in re.split(r";.*\n", sql)
        if statement.strip()
    ]

    assert any(answers)
