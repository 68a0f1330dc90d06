"""The codes that synthetic messages use: those of the sample lists, and well-formed real ones of form-only lists."""

from __future__ import annotations

from functools import cache

from sample_lists import rows_of

from maksa.model.checkdigits import is_loinc

Coded = tuple[str, str]

FREQUENCIES: list[Coded] = [
    ("229797004", "Once daily (qualifier value)"),
    ("229799001", "Twice a day (qualifier value)"),
    ("229798009", "Three times daily (qualifier value)"),
    ("307439001", "Four times daily (qualifier value)"),
    ("307468000", "Every six hours (qualifier value)"),
    ("307469008", "Every eight hours (qualifier value)"),
]
ROUTES: list[Coded] = [
    ("386359008", "Administration of drug or medicament via oral route (procedure)"),
    ("26643006", "Oral route (qualifier value)"),
    ("37839007", "Sublingual route (qualifier value)"),
    ("47625008", "Intravenous route (qualifier value)"),
    ("78421000", "Intramuscular route (qualifier value)"),
]
METHODS: list[Coded] = [
    ("311504000", "With food (qualifier value)"),
    ("307165006", "Before food (qualifier value)"),
]
AS_NEEDED: list[Coded] = [("225761000", "As required (qualifier value)")]
PRIORITIES: list[Coded] = [
    ("50811001", "Routine (qualifier value)"),
    ("25876001", "Emergency (qualifier value)"),
]
INGREDIENT_ROLES: list[Coded] = [("410942007", "Drug or medicament (substance)")]
SITES: list[Coded] = [
    ("16982005", "Shoulder region structure (body structure)"),
    ("72696002", "Knee region structure (body structure)"),
    ("64033007", "Kidney structure (body structure)"),
]
LATERALITIES: list[Coded] = [("7771000", "Left (qualifier value)"), ("24028007", "Right (qualifier value)")]
DETAILS: list[Coded] = [
    ("16310003", "Ultrasonography (procedure)"),
    ("77477000", "Computed tomography (procedure)"),
]
SPECIMENS: list[Coded] = [
    ("119297000", "Blood specimen (specimen)"),
    ("119364003", "Serum specimen (specimen)"),
]
COLLECTIONS: list[Coded] = [("28520004", "Venipuncture for blood test (procedure)")]
DISEASES: list[Coded] = [
    ("I10", "Essential (primary) hypertension"),
    ("E11.9", "Type 2 diabetes mellitus without complications"),
    ("J06.9", "Acute upper respiratory infection, unspecified"),
    ("M54.5", "Low back pain"),
]
FINDINGS: list[Coded] = [
    ("34436003", "Blood in urine (finding)"),
    ("38341003", "Hypertensive disorder, systemic arterial (disorder)"),
    ("44054006", "Diabetes mellitus type 2 (disorder)"),
    ("195967001", "Asthma (disorder)"),
]


@cache
def drugs() -> list[dict[str, str]]:
    """Give the drugs of the sample list eRx that may be used on any day."""
    rows = [row for row in rows_of("erx-2.csv") if row["code"].isascii() and row["code"].isdecimal()]
    return [row for row in rows if _in_force(row)]


def drug(code: str) -> dict[str, str]:
    """Give one drug of the sample list eRx."""
    return next(row for row in rows_of("erx-2.csv") if row["code"] == code)


@cache
def products() -> list[dict[str, str]]:
    """Give the products of the sample list IRC that may be used on any day."""
    return [
        row
        for row in rows_of("irc.csv")
        if len(row["irc"]) == 16 and row["irc"].isdecimal() and _in_force(row)
    ]


@cache
def generics() -> list[Coded]:
    """Give the generic codes and titles of the sample list generic-drug that no later sample names anew."""
    anew = {row["drug_code"].zfill(5) for row in rows_of("tamin-formulary.csv")}
    rows = [row for row in rows_of("generic-drug.csv") if len(row["code"]) == 5 and _in_force(row)]
    return [
        (row["code"], row["display"]) for row in rows if row["code"].isdecimal() and row["code"] not in anew
    ]


@cache
def services(kind: str) -> list[Coded]:
    """Give the LOINC numbers and names of the sample list that a kind of message orders from."""
    name, column = {
        "ImagingPrescriptions": ("imaging-2.csv", "loinc"),
        "LaboratoryPrescriptions": ("laboratory.csv", "code"),
    }[kind]
    return [
        (row[column], row["display_en"]) for row in rows_of(name) if is_loinc(row[column]) and _in_force(row)
    ]


@cache
def thrita(terminology: str) -> list[Coded]:
    """Give the codes and titles of one list of the sample thrita."""
    rows = [row for row in rows_of("thrita.csv") if row["terminology_id"] == terminology]
    return [(row["coded_string"], row["value"]) for row in rows if row["coded_string"].isascii()]


def _in_force(row: dict[str, str]) -> bool:
    return row["status"] == "active" and not (row["effective_from"] or row["effective_to"])
