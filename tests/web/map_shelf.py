"""A shelf with a list of drugs, a book of values, its coefficients, and a map between them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maksa.model.concept import (
    Concept,
    Decision,
    Mapping,
    Property,
    PropertyDefinition,
    Terminology,
    Variant,
)
from maksa.text import Text
from toy import build_shelf, place

BOOK = Terminology(
    "RVU3",
    Text("کتاب", "Book"),
    properties=tuple(
        PropertyDefinition(name, kind, Text(name, name))
        for name, kind in (
            ("attribute", "code"),
            ("total", "decimal"),
            ("professional", "decimal"),
            ("technical", "decimal"),
            ("technical-text", "string"),
        )
    ),
)
SHEET = Terminology(
    "rvu-coefficient",
    Text("ضریب‌ها", "Coefficients"),
    properties=(
        PropertyDefinition("sector", "string", Text("بخش", "Sector")),
        PropertyDefinition("component", "string", Text("جزء", "Component")),
        PropertyDefinition("rial", "decimal", Text("ریال", "Rial")),
    ),
)
DRUGS = Terminology("drugs", Text("داروها", "Drugs"))
MAP = Terminology("drug-map", Text("نگاشت داروها", "Map of drugs"), kind="map")
ROWS = (
    Mapping(
        "drugs",
        "1",
        "RVU3",
        "700100",
        condition="بستری",
        comment="یادداشت <b>",
        decision=Decision("کمیته", date(2025, 5, 1), "برابر هم‌اند", "110/130"),
    ),
    Mapping("drugs", "1", "RVU3", "700120"),
    Mapping("drugs", "1", "elsewhere", "x9"),
    Mapping("drugs", "2", "RVU3", None),
    Mapping("LOINC", "30799-1", "RVU3", "700100"),
)


def _values(**values):
    return tuple(Property(name, value) for name, value in values.items())


def build_map_shelf(home, *, coefficients=True):
    """Make the shelf in a folder."""
    shelf = build_shelf(home)
    place(
        shelf,
        BOOK,
        (
            Concept(
                "700100",
                "سونوگرافی",
                properties=_values(
                    attribute="#",
                    total=Decimal("2.50"),
                    professional=Decimal("1.25"),
                    technical=Decimal("1.25"),
                ),
            ),
            Concept(
                "400770",
                "گاسترکتومی",
                properties=_values(total=Decimal(160), professional=Decimal(160)),
                variants=(Variant("گاسترکتومی", (), _values(total=Decimal(91), professional=Decimal(91))),),
            ),
            Concept(
                "301225",
                "مجدد",
                properties=_values(professional=Decimal(1), **{"technical-text": "مجدد اول، 50 درصد"}),
            ),
            Concept("700120", "کهنه", status="retired", replaced_by="700100"),
        ),
    )
    if coefficients:
        rows = (("دولتی", "حرفه‌ای، تمام وقت", Decimal(1000)), ("دولتی", "فنی، جادویی", Decimal(5)))
        place(
            shelf,
            SHEET,
            [
                Concept(
                    f"K-{place}",
                    f"{sector}، {component}",
                    properties=_values(sector=sector, component=component, rial=rial),
                    row=place,
                )
                for place, (sector, component, rial) in enumerate(rows, start=2)
            ],
            sample=True,
        )
    place(shelf, DRUGS, [Concept(str(number), f"دارو {number}") for number in (1, 2, 3)])
    place(shelf, MAP, (), mappings=ROWS)
    return shelf
