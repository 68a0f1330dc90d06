"""`maksa check` of messages: one report, one exit status, and nothing of persons in any of them."""

from __future__ import annotations

import json
import os
import sys
import zipfile

import pytest
from messages import NAME, NATIONAL_ID, FakeChecker, body

FORMS = ["text", "json", "html", "sarif"]


@pytest.fixture
def check(herbs, monkeypatch):
    """Run checks with a checker of our own, in a folder of our own."""
    monkeypatch.setattr("maksa.prescriptions.check.Checker", lambda service: FakeChecker())
    monkeypatch.chdir(herbs.folder)

    def checking(*arguments, lang="en"):
        return herbs("check", *arguments, "--lang", lang)

    checking.folder = herbs.folder
    return checking


@pytest.fixture
def write(check):
    """Write a file to check."""

    def writing(name, content):
        path = check.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return name

    return writing


def test_all_valid_is_yes(check, write):
    """Exit 0; warnings do not change that."""
    said = check(write("a.json", body("00127")), write("b.json", body("127")))

    assert said.status == 0
    assert "2 messages: 2 valid (1 with warnings), 0 not valid" in said.out


def test_one_that_is_not_valid_is_no(check, write):
    """Exit 1."""
    said = check(write("a.json", body("00127")), write("b.json", body("0")))

    assert said.status == 1
    assert "b.json (MedicationPrescriptions): not valid" in said.out


def test_one_that_cannot_be_read_is_no_and_loses_no_other(check, write):
    """Exit 1: the others were asked."""
    said = check(write("day.ndjson", b"{\n" + body("00127") + b"\n" + body("0")), "--json")

    assert said.status == 1
    assert [one["valid"] for one in said.json["messages"]] == [None, True, False]


@pytest.mark.parametrize("form", FORMS)
def test_no_message_at_all_cannot_be_asked(check, write, form):
    """Exit 2, one sentence, and nothing on standard output."""
    said = check(write("a.json", b"{"), "--format", form)

    assert (said.status, said.out) == (2, "")
    assert "a.json is no message" in said.err
    assert len(said.err.splitlines()) == 1


def test_several_that_cannot_be_read_are_counted(check, write):
    """The first of them is told."""
    said = check(write("a.json", b"{"), write("b.xml", b"<a>"))

    assert (said.status, said.out) == (2, "")
    assert "None of 2 messages" in said.err
    assert "a.json" in said.err


def test_a_folder_without_messages_cannot_be_asked(check, write):
    """What messages are is said."""
    write("in/letter.pdf", b"%PDF")

    said = check("in")

    assert (said.status, said.out) == (2, "")
    assert "NDJSON" in said.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_neither_file_nor_folder_is_not_waited_for(check):
    """A pipe is read once, and a batch is looked at before it is read."""
    os.mkfifo(check.folder / "pipe")
    said = check("pipe")

    assert (said.status, said.out) == (2, "")
    assert "pipe is neither a file nor a folder." in said.err


def test_files_folders_and_archives_at_once(check, write):
    """Each message is named by its place; what is no message is named in the sum."""
    write("in/b.json", body("0"))
    write("in/notes.txt", b"notes")
    with zipfile.ZipFile(check.folder / "all.zip", "w") as archive:
        archive.writestr("c.json", body("0"))

    said = check("in", "all.zip", write("d.json", body("0")), "--json")

    assert [one["name"] for one in said.json["messages"]] == ["in/b.json", "all.zip!c.json", "d.json"]
    assert said.json["summary"]["passed_over"] == 1


def test_a_report_goes_through_a_link(check, write):
    """The link stays a link."""
    (check.folder / "real.json").write_text("old", encoding="utf-8")
    (check.folder / "link.json").symlink_to("real.json")

    assert check(write("a.json", body("0")), "--json", "--output", "link.json").status == 1
    assert (check.folder / "link.json").is_symlink()
    assert json.loads((check.folder / "real.json").read_text(encoding="utf-8"))["summary"]["messages"] == 1


def test_a_report_goes_to_a_file(check, write):
    """Standard output stays empty, and no part of the report is left beside it."""
    said = check(write("a.json", body("0")), "--format", "sarif", "--output", "report.sarif")

    assert (said.status, said.out) == (1, "")
    assert json.loads((check.folder / "report.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert not list(check.folder.glob(".*.part"))


def test_persian_when_asked(check, write):
    """The same report in Persian."""
    said = check(write("a.json", body("0")), lang="fa")

    assert "کد 0 در herbs نیست." in said.out
    assert "not valid" not in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.json", "--out", "results.csv"], "--out is for tables"),
        (["a.json", "--columns", "code=x"], "--columns is for tables"),
        (["a.json", "--output", "a.json"], "source"),
        (["a.json", "--output", "nowhere/report.json"], "nowhere"),
        (["a.json", "--output", "."], "is no file"),
        (["a.json", "--json", "--format", "html"], "--json and --format html"),
        (["a.json", "none.json"], "none.json"),
        (["a.json", "claims.csv"], "claims.csv is a table"),
        (["claims.csv", "--fix", "out"], "--fix is for messages"),
        (["claims.csv", "--format", "html"], "--format is for messages"),
        (["a.json", "--on", "1404/13/01"], "1404/13/01"),
        (["a.json", "--fix", "a.json"], "something stands there"),
        (["a.json", "--fix", "."], "something stands there"),
    ],
)
def test_a_question_that_cannot_be_asked(check, write, arguments, words):
    """Exit 2, one sentence that names what is wrong; nothing is written."""
    write("a.json", body("127"))
    write("day.ndjson", body("127") + b"\n" + body("127"))
    write("claims.csv", b"Terminology_id,Coded_string\nherbs,00127\n")

    said = check(*arguments)

    assert (said.status, said.out) == (2, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def test_a_repaired_copy_of_one_message(check, write):
    """In its own format; the message stays as it was."""
    before = body("127", Unknown=[1.50, {"x": "ي"}])
    said = check(write("a.json", before), "--fix", "mended.json")

    assert said.status == 0
    assert (check.folder / "a.json").read_bytes() == before
    assert (check.folder / "mended.json").read_bytes() == before.replace(b'"127"', b'"00127"')
    assert (check.folder / "mended.json").stat().st_mode & 0o077 == 0  # It names a patient.
    assert "Coded_string: '127' -> '00127'" in said.out
    assert "0 errors, 0 warnings remain" in said.out


def test_repaired_copies_of_a_batch(check, write):
    """Each under the name of its place; what has no certain mend has no copy, and no name leads out of the folder."""
    write("in/a.json", body("127"))
    write("in/clean.json", body("00127"))
    write("in/wrong.json", body("0"))
    write("in/day.ndjson", body("127") + b"\n" + body("127"))
    with zipfile.ZipFile(check.folder / "in" / "all.zip", "w") as archive:
        for name in ("../../evil.json", "..\\evil.json", "deep/b:c.json", "..."):
            archive.writestr(name, body("127"))

    said = check("in", "--fix", "out", "--json")

    written = sorted(
        path.relative_to(check.folder / "out").as_posix()
        for path in (check.folder / "out").rglob("*")
        if path.is_file()
    )
    assert written == [
        "a.json",
        "all.zip/_",
        "all.zip/deep/b_c.json",
        "all.zip/evil-2.json",
        "all.zip/evil.json",
        "day.ndjson/1.json",
        "day.ndjson/2.json",
    ]
    assert said.status == 1
    assert said.json["summary"]["repaired"] == len(written)
    assert said.json["summary"]["not_valid_after_repair"] == 1


def test_a_file_for_copies_that_holds_one_gets_company(check, write):
    """An array has several messages; each copy has a file."""
    said = check(write("a.json", b"[" + body("127") + b"," + body("127") + b"]"), "--fix", "mended.json")

    assert said.status == 0
    assert (check.folder / "mended.json").read_bytes() == body("00127")
    assert (check.folder / "mended-2.json").read_bytes() == body("00127")


def test_a_copy_never_replaces_what_stands(check, write):
    """A folder with anything in it is refused before anything is checked."""
    write("out/mine.json", b"mine")

    said = check(write("a.json", body("127")), "--fix", "out")

    assert said.status == 2
    assert [path.name for path in (check.folder / "out").iterdir()] == ["mine.json"]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_person_is_in_a_report(check, write, form):
    """Neither names nor ids of a message, whatever is found in it."""
    files = [write(f"{name}.json", body(code)) for name, code in (("a", "0"), ("b", "127"), ("c", "00127"))]

    said = check(*files, "--format", form, "--fix", "out")

    assert said.status == 1
    assert "127" in said.out
    assert not [secret for secret in (NAME, NATIONAL_ID, NAME.split()[0]) if secret in said.out + said.err]


SECRETS = {
    "NationalCode": "1234567892",
    "FirstName": "فرشته‌سادات",
    "LastName": "نمونه‌زاده",
    "FatherName": "بهمن‌یار",
    "MobileNumber": "09120000071",
    "InsuredNumber": "77665544332",
    "Sheba": "XQ77Z9",
    "Doctor": "919191x",
}
"""What tells of a person in a message; none of it is right, so that something is to be said of each."""


def of_a_person():
    """Write a message that is wrong wherever it tells of a person."""
    doctor = {"Issuer": "Med_Council", "Assigner": "Med_Council", "ID": SECRETS["Doctor"], "Type": "Med_ID"}
    shebad = {"Issuer": "NOBODY", "Assigner": "TAMIN", "ID": SECRETS["Sheba"], "Type": "HID"}
    names = ("NationalCode", "FirstName", "LastName", "FatherName", "MobileNumber")
    committer = {"Issuer": "?", "Assigner": "?", "ID": SECRETS["NationalCode"], "Type": "National_Code"}
    order = {"ProductCode": {"Terminology_id": "herbs", "Coded_string": "127", "Value": "آویشن"}}
    day = {"Year": 1404, "Month": 1, "Day": 5}
    message = {
        "Person": {name: SECRETS[name] for name in names}
        | {"BirthDate": {"Year": 1987, "Month": 2, "Day": 31}},
        "MsgID": {"Committer": {"FirstName": SECRETS["FirstName"], "Identifier": committer}},
        "Composition": {
            "Insurance": {"InsuredNumber": SECRETS["InsuredNumber"], "SHEBAD": shebad},
            "MedicationPrescriptions": {
                "Prescriber": {"Identifier": doctor, "FullName": SECRETS["LastName"]},
                "IssueDate": day,
                "Orders": [order],
            },
        },
    }
    return json.dumps(message, ensure_ascii=False).encode()


@pytest.mark.parametrize("form", FORMS)
def test_the_checker_says_nothing_of_a_person(herbs, form):
    """With the rules themselves, in both languages, in reports and in what is said of copies."""
    path = herbs.folder / "a.json"
    path.write_bytes(of_a_person())

    for language in ("fa", "en"):
        said = herbs("check", path, "--format", form, "--lang", language, "--fix", herbs.folder / language)

        assert said.status == 1
        assert "NationalCode" in said.out
        assert not [name for name, secret in SECRETS.items() if secret in said.out + said.err]


def test_progress_is_drawn_for_a_terminal_alone(check, write, monkeypatch):
    """On standard error, so that the report can be piped."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    said = check(write("day.ndjson", body() + b"\n" + body()), "--json")

    assert "day.ndjson" in said.err
    assert said.json["summary"]["messages"] == 2


def test_names_cannot_command_a_terminal(check, write):
    """Control characters of a file's name are not printed."""
    said = check(write("a\x1b[31m.json", body("0")))

    assert "\x1b" not in said.out
    assert said.status == 1
