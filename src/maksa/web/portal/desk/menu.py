"""The menu of the desk: the pages that the roles of who is signed in open."""

from __future__ import annotations

from maksa.registry.parties.access import may
from maksa.web.desk.acting import Acting

MENU: tuple[tuple[str, str, str | None], ...] = (
    ("/desk", "میز کار", None),
    ("/desk/drafts", "پیش‌نویس‌ها", "registry-read"),
    ("/desk/requests", "درخواست‌های کد", None),
    ("/desk/discrepancies", "مغایرت‌ها", None),
    ("/desk/adoption", "تابلوی اجرا", None),
    ("/desk/subscriptions", "اشتراک‌ها", None),
    ("/desk/told", "چه گفته شد", "registry-read"),
    ("/desk/letters/new", "ثبت نامه", "letter-record"),
    ("/desk/parties", "سازمان‌ها", None),
    ("/desk/people", "افراد", "party-keep"),
    ("/desk/clients", "کارخواه‌ها", "party-keep"),
    ("/desk/journal", "دفتر رویدادها", "journal-read"),
)
"""Path, title, and the act of the table of access that opens it; None: open to everybody signed in."""


def menu_of(acting: Acting | None) -> list[tuple[str, str]]:
    """Give the paths and titles of the pages that are open; none to who is not signed in."""
    if acting is None:
        return []
    return [(path, title) for path, title, act in MENU if act is None or may(acting.roles, act)]
