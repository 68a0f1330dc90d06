"""Maps between invented lists in the shapes of the real ones, a book of values and its coefficients."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maksa.model.codeform import CodeForm
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

DAY = date(2025, 6, 1)
NOT_YET = date(2024, 1, 1)
DECISION = Decision("کمیته", date(2025, 5, 1), "برابر هم‌اند", "110/130")


def _title(name):
    return Text(f"فهرست {name}", name)


def _of(**values):
    return tuple(
        Property(name, one)
        for name, value in values.items()
        for one in (value if isinstance(value, tuple) else (value,))
    )


BOOK = Terminology(
    "RVU3",
    _title("book"),
    code_form=CodeForm(r"[0-9]{6}|[0-9]{2}", width=6, example="700100"),
    properties=(
        PropertyDefinition("attribute", "code", _title("marks"), repeats=True),
        PropertyDefinition("notes", "string", _title("notes")),
        *(
            PropertyDefinition(name, "decimal", _title(name))
            for name in ("total", "professional", "technical", "anesthesia_base")
        ),
        PropertyDefinition("professional-text", "string", _title("text")),
        PropertyDefinition("anesthesia_base-text", "string", _title("text")),
    ),
)
SERVICES = (
    Concept(
        "700100",
        "سونوگرافی",
        properties=_of(
            attribute=("#", "+"),
            notes="یادداشت",
            total=Decimal("2.43"),
            professional=Decimal("1.25"),
            technical=Decimal("1.18"),
            anesthesia_base=Decimal(0),
        ),
    ),
    Concept(
        "400770",
        "گاسترکتومی",
        properties=_of(total=Decimal(160), professional=Decimal(160)),
        variants=(Variant("گاسترکتومی", properties=_of(total=Decimal(91), professional=Decimal(91))),),
    ),
    Concept("301225", "مجدد", properties=_of(**{"professional-text": "مجدد اول، 50 درصد"})),
    Concept(
        "401700",
        "پیوند",
        properties=_of(
            total=Decimal(692), professional=Decimal(692), **{"anesthesia_base-text": "ارزش تام 207 واحد"}
        ),
    ),
    Concept(
        "700120",
        "کهنه",
        status="retired",
        replaced_by="700100",
        properties=_of(total=Decimal(1), professional=Decimal(1)),
    ),
    Concept("700150", "آینده", effective_from=date(2030, 1, 1)),
    Concept(
        "970015",
        "ویزیت",
        properties=_of(attribute="#", professional=Decimal("1.8"), technical=Decimal("0.7")),
    ),
    Concept(
        "802000",
        "آزمایش",
        properties=_of(attribute="#", professional=Decimal("0.15"), technical=Decimal("0.19")),
    ),
)
IMAGING = Terminology(
    "imaging",
    _title("imaging"),
    code_form=CodeForm(r"[0-9]{6}-[0-9]{3}", example="036156-800"),
    properties=(
        PropertyDefinition("loinc", "code", _title("LOINC")),
        PropertyDefinition("rvu", "code", _title("RVU3")),
    ),
    spellings=("Radiology",),
)
STUDIES = (
    Concept("030799-100", "سی‌تی اسکن مغز", properties=_of(loinc="30799-1")),
    Concept("036156-800", "ام‌آرآی قفسه سینه", properties=_of(loinc="36156-8", rvu="700100")),
    Concept("024630-600", "بدون نگاشت"),
)
DRUGS = Terminology("eRx", _title("eRx"), code_form=CodeForm("[0-9]{5}", width=5))
DRUG_CODES = tuple(Concept(f"0000{number}", f"دارو {number}") for number in range(1, 7))


def _drug(source, target, **rest):
    return Mapping("eRx", source, "RVU3", target, **rest)


MAP = Terminology("erx-map", _title("drugs to the book"), kind="map")
ROWS = (
    _drug("00001", "700100", decision=DECISION, comment="همان"),
    _drug("00002", "700100"),
    _drug("00003", "700100", relationship="related-to"),
    _drug("00003", "802000"),
    _drug("00003", "700120"),
    _drug("00003", "700150"),
    _drug("00003", "999999"),
    _drug("00003", "970015", relationship="retired"),
    _drug("00004", None),
    _drug("00005", "700100", condition="insurer=a"),
    _drug("00005", "802000", condition="insurer=b"),
    Mapping("eRx", "00001", "SNOMEDCT", "386359008"),
    Mapping("eRx", "00001", "ICD10", "مغز"),
    Mapping("eRx", "00001", "generic-drug", "12345"),
    Mapping("eRx", "00099", "RVU3", "700100"),
    Mapping("product", "metformin", "generic-drug", "17197"),
)
LOINC_MAP = Terminology("loinc-map", _title("LOINC to the book"), kind="map")
LOINC_ROWS = (Mapping("LOINC", "30799-1", "RVU3", "700100"),)
IMAGING_MAP = Terminology("imaging-map", _title("imaging to the lists of insurers"), kind="map")
IMAGING_ROWS = (Mapping("imaging", "036156-800", "RVU3", "802000"),)

SHEET = Terminology(
    "rvu-coefficient",
    _title("coefficients"),
    properties=(
        PropertyDefinition("sector", "string", _title("sector")),
        PropertyDefinition("component", "string", _title("component")),
        PropertyDefinition("rial", "decimal", _title("rial")),
    ),
)
GOVERNMENT, PRIVATE = "بخش دولتی", "بخش خصوصی"


def sheet(*rows):
    """Give the concepts of a sheet: sector, component and rial of each row."""
    return tuple(
        Concept(
            f"K-{number}",
            f"{sector}، {component}",
            properties=_of(sector=sector, component=component, rial=rial),
            row=number + 2,
        )
        for number, (sector, component, rial) in enumerate(rows)
    )


COEFFICIENTS = sheet(
    (GOVERNMENT, "جزء حرفه ای سرپایی تمام وقت", Decimal(700)),
    (GOVERNMENT, "جزء حرفه ای بستری تمام وقت", Decimal(1300)),
    (GOVERNMENT, "جزء حرفه ای غیرتمام وقت", Decimal(400)),
    (GOVERNMENT, "جزء فنی بدون #", Decimal(600)),
    (GOVERNMENT, "جزء فنی با #", Decimal(650)),
    (PRIVATE, "جزء حرفه ای بدون #", Decimal(1370)),
    (PRIVATE, "جزء حرفه ای با # و (ویزیت سرپایی)", Decimal(770)),
    (PRIVATE, "جزء فنی با # (کدهای 7)", Decimal(2750)),
    (PRIVATE, "جزء فنی با # (کدهای 8 تا 9)", Decimal(2600)),
    (PRIVATE, "جزء فنی دیجیتال", Decimal(1)),
    ("دندانپزشکی در بخش خصوصی", "جزء فنی دندانپزشکی", Decimal(9)),
)


def stock_maps(library):
    """Put the lists and the maps on a shelf."""
    library.publish(BOOK, "1404", SERVICES)
    library.publish(IMAGING, "1", STUDIES)
    library.publish(DRUGS, "1", DRUG_CODES)
    library.publish(MAP, "m1", (), mappings=ROWS)
    library.publish(LOINC_MAP, "m1", (), mappings=LOINC_ROWS)
    library.publish(IMAGING_MAP, "m1", (), mappings=IMAGING_ROWS, effective=date(2024, 3, 20))
    return library
