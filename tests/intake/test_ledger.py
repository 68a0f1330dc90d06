"""The ledger: counts add up, findings keep their order, and their number is bounded."""

from sources import adds_up

from maksa.intake import ledger


def test_findings_stand_in_the_order_of_rows(sources):
    """What concerns the whole file comes first, then row by row, also what was found at the end."""
    intake = sources.take_rows("code,display,replaced_by,x", "1,a,9,", "2, b,,", "2,c,,", ",d,,", "3,e,1,")

    rows = [finding.row for finding in intake.findings]
    assert rows == [None, None, 2, 4, 5]
    assert adds_up(intake)


def test_findings_beyond_the_bound_are_counted(sources, monkeypatch):
    """A file in which everything is wrong gives a bounded list, and the number of the rest by code."""
    monkeypatch.setattr(ledger, "MAX_FINDINGS", 3)

    intake = sources.take_rows("code,display", "1,a", *([",x"] * 10))

    assert [finding.code for finding in intake.findings] == ["findings-unlisted", *["missing-code"] * 3]
    assert "7 further findings" in intake.findings[0].text.en
    assert intake.counts.set_aside == 10
