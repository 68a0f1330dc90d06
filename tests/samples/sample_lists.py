"""The sample lists as the tests of this folder read them."""

import csv
import tomllib
from functools import cache
from importlib.resources import as_file, files

from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in

FOLDER = files("maksa.samples")
SAMPLES = tomllib.loads((FOLDER / "samples.toml").read_text(encoding="utf-8"))["sample"]
TABLES = [sample for sample in SAMPLES if sample["file"].endswith(".csv")]


@cache
def rows_of(file):
    """Give the rows of a sample table as dictionaries."""
    return list(csv.DictReader((FOLDER / file).read_text(encoding="utf-8").splitlines(keepends=True)))


@cache
def intake_of(file):
    """Give what an import makes of a sample."""
    sample = next(sample for sample in SAMPLES if sample["file"] == file)
    with as_file(FOLDER / file) as path:
        return take_in(path, load_profile(sample["profile"]), terminology=sample.get("terminology"))


@cache
def concepts_of(file):
    """Give the concepts of a sample by code, of all its lists."""
    return {concept.code: concept for made in intake_of(file).lists for concept in made.concepts}


def codes_of(file, kind):
    """Give the stable names of the findings of a kind."""
    return {finding.code for finding in intake_of(file).findings if finding.kind == kind}
