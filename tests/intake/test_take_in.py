"""Taking in a list: the law of the account, and the real public lists."""

import json
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sources import adds_up, concepts, one, said

from maksa.errors import BadParameter, IntakeError
from maksa.intake.profile import load_profile, profile_names
from maksa.intake.take_in import take_in

REAL = {
    "rvu3": ("rvu3_1404.csv", 5575, 5572),
    "rvu-coefficient": ("rvu_k_coefficients_1404.csv", 33, 33),
    "tamin-drug-amount": ("tamin_drug_amounts.csv", 198, 198),
    "tamin-drug-instruction": ("tamin_drug_instructions.csv", 21, 21),
    "tamin-drug-usage": ("tamin_drug_usages.csv", 31, 31),
    "tamin-repeat-days": ("tamin_repeat_days.csv", 7, 7),
    "tamin-service-type": ("tamin_service_types.csv", 17, 17),
    "tamin-service": ("tamin_services_sample.csv", 14, 14),
    "tamin-formulary": ("tamin_formulary_sample.csv", 20, 20),
    "supplementary-insurer": ("tamin_supplementary_insurers.csv", 29, 29),
    "insurer-generic-code": ("insurer_generic_codes_sample.csv", 39, 39),
    "irc": ("irc_brand_sample.csv", 44, 44),
    "laboratory": ("tamin_lab_names_loinc_sample.csv", 65, 62),
}
READABLE = st.sampled_from(
    (
        *("code", "display", "status", "parent", "replaced_by", "effective_from", "usage", "property:x", ""),
        *("1", "۱", "a", "1402/01/01", "active", "؟", "\n", "a|b", "x" * 40, "\u200f", "\x1e", '"', "817"),
        *("36156-8-ام آر آی", "#*"),
    )
)
by_real_list = pytest.mark.parametrize(("profile", "expected"), REAL.items(), ids=REAL.keys())
files_on_disk = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def is_accounted_for(sources, content, profile):
    """Tell whether a file gives an account that adds up, or one clear error."""
    try:
        intake = sources.take(content, profile)
    except IntakeError as error:
        return error.mend is not None
    return adds_up(intake)


@files_on_disk
@given(st.binary(max_size=400), st.sampled_from(profile_names()))
def test_any_bytes_are_accounted_for(sources, content, profile):
    """Whatever bytes a file holds, it is an error or an account that adds up."""
    assert is_accounted_for(sources, content, profile)


@files_on_disk
@given(st.lists(st.lists(READABLE, max_size=5), max_size=8), st.sampled_from(profile_names()))
def test_any_rows_are_accounted_for(sources, rows, profile):
    """Whatever rows stand under a profile's own headers, each has one fate."""
    header = ",".join(column.name for column in load_profile(profile).columns)
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]

    assert is_accounted_for(sources, "\n".join([header, *lines]), profile)


@files_on_disk
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["code", "display", "concept", "property", "valueDecimal"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_resource_is_accounted_for(sources, concept):
    """Whatever stands where concepts should, it is an error or an account that adds up."""
    assert is_accounted_for(
        sources, json.dumps({"resourceType": "CodeSystem", "concept": concept}), "generic"
    )


@files_on_disk
@given(st.binary(max_size=200))
def test_any_archive_is_an_error(sources, content):
    """Whatever follows the mark of an archive, it is one clear error."""
    with pytest.raises(IntakeError):
        sources.take(b"PK\x03\x04" + content)


def test_a_list_without_rows_is_an_error(sources):
    """Headers alone are no list: publishing it would retire all that was."""
    with pytest.raises(IntakeError, match="no rows under its header"):
        sources.take("code,display\n\n")


def test_a_generic_list_needs_an_id(sources):
    """The profile generic makes the list that was named, and refuses a name that is none."""
    assert sources.take("code,display\n1,a\n", terminology="herbs.v1").lists[0].terminology.id == "herbs.v1"
    for terminology in (None, "", "a b", "گیاه", "x" * 65):
        with pytest.raises(BadParameter, match="needs the id") as caught:
            sources.take("code,display\n1,a\n", terminology=terminology)
        assert caught.value.parameter == "terminology"


def test_a_profile_of_one_list_makes_no_other(sources):
    """A known list accepts any of its spellings as its name, and no other list."""
    assert sources.take("code,description\n100005,a\n", "rvu3", terminology="rvu-3").counts.accepted == 1
    with pytest.raises(BadParameter, match="makes the list RVU3"):
        sources.take("code,description\n100005,a\n", "rvu3", terminology="eRx")


@by_real_list
def test_a_real_list_comes_in(real_data, profile, expected):
    """Each public list is read whole by its profile, and its counts add up."""
    file, rows, codes = expected

    intake = take_in(real_data / file, load_profile(profile))

    assert intake.counts.read == rows
    assert intake.counts.set_aside == 0
    assert adds_up(intake)
    assert len(intake.lists[0].concepts) + len(intake.lists[0].mappings) == codes


def test_the_real_book_of_relative_values(real_data):
    """RVU3 of 1404: three codes stand twice, 63 rows hold text for numbers, 13 cited codes do not exist."""
    intake = take_in(real_data / "rvu3_1404.csv", load_profile("rvu3"))

    assert {finding.concept for finding in said(intake, "duplicate-code")} == {"400770", "400775", "501355"}
    assert len(said(intake, "text-in-number")) == 64
    assert len({finding.row for finding in said(intake, "text-in-number")}) == 63
    cited = {finding.text.en.split("refers to ")[1][:6] for finding in said(intake, "dangling-reference")}
    assert len(cited) == 13
    assert "2062 rows" in said(intake, "trimmed")[0].text.en
    assert intake.counts.accepted == 5575
    doubled = concepts(intake)["400770"]
    assert [str(doubled.values("total")[0]), str(doubled.variants[0].properties[0].value)] == ["160", "91"]
    rows = [finding.row or 0 for finding in intake.findings]
    assert rows == sorted(rows)


def test_the_real_book_is_read_quickly(real_data):
    """A book is read in well under a second; the ceiling is ten times what a laptop needs."""
    began = time.perf_counter()
    take_in(real_data / "rvu3_1404.csv", load_profile("rvu3"))

    assert time.perf_counter() - began < 3


def test_the_real_triples_of_sepas(real_data):
    """Triples seen in messages become lists under canonical ids; what is no national list is set aside."""
    intake = take_in(real_data / "thrita_codes_seen.csv", load_profile("thrita"))

    lists = {made.terminology.id: made for made in intake.lists}
    assert intake.counts.read == 358
    assert adds_up(intake)
    assert {
        "thritaEHR.insurer",
        "thritaEHR.wardType",
        "countryDivisions",
        "thritaEHR.daignosis.status",
    } <= set(lists)
    assert not {"ICD10", "SNOMEDCT", "RVU3", "IRC", "Local", ""} & set(lists)
    assert {made.terminology.content for made in intake.lists} == {"fragment"}
    assert Counter(finding.code for finding in intake.findings if finding.kind == "set-aside") == {
        "registered-by-form": 124,
        "has-own-profile": 24,
        "missing-list": 2,
        "private-list": 1,
        "malformed-code": 1,
        "code-display-swapped": 1,
    }
    ward = {concept.code: concept for concept in lists["thritaEHR.wardType"].concepts}
    assert ward["668"].usage == 68


def test_the_real_irc_sample_has_no_titles(real_data):
    """A product without a name keeps its code as title, and its generic code gets its zeros back."""
    intake = take_in(real_data / "irc_brand_sample.csv", load_profile("irc"))

    first = concepts(intake)["4722501770780190"]
    assert first.display == first.code
    assert first.values("generic_code") == ("00817",)
    assert intake.counts.repaired == 22
    assert len(said(intake, "missing-title")) == 44


def test_a_synthetic_code_is_stable(sources):
    """The code of a coefficient is made of its texts: the same in every order and spelling, and `#` counts."""
    first = sources.take_rows("sector,component,rial", "بخش دولتی,جزء فنی با #,1", profile="rvu-coefficient")
    again = sources.take_rows("rial,component,sector", "2,جزء فني با #,بخش  دولتي", profile="rvu-coefficient")
    other = sources.take_rows("sector,component,rial", "بخش دولتی,جزء فنی با,1", profile="rvu-coefficient")

    assert one(first).code == one(again).code == "K-" + one(first).code[2:]
    assert one(other).code != one(first).code
    assert one(first).display == "بخش دولتی، جزء فنی با #"


def test_modifiers_and_locals_of_the_book_are_codes_of_it(sources):
    """Bills carry two-digit modifiers and dotted locals beside the six-digit services; none gets zeros."""
    rows = (
        "700100,a",
        "26,جزء حرفه‌ای",
        "27,جزء فنی",
        "90.1,b",
        "990650.1,c",
        "31.0,d",
        "7001,e",
        "700105.0,f",
    )

    intake = sources.take_rows("code,description", *rows, profile="rvu3")

    made = concepts(intake)
    assert list(made) == ["700100", "26", "27", "90.1", "990650.1", "31", "700105"]
    assert [finding.row for finding in said(intake, "malformed-code")] == [8]
    assert made["990650.1"].values("section") == ("9",)
    assert made["26"].values("section") == ()


def test_a_dotted_code_is_cited_as_a_whole(sources):
    """A note that names 990650.1 does not cite 990650."""
    rows = ("990650.1,a,", "700100,b,به کد 990650.1 مراجعه گردد", "700105,c,به کد 700199 مراجعه گردد")

    intake = sources.take_rows("code,description,notes", *rows, profile="rvu3")

    assert [finding.concept for finding in said(intake, "dangling-reference")] == ["700105"]


@pytest.mark.parametrize("written", ["１２", "१२", "۱۲", "𝟏𝟐"])
def test_digits_of_any_script_become_ascii_in_a_code(sources, written):
    """A code is stored in ASCII digits, which is told, so that the plain spelling finds it."""
    intake = sources.take(f"code,display\n{written},a\n")

    assert one(intake).code == "12"
    assert [finding.kind for finding in said(intake, "code-form")] == ["repaired"]
    assert written in said(intake, "code-form")[0].text.en


def test_a_mend_names_no_form_where_none_is_known(sources):
    """A code that is too long for any list gets a mend without a form."""
    (finding,) = said(sources.take("code,display\n" + "x" * 257 + ",a\n"), "malformed-code")

    assert "None" not in finding.text.en + finding.mend.en + finding.text.fa + finding.mend.fa
    assert finding.mend.en == "Write the right code."
