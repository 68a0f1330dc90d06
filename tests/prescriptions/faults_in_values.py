"""Faults in days, times, identifiers and quantities."""

from __future__ import annotations

from random import Random
from typing import Any

from clean_messages import SERVICES, Message, day_of, days_in, national_code
from faults import Expected, Suite, an_order, day, expect, leaf

_MEDICATION = ("MedicationPrescriptions",)
_SOLD_BY_UNIT = ("MedicationPrescriptions", "DispensedPrescriptions")
_EXPIRING = (*_MEDICATION, *SERVICES)
FAULTS = Suite()


@FAULTS.kind("31st of a month of thirty days")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Month=rng.randint(7, 11), Day=31)


@FAULTS.kind("30th of Esfand of a common year")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Year=rng.choice((1400, 1401, 1402, 1404)), Month=12, Day=30)


@FAULTS.kind("month thirteen or none")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Month=rng.choice((0, 13, 99, -1)))


@FAULTS.kind("day zero or 32")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Day=rng.choice((0, 32, -1)))


@FAULTS.kind("Gregorian year")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Year=rng.randint(2022, 2026), Day=rng.randint(1, 28))


@FAULTS.kind("year of two digits")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Year=rng.randint(2, 5))


@FAULTS.kind("month missing in a day")
def _(message: Message, rng: Random) -> Expected:
    expected = _issued(message, Month=None)
    # Not a day of the calendar, or a part of it that is missing.
    return Expected(expected.issues | {"missing-element"}, expected.paths)


@FAULTS.kind("words for a day")
def _(message: Message, rng: Random) -> Expected:
    expected = _issued(message, Day=rng.choice(("سه‌شنبه", "first", "1x")))
    # Not a day, or not a number.
    return Expected(expected.issues | {"bad-format"}, expected.paths)


@FAULTS.kind("impossible day with a right ISOString")
def _(message: Message, rng: Random) -> Expected:
    return _issued(message, Month=13, ISOString="2024-10-21")


@FAULTS.kind("impossible day of birth")
def _(message: Message, rng: Random) -> Expected:
    message.tree["Person"]["BirthDate"] |= {"Month": 12, "Day": 31}
    return expect("bad-date", *day("Person.BirthDate"))


@FAULTS.kind("impossible day of admission")
def _(message: Message, rng: Random) -> Expected:
    message.tree["Composition"]["Admission"]["AdmissionDate"] |= {"Month": rng.randint(7, 12), "Day": 31}
    return expect("bad-date", *day("Composition.Admission.AdmissionDate"))


@FAULTS.kind("impossible day of expiry", kinds=_EXPIRING)
def _(message: Message, rng: Random) -> Expected:
    message.block["ExpiryDate"] = day_of(1405, 12, 30)
    return expect("bad-date", *day(f"{message.at}.ExpiryDate"))


@FAULTS.kind("expires before it is issued", kinds=_EXPIRING)
def _(message: Message, rng: Random) -> Expected:
    year, month = message.block[message.date_element]["Year"] - 1, rng.randint(1, 12)
    message.block["ExpiryDate"] = day_of(year, month, rng.randint(1, days_in(year, month)))
    return expect("bad-date", *day(f"{message.at}.ExpiryDate"))


@FAULTS.kind("impossible time")
def _(message: Message, rng: Random) -> Expected:
    name = "IssueDateTime" if message.kind in SERVICES else "IssueTime"
    message.block[name] |= rng.choice(
        ({"Hour": 25, "Minute": 61}, {"Hour": 24}, {"Minute": 60}, {"Hour": -1})
    )
    # Times have no class of their own.
    return expect("bad-date bad-format", *leaf(f"{message.at}.{name}", "Hour", "Minute", "Second"))


@FAULTS.kind("ISOString contradicts the day", "say nothing")
def _(message: Message, rng: Random) -> Expected:
    message.block[message.date_element]["ISOString"] = rng.choice(
        ("2015-01-01", "1403/01/01", "0001-01-01T00:00:00")
    )
    # It is never trusted; that it may be remarked on is left open.
    return expect("bad-date bad-format", *leaf(f"{message.at}.{message.date_element}", "ISOString"))


@FAULTS.kind("national code: check digit wrong")
def _(message: Message, rng: Random) -> Expected:
    code = message.tree["Person"]["NationalCode"]
    return _national_code(
        message, code[:9] + rng.choice([digit for digit in "0123456789" if digit != code[9]])
    )


@FAULTS.kind("national code: the same digit ten times")
def _(message: Message, rng: Random) -> Expected:
    return _national_code(message, rng.choice("0123456789") * 10)


@FAULTS.kind("national code: eleven digits or letters")
def _(message: Message, rng: Random) -> Expected:
    code = message.tree["Person"]["NationalCode"]
    return _national_code(message, rng.choice((code + "0", code[:9] + "A", "ناشناس")))


@FAULTS.kind("national code: leading zero lost", "remark")
def _(message: Message, rng: Random) -> Expected:
    expected = _national_code(message, national_code(rng, "0")[1:])
    # Registries give them so: refused, or recognised after repair.
    return Expected(expected.issues | {"code-form"}, expected.paths)


@FAULTS.kind("national code of the committer: check digit wrong")
def _(message: Message, rng: Random) -> Expected:
    identifier = message.tree["MsgID"]["Committer"]["Identifier"]
    code = identifier["ID"]
    identifier["ID"] = code[:9] + rng.choice([digit for digit in "0123456789" if digit != code[9]])
    return expect("bad-identifier", *leaf("MsgID.Committer.Identifier", "ID"))


@FAULTS.kind("medical council number of the prescriber malformed")
def _(message: Message, rng: Random) -> Expected:
    message.block["Prescriber"]["Identifier"]["ID"] = rng.choice(("9999آ", "12#45", "1234567890123"))
    return expect("bad-identifier", *leaf(f"{message.at}.Prescriber.Identifier", "ID"))


@FAULTS.kind("medical council number of the attending doctor malformed")
def _(message: Message, rng: Random) -> Expected:
    doctor = message.tree["Composition"]["Admission"]["AttendingDoctor"]
    doctor["Identifier"]["ID"] = rng.choice(("9999آ", "12#45", "1234567890123"))
    return expect("bad-identifier", *leaf("Composition.Admission.AttendingDoctor.Identifier", "ID"))


@FAULTS.kind("medical council number empty")
def _(message: Message, rng: Random) -> Expected:
    message.block["Prescriber"]["Identifier"]["ID"] = rng.choice(("", None))
    # An identifier of nothing, or none.
    return expect("bad-identifier missing-element", *leaf(f"{message.at}.Prescriber.Identifier", "ID"))


@FAULTS.kind("system identifier is no GUID")
def _(message: Message, rng: Random) -> Expected:
    message.tree["MsgID"]["SystemID"]["ID"] = rng.choice(("12345", "HIS-01", "0000-0000"))
    return expect("bad-identifier", *leaf("MsgID.SystemID", "ID"))


@FAULTS.kind("facility identifier is no GUID")
def _(message: Message, rng: Random) -> Expected:
    message.tree["MsgID"]["HealthCareFacilityID"]["ID"] = rng.choice(("12345", "HIS-01", "0000-0000"))
    return expect("bad-identifier", *leaf("MsgID.HealthCareFacilityID", "ID"))


@FAULTS.kind("quantity zero", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    return _quantity(message, rng, Magnitude=0)


@FAULTS.kind("quantity negative", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    return _quantity(message, rng, Magnitude=rng.choice((-1, -0.5)))


@FAULTS.kind("quantity in words", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    expected = _quantity(message, rng, Magnitude=rng.choice(("سی عدد", "ten", "1/2")))
    return Expected(expected.issues | {"bad-format"}, expected.paths)  # No quantity, or no number.


@FAULTS.kind("quantity without a number", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    expected = _quantity(message, rng, Magnitude=None)
    return Expected(expected.issues | {"missing-element"}, expected.paths)  # No quantity, or a part missing.


@FAULTS.kind("unit missing", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    expected = _quantity(message, rng, Unit=rng.choice(("", None)))
    # No quantity, or a part of it missing.
    return Expected(expected.issues | {"missing-element", "missing-part"}, expected.paths)


@FAULTS.kind("unknown unit", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    expected = _quantity(message, rng, Unit=rng.choice(("قرص", "tabletz", "mg per day", "??")))
    # No quantity, or no code of UCUM.
    return Expected(expected.issues | {"unknown-code", "malformed-code"}, expected.paths)


@FAULTS.kind("unit in the wrong case", "remark", kinds=_SOLD_BY_UNIT)
def _(message: Message, rng: Random) -> Expected:
    expected = _quantity(message, rng, Unit=rng.choice(("mg/DL", "KG", "UG", "EACH")))
    # No code of UCUM, whose case counts, or one that is recognised after repair.
    return Expected(expected.issues | {"code-form", "unknown-code", "malformed-code"}, expected.paths)


def _issued(message: Message, **parts: Any) -> Expected:
    """Change parts of the day of issue."""
    message.block[message.date_element] |= parts
    return expect("bad-date", *day(f"{message.at}.{message.date_element}"))


def _national_code(message: Message, code: str) -> Expected:
    message.tree["Person"]["NationalCode"] = code
    return expect("bad-identifier", "Person.NationalCode")


def _quantity(message: Message, rng: Random, **parts: Any) -> Expected:
    """Change parts of a quantity."""
    path, order = an_order(message, rng)
    name = rng.choice([name for name in ("Dosage", "TotalNumber") if name in order])
    order[name] |= parts
    return expect("bad-quantity", *leaf(f"{path}.{name}", "Magnitude", "Unit"))
