"""A message as the fields of an insurer: every code by one exact map or named, every other fact as it stands."""

from __future__ import annotations

from datetime import date

import pytest
from message_forms import FORMS, write_message
from message_shelf import (
    BLOCK,
    DAILY,
    HAEMOGLOBIN,
    NATIONAL_ID,
    ORDER,
    body_of,
    day,
    drug_message,
    message_service,
    service_message,
)

from maksa.errors import BadInput
from maksa.model.concept import Concept, Decision, Mapping, Property, PropertyDefinition, Terminology
from maksa.prescriptions.convert import INSURERS, convert
from maksa.prescriptions.convert.rules import insurer, read_insurer
from maksa.prescriptions.reading import read_message
from maksa.terminology.service import LocalTerminology
from maksa.text import Text
from toy import build_shelf, place

ORAL = {"Value": "Oral route (qualifier value)", "Terminology_id": "SNOMEDCT", "Coded_string": "26643006"}
DECIDED = Decision("committee", date(2023, 1, 1), "none fits")


def _list(name, kind="terminology", **more):
    return Terminology(name, Text(name, name), kind=kind, **more)


GENERIC = (
    Concept("70001", "آسیکلوویر", changed=1),
    Concept("70002", "آسیکلوویر نو", changed=1),
    Concept("70009", "کهنه", effective_to=date(2022, 1, 1), replaced_by="70001", changed=1),
)
TIMES = (Concept("60", "روزی یک نوبت", changed=1),)
SERVICES = (
    Concept("718-7", "هموگلوبین", properties=(Property("service_type", "02"),), changed=1),
    Concept("36156-8", "سی‌تی", properties=(Property("service_type", "05"),), changed=1),
)
KIND = PropertyDefinition("service_type", "code", Text("نوع", "kind"))
LISTS = (
    (_list("generic-drug"), GENERIC),
    (_list("tamin.drugInstruction"), TIMES),
    (_list("tamin.drugAmount"), (Concept("174", "یک عدد", changed=1),)),
    (_list("drug-usage"), (Concept("M006", "خوراکی", changed=1),)),
    (_list("tamin-service", properties=(KIND,)), SERVICES),
)
USUAL = (
    Mapping("eRx", "60039", "generic-drug", "70001"),
    Mapping("eRx", "60110", "generic-drug", "70002"),
    Mapping("SNOMEDCT", "229797004", "tamin.drugInstruction", "60"),
    Mapping("SNOMEDCT", "26643006", "drug-usage", "M006"),
    Mapping("LOINC", "718-7", "tamin-service", "718-7"),
    Mapping("LOINC", "36156-8", "tamin-service", "36156-8"),
)


@pytest.fixture
def home(tmp_path):
    """Give a function that makes the questions over lists and one map of these rows."""

    def make(*rows):
        message_service(tmp_path)
        shelf = build_shelf(tmp_path)
        for terminology, concepts in LISTS:
            place(shelf, terminology, concepts)
        place(shelf, _list("ways", "map"), (), mappings=rows)
        shelf.refresh()
        return LocalTerminology(shelf)

    return make


def one_drug(**more):
    """Make a message of one drug."""
    message = drug_message()
    block = message["Composition"]["MedicationPrescriptions"]
    block["Orders"] = [block["Orders"][0] | more]
    return message


def converted(service, message, to="tamin", **more):
    """Convert a message that is sent as JSON."""
    return convert(read_message(body_of(message)), to, service, **more)


def test_a_drug_order_has_the_fields_of_tamin(home):
    """Codes by the map, Jalali days and the doctor's id padded, constants and quantities in their places."""
    made = converted(home(*USUAL), one_drug())

    assert made.complete
    assert made.fields == {
        "patient": NATIONAL_ID,
        "prescType": {"prescTypeId": 1},
        "prescDate": "14020701",
        "docId": "0000012345",
        "noteDetailEprscs": [
            {
                "srvId": {"srvType": {"srvType": "01"}, "srvCode": "70001"},
                "srvQty": 30,
                "drugInstruction": {"drugInstId": "60"},
            }
        ],
    }
    assert [one.path for one in made.carried] == [f"{ORDER}.ProductCode", f"{ORDER}.Frequency"]


@pytest.mark.parametrize("form", FORMS)
def test_the_wire_of_the_message_makes_no_difference(home, form):
    """JSON in any casing and XML give the same fields."""
    service = home(*USUAL)
    sent = write_message(one_drug(), form, "MedicationPrescriptionsMessageVO")

    assert convert(read_message(sent), "tamin", service) == converted(service, one_drug())


def test_a_drug_order_has_persian_text_for_salamat(home):
    """The route has no Persian title of its own, so the title of what it becomes is taken."""
    rows = (*USUAL, Mapping("SNOMEDCT", "229797004", "drug-usage", None, decision=DECIDED))
    made = converted(home(*rows), one_drug(Route=ORAL), "salamat")

    [item] = made.fields["items"]
    assert item["serviceNN"] == "70001"
    assert item["consumption"] == {"each": 1, "unit": "Each", "route": "خوراکی"}
    assert [(gap.field, gap.why) for gap in made.gaps] == [("items[0].consumption.cnsmpt", "decided-no-map")]
    assert any("Tamin" in str(one.en) or "Salamat" in one.en for one in made.remarks)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((), "no-map"),
        ((Mapping("eRx", "60039", "generic-drug", None, decision=DECIDED),), "decided-no-map"),
        (
            (
                Mapping("eRx", "60039", "generic-drug", "70001"),
                Mapping("eRx", "60039", "generic-drug", "70002"),
            ),
            "several",
        ),
        (
            (Mapping("eRx", "60039", "generic-drug", "70001"), Mapping("eRx", "60039", "generic-drug", None)),
            "several",
        ),
        ((Mapping("eRx", "60039", "generic-drug", "70009"),), "target-not-usable"),
        ((Mapping("eRx", "60039", "generic-drug", "70001", relationship="related-to"),), "not-exact"),
        (
            (Mapping("eRx", "60039", "generic-drug", "70001", relationship="not-related-to"),),
            "decided-no-map",
        ),
        ((Mapping("eRx", "60039", "generic-drug", "70001", condition="insurer=salamat"),), "no-map"),
        ((Mapping("eRx", "60039", "generic-drug", "70001", relationship="retired"),), "no-map"),
    ],
)
def test_a_code_without_one_exact_usable_target_is_named(home, rows, why):
    """With its path and code and the reason; the field stays empty."""
    made = converted(home(*USUAL[2:], *rows), one_drug())

    [gap] = made.gaps
    assert (gap.field, gap.path, gap.source.code) == (
        "noteDetailEprscs[0].srvId.srvCode",
        f"{ORDER}.ProductCode",
        "60039",
    )
    assert gap.why == why
    assert gap.reason.fa
    assert gap.reason.en
    assert "srvCode" not in made.fields["noteDetailEprscs"][0]["srvId"]


def test_a_row_for_this_insurer_wins_over_one_for_all(home):
    """Insurers give one drug different codes; a map says so by its condition."""
    own = Mapping("eRx", "60039", "generic-drug", "70002", condition="insurer=tamin")
    service = home(*USUAL, own)

    assert converted(service, one_drug()).fields["noteDetailEprscs"][0]["srvId"]["srvCode"] == "70002"
    assert converted(service, one_drug(), "salamat").fields["items"][0]["serviceNN"] == "70001"


@pytest.mark.parametrize("value", ["AMLODIPINE 5 mg"])
def test_a_code_that_contradicts_its_title_is_not_converted(home, value):
    """Which drug was meant is not for a program to say."""
    coded = {"Value": value, "Terminology_id": "eRx", "Coded_string": "60039"}
    [gap] = converted(home(*USUAL), one_drug(ProductCode=coded)).gaps

    assert gap.why == "code-not-usable"


def test_a_time_is_named_when_no_field_takes_it(home):
    """It belongs into one of two fields; with neither, both say why."""
    made = converted(home(*USUAL[:2]), one_drug())

    assert [(gap.field, gap.path) for gap in made.gaps] == [
        ("noteDetailEprscs[0].drugInstruction.drugInstId", f"{ORDER}.Frequency"),
        ("noteDetailEprscs[0].timesAday.drugAmntId", f"{ORDER}.Frequency"),
    ]


def test_a_method_without_a_map_is_named_though_the_time_fills_its_field(home):
    """What was said of the use of a drug is never lost behind something else."""
    made = converted(home(*USUAL), one_drug(Method={"Coding": ORAL}))

    assert made.fields["noteDetailEprscs"][0]["drugInstruction"] == {"drugInstId": "60"}
    assert [(gap.path, gap.why) for gap in made.gaps] == [(f"{ORDER}.Method", "no-map")]


def test_an_order_without_its_drug_is_no_order(home):
    """A compounded drug has ingredients only, for which no field is known."""
    message = one_drug(Ingredient=[{"Item": DAILY}])
    del message["Composition"]["MedicationPrescriptions"]["Orders"][0]["ProductCode"]
    made = converted(home(*USUAL), message)

    assert [(gap.path, gap.why) for gap in made.gaps] == [(f"{ORDER}.ProductCode", "missing")]
    assert f"{ORDER}.Ingredient[0]" in [one.path for one in made.passed_over]


def test_a_message_without_orders_is_not_complete(home):
    """Nothing was ordered, and that is told."""
    message = one_drug()
    message["Composition"]["MedicationPrescriptions"]["Orders"] = []

    assert [(gap.path, gap.why) for gap in converted(home(*USUAL), message).gaps] == [
        (f"{BLOCK}.Orders", "missing")
    ]


def test_what_no_field_takes_is_named_and_not_repeated(home):
    """Nothing of the prescription is dropped in silence."""
    made = converted(home(*USUAL), one_drug(PatientInstruction="راز", Route=ORAL))

    passed = [one.path for one in made.passed_over]
    assert f"{ORDER}.PatientInstruction" in passed
    assert f"{ORDER}.Route" in passed
    assert "راز" not in str(made)


def test_the_days_are_those_of_the_calendar(home):
    """A day that does not exist is not written, and nothing of it is repeated."""
    message = one_drug()
    message["Composition"]["MedicationPrescriptions"] |= {"ExpiryDate": day(1402, 12, 30)}
    made = converted(home(*USUAL), message)

    assert "expireDate" not in made.fields
    assert "expireDate" in [one.field for one in made.absent]


def test_a_laboratory_order_has_its_constants(home):
    """Service type 02 and group 000, the code by the map of its LOINC number."""
    message = service_message(HAEMOGLOBIN, block="LaboratoryPrescriptions")
    made = converted(home(*USUAL), message)

    assert made.fields["prescType"] == {"prescTypeId": 2}
    assert made.fields["noteDetailEprscs"] == [
        {"srvId": {"srvType": {"srvType": "02"}, "srvCode": "718-7"}, "parTarefGrp": {"parGrpCode": "000"}}
    ]


def test_the_kind_of_an_imaging_service_is_read_from_the_list_of_the_insurer(home):
    """No table of modalities is in the program."""
    chest = {"Value": "سی‌تی قفسه سینه", "Terminology_id": "LOINC", "Coded_string": "36156-8"}
    made = converted(home(*USUAL), service_message(chest, block="ImagingPrescriptions"))

    assert made.fields["noteDetailEprscs"][0]["srvId"] == {"srvType": {"srvType": "05"}, "srvCode": "36156-8"}


def test_a_service_that_is_not_to_be_performed_is_not_ordered(home):
    """No field says so to the insurer, and an order would say the contrary."""
    message = service_message(HAEMOGLOBIN, HAEMOGLOBIN, block="LaboratoryPrescriptions")
    message["Composition"]["LaboratoryPrescriptions"]["Orders"][0]["DoNotPerform"] = True
    made = converted(home(*USUAL), message)

    assert len(made.fields["noteDetailEprscs"]) == 1
    assert [gap.why for gap in made.gaps] == ["not-to-be-performed"]


def test_a_message_of_no_known_type_is_refused(home):
    """A message of dispensed drugs has no conversion."""
    message = drug_message()
    message["Composition"]["DispensedPrescriptions"] = message["Composition"].pop("MedicationPrescriptions")

    with pytest.raises(BadInput, match="none of these types"):
        converted(home(*USUAL), message)


@pytest.mark.parametrize("name", INSURERS)
def test_the_content_of_an_insurer_says_whence_each_field_comes(name):
    """A field is filled from an element, always the same, or absent with a reason in two languages."""
    goal = insurer(name)

    for target in (*goal.head, *goal.item):
        assert bool(target.sources) == (target.form not in {"value", "absent"})
        assert (target.absent is not None) == (target.form == "absent")
        assert bool(target.lists) == (target.form in {"code", "words", "property"})


def test_a_wrong_word_in_the_content_is_an_error():
    """It names the field."""
    with pytest.raises(BadInput, match="tamin"):
        read_insurer("tamin", "id = 1")
