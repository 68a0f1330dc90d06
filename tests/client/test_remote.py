"""The client library: a server's answers, and its refusals as exceptions."""

import json
import socket
from datetime import date

import pytest

from maksa.client import Client
from maksa.errors import BadInput, BadParameter, TooLarge, UnknownCode, UnknownTerminology, Unreachable
from maksa.model.verdict import Triple
from maksa.prescriptions.check import Checker

MESSAGE = json.dumps(
    {
        "Composition": {
            "MedicationPrescriptions": {
                "IssueDate": {"Year": 1403, "Month": 2, "Day": 31},
                "Orders": [{"ProductCode": {"Terminology_id": "herbs", "Coded_string": "00126"}}],
            }
        }
    }
).encode()


def test_every_question_is_answered(client):
    """Search, lookup, validation and the list of lists, with the editions behind the answer."""
    assert "herbs" in [entry["id"] for entry in client.terminologies()["items"]]
    assert client.lookup("herbs", "00126")["concept"]["code"] == "00126"
    assert client.search("بابونه", terminology="herbs")["items"][0]["code"] == "00125"
    assert client.validate("herbs", "00126")["results"][0]["valid"]
    assert client.validate("herbs", "00126")["editions"][0]["terminology"] == "herbs"


def test_many_triples_are_judged_in_their_order(client):
    """On one day for all of them."""
    found = client.validate_all(
        [Triple("herbs", "00126", None), Triple("herbs", "9", None)], on=date(2025, 1, 1)
    )

    assert [result["valid"] for result in found["results"]] == [True, False]


def test_a_message_has_the_findings_that_the_checker_at_home_gives(client, service):
    """There is one checker, here and afar."""
    at_home = Checker(service).check(MESSAGE)
    afar = client.check(MESSAGE)

    assert afar["valid"] is at_home.valid
    assert [(f["rule"], f["path"], f["issue"]) for f in afar["findings"]] == [
        (f.rule, f.path, f.issue) for f in at_home.findings
    ]


def test_xml_is_sent_as_xml(client):
    """The kind of a message is told by its first sign."""
    xml = b"<MedicationPrescriptionsMessageVO><Composition><MedicationPrescriptions/></Composition></MedicationPrescriptionsMessageVO>"

    assert client.check(xml)["message_type"] == "MedicationPrescriptions"


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (lambda client: client.lookup("nothing", "1"), UnknownTerminology),
        (lambda client: client.lookup("herbs", "nothing/../.."), UnknownCode),
        (lambda client: client.search("a", limit=10**9), BadParameter),
        (lambda client: client.check(b"{"), BadInput),
        (lambda client: client.check(b"[]" * 5_000_000), TooLarge),
        (lambda client: client.translate("nothing", "1"), UnknownTerminology),
        (lambda client: client.relative_value("herbs", "00126", coefficients=True), UnknownTerminology),
    ],
)
def test_a_refusal_is_the_exception_of_a_question_at_home(client, question, error):
    """With the server's sentence and its mend."""
    with pytest.raises(error) as refused:
        question(client)

    assert refused.value.text.en
    assert refused.value.text.fa


def test_no_server_is_one_clear_error():
    """The address is named."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}"

        with Client(url, timeout=1) as client, pytest.raises(Unreachable, match=url):
            client.terminologies()
