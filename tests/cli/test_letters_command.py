"""`maksa letters`: recorded with everything that a letter says, and told as a reader would want it."""

from __future__ import annotations

import pytest
from running import Runner

from maksa.registry.letters import seed_letters


def test_a_home_made_by_an_import_has_the_known_letters(herbs: Runner):
    """Without a command, by no act of the journal, and never over a record of the centre."""
    numbers = {one["number"] for one in herbs("letters", "list", "--json").json["items"]}
    assert numbers == {letter.number for letter in seed_letters()}
    assert "letter" not in {one["act"] for one in herbs("journal", "--json").json["items"]}

    herbs("letters", "add", "110/88", "--subject", "موضوع مرکز")
    herbs.take_in("00130,گل,Flower,,red", edition="2", more=("--publish",))

    assert herbs("letters", "show", "110/88", "--json").json["subject"] == "موضوع مرکز"


def test_a_letter_is_recorded_with_everything(herbs: Runner):
    """Every field comes back, as JSON and in words of both languages."""
    text = herbs.folder / "letter.txt"
    text.write_text("متن نامه\n", encoding="utf-8")
    said = herbs(
        *("letters", "add", "۱۱۰/۷۷۷", "--issued", "1404/02/03", "--subject", "ابلاغ"),
        *("--signatory", "رئیس", "--remark", "یادداشت", "--text", text),
        *("--to", "insurer:سازمان بیمه", "--to", "vendor: سازندگان"),
        *("--announces", "herbs:1", "--announces", "Imaging"),
        *("--supersedes", "110/40", "--refers-to", "110/130", "--refers-to", "99/9"),
    )

    assert said.status == 0, said.err
    letter = herbs("letters", "show", "110/777", "--json").json
    assert letter["addressees"] == [
        {"kind": "insurer", "name": "سازمان بیمه"},
        {"kind": "vendor", "name": "سازندگان"},
    ]
    assert (letter["text"], letter["stub"], letter["signatory"]) == ("متن نامه", False, "رئیس")
    assert letter["announces"] == [
        {"terminology": "herbs", "edition": "1"},
        {"terminology": "imaging", "edition": None},
    ]
    for word in ("to insurer: سازمان بیمه", "supersedes: 110/40", "99/9 (not recorded)", "متن نامه"):
        assert word in said.out
    assert "superseded by: 110/777" in herbs("letters", "show", "110/40").out
    persian = herbs("letters", "show", "110/777", "--lang", "fa").out
    assert "99/9 (ثبت نشده)" in persian
    assert "به بیمه‌گر: سازمان بیمه" in persian
    assert "superseded" in herbs("letters", "list").out


def test_a_stub_is_marked_and_filled(herbs: Runner):
    """The list says it, and a file takes the mark away."""
    scan = herbs.folder / "scan.pdf"
    scan.write_bytes(b"%PDF")
    herbs("letters", "add", "110/777", "--subject", "الف", "--stub")
    assert "110/777\t-\t\tالف\ttext not at hand" in herbs("letters", "list", "--stubs").out
    assert "text not at hand" in herbs("letters", "show", "110/777").out

    herbs("letters", "add", "110/777", "--attach", scan)

    assert "110/777" not in herbs("letters", "list", "--stubs").out
    assert "110/777" in herbs("letters", "list", "--no-stubs").out


def test_what_changed_after_a_letter_is_told_with_the_command_that_shows_it(herbs: Runner):
    """In the list, in the letter, and the command named there answers."""
    herbs("letters", "add", "110/777", "--announces", "herbs:1", "--subject", "الف")
    herbs.take_in("00125,بابونه,Chamomile,,white", "00130,گل,Flower,,red", edition="2", more=("--publish",))

    shown = herbs("letters", "show", "110/777").out

    assert "changed after the letter" in herbs("letters", "list").out
    assert "changed after the letter: 1 added, 1 changed, 2 retired" in shown
    command = next(line for line in shown.splitlines() if "maksa diff" in line).split()
    assert herbs(*command[1:]).status in {0, 1}


def test_pages_of_letters_go_on_by_number(herbs: Runner):
    """The next page is named on standard error; JSON has it in the answer."""
    first = herbs("letters", "list", "--limit", "2")
    after = herbs("letters", "list", "--limit", "2", "--json").json["next_after"]

    assert f"--after {after}" in first.err
    second = herbs("letters", "list", "--limit", "2", "--after", after).out.splitlines()
    assert len(second) == 3
    assert not set(second[1:]) & set(first.out.splitlines())
    assert herbs("letters", "list", "--since", "1403/01/01").out == "No such letter is recorded.\n"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("110/777", "--issued", "1499/01/01"), "not come"),
        (("110/777", "--supersedes", "110/777"), "itself"),
        (("110/777", "--issued", "1390/01/01", "--supersedes", "110/130"), "after it"),
        (("110/130", "--supersedes", "110/777"), "circle"),
        (("110/777", "--to", "سازمان"), "kind and name"),
        (("110/777", "--to", "bank:سازمان"), "insurer"),
        (("110/777", "--announces", "herbs:9"), "herbs"),
        (("110/777", "--announces", "imaging:1405"), "imaging"),
        (("110/777", "--announces", "nothing"), "nothing"),
        (("110/777", "--text", "missing.txt"), "missing.txt"),
        (("110/777", "--text", "binary.txt"), "UTF-8"),
        (("110/777", "--text", "long.txt"), "100000"),
        (("110/777", "--text", "whole.txt", "--stub"), "no stub"),
        (("a b",), "number of a letter"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is(herbs: Runner, monkeypatch, arguments, word):
    """Status 2 with one sentence that names the value."""
    monkeypatch.chdir(herbs.folder)
    (herbs.folder / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (herbs.folder / "long.txt").write_text("x" * 100_001)
    (herbs.folder / "whole.txt").write_text("متن", encoding="utf-8")
    herbs("letters", "add", "110/776", "--supersedes", "110/130")
    herbs("letters", "add", "110/777", "--supersedes", "110/776")
    before = herbs("letters", "list", "--json").json

    said = herbs("letters", "add", *arguments)

    assert said.status == 2
    assert word in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert herbs("letters", "list", "--json").json == before
