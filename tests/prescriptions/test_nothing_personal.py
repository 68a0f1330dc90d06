"""Nothing of a person is repeated: not in reports, not in errors, not in logs, whatever is wrong with the message."""

from __future__ import annotations

import io
import logging
from contextlib import redirect_stderr, redirect_stdout

import pytest
from message_shelf import SECRETS, body_of, drug_message, identifier, message_service

from maksa.errors import BadInput
from maksa.prescriptions.check import Checker


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    """A checker over small lists."""
    return Checker(message_service(tmp_path_factory.mktemp("messages") / "home"))


def faulty():
    """Yield messages in which each part of the person is wrong in some way."""
    secret = SECRETS[0]
    for change in (
        {},
        {"NationalCode": f"{secret}1"},
        {"NationalCode": [secret, secret]},
        {"NationalCode": {"ID": secret}},
        {"FirstName": {"Name": SECRETS[1]}, "LastName": [SECRETS[2]]},
        {"BirthDate": secret, "Gender": secret},
        {"BirthDate": {"Year": 1402, "Month": secret, "Day": 1}},
        {"OtherIdentifier": [identifier(SECRETS[1], SECRETS[2], secret)]},
        {"Nickname": SECRETS[1], "Extra": {"Name": SECRETS[2], "Number": secret}},
    ):
        message = drug_message()
        message["Person"] |= change
        yield message
    message = drug_message()
    message["MsgID"]["Committer"] = {
        "FirstName": SECRETS[1],
        "Identifier": identifier("National_Org_Civil_Reg", "National_Code", f"{secret}9"),
    }
    message["Composition"]["Insurance"]["InsuredNumber"] = {"Number": SECRETS[3]}
    yield message


def test_no_report_and_no_log_repeats_a_name_or_a_number(checker, caplog):
    """Reports name the field and what is wrong with it, never what was sent."""
    written = io.StringIO()
    with caplog.at_level(logging.DEBUG), redirect_stdout(written), redirect_stderr(written):
        reports = [repr(checker.check(body_of(message))) for message in faulty()]

    everything = "\n".join([*reports, caplog.text, written.getvalue()])
    assert [secret for secret in SECRETS if secret in everything] == []


@pytest.mark.parametrize("end", [b"", b"}", b'"Person": 1}', b"\xff"])
def test_no_error_of_a_broken_message_repeats_it(checker, end):
    """Where it breaks is told by line and column."""
    body = body_of(drug_message()).rstrip(b"}") + end
    with pytest.raises(BadInput) as told:
        checker.check(body)

    said = f"{told.value.text} {told.value.mend}"
    assert [secret for secret in SECRETS if secret in said] == []
