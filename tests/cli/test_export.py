"""`maksa export`: what is written of a map is read again as the same rows."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maksa.cli.export import _FORMATS
from maksa.cli.exported import ExportedMap
from maksa.intake.map_words import NO_RELATION, RELATIONSHIPS
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.model.concept import Decision, Mapping, Terminology
from maksa.text import Text

MAP = Terminology("toy-map", Text("نگاشت", "Map"), kind="map")
MANIFEST = SimpleNamespace(
    terminology="toy-map", edition="1", sample=True, content_hash="0" * 64, changed_on=date(2025, 1, 1)
)
CODES = st.text(st.sampled_from("abcXYZ0123456789-./|#"), min_size=1, max_size=8)
TEXTS = st.text(st.sampled_from("abآب ‌\t\",;|\\=#:'۱0"), min_size=1, max_size=12).map(str.strip).filter(bool)
LISTS = st.sampled_from(["eRx", "generic-drug", "tamin.drugUsage"])
DECISIONS = st.builds(Decision, TEXTS, st.dates(date(1950, 1, 1), date(2090, 1, 1)), TEXTS, st.none() | TEXTS)


@st.composite
def mappings(draw):
    """Make a row as an import gives it."""
    target = draw(st.none() | CODES)
    return Mapping(
        draw(LISTS),
        draw(CODES),
        draw(LISTS),
        target,
        NO_RELATION if target is None else draw(st.sampled_from(RELATIONSHIPS)),
        draw(st.none() | TEXTS | st.just("insurer=tamin; age=adult")),
        draw(st.none() | TEXTS),
        decision=draw(st.none() | DECISIONS),
    )


def key(row):
    """Order rows whatever they hold."""
    return repr(replace(row, row=None))


def written(path, form, rows):
    """Write rows in a format and give the file."""
    file = path / f"map.{form}"
    _FORMATS[form](file, ExportedMap(MAP, SimpleNamespace(manifest=MANIFEST), tuple(rows), {}))
    return file


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(mappings(), min_size=1, max_size=6, unique_by=key))
@pytest.mark.parametrize("form", _FORMATS)
def test_every_row_comes_back(tmp_path, form, rows):
    """Each format carries source, target, relationship, condition, comment and decision."""
    intake = take_in(written(tmp_path, form, rows), load_profile("generic-map"), terminology="toy-map")

    again = [replace(row, row=None) for row in intake.lists[0].mappings]
    assert sorted(again, key=key) == sorted(rows, key=key)
    assert intake.counts.accepted == len(rows)


DECIDED = Mapping(
    "LOINC",
    "718-7",
    "RVU3",
    "802010",
    "source-is-narrower-than-target",
    "age=adult",
    decision=Decision("Dr. Rah", date(2025, 3, 1), "seen"),
)


def test_a_concept_map_is_as_its_release_has_it(tmp_path):
    """R4 has equivalence and property, R5 relationship, attribute and noMap."""
    nothing = Mapping("LOINC", "1-8", "RVU3", None, NO_RELATION)
    four, five = (
        json.loads(written(tmp_path, form, [DECIDED, nothing]).read_text("utf-8"))["group"][0]["element"]
        for form in ("fhir-r4", "fhir-r5")
    )

    assert four[0]["target"][0]["equivalence"] == "wider"
    assert four[0]["target"][0]["dependsOn"] == [{"property": "age", "value": "adult"}]
    assert four[1]["target"] == [{"equivalence": "unmatched"}]
    assert five[0]["target"][0]["relationship"] == "source-is-narrower-than-target"
    assert five[1] == {"code": "1-8", "noMap": True}


def test_a_mapping_set_has_what_the_standard_asks_for(tmp_path):
    """A prefix for every list, a predicate, and a justification in every row."""
    head, row = Path(written(tmp_path, "sssom", [DECIDED])).read_text("utf-8").splitlines()[-2:]
    slots = dict(zip(head.split("\t"), row.split("\t"), strict=True))

    assert slots["subject_id"] == "LOINC:718-7"
    assert slots["predicate_id"] == "skos:broadMatch"
    assert slots["mapping_justification"] == "semapv:ManualMappingCuration"
    assert slots["mapping_date"] == "2025-03-01"


def test_a_table_is_read_again_by_the_own_profile_of_its_map(tmp_path):
    """The standard columns are known even where a profile has headers of its own."""
    rows = (Mapping("product", "metformin", "generic-drug", "00817", "equivalent", "insurer=tamin"),)
    path = tmp_path / "map.csv"
    _FORMATS["csv"](path, ExportedMap(MAP, SimpleNamespace(manifest=MANIFEST), rows, {}))

    intake = take_in(path, load_profile("insurer-generic-code"))

    assert [replace(row, row=None) for row in intake.lists[0].mappings] == list(rows)
