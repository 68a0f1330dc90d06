"""Small invented lists for messages, and clean messages whose codes stand in them; the person is fictitious."""

from __future__ import annotations

import json
from datetime import date

from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept, Property, PropertyDefinition, Terminology, ValueSet
from maksa.terminology.service import LocalTerminology
from maksa.text import Text
from toy import build_shelf, place

NATIONAL_ID, FIRST_NAME, LAST_NAME, INSURED = "0012345679", "فرزانه", "ساختگی‌پور", "7711223344"
SECRETS = (NATIONAL_ID, FIRST_NAME, LAST_NAME, INSURED)
BLOCK = "Composition.MedicationPrescriptions"
ORDER = f"{BLOCK}.Orders[0]"
DAILY = {
    "Value": "Once daily (qualifier value)",
    "Terminology_id": "SNOMEDCT",
    "Coded_string": "229797004",
}
HAEMOGLOBIN = {"Value": "هموگلوبین", "Terminology_id": "LOINC", "Coded_string": "718-7"}
CHEST = {"Value": "سی‌تی قفسه سینه", "Terminology_id": "LOINC", "Coded_string": "36156-8"}


def message_service(home):
    """Give the questions over a shelf of drugs, laboratory and imaging services, insurers and genders."""
    shelf = build_shelf(home)
    for terminology, concepts in _LISTS:
        place(shelf, terminology, concepts, edition="1")
    shelf.refresh()
    return LocalTerminology(shelf)


def drug_message():
    """Make a clean message of two drugs."""
    orders = [_drug("60039", "ACICLOVIR 200 mg"), _drug("60110", "AMLODIPINE 5 mg")]
    return _message(
        "MedicationPrescriptions",
        {
            "Prescriber": _doctor(),
            "IssueDate": day(1402, 7, 1),
            "ePrescriptionID": "0000AAAAAA",
            "Orders": orders,
        },
    )


def service_message(*services, block="ServicePrescriptions", **more):
    """Make a message that orders services."""
    issued = day(1402, 7, 1) | {"Hour": 10, "Minute": 4, "Second": 0}
    orders = [{"Service": service} for service in services]
    head = {"Prescriber": _doctor(), "IssueDateTime": issued, "ePrescriptionID": _number()}
    return _message(block, {**head, "Orders": orders, **more})


def body_of(message):
    """Write a message as JSON."""
    return json.dumps(message, ensure_ascii=False).encode()


def day(year, month, number):
    """Write a day as SEPAS does."""
    return {"Year": year, "Month": month, "Day": number}


def identifier(issuer, kind, code):
    """Write an identifier as SEPAS does."""
    return {"Issuer": issuer, "Assigner": issuer, "ID": code, "Type": kind}


def _number():
    return identifier("TAMIN", "ePrescriptionID", "0000AAAAAA")


def _doctor():
    return {"Identifier": identifier("Med_Council", "Med_ID", "12345")}


def _drug(code, value):
    return {
        "ProductCode": {"Value": value, "Terminology_id": "eRx", "Coded_string": code},
        "Dosage": {"Magnitude": 1, "Unit": "Each"},
        "Frequency": dict(DAILY),
        "TotalNumber": {"Magnitude": 30, "Unit": "Each"},
    }


def _message(block, prescription):
    guid = "00000000-0000-0000-0000-00000000000"
    return {
        "Person": {
            "NationalCode": NATIONAL_ID,
            "FirstName": FIRST_NAME,
            "LastName": LAST_NAME,
            "BirthDate": day(1366, 2, 29),
            "Gender": {"Value": "زن", "Terminology_id": "thritaEHR.gender", "Coded_string": "2"},
        },
        "MsgID": {
            "SystemID": identifier("MOHME_IT", "System_ID", f"{guid}1"),
            "HealthCareFacilityID": identifier("MOHME_IT", "Org_ID", f"{guid}2"),
        },
        "Composition": {
            "Insurance": {
                "Insurer": {
                    "Value": "تأمین اجتماعی",
                    "Terminology_id": "thritaEHR.insurer",
                    "Coded_string": "1",
                },
                "InsuredNumber": INSURED,
                "SHEBAD": identifier("TAMIN", "HID", "000000AAAA"),
            },
            block: prescription,
        },
    }


def _list(name, title, form=None, **more):
    return Terminology(id=name, title=Text(title, title), code_form=form or CodeForm(), **more)


_ERX = _list("eRx", "داروها", CodeForm(pattern="[0-9]{5}", width=5, example="60039"))
_LABORATORY = _list("laboratory", "آزمایش‌ها", CodeForm(pattern="[0-9]{1,6}-[0-9]", check="loinc-mod10"))
_IMAGING = _list("imaging", "تصویربرداری", CodeForm(pattern="[0-9]{1,6}-[0-9]", check="loinc-mod10"))
_SNOMED = _list(
    "SNOMEDCT",
    "واژه‌ها",
    CodeForm(pattern="[1-9][0-9]{5,17}", check="snomed-verhoeff"),
    properties=(PropertyDefinition("use", "string", Text("کاربرد", "use")),),
    value_sets=(ValueSet("frequency", Text("تواتر", "frequency"), "use", ("frequency",)),),
)
SNOMED_CONCEPTS = (
    Concept("229797004", DAILY["Value"], properties=(Property("use", "frequency"),), changed=1),
    Concept("26643006", "Oral route (qualifier value)", properties=(Property("use", "route"),), changed=1),
)
_LISTS = (
    (
        _ERX,
        (
            Concept("00125", "IRON 10 mg", changed=1),
            Concept("60039", "ACICLOVIR 200 mg", changed=1),
            Concept("60110", "AMLODIPINE 5 mg", changed=1),
            Concept(
                "60120", "OLD DRUG 1 mg", effective_to=date(2023, 10, 22), replaced_by="60039", changed=1
            ),
        ),
    ),
    (_LABORATORY, (Concept("718-7", "هموگلوبین", changed=1),)),
    (_IMAGING, (Concept("36156-8", "سی‌تی قفسه سینه", changed=1),)),
    (
        _list("thritaEHR.insurer", "بیمه‌گرها"),
        (Concept("1", "تأمین اجتماعی", changed=1), Concept("2", "خدمات درمانی", changed=1)),
    ),
    (_list("thritaEHR.gender", "جنسیت"), (Concept("1", "مرد", changed=1), Concept("2", "زن", changed=1))),
)
SNOMED = _SNOMED
"""A list that is not on the shelf by itself; who imports it has its value sets."""
