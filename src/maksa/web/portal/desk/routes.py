"""The table of the desk's pages. Each stands in a module of this package, loaded when it is first asked."""

from __future__ import annotations

from maksa.web.portal.desk.later import later
from maksa.web.portal.pages import Pages
from maksa.web.routing import Route

PAGES = (
    ("GET", "/desk", "front.front"),
    ("GET", "/desk/password", "password.blank"),
    ("POST", "/desk/password", "password.change"),
    ("GET", "/desk/requests", "code_requests.queue"),
    ("GET", "/desk/requests/{request}", "code_requests.one"),
    ("POST", "/desk/requests/{request}", "code_requests.act"),
    ("GET", "/desk/drafts", "drafts.drafts"),
    ("POST", "/desk/drafts", "drafts.begin"),
    ("GET", "/desk/drafts/{list}/{edition}", "drafts.draft"),
    ("POST", "/desk/drafts/{list}/{edition}", "drafts.act"),
    ("GET", "/desk/drafts/{list}/{edition}/quality", "drafts.quality"),
    ("GET", "/desk/drafts/{list}/{edition}/impact", "drafts.impact"),
    ("GET", "/desk/drafts/{list}/{edition}/rows", "draft_rows.grid"),
    ("POST", "/desk/drafts/{list}/{edition}/rows", "draft_rows.save"),
    ("GET", "/desk/drafts/{list}/{edition}/new-row", "draft_rows.blank"),
    ("POST", "/desk/drafts/{list}/{edition}/new-row", "draft_rows.change"),
    ("GET", "/desk/drafts/{list}/{edition}/rows/{key+}", "draft_rows.row"),
    ("POST", "/desk/drafts/{list}/{edition}/rows/{key+}", "draft_rows.change"),
    ("GET", "/desk/discrepancies", "discrepancies.records"),
    ("GET", "/desk/discrepancies/uploads", "party_lists.received"),
    ("POST", "/desk/discrepancies/uploads", "party_lists.send"),
    ("GET", "/desk/discrepancies/parties/{party}", "party_lists.party"),
    ("GET", "/desk/discrepancies/{discrepancy}", "discrepancies.record"),
    ("POST", "/desk/discrepancies/{discrepancy}", "discrepancies.decide"),
    ("POST", "/desk/discrepancies/{discrepancy}/assignment", "discrepancies.assign"),
    ("GET", "/desk/parties", "keeping.parties"),
    ("POST", "/desk/parties", "keeping.add_party"),
    ("GET", "/desk/people", "keeping.people"),
    ("POST", "/desk/people", "keeping.add_person"),
    ("GET", "/desk/people/{login}", "keeping.person"),
    ("POST", "/desk/people/{login}", "keeping.change_person"),
    ("GET", "/desk/clients", "keeping.clients"),
    ("POST", "/desk/clients", "keeping.add_client"),
    ("GET", "/desk/clients/{client}", "keeping.client"),
    ("POST", "/desk/clients/{client}", "keeping.change_client"),
    ("GET", "/desk/adoption", "adoption.board"),
    ("GET", "/desk/adoption/reminder", "adoption.reminder"),
    ("GET", "/desk/adoption/declare", "adoption_acts.declaration"),
    ("POST", "/desk/adoption/declare", "adoption_acts.declare"),
    ("GET", "/desk/adoption/keep", "adoption_acts.keeping_page"),
    ("POST", "/desk/adoption/keep", "adoption_acts.keep"),
    ("GET", "/desk/subscriptions", "subscriptions.subscriptions"),
    ("POST", "/desk/subscriptions", "subscriptions.add"),
    ("GET", "/desk/subscriptions/{subscription}", "subscriptions.one"),
    ("POST", "/desk/subscriptions/{subscription}", "subscriptions.act"),
    ("GET", "/desk/told", "told.told"),
    ("GET", "/desk/letters/new", "letters.blank"),
    ("POST", "/desk/letters/new", "letters.record"),
    ("POST", "/desk/letters/attachments", "letters.attach"),
    ("GET", "/desk/drafts/import", "imports.blank"),
    ("POST", "/desk/drafts/import", "imports.bring_in"),
    ("GET", "/desk/journal", "journal.entries"),
    ("GET", "/desk/journal/chain", "journal.chain"),
    ("GET", "/desk/sign-in", "sign_in.blank"),
    ("POST", "/desk/sign-in", "sign_in.enter"),
    ("POST", "/desk/sign-out", "sign_in.leave"),
    ("GET", "/desk/sign-in/{provider}", "single_sign_on.begin"),
    ("GET", "/desk/sign-in/{provider}/callback", "single_sign_on.back"),
    ("GET", "/desk/sign-out/{provider}", "single_sign_on.left"),
)
"""Method, path, and the function that makes the page."""


def desk_routes(pages: Pages) -> tuple[Route, ...]:
    """Give the routes of the desk's pages."""
    return tuple(Route(method, path, later(pages, name)) for method, path, name in PAGES)
