"""Profiles: each one loads, and a wrong one is refused with the place of its mistake."""

import re
from pathlib import Path

import pytest

from maksa.errors import BadInput, BadParameter
from maksa.intake import sentences
from maksa.intake.profile import load_profile, profile_names
from maksa.intake.profile_toml import read_profile

PAGE = (Path(__file__).parent.parent.parent / "docs" / "import-profiles.md").read_text(encoding="utf-8")
NAMES = {
    "rvu3": "RVU3",
    "erx": "eRx",
    "irc": "IRC",
    "generic-drug": "generic-drug",
    "natural-medicine": "natural-medicine",
    "drug-usage": "drug-usage",
    "imaging": "imaging",
    "laboratory": "laboratory",
    "physiotherapy": "physiotherapy",
    "ambulance-resident": "ambulance-resident",
    "tamin-drug-amount": "tamin.drugAmount",
    "tamin-drug-instruction": "tamin.drugInstruction",
    "tamin-drug-usage": "tamin.drugUsage",
    "tamin-repeat-days": "tamin.repeatDays",
    "tamin-service-type": "tamin-service-type",
    "tamin-service": "tamin-service",
    "tamin-formulary": "generic-drug",
    "supplementary-insurer": "supplementary-insurer",
    "insurer-generic-code": "insurer-generic-code",
    "erx-generic-drug": "erx-generic-drug",
    "irc-erx": "irc-erx",
    "imaging-rvu3": "imaging-rvu3",
    "laboratory-rvu3": "laboratory-rvu3",
    "physiotherapy-rvu3": "physiotherapy-rvu3",
    "physiotherapy-tamin-service": "physiotherapy-tamin-service",
    "drug-usage-tamin": "drug-usage-tamin",
    "drug-usage-snomedct": "drug-usage-snomedct",
    "generic-map": "map",
    "rvu-coefficient": "rvu-coefficient",
    "thrita": "thritaEHR",
    "generic": "generic",
}
SMALL = """
[list]
id = "toy"
title = { fa = "گیاه", en = "Herb" }

[columns]
code = { to = "code", required = true }
display = { to = "display", required = true }
"""


def test_the_profiles_are_those_promised():
    """Every name of the contract is there, and each makes its list."""
    assert {name: load_profile(name).terminology.id for name in profile_names()} == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_is_whole(name):
    """A list has two titles and a code of its own form; a table has a code or makes one; a map has both ends."""
    profile = load_profile(name)
    terminology = profile.terminology
    form = terminology.code_form

    assert profile.name == name
    assert terminology.title.fa != terminology.title.en
    assert form.example is None or form.fits(form.example)
    targets = {column.to for column in profile.columns}
    assert {"source", "target"} <= targets if profile.map else "code" in targets or profile.made_of
    assert all(value_set.title.fa and value_set.title.en for value_set in terminology.value_sets)


@pytest.mark.parametrize("name", [name for name in NAMES if load_profile(name).terminology.list_number])
def test_a_public_list_has_persian_headers(name):
    """The lists of the letters can be read under Persian headers."""
    profile = load_profile(name)

    required = [column for column in profile.columns if column.required]

    assert all(any(re.search(r"[\u0600-\u06ff]", alias) for alias in column.aliases) for column in required)


def test_the_rows_of_the_letter_are_numbered():
    """The lists of letter 110/130 know their row."""
    numbers = {name: load_profile(name).terminology.list_number for name in NAMES}

    assert {name: number for name, number in numbers.items() if number} == {
        "drug-usage": 1,
        "imaging": 2,
        "physiotherapy": 3,
        "natural-medicine": 4,
        "ambulance-resident": 5,
        "erx": 6,
        "irc": 6,
        "laboratory": 7,
    }


def test_the_value_sets_of_imaging():
    """Imaging is parted by modality and by anatomy."""
    ids = {value_set.id for value_set in load_profile("imaging").terminology.value_sets}

    assert ids >= {
        "ct",
        "mri",
        "nuclear-medicine",
        "sonography",
        "mammography",
        "radiology",
        "chest",
        "abdomen",
    }


def test_an_unknown_profile_names_the_known_ones():
    """A profile that does not exist is an error with the list of those that do."""
    with pytest.raises(BadParameter, match="rvu4") as caught:
        load_profile("rvu4")

    assert caught.value.parameter == "profile"
    assert caught.value.known == profile_names()
    assert "rvu3" in caught.value.mend.en


def test_a_small_profile_is_read():
    """Nothing but a list and its columns is needed."""
    profile = read_profile("toy", SMALL)

    assert [column.name for column in profile.columns] == ["code", "display"]
    assert profile.misfit == "set-aside"


WRONG = {
    "no TOML": ("[list", "no TOML"),
    "an unknown table": (SMALL + "[colours]\n", "unknown keys: colours"),
    "an unknown key": (
        SMALL + 'x = { to = "ignored", colour = "red" }\n',
        "toy.columns.x has unknown keys: colour",
    ),
    "no id": (SMALL.replace('id = "toy"', ""), "toy.list lacks 'id'"),
    "an unknown target": (SMALL + 'x = { to = "nowhere" }\n', "has to = 'nowhere'"),
    "no target": (SMALL + "x = { }\n", "lacks 'to'"),
    "a column that is no table": (SMALL + "x = 1\n", "is no table"),
    "a wrong type": (SMALL + "x = { to = 1 }\n", "is no str"),
    "an unknown check": (SMALL + '[code]\ncheck = "luhn"\n', "has check = 'luhn'"),
    "a bad pattern": (SMALL + '[code]\npattern = "("\n', "no regular expression"),
    "an unknown step": (SMALL + '[rows]\nderive = ["colour"]\n', "unknown value 'colour'"),
    "an unknown column of a made code": (SMALL + '[code]\nmade_of = ["x"]\n', "unknown value 'x'"),
    "a derivation without a definition": (
        SMALL + '[rows]\nderive = ["section"]\n',
        "without defining section",
    ),
    "a value set of nothing": (
        SMALL + '[[value_sets]]\nid = "a"\nfa = "a"\nen = "a"\nproperty = "x"\nvalues = []\n',
        "unknown property 'x'",
    ),
    "a property without a title": (SMALL + 'x = { to = "property" }\n', "lacks 'fa'"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_profile_is_refused(text, said):
    """A mistake in a profile is named with its table and key."""
    with pytest.raises(BadInput) as caught:
        read_profile("toy", text)

    assert said in caught.value.text.en


def test_the_page_names_every_profile_and_column():
    """docs/import-profiles.md tells the columns of each list, as they are."""
    for name in NAMES:
        _, _, rest = PAGE.partition(f"### `{name}`\n")
        section = rest.partition("\n### ")[0]
        profile = load_profile(name)
        assert f"list `{profile.terminology.id}`" in section
        assert [c.name for c in profile.columns if f"`{c.name}`" not in section] == []
        assert [v.id for v in profile.terminology.value_sets if f"`{v.id}`" not in section] == []


def test_the_page_names_every_finding():
    """docs/import-profiles.md tells the code of every finding that this room can make."""
    folder = Path(sentences.__file__).parent
    texts = [
        (folder / name).read_text(encoding="utf-8")
        for name in ("sentences.py", "file_sentences.py", "cell_sentences.py", "map_sentences.py")
    ]
    codes = {code for text in texts for code in re.findall(r'Remark\(\s*"([a-z-]+)"', text)}
    codes |= {code for code, _, _ in sentences._KINDS.values()}
    codes |= {elsewhere.reason for elsewhere in load_profile("thrita").elsewhere}

    assert len(codes) > 30
    assert [code for code in codes if f"`{code}`" not in PAGE] == []
