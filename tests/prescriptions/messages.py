"""A checker of our own, which knows one rule, and small invented messages for it."""

from __future__ import annotations

import json

from maksa.errors import BadInput
from maksa.model.edition import EditionRef
from maksa.model.verdict import Coding
from maksa.prescriptions.batch import Checked, Mending
from maksa.prescriptions.report import Change, Finding, MessageReport, NotChecked
from maksa.prescriptions.sent import PassedOver, Place, Unread
from maksa.prescriptions.tally import Tally
from maksa.text import Text

EDITION = EditionRef("herbs", "1", "0" * 64)
PATH = "Composition.MedicationPrescriptions.Orders[0].ProductCode"
NAME, NATIONAL_ID = "فرشته نمونه‌زاده", "0012345679"


def message(code="00127", **more):
    """Write a message with one order, sent of a person whose name and national id no report may hold."""
    order = {"ProductCode": {"Value": "آویشن", "Terminology_id": "herbs", "Coded_string": code}}
    composition = {"MedicationPrescriptions": {"Orders": [order]}}
    person = {"FirstName": NAME, "NationalCode": NATIONAL_ID}
    return {"Person": person, "Composition": composition, **more}


def body(code="00127", **more):
    """Write a message as bytes."""
    return json.dumps(message(code, **more), ensure_ascii=False).encode()


class FakeChecker:
    """Says that the code 127 lost its zeros, that the code 0 is unknown, and that the rest is right."""

    def __init__(self):
        self.asked = []

    def check(self, body, *, on=None, name="message"):
        """Check a message."""
        self.asked.append((name, on))
        try:
            read = json.loads(body)
            code = read["Composition"]["MedicationPrescriptions"]["Orders"][0]["ProductCode"]["Coded_string"]
        except (ValueError, KeyError, TypeError):
            raise BadInput(
                Text(f"{name} پیام نیست.", f"{name} is no message."), mend=Text("JSON بدهید.", "Give JSON.")
            ) from None
        findings = {"127": (lost_zeros(),), "0": (unknown(),)}.get(str(code), ())
        apart = NotChecked("dates", "Composition.Admission", Text("تاریخ ندارد.", "There is no date."))
        return MessageReport("MedicationPrescriptions", findings, (apart,), (EDITION,))


def lost_zeros(severity="warning"):
    """Give the finding of a code that lost its zeros, which has a certain mend."""
    return Finding(
        "product",
        PATH,
        "code-form",
        severity,
        Text("صفرهای آغاز کد 127 افتاده است.", "Code 127 has lost its leading zeros."),
        Text("آن را 00127 بنویسید.", "Write it 00127."),
        Coding("herbs", "00127", "آویشن"),
        changes=(Change(f"{PATH}.Coded_string", "127", "00127"),),
    )


def unknown():
    """Give the finding of an unknown code, which has candidates."""
    said = Text("کد 0 در herbs نیست.", "Code 0 is not in herbs.")
    candidates = (Coding("herbs", "00125", "بابونه <آلمانی>"),)
    return Finding("product", PATH, "unknown-code", "error", said, candidates=candidates)


def outcomes():
    """Give a valid message, one that is not, one that was mended, one that was not read, and what is none."""
    checker = FakeChecker()
    clean, wrong, slight = (checker.check(body(code)) for code in ("00127", "0", "127"))
    made = (
        Change(f"{PATH}.Coded_string", "127", "00127"),
        Change(f"{PATH}.Terminology_id", None, "herbs"),
        Change("Person.NationalCode", "12345679", NATIONAL_ID),
    )
    left = (Change("Composition.Notes", "x", "y"),)
    broken = BadInput(
        Text("day.ndjson:3: شکسته است.", "day.ndjson:3: broken."), mend=Text("درستش کنید.", "Mend it.")
    )
    return (
        Checked(Place("a.json"), clean),
        Checked(Place("b.json"), wrong),
        Checked(Place("c.json"), slight, Mending("out/c.json", made, left, slight)),
        Unread(Place("day.ndjson", line=3), broken),
        PassedOver(Place("letter.pdf")),
    )


def shown_as(write, given, *, lazily=False):
    """Write a report of outcomes; give its pieces and the tally."""
    tally = Tally()
    pieces = write(given, tally)
    return (pieces if lazily else [*pieces]), tally
