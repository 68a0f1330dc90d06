"""Colleagues of every role, and a draft in every state of its life."""

from dataclasses import replace
from datetime import UTC, datetime

from desk import issue
from herbs import MINT, SAGE, THYME, herbs
from sqlalchemy import insert

from maksa.model.jalali import today
from maksa.registry.drafts.changes import RowEdit
from maksa.registry.drafts.drafts import discard_draft
from maksa.registry.drafts.edits import edit_draft
from maksa.registry.drafts.lines import hash_of, line_of
from maksa.registry.parties.parties import Party, add_party
from maksa.registry.parties.people import Person
from maksa.registry.parties.tables import person, person_role
from maksa.registry.review.desk import review_draft, submit_draft
from maksa.registry.review.votes import MinutesRecord, cast_vote, close_vote

CURATOR = Person("maryam", "مریم", "centre", ("curator",))
SECOND = Person("nader", "نادر", "centre", ("curator",))
REVIEWER = Person("reza", "رضا", "centre", ("reviewer",))
MEMBERS = tuple(Person(f"member{n}", f"عضو {n}", "centre", ("committee-member",)) for n in range(1, 5))
PUBLISHER = Person("parisa", "پریسا", "centre", ("publisher",))
ADMINISTRATOR = Person("root", "راهبر", "centre", ("administrator",))
AUDITOR = Person("auditor", "ممیز", "centre", ("auditor",))
OFFICER = Person("officer", "کارشناس", "tamin", ("insurer-officer",))
DEVELOPER = Person("developer", "توسعه‌دهنده", "sazeh", ("vendor-developer",))
ALL_ROLES = Person("all", "همه‌کاره", "centre", ("curator", "reviewer", "committee-member", "publisher"))
EVERYBODY = (
    CURATOR,
    SECOND,
    REVIEWER,
    *MEMBERS,
    PUBLISHER,
    ADMINISTRATOR,
    AUDITOR,
    OFFICER,
    DEVELOPER,
    ALL_ROLES,
)
OF_ROLE = {
    "curator": SECOND,
    "reviewer": REVIEWER,
    "committee-member": MEMBERS[3],
    "publisher": PUBLISHER,
    "administrator": ADMINISTRATOR,
    "auditor": AUDITOR,
    "insurer-officer": OFFICER,
    "vendor-developer": DEVELOPER,
}

MINUTES = MinutesRecord("همه شنیده شدند.", today(), ("مریم", "رضا"))
WHERE = ("herbs", "2")
THYME_READ = replace(THYME, changed=1)
"""Thyme as the first edition has it."""


def gather(registry):
    """Register everybody; nobody of them signs in, so their passwords are none."""
    for party in (
        Party("centre", "مرکز", "centre"),
        Party("tamin", "تأمین", "insurer"),
        Party("sazeh", "سازه", "vendor"),
    ):
        add_party(registry, party)
    with registry.writing() as connection:
        for one in EVERYBODY:
            values = {"login": one.login, "name": one.name, "party_id": one.party_id, "password_hash": "-"}
            connection.execute(
                insert(person).values(**values, disabled=False, failures=0, added=datetime.now(UTC))
            )
            rows = [{"login": one.login, "role": role} for role in one.roles]
            connection.execute(insert(person_role), rows)


def seen(content):
    """Give the state of a row as its readers name it."""
    return hash_of(line_of(content))


def edit(registry, shelf, *edits, who=CURATOR, where=WHERE, **more):
    """Edit the draft of the herbs: each edit a key, the row that was seen (or None), and the cells."""
    asked = [RowEdit(key, None if row is None else seen(row), cells) for key, row, cells in edits]
    return edit_draft(registry, shelf, *where, asked, who=who, **more)


def standing_list(registry, shelf):
    """Publish an edition of the herbs, and start the draft of the next by an edit of a curator."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "1")
    return edit(registry, shelf, ("2", THYME_READ, {"display": "آویشن باغی"}))


def bring_to(registry, shelf, state):
    """Bring a fresh draft of the herbs to a state."""
    discard_draft(registry, *WHERE)
    edit(registry, shelf, ("2", THYME_READ, {"display": "آویشن باغی"}))
    if state == "editing":
        return
    submit_draft(registry, *WHERE, who=CURATOR)
    if state == "in-review":
        return
    if state == "returned":
        review_draft(registry, *WHERE, approve=False, reason="ناقص", who=REVIEWER)
        return
    review_draft(registry, *WHERE, approve=True, who=REVIEWER)
    if state == "reviewed":
        return
    for member in MEMBERS[:3]:
        choice = "against" if state == "rejected" else "for"
        cast_vote(registry, *WHERE, choice, reason="دلیل", who=member)
    if state != "in-vote":
        close_vote(registry, *WHERE, MINUTES, who=MEMBERS[0])
