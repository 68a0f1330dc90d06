"""Makers of source files for the tests of this room, and short questions on what an import gave."""

import io
import json
import zipfile

from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in

WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '{properties}<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="t" Target="{target}"/></Relationships>'
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
TEXT_ROW = '<row><c t="inlineStr"><is><t>code</t></is></c><c t="inlineStr"><is><t>display</t></is></c></row>'


class Sources:
    """Source files in one folder."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, content, name="list.csv"):
        """Write a file and give its path."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(self, content, profile="generic", *, name="list.csv", **options):
        """Write a file and take it in; a generic list is called `toy` unless another id is given."""
        if profile in {"generic", "generic-map"}:
            options.setdefault("terminology", "toy")
        return take_in(self.write(content, name), load_profile(profile), **options)

    def take_rows(self, header, *rows, profile="generic", **options):
        """Take in a CSV of a header and rows, each written as one line."""
        return self.take("\n".join((header, *rows)) + "\n", profile, **options)

    def take_resource(self, resource, profile="generic", **options):
        """Take in a CodeSystem given as Python values."""
        full = {"resourceType": "CodeSystem", "content": "complete", **resource}
        return self.take(json.dumps(full), profile, name="list.json", **options)


def concepts(intake):
    """Give the concepts of the first list by their codes."""
    return {concept.code: concept for concept in intake.lists[0].concepts}


def one(intake):
    """Give the only concept of an import."""
    (concept,) = intake.lists[0].concepts
    return concept


def said(intake, code):
    """Give the findings of a code."""
    return [finding for finding in intake.findings if finding.code == code]


def adds_up(intake):
    """Tell whether every row has one fate and every accepted row stands behind a list."""
    counts = intake.counts
    taken = counts.accepted + counts.repaired
    return taken + counts.set_aside == counts.read and taken == sum(made.rows for made in intake.lists)


def archive(parts, *, compression=zipfile.ZIP_DEFLATED):
    """Give the bytes of a ZIP archive of named parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return buffer.getvalue()


def raw_workbook(rows, *, target="worksheets/sheet1.xml", properties="", **parts):
    """Give a workbook whose sheet holds raw XML rows; `parts` adds or replaces parts by a short name."""
    names = {
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "sheet": "xl/worksheets/sheet1.xml",
    }
    content = {
        "xl/workbook.xml": WORKBOOK.format(properties=properties),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(target=target),
        "xl/worksheets/sheet1.xml": SHEET.format(rows=rows),
    }
    content.update({names[name]: part for name, part in parts.items()})
    return archive(content)
