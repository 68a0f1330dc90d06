"""`maksa convert` on a home with the samples."""

from __future__ import annotations

import json
import stat

import pytest
from message_shelf import NATIONAL_ID, body_of, drug_message
from running import Runner

from maksa.home import open_home
from maksa.registry.samples import load_samples


@pytest.fixture(scope="module")
def sampled(tmp_path_factory):
    """Make one home with the samples for all tests of this file; none changes it."""
    folder = tmp_path_factory.mktemp("sampled") / "home"
    home = open_home(folder, create=True)
    load_samples(home.registry, home.shelf)
    return folder


@pytest.fixture
def run(sampled, capsys):
    """Run commands on the home with the samples."""
    return Runner(sampled, capsys)


@pytest.fixture
def sent(tmp_path):
    """Write a message of one sample drug."""
    message = drug_message()
    order = message["Composition"]["MedicationPrescriptions"]["Orders"][0]
    order["ProductCode"] |= {"Coded_string": "60039", "Value": "ACICLOVIR 200 mg TABLET ORAL"}
    message["Composition"]["MedicationPrescriptions"]["Orders"] = [order]
    path = tmp_path / "message.json"
    path.write_bytes(body_of(message))
    return path


def test_a_message_becomes_fields_through_the_sample_maps(run, sent):
    """Each code names the map that led there, and that it is a sample; nothing is said to be official."""
    said = run("convert", sent, "--to", "tamin", "--json")

    assert said.status == 0
    assert said.json["fields"]["noteDetailEprscs"][0]["srvId"]["srvCode"] == "70001"
    assert said.json["inferred"] is True
    assert all(one["by"]["sample"] for one in said.json["carried"])


def test_a_code_without_a_map_is_the_answer_no(run, sent):
    """Exit status 1, with path, code and reason; the sentences are Persian when asked for."""
    sent.write_bytes(sent.read_bytes().replace(b"229797004", b"225752000"))
    sent.write_bytes(sent.read_bytes().replace(b"Once daily (qualifier value)", b"Every four hours"))

    said = run("convert", sent, "--to", "tamin", "--lang", "fa")

    assert said.status == 1
    assert "بی‌جا: noteDetailEprscs[0].drugInstruction.drugInstId" in said.out
    assert "Orders[0].Frequency (SNOMEDCT 225752000)" in said.out


def test_the_fields_are_written_for_their_owner_only(run, sent, tmp_path):
    """The file names the patient, what is printed does not; it is not written over."""
    target = tmp_path / "fields.json"
    said = run("convert", sent, "--to", "salamat", "--output", target)

    assert json.loads(target.read_bytes())["nationalNumber"] == NATIONAL_ID
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert NATIONAL_ID not in said.out + said.err
    assert run("convert", sent, "--to", "salamat", "--output", target).status == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"<a/>", b'{"Composition": {}}'])
def test_what_is_no_message_could_not_be_asked(run, tmp_path, content):
    """Exit status 2 and one sentence."""
    path = tmp_path / "broken"
    path.write_bytes(content)
    said = run("convert", path, "--to", "tamin")

    assert said.status == 2
    assert said.err.startswith("maksa: ")
    assert "Traceback" not in said.err


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    """As is an insurer that is not known."""
    assert "gone.json" in run("convert", tmp_path / "gone.json", "--to", "tamin").err
    assert run("convert", tmp_path / "gone.json", "--to", "sakhad").status == 2
