"""A curator's year: two editions of a real list, an error, and the way back."""

from datetime import date

from herbs import MINT, SAGE, SOURCE, THYME, herbs

from maksa.home import open_home
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish, restore, withdraw


def test_the_edition_before_answers_after_a_withdrawal(tmp_path):
    """Two homes on one folder, as desk and server: what the desk does, the server answers by."""
    desk = open_home(tmp_path, create=True)
    server = open_home(tmp_path)
    for edition, imported, effective in (
        ("1404", herbs(MINT, THYME), date(2025, 3, 21)),
        ("1405", herbs(MINT, SAGE), date(2026, 3, 21)),
    ):
        save_draft(desk.registry, imported, edition, source=SOURCE, options=DraftOptions(effective=effective))
        publish(desk.registry, desk.shelf, "herbs", edition)
    day = date(2026, 6, 1)

    server.shelf.refresh()
    thyme = server.service.lookup("herbs", "2", on=day)
    assert (thyme.edition.edition, thyme.status) == ("1405", "retired")
    assert thyme.concept.effective_to == date(2026, 3, 20)

    withdraw(desk.registry, desk.shelf, "herbs", "1405", "خطا در فهرست")
    server.shelf.refresh()
    thyme = server.service.lookup("herbs", "2", on=day)
    assert (thyme.edition.edition, thyme.status) == ("1404", "active")

    restore(desk.registry, desk.shelf, "herbs", "1405")
    server.shelf.refresh()
    assert server.service.lookup("herbs", "2", on=day).edition.edition == "1405"


def test_the_book_of_relative_values_is_published(tmp_path, real_data):
    """All rows of RVU3 become an edition; importing it again is no change."""
    home = open_home(tmp_path, create=True)
    intake = take_in(real_data / "rvu3_1404.csv", load_profile("rvu3"))
    (imported,) = intake.lists

    for unchanged in (False, True):
        save_draft(home.registry, imported, "1404", source=intake.source, options=DraftOptions())
        published = publish(home.registry, home.shelf, "RVU3", "1404")
        assert published.unchanged is unchanged

    manifest = published.entry.manifest
    assert (manifest.count, manifest.rows) == (5572, 5575)
    assert home.service.lookup("RVU3", "700100").edition == manifest.ref
