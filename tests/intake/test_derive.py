"""What titles and codes say between the lines."""

import pytest
from sources import concepts, one, said

from maksa.intake.derive import DERIVATIONS
from maksa.intake.draft_concept import DraftConcept
from maksa.intake.imaging_words import anatomy_of, modality_of
from maksa.model.concept import Designation
from maksa.model.persian import fold


def derived(code, display, *steps):
    """Give a draft after some steps, and what they said."""
    draft = DraftConcept(2, code, display)
    remarks = [remark.code for step in steps for remark in DERIVATIONS[step].apply(draft)]
    return draft, remarks


def test_a_glued_title_is_split_and_stays():
    """Number, Persian and English come out of a glued title; the published one is still the display."""
    glued = "36156-8-ام آر آي قفسه سينه با کنتراست-MR Chest W contrast IV"

    draft, remarks = derived("036156-800", glued, "glued-title")

    assert draft.display == glued
    assert draft.designations == [
        Designation("ام آر آي قفسه سينه با کنتراست", "fa", "persian"),
        Designation("MR Chest W contrast IV", "en", "english"),
    ]
    assert [(prop.code, prop.value) for prop in draft.properties] == [("loinc", "36156-8")]
    assert remarks == []


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("36156-8-MR Chest", ["MR Chest"]),
        ("036156-800-ام آر آی", ["ام آر آی"]),
        ("447375004-نمونه مايع بدن", ["نمونه مايع بدن"]),
        ("سونوگرافی کبد - US Liver", ["سونوگرافی کبد", "US Liver"]),
        ("گرافی با X-Ray", []),
        ("راديو گرافي نماي(PA) و  نيمرخ (Lateral)", []),
        ("24-hour urine", []),
        ("702820-نامشخص", []),
    ],
)
def test_only_glued_titles_are_split(title, parts):
    """A hyphen inside a word, or a number that is no known code, splits nothing."""
    draft, _ = derived("036156-800", title, "glued-title")

    assert [designation.value for designation in draft.designations] == parts


@pytest.mark.parametrize(
    ("code", "loinc", "remarks"),
    [
        ("036156-800", "36156-8", []),
        ("024858-301", "24858-3", []),
        ("1558-6", "1558-6", []),
        ("030611-900", None, ["check-digit"]),
        ("702820-000", None, []),
        ("807005-275", None, []),
        ("100005-000", None, []),
        ("000000-000", None, []),
        ("0000901121", None, []),
    ],
)
def test_a_loinc_number_is_read_from_the_code(code, loinc, remarks):
    """A code of LOINC form holds its number; a wrong check digit is told; an RVU3 code is none."""
    draft, said_of_it = derived(code, "x", "loinc")

    assert [prop.value for prop in draft.properties] == ([loinc] if loinc else [])
    assert said_of_it == remarks


def test_two_loinc_numbers_are_told():
    """A title that names another LOINC number than the code is told."""
    draft, remarks = derived("036156-800", "36283-0-MR Chest", "loinc", "glued-title")

    assert remarks == ["loinc-disagrees"]
    assert len(draft.properties) == 1


@pytest.mark.parametrize(
    ("title", "modality"),
    [
        ("سي تي اسکن کبد با کنتراست", "CT"),
        ("سی‌تی‌اسکن", "CT"),
        ("CT Liver W contrast", "CT"),
        ("سی تی آنژیوگرافی", "CT"),
        ("ام آرآي گوش داخلي", "MRI"),
        ("ام. آر. آی", "MRI"),
        ("MR Chest", "MRI"),
        ("اسکن هسته‌ای تیروئید", "NM"),
        ("سونوگرافی کلیه", "US"),
        ("ماموگرافي پستان راست", "MG"),
        ("راديو گرافي قفسه سينه", "XR"),
        ("XR Chest PA", "XR"),
        ("سنجش تراکم ااستخوان(DUAL PHOTON)", "DXA"),
        ("آنژیوگرافی کرونر", "XA"),
        ("INSULIN ASPART", None),
        ("پلاستیسیته", None),
    ],
)
def test_a_modality_is_read_from_the_title(title, modality):
    """The eight modalities are known by their usual words in both languages and all spellings."""
    assert modality_of([title]) == modality


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("سونوگرافی شکم و لگن", ("abdomen", "pelvis")),
        ("MR Chest WO contrast", ("chest",)),
        ("گرافی مچ پا", ("lower-limb",)),
        ("سراسر", ()),
    ],
)
def test_anatomy_is_read_from_the_title(title, parts):
    """A title may name several parts of the body; a word inside another is none."""
    assert anatomy_of([title]) == parts


def test_the_word_tables_are_folded():
    """A word that folding changes would never be met."""
    from maksa.intake import imaging_words

    words = [
        word
        for table in (imaging_words._MODALITIES, imaging_words._ANATOMY)
        for _, pattern in table
        for word in pattern.replace(" ?", " ").replace("ا?", "").replace(r"\w*", "").split("|")
    ]

    assert [word for word in words if fold(word) != word.strip()] == []


def test_a_column_goes_before_the_title(sources):
    """What a column says of modality and anatomy is not overruled by the title."""
    intake = sources.take_rows(
        "code,display,modality,anatomy",
        "036156-800,ام آر آی قفسه سینه,CT,chest|neck",
        "042272-500,رادیوگرافی قفسه سینه,,",
        profile="imaging",
    )

    assert concepts(intake)["036156-800"].values("modality") == ("CT",)
    assert concepts(intake)["036156-800"].values("anatomy") == ("chest", "neck")
    assert concepts(intake)["042272-500"].values("modality") == ("XR",)


def test_a_drug_has_no_anatomy(sources):
    """Parts of the body are only read in imaging services."""
    intake = sources.take_rows("srvCode,srvName", "00125,EYE DROP HEAD", profile="tamin-service")

    assert one(intake).properties == ()


def test_a_fake_loinc_is_told_once(sources):
    """A code and a title with the same wrong number give one finding, with the right digit as the mend."""
    intake = sources.take_rows("code,display", "030611-900,30611-9-سي تي اسکن کبد", profile="imaging")

    (finding,) = said(intake, "check-digit")
    assert (finding.kind, finding.row, finding.concept) == ("note", 2, "030611-900")
    assert "30611-8" in finding.mend.en
    assert intake.counts.accepted == 1
