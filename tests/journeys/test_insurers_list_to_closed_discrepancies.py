"""An insurer's list comes through a university, is decided, comes mended, and its differences close."""

from __future__ import annotations

import csv
import json

REFERENCE = (
    "code,display,status,replaced_by,property:price\n"
    "00125,ویتامین ب کمپلکس آمپول,active,,8000\n"
    "01003,ویتامین ک آمپول,active,,37900\n"
    "20306,انسولین آسپارت,active,,300650\n"
    "52202,وازلین پماد ۱۰۰ گرم,active,,0\n"
    "60672,وازلین قدیمی,retired,52202,0\n"
    "00817,متفورمین 500 mg قرص,active,,900\n"
)
FIRST = (
    "کد,نام,وضعیت\n"
    "125,ویتامین ب کمپلکس آمپول,\n"
    "01003,ويتامين ك آمپول,\n"
    "60672,وازلین قدیمی,\n"
    "17106,متفورمین 500 mg قرص,\n"
    "20306,انسولین,\n"
    "77777,کالای تنها,\n"
)
SECOND = (
    "کد,نام,وضعیت\n"
    "00125,ویتامین ب کمپلکس آمپول,\n"
    "01003,ویتامین ک آمپول,\n"
    "52202,وازلین پماد ۱۰۰ گرم,\n"
    "17106,متفورمین 500 mg قرص,\n"
    "20306,انسولین گلارژین,\n"
)
COLUMNS = ("--columns", "code=کد", "--columns", "display=نام", "--columns", "status=وضعیت")


ACCEPTED = ("--as", "accepted", "--why", "کد خود بیمه‌گر است", "--letter", "110/123", "--actor", "کمیته")


class Insurer:
    """An insurer whose list comes through a vendor and a university."""

    def __init__(self, maksa, folder):
        self._maksa = maksa
        self.folder = folder
        source = self._write("drugs.csv", REFERENCE)
        named = ("--profile", "generic", "--terminology", "drugs", "--edition", "1", "--publish")
        assert maksa("import", source, *named).status == 0

    def _write(self, name, content):
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def upload(self, content):
        """Upload a list and give the answer."""
        whose = ("--party", "insurer-a", "--terminology", "drugs")
        came = ("--reporter", "vendor-b", "--channel", "دانشگاه")
        path = self._write("insurer.csv", content)
        return self("upload", path, *whose, *came, *COLUMNS, "--json").json

    def __call__(self, *arguments):
        """Run a command of the register."""
        said = self._maksa("discrepancies", *arguments)
        assert said.status == 0, said.err
        return said

    def records(self):
        """Give the records by kind and code."""
        return {(one["kind"], one["code"]): one for one in self("list", "--json").json["items"]}


def test_an_insurers_list_from_upload_to_closed_discrepancies(desk, tmp_path):
    """Upload, decide, assign; the second upload keeps decisions, closes what was mended, reopens what changed."""
    insurer = Insurer(desk, tmp_path)
    rows = insurer.upload(FIRST)["rows"]
    assert rows["read"] == rows["differing"] + rows["agreeing"] == 6
    records = {key: record["number"] for key, record in insurer.records().items()}
    assert records.keys() == {
        ("code-differs", "17106"),
        ("code-differs", "125"),
        ("retired", "60672"),
        ("title-differs", "20306"),
        ("not-in-reference", "77777"),
        ("not-in-their-list", "52202"),
    }

    retired = records["retired", "60672"]
    insurer("decide", records["code-differs", "17106"], records["title-differs", "20306"], *ACCEPTED)
    insurer("decide", retired, "--as", "party-corrects", "--why", "منسوخ است")
    insurer("assign", retired, "--owner", "بیمه‌گر", "--deadline", "1404/12/01")

    changes = insurer.upload(SECOND)["changes"]
    assert (changes["closed"], changes["reopened"], changes["new"]) == (4, 1, 0)
    states = {key: record["state"] for key, record in insurer.records().items()}
    assert states["code-differs", "17106"] == "decided"
    assert states["title-differs", "20306"] == "open"
    assert sorted(states.values()).count("closed") == 4
    history = insurer("show", retired, "--json").json["history"]
    assert [step["act"] for step in history] == ["opened", "decided", "assigned", "closed"]


def test_a_mended_list_closes_everything_and_the_register_holds(desk, tmp_path):
    """The trend goes to nothing, the reports are written, the journal has it all, and the home is whole."""
    insurer = Insurer(desk, tmp_path)
    for content in (FIRST, SECOND):
        insurer.upload(content)
    changes = insurer.upload(REFERENCE.replace("code,display,status", "کد,نام,وضعیت"))["changes"]

    assert changes["open"] == changes["decided"] == 0
    trend = insurer("trend", "--party", "insurer-a", "--json").json["items"]
    assert [sum(one["kinds"].values()) for one in trend] == [6, 2, 0]
    for form in ("html", "xlsx", "json"):
        path = tmp_path / f"report.{form}"
        insurer("report", "--format", form, "--output", path)
        assert path.stat().st_size
    acts = [entry["act"] for entry in desk("journal", "--json").json["items"]]
    assert acts.count("discrepancy-upload") == 3
    assert desk("doctor").status == 0


def test_the_real_lists_of_three_insurers(maksa, real_data, tmp_path):
    """The same product under different codes is found at each insurer, as the table itself shows it."""
    path = real_data / "insurer_generic_codes_sample.csv"
    for source, profile in (
        (path, "insurer-generic-code"),
        (real_data / "tamin_formulary_sample.csv", "tamin-formulary"),
    ):
        assert maksa("import", source, "--profile", profile, "--edition", "1", "--publish").status == 0
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for insurer in {row["insurer"] for row in rows}:
        how = (
            "--party",
            insurer,
            "--terminology",
            "generic-drug",
            "--profile",
            "insurer-generic-code",
            "--partial",
        )
        said = maksa("discrepancies", "upload", path, *how, "--condition", f"insurer={insurer}", "--json")
        assert said.status == 0, said.err
        own = [row for row in rows if row["insurer"] == insurer]
        counts = said.json["rows"]
        assert (counts["read"], counts["passed_over"]) == (len(rows), len(rows) - len(own))
        differing = {
            row["product_key"]
            for row in own
            if any(
                other["product_key"] == row["product_key"] and other["generic_code"] != row["generic_code"]
                for other in rows
            )
        }
        output = tmp_path / "report.json"
        scope = ("--party", insurer, "--kind", "code-differs", "--format", "json", "--output", output)
        assert maksa("discrepancies", "report", *scope).status == 0
        found = {one["product"] for one in json.loads(output.read_text(encoding="utf-8"))["items"]}
        assert found == differing != set()


def test_the_real_services_of_an_insurer(maksa, real_data):
    """Against itself nothing differs; against the book of relative values every row is told."""
    path = real_data / "tamin_services_sample.csv"
    assert maksa("import", path, "--profile", "tamin-service", "--edition", "1", "--publish").status == 0
    book = ("--profile", "rvu3", "--edition", "1404", "--publish")
    assert maksa("import", real_data / "rvu3_1404.csv", *book).status == 0

    how = ("--party", "tamin", "--profile", "tamin-service", "--json", "--terminology")
    itself = maksa("discrepancies", "upload", path, *how, "tamin-service").json
    assert itself["rows"]["agreeing"] == itself["rows"]["read"]
    assert not sum(itself["kinds"].values())

    against = maksa("discrepancies", "upload", path, *how, "RVU3", "--partial").json
    assert against["rows"]["differing"] == against["rows"]["read"] == against["kinds"]["not-in-reference"]
