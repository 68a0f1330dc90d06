"""A small invented terminology (herbs and their colours) and a shelf to stand it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from maksa.editions.keyring import KeyRing
from maksa.editions.shelf import Shelf
from maksa.editions.writer import EditionHead, write_edition
from maksa.model.codeform import CodeForm
from maksa.model.concept import (
    Concept,
    Designation,
    Mapping,
    Property,
    PropertyDefinition,
    Terminology,
    ValueSet,
    Variant,
)
from maksa.model.edition import Manifest
from maksa.text import Text

HERBS = Terminology(
    id="herbs",
    title=Text(fa="گیاهان نمونه", en="Toy herbs"),
    code_form=CodeForm(pattern=r"[0-9]{5}", width=5, example="00125"),
    properties=(
        PropertyDefinition("dose", "decimal", Text(fa="مقدار", en="dose")),
        PropertyDefinition("colour", "string", Text(fa="رنگ", en="colour")),
        PropertyDefinition("mark", "string", Text(fa="نشان", en="mark"), repeats=True),
    ),
    value_sets=(ValueSet("green-ones", Text(fa="سبزها", en="green ones"), "colour", ("green",)),),
    spellings=("herbz",),
)

CONCEPTS = (
    Concept(
        "00125",
        "بابونه آلمانی",
        designations=(Designation("German chamomile", "en", "english"),),
        properties=(Property("dose", Decimal("2.50")), Property("colour", "white")),
        changed=1,
    ),
    Concept(
        "00126",
        "نعناع فلفلي 5 درصد",
        designations=(Designation("Peppermint 5%", "en", "english"), Designation("پونه", "fa", "synonym")),
        properties=(Property("colour", "green"), Property("mark", "#"), Property("mark", "*")),
        changed=1,
    ),
    Concept("00127", "آویشن", properties=(Property("colour", "green"),), changed=1, usage=9),
    Concept("00128", "آویشن کوهی", status="retired", replaced_by="00127", changed=1),
    Concept("00129", "زعفران", effective_from=date(2030, 1, 1), changed=1),
    Concept(
        "00130",
        "گل گاوزبان",
        effective_to=date(2024, 1, 1),
        transition_until=date(2024, 6, 1),
        replaced_by="00125",
        changed=1,
    ),
    Concept(
        "00131",
        "سنبل‌الطیب",
        properties=(Property("dose", Decimal(160)),),
        variants=(Variant("سنبل‌الطیب", (), (Property("dose", Decimal(91)),), row=9),),
        row=8,
        changed=1,
    ),
    Concept("00817", "نعنا فلفلی تازه", parents=("00126",), changed=1),
)


def build_shelf(home: Path) -> Shelf:
    """Make an empty shelf with a signing key in a folder."""
    keyring = KeyRing(home / "keys")
    keyring.create()
    return Shelf(home, keyring)


def place(
    shelf: Shelf,
    terminology: Terminology = HERBS,
    concepts: Iterable[Concept] = CONCEPTS,
    *,
    edition: str = "1",
    sequence: int = 1,
    effective: date | None = None,
    sample: bool = False,
    mappings: Iterable[Mapping] = (),
    published: datetime = datetime(2025, 1, 1, tzinfo=UTC),
) -> Manifest:
    """Write an edition straight onto a shelf, as publishing does, without a draft."""
    path = shelf.folder_of(terminology.id) / ".toy.sqlite"
    head = EditionHead(terminology, edition, sequence, effective, sample, 0)
    written = write_edition(path, head, concepts, mappings)
    manifest = Manifest(
        terminology=terminology.id,
        kind=terminology.kind,
        edition=edition,
        sequence=sequence,
        effective=effective,
        count=written.count,
        rows=0,
        sample=sample,
        file_hash=written.file_hash,
        content_hash=written.content_hash,
        previous_hash=None,
        schema_version=written.schema_version,
        sqlite_version=written.sqlite_version,
        published=published,
        key_id="",
        signature="",
    )
    return shelf.place(path, manifest)
