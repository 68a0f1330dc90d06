"""An invented list of drugs and services, requests that ask for what it has, and requests that ask for something else."""

from __future__ import annotations

from collections.abc import Iterator

from maksa.model.concept import Concept, Designation, Terminology
from maksa.text import Text

THINGS = Terminology(id="things", title=Text(fa="نمونه‌ها", en="Things"))
_TITLES = (
    ("آموکسی‌سیلین ۵۰۰ میلی‌گرم کپسول", "AMOXICILLIN 500 mg CAPSULE"),
    ("متفورمین ۵۰۰ میلی‌گرم قرص", "METFORMIN 500 mg TABLET"),
    ("متفورمین ۱۰۰۰ میلی‌گرم قرص", "METFORMIN 1000 mg TABLET"),
    ("آتورواستاتین ۲۰ میلی‌گرم قرص", "ATORVASTATIN 20 mg TABLET"),
    ("سفتریاکسون ۱ گرم تزریقی", "CEFTRIAXONE 1 g INJECTION"),
    ("ایبوپروفن ۴۰۰ میلی‌گرم قرص", "IBUPROFEN 400 mg TABLET"),
    ("دیکلوفناک پماد ۱ درصد", "DICLOFENAC 1% OINTMENT"),
    ("لووتیروکسین ۱۰۰ میکروگرم قرص", "LEVOTHYROXINE 100 mcg TABLET"),
    ("پنتوپرازول ۴۰ میلی‌گرم قرص", "PANTOPRAZOLE 40 mg TABLET"),
    ("کلاریترومایسین ۵۰۰ میلی‌گرم قرص", "CLARITHROMYCIN 500 mg TABLET"),
    ("سونوگرافی کلیه و مثانه", "Ultrasound of kidney and bladder"),
    ("سونوگرافی کبد و کیسهٔ صفرا", "Ultrasound of liver and gallbladder"),
    ("رادیوگرافی مچ دست", "Radiography of the wrist"),
    ("رادیوگرافی مچ پا", "Radiography of the ankle"),
    ("سی‌تی اسکن مغز بدون تزریق", "CT of the brain without contrast"),
    ("آندوسکوپی دستگاه گوارش فوقانی", "Upper gastrointestinal endoscopy"),
    ("اکوکاردیوگرافی کامل بزرگسال", "Complete adult echocardiography"),
    ("شمارش کامل گلبول‌های خون", "Complete blood count"),
    ("هموگلوبین گلیکوزیله", "Glycated haemoglobin"),
    ("کشت ادرار و آنتی‌بیوگرام", "Urine culture and antibiogram"),
)
CONCEPTS = tuple(
    Concept(f"{place:04d}", fa, designations=(Designation(en, "en", "english"),), changed=1)
    for place, (fa, en) in enumerate(_TITLES, start=1)
)
_BY_SOUND = {  # In the other script than the display's, as people write by ear.
    "0001": "amoxycillin 500 mg cap",
    "0002": "metformine 500 mg",
    "0004": "atorvastatine 20 mg tab",
    "0005": "seftriakson 1 g inj",
    "0006": "iboprofen 400 mg",
    "0007": "diklofenak 1% pomad",
    "0009": "pantoprazol 40 mg",
    "0015": "CT اسکن مغز بدون تزریق",
    "0016": "اندوسکپی دستگاه گوارش فوقانی",
    "0017": "اکو کاردیوگرافی کامل بزرگسال",
    "0019": "hemoglobin glikozile",
}
OTHERS = (
    "آموکسی‌سیلین ۲۵۰ میلی‌گرم کپسول",
    "متفورمین ۸۵۰ میلی‌گرم قرص",
    "آتورواستاتین ۸۰ میلی‌گرم قرص",
    "سفتریاکسون ۲۵۰ میلی‌گرم تزریقی",
    "سفازولین ۱ گرم تزریقی",
    "ایبوپروفن ۱۰۰ میلی‌گرم سوسپانسیون",
    "دیکلوفناک ۷۵ میلی‌گرم تزریقی",
    "لووتیروکسین ۲۵ میکروگرم قرص",
    "اُمپرازول ۲۰ میلی‌گرم کپسول",
    "اریترومایسین ۴۰۰ میلی‌گرم قرص",
    "سونوگرافی تیروئید",
    "سونوگرافی بیضه و کیسهٔ بیضه",
    "رادیوگرافی زانو",
    "رادیوگرافی انگشت دست",
    "سی‌تی اسکن قفسهٔ سینه با تزریق",
    "کولونوسکوپی",
    "الکتروکاردیوگرافی",
    "شمارش پلاکت",
    "هموگلوبین آزاد پلاسما",
    "کشت خون",
)
"""What the list does not have, much of it near to what it has."""


def seeds() -> Iterator[tuple[str, str, str]]:
    """Yield how a title was spoilt, the code that it is of, and the request."""
    for concept in CONCEPTS:
        title = concept.display
        yield "slip", concept.code, _slip(title)
        yield "lost letter", concept.code, _lost(title)
        yield "order", concept.code, _last_first(title)
        yield "arabic", concept.code, title.replace("ی", "ي").replace("ک", "ك").replace("\u200c", " ")
        if concept.code in _BY_SOUND:
            yield "sound", concept.code, _BY_SOUND[concept.code]


def _last_first(title: str) -> str:
    """Say the last word first, as in «قرص متفورمین»."""
    *rest, last = title.split()
    return " ".join((last, *rest))


def _slip(title: str) -> str:
    """Swap two neighbours amid the longest word."""
    word = max(title.split(), key=len)
    half = len(word) // 2
    return title.replace(word, word[:half] + word[half + 1] + word[half] + word[half + 2 :])


def _lost(title: str) -> str:
    """Drop the last but one letter of the first word."""
    word, _, rest = title.partition(" ")
    return f"{word[:-2]}{word[-1]} {rest}"
