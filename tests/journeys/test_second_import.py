"""A curator mends a list, imports it again, and sees what the mending changed before it is published."""

from __future__ import annotations

FIRST = "code,display\n1001,بابونه\n1002,نعناع\n,بی‌کد\n"
MENDED = "code,display\n1001,بابونه آلمانی\n1002,نعناع\n1003,آویشن\n"


def test_second_import(maksa, tmp_path):
    """Findings of the first, difference of the second, nothing done by the third."""
    source = tmp_path / "herbs.csv"
    arguments = ("import", source, "--profile", "generic", "--terminology", "herbs", "--edition", "1")

    source.write_text(FIRST, encoding="utf-8")
    first = maksa(*arguments, "--strict")
    assert first.status == 1
    assert "row 4" in first.out

    source.write_text(MENDED, encoding="utf-8")
    tried = maksa(*arguments, "--dry-run", "--strict")
    assert tried.status == 0
    assert "1 added (1003), 0 gone, 1 changed (1001), 1 the same" in tried.out
    assert "1 added (1003)" in maksa(*arguments, "--publish").out
    assert maksa("show", "herbs", "1001", "--json").json["concept"]["display"] == "بابونه آلمانی"

    again = maksa(*arguments, "--publish")
    assert again.status == 0
    assert "nothing was done" in again.out
    source.write_text(FIRST, encoding="utf-8")
    assert maksa(*arguments, "--publish").status == 2
    assert maksa("codes", "herbs", "--json").json["total"] == 3
