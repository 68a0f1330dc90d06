"""The sample lists are written for this project: no list is copied from a published one."""

import csv

import pytest
from sample_lists import FOLDER, SAMPLES

SHARE = 0.1
FEW = 3


def lines_of(text):
    """Give each line after the first as the set of its filled cells: order and doubled columns do not count."""
    rows = list(csv.reader(text.splitlines(keepends=True)))[1:]
    cells = [frozenset(cell.strip() for cell in row if cell.strip()) for row in rows]
    return [line for line in cells if line]


def copied(lines, published):
    """Tell whether more than a tenth of some lines, and at least three, stand in a published list."""
    same = sum(line in published for line in lines)
    return same >= FEW and same > SHARE * len(lines)


@pytest.fixture(scope="module")
def published(real_data):
    """The lines of every file of the real lists, by the name of the file."""
    files = [path for path in real_data.iterdir() if path.is_file()]
    return {path.name: set(lines_of(path.read_text(encoding="utf-8-sig"))) for path in files}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["file"])
def test_a_sample_is_no_copy_of_a_real_list(sample, published):
    """A fact may meet its published line once or twice; a list of such lines is a copy."""
    lines = lines_of((FOLDER / sample["file"]).read_text(encoding="utf-8"))

    assert lines
    assert [name for name, theirs in published.items() if copied(lines, theirs)] == []


def test_a_copy_is_found_in_any_order_of_its_columns(real_data, published):
    """A published list, turned around and without its doubled column, is still that list."""
    text = (real_data / "tamin_drug_instructions.csv").read_text(encoding="utf-8-sig")
    turned = lines_of("\n".join(",".join(reversed(line.split(",")[1:])) for line in text.splitlines()))

    assert copied(turned, published["tamin_drug_instructions.csv"])
    assert not copied(turned, published["tamin_drug_usages.csv"])
