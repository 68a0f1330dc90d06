"""Faults in the lists of coded fields: codes tagged as of another list, lists that a field does not take, ids misspelt."""

from __future__ import annotations

from random import Random

from clean_messages import SERVICES, Message, coded
from faults import DRUGS, Expected, Suite, coded_fields, expect, fields_of, ordered
from sample_codes import DISEASES, FINDINGS, drugs, generics, products, services

_MEDICATION = ("MedicationPrescriptions",)
_LABORATORY = ("LaboratoryPrescriptions",)
FAULTS = Suite()


@FAULTS.kind("SNOMED CT id tagged ICD10")
def _(message: Message, rng: Random) -> Expected | None:
    places = fields_of(message, "ICD10")
    if not places:
        return None
    path, field = rng.choice(places)
    field |= coded("ICD10", *rng.choice(FINDINGS))
    return expect("wrong-terminology", path)


@FAULTS.kind("ICD-10 code tagged SNOMEDCT", kinds=(*_MEDICATION, *SERVICES))
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(fields_of(message, "SNOMEDCT"))
    field |= coded("SNOMEDCT", *rng.choice(DISEASES[1:]))
    # ICD-10 has no check digit: whether its form alone says "plainly" is left open.
    return expect("wrong-terminology malformed-code", path)


@FAULTS.kind("LOINC number tagged SNOMEDCT", kinds=SERVICES)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field["Terminology_id"] = "SNOMEDCT"
    return expect("wrong-terminology", path)


@FAULTS.kind("eRx code tagged IRC", kinds=("DispensedPrescriptions",))
def _(message: Message, rng: Random) -> Expected | None:
    path, field = ordered(message, rng)
    if field["Terminology_id"] != "eRx":
        return None
    field["Terminology_id"] = "IRC"
    return expect("wrong-terminology", path)


@FAULTS.kind("IRC code tagged eRx", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    row = rng.choice(products())
    field |= coded("eRx", row["irc"], row["display"])
    return expect("wrong-terminology", path)


@FAULTS.kind("generic code tagged eRx", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("eRx", *rng.choice(generics()))
    return expect("wrong-terminology", path)


@FAULTS.kind("code of another list, rightly tagged", kinds=_MEDICATION)
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(
        [place for place in fields_of(message, "SNOMEDCT") if place[0].endswith(("Route", "Frequency"))]
    )
    row = rng.choice(drugs())
    field |= coded("eRx", row["code"], row["display"])
    # The triple is right and the field takes no such list: both classes say so.
    return expect("not-in-value-set wrong-terminology", path)


@FAULTS.kind("IRC product prescribed, rightly tagged", kinds=_MEDICATION)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    row = rng.choice(products())
    field |= coded("IRC", row["irc"], row["display"])
    return expect("not-in-value-set wrong-terminology", path)  # As above.


@FAULTS.kind("RVU3 code ordered, rightly tagged", kinds=SERVICES)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("RVU3", *rng.choice((("704005", "ام‌آر‌آی مغز بدون ماده حاجب"), ("801170", "فریتین"))))
    return expect("not-in-value-set wrong-terminology", path)  # As above.


@FAULTS.kind("insurer of another list")
def _(message: Message, rng: Random) -> Expected:
    field = message.tree["Composition"]["Insurance"]["Insurer"]
    field |= rng.choice(
        (coded("supplementary-insurer", "15", "شرکت بیمهٔ پاسارگاد"), coded("thritaEHR.gender", "1", "مرد"))
    )
    return expect("not-in-value-set wrong-terminology", "Composition.Insurance.Insurer")  # As above.


@FAULTS.kind("list id in another case", "remark")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    name = field["Terminology_id"]
    field["Terminology_id"] = rng.choice([other for other in (name.lower(), name.upper()) if other != name])
    return expect("terminology-id-form", path)


@FAULTS.kind("list id with spaces", "remark")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    field["Terminology_id"] = rng.choice((" {}", "{} ")).format(field["Terminology_id"])
    return expect("terminology-id-form", path)


@FAULTS.kind("list id with a known slip", "remark")
def _(message: Message, rng: Random) -> Expected | None:
    slips = {
        "thritaEHR.daignosis.status": "thritaEHR.diagnosis.status",
        "ICD10": "ICD-10",
        "SNOMEDCT": "SNOMED CT",
    }
    places = fields_of(message, *slips)
    if not places:
        return None
    path, field = rng.choice(places)
    field["Terminology_id"] = slips[field["Terminology_id"]]
    return expect("terminology-id-form", path)


@FAULTS.kind("list id that nobody knows")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    field["Terminology_id"] = rng.choice(("RVU9", "eRz", "thritaEHR.unknownList", "ICD7"))
    return expect("unknown-terminology", path)


@FAULTS.kind("list id private to a system")
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("TarahanHIS", "4249440", field["Value"])
    return expect("unknown-terminology", path)


@FAULTS.kind("list id missing")
def _(message: Message, rng: Random) -> Expected:
    path, field = rng.choice(coded_fields(message))
    if rng.random() < 0.5:
        field["Terminology_id"] = rng.choice(("", None))
    else:
        del field["Terminology_id"]
    return expect("missing-part", path)


@FAULTS.kind("laboratory test ordered as a drug", kinds=DRUGS)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("LOINC", *rng.choice(services("LaboratoryPrescriptions")))
    return expect("wrong-message-type", path)


@FAULTS.kind("imaging ordered from the laboratory", kinds=_LABORATORY)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("LOINC", *rng.choice(services("ImagingPrescriptions")))
    return expect("wrong-message-type not-in-value-set", path)  # Both say: not in this field of this message.


@FAULTS.kind("laboratory test ordered as imaging", kinds=("ImagingPrescriptions",))
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    field |= coded("LOINC", *rng.choice(services("LaboratoryPrescriptions")))
    return expect("wrong-message-type not-in-value-set", path)  # As above.


@FAULTS.kind("drug ordered as a service", kinds=SERVICES)
def _(message: Message, rng: Random) -> Expected:
    path, field = ordered(message, rng)
    row = rng.choice(drugs())
    field |= coded("eRx", row["code"], row["display"])
    return expect("wrong-message-type not-in-value-set", path)  # As above.
