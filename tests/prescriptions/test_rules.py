"""The rules: content that a physician can read, strictly read, with ids that stay."""

from __future__ import annotations

from importlib.resources import files

import pytest

from maksa.errors import BadInput
from maksa.model.persian import fold
from maksa.prescriptions.rules import read_rules, rule_book

NAMES = ("envelope", "values", "provider", "area", "medication", "imaging", "laboratory", "dispensed")


def texts():
    """Give the texts of the rules that come with the program."""
    folder = files("maksa.prescriptions.rules")
    return {name: folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in NAMES}


def fields(field, path=""):
    """Give all fields of a tree with their paths."""
    for name, child in field.children.items():
        yield f"{path}{name}", child
        yield from fields(child, f"{path}{name}.")


def test_the_four_messages_have_rules():
    """Each with a version, the day from which it holds, and a title in both languages."""
    messages = rule_book().messages

    assert set(messages) == {
        "MedicationPrescriptions",
        "ImagingPrescriptions",
        "LaboratoryPrescriptions",
        "DispensedPrescriptions",
    }
    for rules in messages.values():
        assert rules.version
        assert rules.title.fa
        assert rules.title.en


@pytest.mark.parametrize("message", list(rule_book().messages))
def test_every_rule_has_an_id_and_a_title_in_both_languages(message):
    """The Persian one in Persian letters."""
    for path, field in fields(rule_book().messages[message].field):
        assert field.rule, path
        assert field.title.en.isascii(), path
        assert fold(field.title.fa) != field.title.en.casefold(), path


def test_the_code_of_an_order_binds_to_its_list():
    """The facts about the messages."""
    book = rule_book()
    bound = {
        (message, name): field.terminologies
        for message, rules in book.messages.items()
        for name, field in fields(rules.field)
    }

    medication = "Composition.MedicationPrescriptions.Orders"
    service = "Composition.ServicePrescriptions.Orders.Service"
    assert bound["MedicationPrescriptions", f"{medication}.ProductCode"] == ("eRx",)
    assert bound["MedicationPrescriptions", f"{medication}.Route"] == ("SNOMEDCT",)
    assert bound["MedicationPrescriptions", f"{medication}.ReasonCode"] == ("ICD10",)
    assert "LOINC" in bound["ImagingPrescriptions", service]
    assert "LOINC" in bound["LaboratoryPrescriptions", service]
    assert bound["DispensedPrescriptions", "Composition.DispensedPrescriptions.Orders.ProductCode"] == (
        "eRx",
        "IRC",
        "FDO-ir",
    )


def test_the_block_of_services_has_two_names():
    """Both are read by the same rules."""
    composition = rule_book().messages["ImagingPrescriptions"].field.children["Composition"].children

    assert composition["ImagingPrescriptions"].children == composition["ServicePrescriptions"].children


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("medication", 'type = "quantity"', 'type = "quantities"'),
        ("medication", "required = true", "require = true"),
        ("medication", 'rule = "med.repeats"', 'rule = "med.note"'),
        ("medication", 'path = "Repeats"', 'path = "Note"'),
        ("medication", 'path = "Orders[].Dosage"', 'path = "Rows[].Dosage"'),
        ("medication", 'id = "medication"', ""),
        ("medication", 'effective = "1402/01/01"', 'effective = "1402/13/01"'),
        ("medication", "elements = [", "elements = "),
        ("values", "national-id-mod11", "mod-12"),
        ("values", "[units]", "[measures]"),
    ],
)
def test_a_mistake_in_the_rules_is_an_error_that_names_the_file(name, old, new):
    """Nothing is passed over."""
    changed = texts()
    assert old in changed[name]
    changed[name] = changed[name].replace(old, new)

    with pytest.raises(BadInput, match=f"{name}.toml"):
        read_rules(changed)


def test_other_rules_may_be_given():
    """Rules are content: what a field takes can be changed without the program."""
    changed = texts()
    changed["medication"] = changed["medication"].replace(
        'terminologies = ["eRx"]', 'terminologies = ["IRC"]'
    )
    rules = read_rules(changed).messages["MedicationPrescriptions"]

    block = rules.field.children["Composition"].children["MedicationPrescriptions"]
    assert block.children["Orders"].children["ProductCode"].terminologies == ("IRC",)
