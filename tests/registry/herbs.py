"""A small invented list, herbs, as an import gives it."""

from decimal import Decimal

from maksa.intake.result import ImportedList, Source
from maksa.model.concept import (
    Concept,
    Designation,
    Mapping,
    Property,
    PropertyDefinition,
    Terminology,
    Variant,
)
from maksa.text import Text

SOURCE = Source(name="herbs.csv", size=10, hash="00" * 32, format="csv", encoding="utf-8")

HERBS = Terminology(
    id="herbs",
    title=Text("گیاهان", "Herbs"),
    properties=(
        PropertyDefinition("height", "decimal", Text("بلندی", "Height")),
        PropertyDefinition("colour", "code", Text("رنگ", "Colour"), repeats=True),
    ),
)

USES = Terminology(id="herb-uses", title=Text("کاربردها", "Uses"), kind="map")

MINT = Concept(
    code="1",
    display="نعناع",
    designations=(Designation("Mint", "en", "english"),),
    properties=(Property("height", Decimal("0.50")), Property("colour", "green")),
    variants=(Variant("نعناع فلفلی", (), (Property("height", Decimal("0.7")),), row=9),),
    row=2,
)
THYME = Concept(code="2", display="آویشن", properties=(Property("colour", "green"),), row=3)
SAGE = Concept(code="3", display="مریم‌گلی", row=4)


def herbs(*concepts: Concept, terminology: Terminology = HERBS) -> ImportedList:
    """Give a list of concepts as an import gives it."""
    return ImportedList(terminology, concepts, rows=len(concepts))


def uses(*mappings: Mapping) -> ImportedList:
    """Give a map as an import gives it."""
    return ImportedList(USES, (), mappings, rows=len(mappings))


def use(source: str, target: str | None) -> Mapping:
    """Map a herb to a use."""
    return Mapping("herbs", source, "uses", target)
