"""Faults in the codes and titles of coded fields, and codes that may not be used on the day of the message."""

from __future__ import annotations

from random import Random

from clean_messages import SERVICES, Message, coded, day_of
from faults import DRUGS, FORM_ONLY, Expected, Suite, coded_fields, expect, fields_of, held_fields, ordered
from sample_codes import drug, drugs, products, thrita

_MEDICATION = ("MedicationPrescriptions",)
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FAULTS = Suite()


@FAULTS.kind("code and title swapped")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(held_fields(message))
    field["Coded_string"], field["Value"] = field["Value"], field["Coded_string"]
    return expect("code-display-swapped", path)


@FAULTS.kind("code and title swapped, list known by form")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(fields_of(message, "SNOMEDCT", "LOINC") or fields_of(message, *FORM_ONLY))
    field["Coded_string"], field["Value"] = field["Value"], field["Coded_string"]
    return expect("code-display-swapped", path)


@FAULTS.kind("title of another drug", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    rows = products() if field["Terminology_id"] == "IRC" else drugs()
    others = [row for row in rows if field["Coded_string"] not in (row.get("irc"), row.get("code"))]
    field["Value"] = rng.choice(others)["display"]
    return expect("display-of-other-code", path)


@FAULTS.kind("title of another code of a small list")
def _(message: Message, rng: Random) -> Expected:
    names = ("thritaEHR.insurer", "thritaEHR.gender", "thritaEHR.specialty", "thritaEHR.daignosis.status")
    path, field = rng.choice(fields_of(message, *names))
    others = [title for code, title in thrita(field["Terminology_id"]) if code != field["Coded_string"]]
    field["Value"] = rng.choice(others)
    return expect("display-of-other-code", path)


@FAULTS.kind("title of no code", "remark")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(held_fields(message))
    field["Value"] = rng.choice(("نام محلی سامانه", "نامشخص", "LOCAL NAME"))
    return expect("display-mismatch", path)


@FAULTS.kind("title with a slip of the pen", "remark", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    title = field["Value"]
    place = rng.choice([place for place, letter in enumerate(title) if letter.isalpha()])
    field["Value"] = title[:place] + title[place + 1 :]
    return expect("display-mismatch", path)


@FAULTS.kind("unknown drug code", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected | None:
    path, field = ordered(message, rng)
    field["Coded_string"] = str(rng.randint(61_000, 64_999))
    return expect("unknown-code", path) if field["Terminology_id"] == "eRx" else None


@FAULTS.kind("unknown code of a small list")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(
        fields_of(message, "thritaEHR.insurer", "thritaEHR.gender", "thritaEHR.admissionType")
    )
    field["Coded_string"] = rng.choice(("83", "84", "88", "93", "97"))  # Of no sample list.
    return expect("unknown-code", path)


@FAULTS.kind("unknown code of an ingredient", kinds=_MEDICATION)
def _(message: Message, rng: Random) -> Expected | None:
    inside = [(path, field) for path, field in coded_fields(message) if path.endswith(".Item")]
    if not inside:
        return None
    path, field = rng.choice(inside)
    field["Coded_string"] = str(rng.randint(61_000, 64_999))
    return expect("unknown-code", path)


@FAULTS.kind("malformed drug code", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected | None:
    path, field = ordered(message, rng)
    code = field["Coded_string"]
    field["Coded_string"] = rng.choice((code[:3] + "X" + code[4:], code[:4] + "O", code + code, "#" + code))
    return expect("malformed-code", path)


@FAULTS.kind("LOINC check digit wrong", kinds=SERVICES)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field["Coded_string"] = _other_last_digit(field["Coded_string"], rng)
    return expect("malformed-code", path)


@FAULTS.kind("SNOMED CT check digit wrong", kinds=(*_MEDICATION, *SERVICES))
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(fields_of(message, "SNOMEDCT"))
    field["Coded_string"] = _other_last_digit(field["Coded_string"], rng)
    return expect("malformed-code", path)


@FAULTS.kind("malformed ICD-10 code")
def _(message: Message, rng: Random) -> Expected | None:
    places = fields_of(message, "ICD10")
    if not places:
        return None
    path, field = rng.choice(places)
    field["Coded_string"] = rng.choice(("E1", "119.E", "E11,9", "E11.9.9", "E-11"))
    return expect("malformed-code", path)


@FAULTS.kind("leading zeros lost", "remark", kinds=("DispensedPrescriptions",))
def _(message: Message, rng: Random) -> Expected | None:
    path, field = ordered(message, rng)
    field["Coded_string"] = field["Coded_string"].lstrip("0")
    return expect("code-form", path) if field["Terminology_id"] == "IRC" else None


@FAULTS.kind("Persian digits in a code", "remark")
def _(message: Message, rng: Random) -> Expected:
    places = [place for place in coded_fields(message) if any(map(str.isdigit, place[1]["Coded_string"]))]
    path, field = rng.choice(places)
    field["Coded_string"] = field["Coded_string"].translate(_PERSIAN)
    return expect("code-form", path)


@FAULTS.kind("Arabic digits in a code", "remark")
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field["Coded_string"] = field["Coded_string"].translate(_ARABIC)
    return expect("code-form", path)


@FAULTS.kind("spaces around a code", "remark")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    field["Coded_string"] = rng.choice((" {}", "{} ", " {} ")).format(field["Coded_string"])
    return expect("code-form", path)


@FAULTS.kind("title empty", "remark")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    field["Value"] = rng.choice(("", "  ", None))
    return expect("missing-part", path)


@FAULTS.kind("code empty")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    field["Coded_string"] = rng.choice(("", "  ", None))
    return expect("missing-part", path)


@FAULTS.kind("retired drug", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    row = drug(rng.choice(("65043", "65106")))
    field |= coded("eRx", row["code"], row["display"])
    return expect("retired", path)


@FAULTS.kind("drug retired, in the announced transition", "remark", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    row = drug("65064")
    field |= coded("eRx", row["code"], row["display"])
    _issue(message, 1405, 7, rng.randint(1, 30))
    return expect("retired", path)


@FAULTS.kind("drug not yet in force", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("eRx", "65091", drug("65091")["display"])
    return expect("not-yet-effective", path)


@FAULTS.kind("drug in force only after the day of the message", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("eRx", "65053", drug("65053")["display"])
    _issue(message, 1399, rng.randint(1, 12), rng.randint(1, 29))
    return expect("not-yet-effective", path)


@FAULTS.kind("drug retired after the day of the message", "say nothing", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    row = drug(rng.choice(("65043", "65106")))
    field |= coded("eRx", row["code"], row["display"])
    _issue(message, 1401, rng.randint(1, 12), rng.randint(1, 29))
    return expect("", path)


@FAULTS.kind("Arabic letters in a title", "say nothing")
def _(message: Message, rng: Random) -> Expected:
    fields = [place for place in held_fields(message) if set(place[1]["Value"]) & set("یک")]
    path, field = rng.choice(fields)
    field["Value"] = field["Value"].replace("ی", "ي").replace("ک", "ك")
    return expect("", path)


@FAULTS.kind("spaces, half-spaces and tatweel in a title", "say nothing")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(held_fields(message))
    title = field["Value"].replace("\u200c", rng.choice((" ", "")))
    field["Value"] = rng.choice(("  {} ", "{}\u200f", "{}ـ")).format(title)
    return expect("", path)


@FAULTS.kind("other digits in a title", "say nothing", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field["Value"] = field["Value"].translate(rng.choice((_PERSIAN, _ARABIC)))
    return expect("", path)


def _issue(message: Message, year: int, month: int, number: int) -> None:
    """Date a message anew; it was not issued before the admission, and expires on no day."""
    message.block["IssueDate"] = day_of(year, month, number)
    message.tree["Composition"]["Admission"]["AdmissionDate"] = day_of(year, month, number)
    message.tree["Person"]["BirthDate"] = day_of(1366, 2, 29)
    message.block.pop("ExpiryDate", None)


def _other_last_digit(code: str, rng: Random) -> str:
    return code[:-1] + rng.choice([digit for digit in "0123456789" if digit != code[-1]])
