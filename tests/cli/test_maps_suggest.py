"""`maksa maps suggest`: printed, as JSON, and as a file in which a person decides."""

from __future__ import annotations

import csv

import pytest


@pytest.fixture
def plants(herbs):
    """Run commands on a home with herbs and a second list of plants."""
    path = herbs.write(
        "p1,بابونه آلماني", "p2,آویشن", "p3,=1+1 نعناع", name="plants.csv", header="code,display"
    )
    named = ("--profile", "generic", "--terminology", "plants", "--edition", "1", "--publish")
    assert herbs("import", path, *named).status == 0
    return herbs


def test_candidates_are_printed_with_their_evidence(plants):
    """In the language that was asked for."""
    said = plants("maps", "suggest", "herbs", "plants", "--lang", "fa")

    assert said.status == 0
    [row] = [line for line in said.out.splitlines() if line.startswith("00125")]
    assert "\tp1\t" in row
    assert "عنوان یکی است" in row


def test_candidates_as_json(plants):
    """Every source, its candidates, and how many there are."""
    answer = plants("maps", "suggest", "herbs", "plants", "--json").json

    assert answer["sources"] == len(answer["items"]) == 3
    first = answer["items"][0]["candidates"][0]
    assert first["target"] == {"terminology": "plants", "code": "p1", "display": "بابونه آلماني"}
    assert first["evidence"][0]["message"] != first["evidence"][0]["message_en"]


def test_nothing_of_the_file_is_accepted_before_a_person_decides(plants):
    """Every row is set aside as it was written; the one that was decided is taken."""
    path = plants.folder / "candidates.csv"
    assert plants("maps", "suggest", "herbs", "plants", "--output", path).status == 0
    named = ("--profile", "generic-map", "--terminology", "herb-plants", "--edition", "1", "--json")

    untouched = plants("import", path, *named, "--dry-run").json["counts"]
    assert untouched["set_aside"] == untouched["read"] > 0

    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0] |= {"target": rows[0]["candidate"], "decided_by": "x", "decided_on": "1404/01/01", "reason": "y"}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)

    assert plants("import", path, *named, "--dry-run").json["counts"]["accepted"] == 1


def test_no_cell_of_the_file_is_a_formula(plants):
    """A title that begins as one gets a quote."""
    path = plants.folder / "candidates.csv"
    plants("maps", "suggest", "herbs", "plants", "--output", path)

    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert "'=1+1 نعناع" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_file_of_decisions_is_not_written_over(plants):
    """Exit status 2, and the file stands as it was."""
    path = plants.write("x", name="decided.csv")
    before = path.read_bytes()

    assert plants("maps", "suggest", "herbs", "plants", "--output", path).status == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("ends", [("herbs", "herbs"), ("herbs", "gone")])
def test_what_cannot_be_asked_is_refused(plants, ends):
    """One sentence, and nothing printed before it."""
    said = plants("maps", "suggest", *ends, "--json")

    assert (said.status, said.out) == (2, "")
