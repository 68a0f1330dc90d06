"""A small shelf of invented lists in the shapes of the real ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

from memory import MemoryLibrary

from maksa.model.codeform import CodeForm
from maksa.model.concept import (
    Concept,
    Designation,
    Property,
    PropertyDefinition,
    Terminology,
    ValueSet,
    Variant,
)
from maksa.model.edition import Letter
from maksa.text import Text

DAY = date(2025, 6, 1)
"""The day on which the toys are asked about."""
FIRST, SECOND, THIRD = date(2024, 3, 20), date(2025, 3, 21), date(2099, 3, 21)

SERVICES = Terminology(
    "RVU3",
    Text("ارزش نسبی", "Relative values"),
    code_form=CodeForm(r"[0-9]{6}(\.[0-9])?|[0-9]{2}", width=6, example="700100"),
    properties=(PropertyDefinition("part", "string", Text("بخش", "Part")),),
    value_sets=(
        ValueSet("kidney", Text("کلیه", "Kidney"), "part", ("kidney",)),
        ValueSet("heart", Text("قلب", "Heart"), "part", ("heart",)),
    ),
    list_number=2,
)
KIDNEY = Concept(
    "700100",
    "سونوگرافی کلیه‌ها",
    designations=(Designation("Kidney ultrasound", "en", "english"),),
    properties=(Property("part", "kidney"),),
    variants=(Variant("سونوگرافی کلیه (گونهٔ دوم)"),),
)
CONCEPTS = (
    KIDNEY,
    Concept("700105", "سونوگرافی کبد", properties=(Property("part", "liver"),)),
    Concept("700110", "سونوگرافی طحال", changed=2),
    Concept("700111", "سونوگرافی طحال"),
    Concept("700120", "بیوپسی کلیه", status="retired", replaced_by="700121"),
    Concept("700121", "بیوپسی کلیه، گام میانی", status="retired", replaced_by="700122", carried_from="1403"),
    Concept("700122", "نمونه‌برداری کلیه"),
    Concept("700130", "دیالیز قدیم", effective_to=date(2025, 5, 1), replaced_by="700131"),
    Concept("700131", "دیالیز", effective_from=date(2025, 5, 2)),
    Concept("700140", "گرافی ساده", effective_to=date(2025, 5, 1), transition_until=date(2025, 7, 1)),
    Concept("700150", "آزمون آینده", effective_from=date(2030, 1, 1)),
    Concept("700160", "حلقهٔ یک", status="retired", replaced_by="700161"),
    Concept("700161", "حلقهٔ دو", status="retired", replaced_by="700160"),
    Concept("700170", "جایگزین گم", status="retired", replaced_by="999999"),
    Concept("700180", "سرفصل", not_selectable=True),
    Concept("26", "جزء حرفه‌ای"),
)
DRUGS = Terminology(
    "eRx",
    Text("دارو", "Drugs"),
    code_form=CodeForm(r"[0-9]{5}", width=5, example="00817"),
    list_number=6,
    spellings=("e-Rx", "erx code"),
)
IMAGING = Terminology(
    "imaging",
    Text("تصویربرداری", "Imaging"),
    code_form=CodeForm(r"[0-9]{1,7}-[0-9]", check="loinc-mod10", example="36156-8"),
)
WARDS = Terminology("thritaEHR.wardType", Text("نوع بخش", "Ward"), code_form=CodeForm(r"[0-9]{3}", width=3))
ORDINALS = Terminology("thritaEHR.ordinalTerm", Text("مقیاس ترتیبی", "Ordinal scale"))
DIAGNOSIS = Terminology("thritaEHR.daignosis.status", Text("وضعیت تشخیص", "Diagnosis state"))
MAP = Terminology("drug-map", Text("نگاشت", "Map"), kind="map", spellings=("ambiguous",))
FUTURE = Terminology("future-list", Text("فهرست آینده", "Future list"), spellings=("ambiguous",))
SAMPLED = Terminology("sampled", Text("نمونه", "Sample"))

LETTER = Letter("110/356", date(2021, 12, 4), "الزام پیاده‌سازی کدینگ")


def stock(library: MemoryLibrary) -> MemoryLibrary:
    """Put all toys on a shelf."""
    library.publish(SERVICES, "1403", (KIDNEY, Concept("700199", "کد ۱۴۰۳")), effective=FIRST)
    library.publish(
        SERVICES,
        "1404",
        CONCEPTS,
        effective=SECOND,
        letters=(LETTER,),
        published=datetime(2025, 3, 1, tzinfo=UTC),
    )
    library.publish(SERVICES, "1478", CONCEPTS[:2], effective=THIRD)
    library.publish(
        DRUGS,
        "1",
        (
            Concept("00817", "METFORMIN 500 mg TABLET"),
            Concept("60039", "AMLODIPINE 5 mg TABLET"),
            Concept("60093", "آتورواستاتین"),
        ),
    )
    library.publish(
        IMAGING, "1", (Concept("36156-8", "ام آر آی قفسه سینه"), Concept("24630-6", "سی تی اسکن شکم"))
    )
    library.publish(WARDS, "1", (Concept("010", "داخلی"), Concept("700", "بخش زنان"), Concept("007", "ویژه")))
    library.publish(
        ORDINALS,
        "1",
        (
            Concept("0", "منفی"),
            Concept("1", "خفیف"),
            Concept("2", "متوسط"),
            Concept("3", "شدید"),
            Concept("A", "B"),
            Concept("B", "A"),
            Concept("C", "دال"),
            Concept("E", "C"),
            Concept("-", "—"),
        ),
    )
    library.publish(DIAGNOSIS, "1", (Concept("1", "اولیه"), Concept("2", "حین درمان")))
    library.publish(MAP, "1", ())
    library.publish(FUTURE, "1", (Concept("x", "آینده"),), effective=THIRD)
    library.publish(SAMPLED, "sample", (Concept("n1", "نمونه"),), sample=True)
    return library
