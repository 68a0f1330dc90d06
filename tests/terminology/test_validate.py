"""Every verdict of the catalogue of issues, from memory and from edition files."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory import FileLibrary, MemoryLibrary
from toys import DAY, IMAGING, SERVICES, stock
from verdicts import TABLE

from maksa.errors import BadParameter
from maksa.model.codeform import CodeForm
from maksa.model.concept import Concept, Designation, Property, PropertyDefinition, Terminology
from maksa.model.verdict import IssueCode, Triple
from maksa.terminology.service import LocalTerminology
from maksa.text import Text


def asked(service, triple, parameters):
    """Ask on the toys' day, unless the row names another or an edition."""
    return service.validate(triple, **{"on": DAY, **parameters})


@pytest.mark.parametrize("name", TABLE)
def test_each_row_of_the_table_gets_its_verdict(service, name):
    """The issues, their severity, their part and their order are those of the table."""
    triple, parameters, issues, suggested, _ = TABLE[name]

    verdict = asked(service, triple, parameters)

    assert [f"{i.code}:{i.severity}:{i.part}" for i in verdict.issues] == issues
    suggestions = [i.suggestion.code for i in verdict.issues if i.suggestion is not None]
    assert suggested == (suggestions[0] if suggestions else None)


@pytest.mark.parametrize("name", TABLE)
def test_sentences_stand_in_both_languages_and_name_the_thing(service, name):
    """Each issue has a Persian and an English sentence that name the thing and the mend."""
    triple, parameters, _, _, named = TABLE[name]

    verdict = asked(service, triple, parameters)

    for issue in verdict.issues:
        assert any("\u0600" <= letter <= "\u06ff" for letter in issue.text.fa)
        assert len(issue.text.fa) > 15
        assert len(issue.text.en) > 15
        assert issue.text.fa.rstrip().endswith(".")
        assert issue.text.en.rstrip().endswith(".")
        assert "None" not in issue.text.en
    assert named in " ".join(issue.text.en for issue in verdict.issues)


@pytest.mark.parametrize("name", TABLE)
def test_valid_is_false_exactly_when_an_error_stands_and_one_error_names_the_cause(service, name):
    """No verdict has two errors."""
    triple, parameters, issues, _, _ = TABLE[name]

    verdict = asked(service, triple, parameters)

    errors = [issue for issue in verdict.issues if issue.severity == "error"]
    assert len(errors) <= 1
    assert verdict.valid == (not any(":error:" in issue for issue in issues))


@pytest.mark.parametrize("name", TABLE)
def test_memory_and_edition_file_give_the_same_verdict(service, file_service, name):
    """Where the content comes from changes nothing of the answer but the hash."""
    triple, parameters, *_ = TABLE[name]

    naive, real = asked(service, triple, parameters), asked(file_service, triple, parameters)

    assert naive.issues == real.issues
    assert (naive.terminology, naive.code, naive.display) == (real.terminology, real.code, real.display)


def test_the_table_shows_every_issue_in_every_severity():
    """No issue of the catalogue is without a row."""
    shown = {issue.split(":")[0] for row in TABLE.values() for issue in row[2]}

    assert shown == set(get_args(IssueCode)) - {"ambiguous-value"}  # Of relative values alone.


def test_a_verdict_gives_canonical_spellings_and_the_published_title(service):
    """List and code are canonical where they were recognised, and the edition is named."""
    verdict = service.validate(Triple("rvu3", "۷۰۰۱۰۰", "x"), on=DAY)

    assert (verdict.terminology, verdict.code, verdict.display) == ("RVU3", "700100", "سونوگرافی کلیه‌ها")
    assert verdict.edition is not None
    assert verdict.edition.edition == "1404"


def test_a_verdict_repeats_what_was_not_recognised(service):
    """An unknown list and code stay as they were sent."""
    verdict = service.validate(Triple("RVU9", " 1", "x"), on=DAY)

    assert (verdict.terminology, verdict.code, verdict.display, verdict.edition) == ("RVU9", " 1", None, None)


def test_suggestions_and_candidates_may_be_used_on_the_day(service):
    """Retired, future and unselectable codes are never offered."""
    sent = [Triple("RVU3", code, "بیوپسی کلیه") for code in ("700123", "700151", "700181", "70016", "7001")]

    issues = [issue for triple in sent for issue in service.validate(triple, on=DAY).issues]

    offered = {c.code for i in issues for c in (*i.candidates, *([i.suggestion] if i.suggestion else []))}
    assert offered
    assert not offered & {"700120", "700121", "700150", "700160", "700161", "700170", "700180"}


def test_candidates_are_five_at_most_and_never_twice(service):
    """A code that is near in several ways is offered once."""
    for code in ("700101", "7001", "700112", "70010"):
        [issue] = service.validate(Triple("RVU3", code, "سونوگرافی طحال"), on=DAY).issues
        codes = [candidate.code for candidate in issue.candidates]
        assert len(codes) == len(set(codes)) <= 5


def test_words_of_the_value_give_candidates(service):
    """When no code is near, the title's words are searched, then its two longest."""
    [issue] = service.validate(Triple("RVU3", "123456", "سونوگرافی کبد در بیمار بستری"), on=DAY).issues
    assert issue.candidates == ()

    [issue] = service.validate(Triple("RVU3", "123456", "یک سونوگرافی طحال"), on=DAY).issues
    assert {candidate.code for candidate in issue.candidates} == {"700110", "700111"}


def test_several_lists_may_have_the_code(library):
    """When more than one other list has a code, they are candidates and none is suggested."""
    twin = Terminology("twin", Text("همزاد", "Twin"))
    library.publish(twin, "1", (Concept("60039", "همزاد"),))

    [issue] = LocalTerminology(library).validate(Triple("RVU3", "60039", "x"), on=DAY).issues

    assert issue.code == "wrong-terminology"
    assert issue.suggestion is None
    assert {candidate.terminology for candidate in issue.candidates} == {"eRx", "twin"}


def test_lists_that_share_a_check_digit_share_codes(library):
    """A LOINC number is one of its own list, though another list has it with this very title."""
    twin = Terminology("lab", Text("آزمایش", "Laboratory"), code_form=IMAGING.code_form)
    library.publish(twin, "1", (Concept("24630-6", "اسکن"), Concept("30611-8", "کبد")))
    service = LocalTerminology(library)

    mismatch = service.validate(Triple("imaging", "24630-6", "اسکن"), on=DAY).issues
    unknown = service.validate(Triple("imaging", "30611-8", "کبد"), on=DAY).issues

    assert [issue.code for issue in mismatch] == ["display-mismatch"]
    assert [issue.code for issue in unknown] == ["unknown-code"]


def test_an_imported_list_takes_over_from_its_form(library):
    """Once ICD-10 is held, its codes are looked up and no longer taken on their form."""
    icd10 = Terminology("ICD10", Text("بیماری‌ها", "Diseases"))
    library.publish(icd10, "2019", (Concept("E11.9", "Type 2 diabetes mellitus"),))
    service = LocalTerminology(library)

    assert service.validate(Triple("ICD-10", "E11.9", "Type 2 diabetes mellitus"), on=DAY).valid
    assert service.validate(Triple("ICD10", "Z99.9", "x"), on=DAY).issues[0].code == "unknown-code"


def test_an_ambiguous_spelling_is_not_repaired(library):
    """A spelling that two codes share is no code; both are offered."""
    dashed = Terminology("dashed", Text("خط تیره", "Dashed"))
    library.publish(dashed, "1", (Concept("12-34", "یک"), Concept("1-234", "دو")))

    [issue] = LocalTerminology(library).validate(Triple("dashed", "1234", "x"), on=DAY).issues

    assert issue.code == "unknown-code"
    assert [candidate.code for candidate in issue.candidates][:2] == ["1-234", "12-34"]


def test_a_day_and_an_edition_together_are_refused(service):
    """The question is not clear, whatever the list."""
    for terminology in ("RVU3", "nowhere", None):
        with pytest.raises(BadParameter):
            service.validate(Triple(terminology, "1", "x"), on=DAY, edition="1404")


@pytest.mark.parametrize(("terminology", "known"), [("RVU3", ("kidney", "heart")), ("ICD10", ())])
def test_an_unknown_value_set_is_refused_naming_the_known_ones(service, terminology, known):
    """A value set that the list does not have is a question that cannot be asked."""
    with pytest.raises(BadParameter) as refused:
        service.validate(Triple(terminology, "700100", "x"), value_set="lung")

    assert refused.value.parameter == "value_set"
    assert refused.value.known == known


def test_a_torn_list_does_not_stop_the_others(library):
    """Looking for the code in other lists passes over those that cannot be read."""
    library.tear("eRx", "1")

    [issue] = LocalTerminology(library).validate(Triple("RVU3", "60039", "x"), on=DAY).issues

    assert issue.code == "malformed-code"


SHELF = LocalTerminology(stock(MemoryLibrary()))
PART = st.none() | st.text() | st.text(alphabet="0123456789۰۱۲ -./ABسoی\u200c\ud800", max_size=12)
LIST = PART | st.sampled_from(
    ["RVU3", "eRx", "imaging", "thritaEHR.ordinalTerm", "ICD10", "snomedct", "UCUM"]
)


@settings(max_examples=200, deadline=timedelta(seconds=2))
@given(
    LIST, PART | st.sampled_from(["700100", "700120", "شدید"]), PART | st.sampled_from(["3", "سونوگرافی کبد"])
)
def test_any_three_strings_get_a_verdict(terminology, code, value):
    """Validation never fails, has one error at most, and what it says can be written."""
    verdict = SHELF.validate(Triple(terminology, code, value), on=DAY)

    errors = [issue for issue in verdict.issues if issue.severity == "error"]
    assert verdict.valid == (not errors)
    assert len(errors) <= 1
    for issue in verdict.issues:
        (issue.text.fa + issue.text.en).encode()
        assert len(issue.candidates) <= 5


@given(st.dates())
def test_any_day_gets_a_verdict(day):
    """No day of the calendar is too early or too late."""
    assert SHELF.validate(Triple("RVU3", "700120", "x"), on=day).issues


def test_an_edition_asked_by_name_is_judged_today(library):
    """A concept's own dates are tested on today's day inside the named edition."""
    soon = Concept("700900", "فردا", effective_from=date(2999, 1, 1))
    library.publish(SERVICES, "x", (soon,), effective=date(2999, 1, 1))

    verdict = LocalTerminology(library).validate(Triple("RVU3", "700900", "فردا"), edition="x")

    assert [issue.code for issue in verdict.issues] == ["not-yet-effective"]


def test_real_findings_under_icd10_are_told_to_be_snomed(real_data):
    """In real messages findings were tagged ICD10 and carry SNOMED CT ids; diagnoses are as they should be."""
    with (real_data / "thrita_codes_seen.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["terminology_id_as_sent"] == "ICD10"]

    for row in rows:
        [issue] = SHELF.validate(Triple("ICD10", row["coded_string"], row["value"]), on=DAY).issues
        if row["element"] == "Finding":
            assert issue.code == "wrong-terminology"
            assert issue.suggestion is not None
            assert issue.suggestion.terminology == "SNOMEDCT"
        else:
            assert issue.code == "not-checked"
    assert {row["element"] for row in rows} > {"Finding"}


def test_a_code_missing_from_a_fragment_is_no_proof(library):
    """A list of which only a part is held says so, in both languages; the verdict stays an error."""
    part = Terminology("part", Text("بخشی", "A part"), content="fragment")
    library.publish(part, "1", (Concept("1", "یک"),))
    service = LocalTerminology(library)

    [issue] = service.validate(Triple("part", "2000", "هیچ"), on=DAY).issues
    [whole] = service.validate(Triple("RVU3", "123456", "هیچ"), on=DAY).issues

    assert (issue.code, issue.severity) == ("unknown-code", "error")
    assert "a part of this list (a fragment)" in issue.text.en
    assert "no proof" in issue.text.en
    assert "بخشی (fragment)" in issue.text.fa
    assert "fragment" not in whole.text.en + whole.text.fa


STUDIES = Terminology(
    "studies",
    Text("بررسی‌ها", "Studies"),
    code_form=CodeForm("[0-9]{6}-[0-9]{3}", example="036156-800"),
    properties=(PropertyDefinition("loinc", "code", Text("شمارهٔ LOINC", "LOINC number")),),
)
CARRIED = (
    Concept("024630-600", "سی تی اسکن شکم", properties=(Property("loinc", "24630-6"),)),
    Concept("702820-000", "24630-6-سی تی", properties=(Property("loinc", "24630-6"),)),
    Concept("024630-601", "سی تی دیگر"),
    Concept("024631-400", "دیگر", properties=(Property("loinc", "24631-4"),)),
)


@pytest.mark.parametrize("sent", ["24630-6", "۲۴۶۳۰-۶"])
def test_the_code_that_carries_a_loinc_number_is_offered(library, sent):
    """Who sends the LOINC number of an imaging study is shown the code of the list that carries it."""
    library.publish(STUDIES, "1", CARRIED)

    issue = LocalTerminology(library).validate(Triple("studies", sent, "x"), on=DAY).issues[0]

    offered = [candidate.code for candidate in issue.candidates if candidate.terminology == "studies"]
    assert offered[:2] == ["024630-600", "702820-000"]
    assert "024630-601" not in offered
    assert "024630-600" in issue.text.en
    assert "024630-600" in issue.text.fa


def test_the_code_that_carries_a_loinc_number_is_offered_for_an_unknown_one(library):
    """Where a LOINC number could be a code of the list itself, its carrier is offered all the same."""
    library.publish(replace(STUDIES, code_form=CodeForm()), "1", CARRIED)

    [issue] = LocalTerminology(library).validate(Triple("studies", "24631-4", "x"), on=DAY).issues

    assert issue.code == "unknown-code"
    assert [candidate.code for candidate in issue.candidates] == ["024631-400"]


def test_short_values_and_repaired_or_half_found_titles_are_no_candidates(tmp_path):
    """A code or value of one letter, one typed with the other keyboard, or one half known offers nothing."""
    library = FileLibrary(folder=tmp_path)
    library.publish(
        Terminology("uses", Text("مصرف", "Use")),
        "1",
        (
            Concept("A003", "طبق دستور پزشک", designations=(Designation("1", "en", "english"),)),
            Concept("A009", "xylitol هر شب"),
        ),
    )
    service = LocalTerminology(library)

    for value in ("x", "ط", "xy", "nsj,v", "دستور فوری"):
        [issue] = service.validate(Triple("uses", "1", value), on=DAY).issues
        assert issue.code == "unknown-code"
        assert (value, issue.candidates) == (value, ())
    [issue] = service.validate(Triple("uses", "1", "دستور پزشک"), on=DAY).issues
    assert [candidate.code for candidate in issue.candidates] == ["A003"]
