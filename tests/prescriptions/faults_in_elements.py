"""Faults in the structure: what is missing, too many, doubled, in the wrong place or of the wrong shape."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from clean_messages import SERVICES, Message
from faults import DRUGS, Expected, Suite, an_order, expect, leaf

_MEDICATION = ("MedicationPrescriptions",)
_PRESCRIBED = (*_MEDICATION, *SERVICES)
FAULTS = Suite()


@FAULTS.kind("person missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree, "Person", rng)
    return expect("missing-element", *leaf("Person", "NationalCode"))


@FAULTS.kind("national code missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree["Person"], "NationalCode", rng)
    return expect("missing-element", "Person.NationalCode")


@FAULTS.kind("message identifier missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree, "MsgID", rng)
    return expect("missing-element", *leaf("MsgID", "SystemID"))


@FAULTS.kind("system identifier missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree["MsgID"], "SystemID", rng)
    return expect("missing-element", *leaf("MsgID.SystemID", "ID"))


@FAULTS.kind("insurance missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree["Composition"], "Insurance", rng)
    return expect("missing-element", *leaf("Composition.Insurance", "Insurer"))


@FAULTS.kind("insurer missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree["Composition"]["Insurance"], "Insurer", rng)
    return expect("missing-element", "Composition.Insurance.Insurer")


@FAULTS.kind("prescriber missing", kinds=_PRESCRIBED)
def _(message: Message, rng: Random) -> Expected:
    _take(message.block, "Prescriber", rng)
    return expect("missing-element", *leaf(f"{message.at}.Prescriber", "Identifier", "Identifier.ID"))


@FAULTS.kind("day of issue missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.block, message.date_element, rng)
    return expect("missing-element", f"{message.at}.{message.date_element}")


@FAULTS.kind("prescription number missing", kinds=_PRESCRIBED)
def _(message: Message, rng: Random) -> Expected:
    _take(message.block, "ePrescriptionID", rng)
    return expect("missing-element", *leaf(f"{message.at}.ePrescriptionID", "ID"))


@FAULTS.kind("orders missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.block, "Orders", rng)
    return expect("missing-element", f"{message.at}.Orders")


@FAULTS.kind("orders empty", json_only=True)
def _(message: Message, rng: Random) -> Expected:
    message.block["Orders"] = []
    return expect("missing-element", f"{message.at}.Orders")


@FAULTS.kind("what is ordered missing")
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    _take(order, message.code_element, rng)
    return expect("missing-element", f"{path}.{message.code_element}", *_no_order(message, order))


@FAULTS.kind("composition missing")
def _(message: Message, rng: Random) -> Expected:
    _take(message.tree, "Composition", rng)
    # Without it a JSON message is of no known type; what is missing may be named with what should stand in it.
    return expect("missing-element wrong-message-type", "", "Composition", message.at)


@FAULTS.kind("prescription missing")
def _(message: Message, rng: Random) -> Expected:
    del message.tree["Composition"][message.block_name]
    return expect("missing-element wrong-message-type", "", "Composition", message.at)  # As above.


@FAULTS.kind("two of what is ordered")
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    name = message.code_element
    order[name] = [order[name], dict(order[name])]
    return expect(
        "too-many", f"{path}.{name}", f"{path}.{name}[1]"
    )  # The element, or the one that is too many.


@FAULTS.kind("two insurers")
def _(message: Message, rng: Random) -> Expected:
    insurance = message.tree["Composition"]["Insurance"]
    insurance["Insurer"] = [insurance["Insurer"], dict(insurance["Insurer"])]
    return expect("too-many", "Composition.Insurance.Insurer", "Composition.Insurance.Insurer[1]")


@FAULTS.kind("two days of issue")
def _(message: Message, rng: Random) -> Expected:
    path = f"{message.at}.{message.date_element}"
    issued = message.block[message.date_element]
    message.block[message.date_element] = [issued, dict(issued)]
    return expect("too-many", path, f"{path}[1]")


@FAULTS.kind("the same order twice")
def _(message: Message, rng: Random) -> Expected:
    orders = message.block["Orders"]
    orders.append(deepcopy(rng.choice(orders)))
    path = f"{message.at}.Orders[{len(orders) - 1}]"
    return expect("duplicate-order", *leaf(path, message.code_element))


@FAULTS.kind("two prescriptions in one message")
def _(message: Message, rng: Random) -> Expected:
    other = rng.choice([kind for kind in (*DRUGS, *SERVICES) if kind != message.kind])
    message.tree["Composition"][other] = deepcopy(message.block)
    # One of them is too many, or not of the type of the message.
    return expect("wrong-message-type too-many", "", "Composition", message.at, f"Composition.{other}")


@FAULTS.kind("orders of another kind of message")
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    other = "ProductCode" if message.kind in SERVICES else "Service"
    order[other] = order.pop(message.code_element)
    # What it orders stands under the name of another kind: that, or what is missing for it, may be named.
    return expect(
        "wrong-message-type missing-element bad-format",
        path,
        f"{path}.{other}",
        f"{path}.{message.code_element}",
    )


@FAULTS.kind("what is ordered outside of its order")
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    message.block[message.code_element] = order.pop(message.code_element)
    # Named where it should stand, or where it stands.
    missing, stray = f"{path}.{message.code_element}", f"{message.at}.{message.code_element}"
    return expect("missing-element bad-format", missing, stray, *_no_order(message, order))


@FAULTS.kind("insurer outside of the insurance")
def _(message: Message, rng: Random) -> Expected:
    composition = message.tree["Composition"]
    composition["Insurer"] = composition["Insurance"].pop("Insurer")
    return expect(
        "missing-element bad-format", "Composition.Insurance.Insurer", "Composition.Insurer"
    )  # As above.


@FAULTS.kind("name of an element misspelt")
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    name = message.code_element
    misspelt = name.replace("c", "k").replace("C", "K")
    order[misspelt] = order.pop(name)
    return expect("missing-element bad-format", f"{path}.{name}", f"{path}.{misspelt}")  # As above.


@FAULTS.kind("plain text for a coded field")
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    order[message.code_element] = order[message.code_element]["Coded_string"]
    # Not of the right shape, or a code without its list.
    return expect("bad-format missing-part", f"{path}.{message.code_element}")


@FAULTS.kind("a number for a quantity", kinds=_MEDICATION)
def _(message: Message, rng: Random) -> Expected:
    path, order = an_order(message, rng)
    order["Dosage"] = order["Dosage"]["Magnitude"]
    # Not of the right shape, or a quantity without its unit.
    return expect("bad-format bad-quantity", *leaf(f"{path}.Dosage", "Unit"))


@FAULTS.kind("elements in another order", "say nothing")
def _(message: Message, rng: Random) -> Expected:
    message.tree = _reversed(message.tree)
    return expect("")


@FAULTS.kind("elements that are there and empty", "say nothing", kinds=_MEDICATION)
def _(message: Message, rng: Random) -> Expected:
    _, order = an_order(message, rng)
    order |= {"Method": None, "AsNeeded": None, "Site": None, "Ingredient": None, "Description": None}
    return expect("")


def _take(node: dict[str, Any], name: str, rng: Random) -> None:
    """Take an element away, or leave it there as nothing."""
    if rng.random() < 0.5:
        del node[name]
    else:
        node[name] = None


def _no_order(message: Message, order: dict[str, Any]) -> tuple[str, ...]:
    """Give the path of the orders when the only one has nothing left in it: then none is there."""
    nothing = len(message.block["Orders"]) == 1 and not any(order.values())
    return (f"{message.at}.Orders",) if nothing else ()


def _reversed(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _reversed(child) for name, child in reversed(node.items())}
    if isinstance(node, list):
        return [_reversed(child) for child in node]
    return node
