"""A vendor's message goes through the checker: it is refused with reasons, mended where that is certain, and valid."""

from __future__ import annotations

import json

from message_forms import write_message
from program import need_curl

GUID = "00000000-0000-0000-0000-00000000000"
PERSON = {"NationalCode": "0012345679", "FirstName": "فرزانه", "LastName": "ساختگی‌پور"}
INSURED = "7711223344"
SECRETS = (*PERSON.values(), INSURED, "Once in the morning, for Farzaneh")
BLOCK = "Composition.MedicationPrescriptions"
ROOT = "MedicationPrescriptionsMessageVO"
SLIPS = {
    ("wrong-terminology", "Composition.Diagnosis[0].Diagnosis"),
    ("code-display-swapped", "Person.Gender"),
    ("terminology-id-form", "Composition.Insurance.Insurer"),
    ("code-form", f"{BLOCK}.Orders[0].ProductCode"),
    ("bad-quantity", f"{BLOCK}.Orders[0].TotalNumber"),
}


def _coded(terminology, code, value):
    return {"Value": value, "Terminology_id": terminology, "Coded_string": code}


def _identifier(issuer, kind, code):
    return {"Issuer": issuer, "Assigner": issuer, "ID": code, "Type": kind}


def _message():
    """Write a drug prescription with five slips of real traffic, each of which has one certain mend."""
    order = {
        "ProductCode": _coded("eRx", " ۶۰۰۳۹", "ACICLOVIR 200 mg TABLET ORAL"),
        "Dosage": {"Magnitude": 1, "Unit": "Each"},
        "TotalNumber": {"Magnitude": "۳۰", "Unit": "Each"},
        "PatientInstruction": SECRETS[-1],
    }
    prescription = {
        "Prescriber": {"Identifier": _identifier("Med_Council", "Med_ID", "12345")},
        "IssueDate": {"Year": 1403, "Month": 1, "Day": 20},
        "ePrescriptionID": "0000AAAAAA",
        "Orders": [order],
    }
    return {
        "Person": {**PERSON, "Gender": _coded("thritaEHR.gender", "زن", "2")},
        "MsgID": {
            "SystemID": _identifier("MOHME_IT", "System_ID", f"{GUID}1"),
            "HealthCareFacilityID": _identifier("MOHME_IT", "Org_ID", f"{GUID}2"),
        },
        "Composition": {
            "Insurance": {
                "Insurer": _coded("thritaEHR.Insurer", "1", "تامين اجتماعي"),
                "InsuredNumber": INSURED,
                "SHEBAD": _identifier("TAMIN", "HID", "000000AAAA"),
            },
            "Diagnosis": [{"Diagnosis": _coded("ICD10", "34436003", "Blood in urine (finding)")}],
            "MedicationPrescriptions": prescription,
        },
    }


def test_message_from_vendor_to_verdict(maksa, tmp_path):
    """Refused with five reasons, mended, and valid at both doors; nothing of the patient is said or kept."""
    need_curl()
    said = []
    with maksa.start("demo") as demo:
        for form, kind in (("json-camel", "json"), ("xml-vm", "xml")):
            sent, mended = tmp_path / f"sent.{kind}", tmp_path / f"mended.{kind}"
            sent.write_bytes(write_message(_message(), form, ROOT))
            said += _refused(maksa, demo, sent, kind)
            said += _mended(maksa, demo, sent, mended, kind)
        said += [maksa("check", sent, "--format", form).out for form in ("text", "html", "sarif")]
        said += [maksa("journal").out, *demo.stop()[1:]]

    kept = [path.read_bytes() for path in maksa.home.rglob("*") if path.is_file()]
    for secret in SECRETS:
        assert not any(secret in one for one in said)
        assert not any(secret.encode() in content for content in kept)


def _refused(maksa, demo, sent, kind):
    refused = maksa("check", sent, "--json")
    assert refused.status == 1
    [report] = refused.json["messages"]
    findings = report["findings"]
    assert {(one["issue"], one["path"]) for one in findings} == SLIPS
    assert all(one["message"] and one["message_en"] and one["mend"] for one in findings)

    answer = _ask(demo, sent, kind)
    assert (answer["valid"], answer["findings"]) == (False, findings)
    return [refused.out, json.dumps(answer, ensure_ascii=False)]


def _mended(maksa, demo, sent, mended, kind):
    fixed = maksa("check", sent, "--fix", mended, "--lang", "fa")
    assert fixed.status == 0
    assert "«thritaEHR.Insurer» ← «thritaEHR.insurer»" in fixed.out

    valid = maksa("check", mended, "--json")
    [report] = valid.json["messages"]
    assert (valid.status, report["findings"]) == (0, [])
    assert "diagnosis.code" in {one["rule"] for one in report["not_checked"]}

    answer = _ask(demo, mended, kind)
    assert (answer["valid"], answer["findings"]) == (True, [])
    return [fixed.out, valid.out, json.dumps(answer, ensure_ascii=False)]


def _ask(demo, path, kind):
    asked = ("-H", f"Content-Type: application/{kind}", "--data-binary", f"@{path}")
    return demo.curl("/api/v1/prescriptions/check", *asked)
