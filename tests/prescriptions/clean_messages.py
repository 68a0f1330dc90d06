"""Clean messages of the four kinds, made from a seed: fictitious persons, codes of the samples, real calendar days.

No code stands here that is not in a sample list, or a real and well-formed code of a list known by its form only.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from message_forms import FORMS, XML_FORMS, write_message
from sample_codes import (
    AS_NEEDED,
    COLLECTIONS,
    DETAILS,
    DISEASES,
    FREQUENCIES,
    INGREDIENT_ROLES,
    LATERALITIES,
    METHODS,
    PRIORITIES,
    ROUTES,
    SITES,
    SPECIMENS,
    Coded,
    drugs,
    products,
    services,
    thrita,
)

from maksa.model.checkdigits import is_national_id

KINDS = (
    "MedicationPrescriptions",
    "ImagingPrescriptions",
    "LaboratoryPrescriptions",
    "DispensedPrescriptions",
)
SERVICES = ("ImagingPrescriptions", "LaboratoryPrescriptions")
_INSURERS = (("1", "1", "TAMIN"), ("2", "26.1", "IHIO"), ("2", "26.3", "IHIO"))
_DOSE_UNITS = ("Each", "mg", "mL", "g", "ug", "[iU]")
_COUNT_UNITS = ("Each", "Vial", "{tablet}")
_LEAP_YEARS = (1399, 1403, 1408)


@dataclass
class Message:
    """A message as a tree of canonical names, its kind, and the form in which it is written.

    `block_name` is the name of the block in the tree: services may stand under the name that imaging and laboratory
    messages share.
    """

    kind: str
    form: str
    block_name: str
    tree: dict[str, Any]

    @property
    def block(self) -> dict[str, Any]:
        """Give the prescription itself."""
        return self.tree["Composition"][self.block_name]

    @property
    def at(self) -> str:
        """Give the canonical path of the prescription."""
        return f"Composition.{self.kind}"

    @property
    def code_element(self) -> str:
        """Give the name of the element that says what an order orders."""
        return "Service" if self.kind in SERVICES else "ProductCode"

    @property
    def date_element(self) -> str:
        """Give the name of the element that says when it was issued."""
        return "IssueDateTime" if self.kind in SERVICES else "IssueDate"

    def body(self) -> bytes:
        """Write the message in its form."""
        return write_message(self.tree, self.form, f"{self.kind}MessageVO")


def clean_messages(seed: int, *, each: int) -> list[Message]:
    """Make so many clean messages of each kind in each form."""
    rng = Random(seed)
    return [clean_message(rng, kind, form) for kind in KINDS for form in FORMS for _ in range(each)]


def clean_message(rng: Random, kind: str, form: str) -> Message:
    """Make one clean message of a kind, to be written in a form."""
    shared = kind in SERVICES and form in XML_FORMS and rng.random() < 0.5
    name = "ServicePrescriptions" if shared else kind
    issued = _day(rng)
    tree = {"Person": _person(rng), "MsgID": _message_id(rng), "Composition": _composition(rng, issued)}
    tree["Composition"][name] = _BLOCKS[kind](rng, issued)
    tree["Composition"]["Diagnosis"] = (
        [_diagnosis(rng) for _ in range(rng.randint(1, 2))] if rng.random() < 0.7 else None
    )
    return Message(kind, form, name, tree)


def coded(terminology: str, code: str, value: str | None) -> dict[str, str | None]:
    """Make a coded field."""
    return {"Value": value, "Terminology_id": terminology, "Coded_string": code}


def day_of(year: int, month: int, day: int) -> dict[str, Any]:
    """Make a day of the Jalali calendar."""
    return {"Year": year, "Month": month, "Day": day, "ISOString": None}


def national_code(rng: Random, start: str = "") -> str:
    """Make a national code with a right check digit."""
    while True:
        nine = start + "".join(rng.choices("0123456789", k=9 - len(start)))
        found = [nine + digit for digit in "0123456789" if is_national_id(nine + digit)]
        if found:
            return found[0]


def days_in(year: int, month: int) -> int:
    """Give the number of days of a Jalali month."""
    if month == 12:
        return 30 if year in _LEAP_YEARS else 29
    return 31 if month <= 6 else 30


def _of_list(rng: Random, terminology: str) -> dict[str, str | None]:
    return coded(terminology, *rng.choice(thrita(terminology)))


def _of(rng: Random, terminology: str, some: list[Coded]) -> dict[str, str | None]:
    return coded(terminology, *rng.choice(some))


def _identifier(issuer: str, code: str, kind: str) -> dict[str, str]:
    return {"Issuer": issuer, "Assigner": issuer, "ID": code, "Type": kind}


def _guid(rng: Random) -> str:
    digits = f"{rng.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _day(rng: Random) -> tuple[int, int, int]:
    year, month = rng.randint(1402, 1405), rng.randint(1, 12)
    month = {1402: max(month, 7), 1405: min(month, 5)}.get(year, month)
    return year, month, rng.randint(1, days_in(year, month))


def _after(day: tuple[int, int, int], days: int) -> tuple[int, int, int]:
    year, month, number = day
    number += days
    while number > days_in(year, month):
        number -= days_in(year, month)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return year, month, number


def _time(rng: Random) -> dict[str, int]:
    return {"Hour": rng.randint(0, 23), "Minute": rng.randint(0, 59), "Second": rng.randint(0, 59)}


def _person(rng: Random) -> dict[str, Any]:
    year, month = rng.randint(1310, 1400), rng.randint(1, 12)
    return {
        "NationalCode": national_code(rng, rng.choice(("", "0", "00"))),
        "FirstName": rng.choice(("نمونه", "آزمون")),
        "LastName": rng.choice(("ساختگی", "خیالی")),
        "BirthDate": day_of(year, month, rng.randint(1, 29)),
        "BirthdateAccuracy": _of_list(rng, "thritaEHR.birthDateAccuracy"),
        "Gender": _of_list(rng, "thritaEHR.gender"),
        "Nationality": coded("ISO_3166-1", "IR", "Iran, Islamic Republic of"),
        "MaritalStatus": _of_list(rng, "thritaEHR.maritalStatus"),
    }


def _message_id(rng: Random) -> dict[str, Any]:
    committer = _identifier("National_Org_Civil_Reg", national_code(rng), "National_Code")
    return {
        "IS_Queriable": None,
        "SystemID": _identifier("MOHME_IT", _guid(rng), "System_ID"),
        "HealthCareFacilityID": _identifier("MOHME_IT", _guid(rng), "Org_ID"),
        "PatientUID": None,
        "CompositionUID": None,
        "Committer": {"FirstName": "نمونه", "LastName": "ساختگی", "Identifier": committer},
    }


def _doctor(rng: Random) -> dict[str, str]:
    return _identifier("Med_Council", str(rng.randint(10_000, 999_999)), "Med_ID")


def _composition(rng: Random, issued: tuple[int, int, int]) -> dict[str, Any]:
    insurer, box, issuer = rng.choice(_INSURERS)
    return {
        "Admission": {
            "AdmissionDate": day_of(*issued),
            "AdmissionType": _of_list(rng, "thritaEHR.admissionType"),
            "AttendingDoctor": {
                "Specialty": _of_list(rng, "thritaEHR.specialty"),
                "Identifier": _doctor(rng),
                "Role": _of_list(rng, "thritaEHR.healthcareProvider.role"),
            },
        },
        "Insurance": {
            "Insurer": coded("thritaEHR.insurer", insurer, dict(thrita("thritaEHR.insurer"))[insurer]),
            "InsuranceBox": coded("thritaEHR.insuranceBox", box, dict(thrita("thritaEHR.insuranceBox"))[box]),
            "SHEBAD": _identifier(issuer, f"{rng.randint(0, 999_999):06d}AAAA", "HID"),
        },
    }


def _diagnosis(rng: Random) -> dict[str, Any]:
    return {
        "Diagnosis": _of(rng, "ICD10", DISEASES),
        "Status": _of_list(rng, "thritaEHR.daignosis.status"),
        "Severity": rng.choice((None, _of_list(rng, "thritaEHR.ordinalTerm"))),
    }


def _drug(rng: Random, row: dict[str, str]) -> dict[str, str | None]:
    return coded("eRx", row["code"], rng.choice((row["display"], row["display_en"])))


def _amount(rng: Random, units: tuple[str, ...]) -> dict[str, Any]:
    return {"Magnitude": rng.choice((1, 2, 3, 10, 30, 0.5, 2.5)), "Unit": rng.choice(units)}


def _drug_order(rng: Random, row: dict[str, str]) -> dict[str, Any]:
    order = {
        "ProductCode": _drug(rng, row),
        "Dosage": _amount(rng, _DOSE_UNITS),
        "Frequency": _of(rng, "SNOMEDCT", FREQUENCIES),
        "Route": _of(rng, "SNOMEDCT", ROUTES),
        "TotalNumber": {"Magnitude": rng.randint(1, 90), "Unit": rng.choice(_COUNT_UNITS)},
    }
    order |= {
        "Method": {"Text": "طبق دستور", "Coding": _of(rng, "SNOMEDCT", METHODS)},
        "AsNeeded": _of(rng, "SNOMEDCT", AS_NEEDED),
        "Priority": _of(rng, "SNOMEDCT", PRIORITIES),
        "DrugName": row["display_en"],
        "PatientInstruction": "با یک لیوان آب",
        "Ingredient": [_ingredient(rng, other) for other in rng.sample(drugs(), 2)],
    }
    return {name: part for name, part in order.items() if name in _ALWAYS or rng.random() < 0.3}


_ALWAYS = ("ProductCode", "Dosage", "Frequency", "Route", "TotalNumber")


def _ingredient(rng: Random, row: dict[str, str]) -> dict[str, Any]:
    role = _of(rng, "SNOMEDCT", INGREDIENT_ROLES)
    return {"Item": _drug(rng, row), "Role": role, "Amount": {"Magnitude": 5, "Unit": "mg"}}


def _signed(rng: Random, issued: tuple[int, int, int]) -> dict[str, Any]:
    return {
        "Prescriber": {"Identifier": _doctor(rng)},
        "IssueDate": day_of(*issued),
        "IssueTime": _time(rng),
        "ePrescriptionID": f"{rng.randint(0, 9999):04d}AAAAAA",
    }


def _medication(rng: Random, issued: tuple[int, int, int]) -> dict[str, Any]:
    expires = day_of(*_after(issued, 60)) if rng.random() < 0.5 else None
    orders = [_drug_order(rng, row) for row in rng.sample(drugs(), rng.randint(1, 5))]
    return _signed(rng, issued) | {
        "Orders": orders,
        "ExpiryDate": expires,
        "Repeats": rng.choice((None, 1, 3)),
    }


def _dispensed(rng: Random, issued: tuple[int, int, int]) -> dict[str, Any]:
    sold = [_drug(rng, row) for row in rng.sample(drugs(), rng.randint(1, 3))]
    sold += [coded("IRC", row["irc"], row["display"]) for row in rng.sample(products(), rng.randint(0, 2))]
    batch = f"B{rng.randint(1000, 9999)}"
    counts = [{"Magnitude": rng.randint(1, 90), "Unit": rng.choice(_COUNT_UNITS)} for _ in sold]
    orders = [
        {"ProductCode": product, "TotalNumber": count, "BatchNumber": batch}
        for product, count in zip(sold, counts, strict=True)
    ]
    return _signed(rng, issued) | {"Orders": orders}


def _service_block(rng: Random, issued: tuple[int, int, int], orders: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "Note": "بدون آمادگی ویژه",
        "Priority": _of(rng, "SNOMEDCT", PRIORITIES),
        "Prescriber": {"Identifier": _doctor(rng)},
        "IssueDateTime": day_of(*issued) | _time(rng),
        "ePrescriptionID": _identifier("TAMIN", f"{rng.randint(0, 9999):04d}AAAAAA", "ePrescriptionID"),
        "Orders": orders,
        "ExpiryDate": day_of(*_after(issued, 180)) if rng.random() < 0.5 else None,
    }


def _imaging(rng: Random, issued: tuple[int, int, int]) -> dict[str, Any]:
    orders = []
    for code, name in rng.sample(services("ImagingPrescriptions"), rng.randint(1, 5)):
        place = {"BodySite": _of(rng, "SNOMEDCT", SITES), "Laterality": _of(rng, "SNOMEDCT", LATERALITIES)}
        order = {"Service": coded("LOINC", code, name), "AnatomicalLocation": [place]}
        if rng.random() < 0.3:
            order["ServiceDetail"] = [_of(rng, "SNOMEDCT", DETAILS)]
        orders.append(order)
    return _service_block(rng, issued, orders)


def _laboratory(rng: Random, issued: tuple[int, int, int]) -> dict[str, Any]:
    orders = []
    for code, name in rng.sample(services("LaboratoryPrescriptions"), rng.randint(1, 5)):
        order: dict[str, Any] = {"Service": coded("LOINC", code, name)}
        if rng.random() < 0.5:
            order["ReasonCode"] = [_of(rng, "ICD10", DISEASES)]
        orders.append(order)
    specimen = {
        "SpecimenTissueType": _of(rng, "SNOMEDCT", SPECIMENS),
        "CollectionProcedure": _of(rng, "SNOMEDCT", COLLECTIONS),
        "AdequacyForTesting": _of_list(rng, "thritaEHR.specimenAdequacy"),
    }
    return _service_block(rng, issued, orders) | {"Specimen": specimen}


_BLOCKS = {
    "MedicationPrescriptions": _medication,
    "ImagingPrescriptions": _imaging,
    "LaboratoryPrescriptions": _laboratory,
    "DispensedPrescriptions": _dispensed,
}
