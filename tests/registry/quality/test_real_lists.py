"""No error stands falsely: all samples and all real lists are checked as they are."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.quality.check import check_draft

SAMPLES = Path(str(resources.files("maksa.samples")))
REAL = {
    "rvu3_1404.csv": "rvu3",
    "irc_brand_sample.csv": "irc",
    "tamin_drug_amounts.csv": "tamin-drug-amount",
    "tamin_drug_instructions.csv": "tamin-drug-instruction",
    "tamin_drug_usages.csv": "tamin-drug-usage",
    "tamin_repeat_days.csv": "tamin-repeat-days",
    "tamin_service_types.csv": "tamin-service-type",
    "tamin_services_sample.csv": "tamin-service",
    "tamin_formulary_sample.csv": "tamin-formulary",
    "tamin_supplementary_insurers.csv": "supplementary-insurer",
    "insurer_generic_codes_sample.csv": "insurer-generic-code",
    "rvu_k_coefficients_1404.csv": "rvu-coefficient",
    "thrita_codes_seen.csv": "thrita",
}


@pytest.fixture
def own_registry(registry_file):
    """A registry on SQLite; what the rules say is the same on both."""
    opened = open_registry(sqlite_url(registry_file))
    yield opened
    opened.close()


def reports(registry, shelf, path, profile, *, terminology=None, edition="1", **options):
    """Check every list of a file, and publish it."""
    intake = take_in(path, load_profile(profile), terminology=terminology)
    told = []
    for imported in intake.lists:
        saved = save_draft(
            registry, imported, edition, source=intake.source, options=DraftOptions(**options)
        ).draft
        told.append(check_draft(registry, shelf, saved))
        publish(registry, shelf, imported.terminology.id, edition)
    return told


def test_no_sample_has_an_error(own_registry, shelf):
    """Each is checked after those that are published before it, and publishes."""
    table = tomllib.loads((SAMPLES / "samples.toml").read_text("utf-8"))["sample"]

    told = [
        report
        for sample in table
        for report in reports(
            own_registry,
            shelf,
            SAMPLES / sample["file"],
            sample["profile"],
            terminology=sample.get("terminology"),
            edition=sample["edition"],
            sample=True,
            partial=sample.get("partial", False),
        )
    ]

    assert len(told) > 50
    assert [(one.terminology, one.counts) for one in told if one.errors] == []


@pytest.mark.parametrize("file", REAL)
def test_no_real_list_has_an_error(own_registry, shelf, real_data, file):
    """What the lists have is told as warnings and notes."""
    told = reports(own_registry, shelf, real_data / file, REAL[file])

    assert [(one.terminology, one.counts) for one in told if one.errors] == []


def test_the_book_of_relative_values_has_what_was_found_by_hand(own_registry, shelf, real_data):
    """Direction marks and line breaks in titles, titles that stand twice, and a title of 685 characters."""
    (told,) = reports(own_registry, shelf, real_data / "rvu3_1404.csv", "rvu3")

    counts = {one.rule: one.count for one in told.counts}
    assert counts["stray-character"] == 13
    assert counts["duplicate-title"] == 1
    assert counts["long-title"] == 1
