"""Drafts as both floors of the desk ask for them: who sees them; what may be done is said by the review's own table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maksa.errors import MaksaError
from maksa.model.edition import EditionEntry
from maksa.registry.drafts import edits, history, publish, rows, start
from maksa.registry.drafts.changes import RowEdit
from maksa.registry.drafts.drafts import Draft, DraftOptions, discard_draft, read_draft
from maksa.registry.drafts.edits import Edited
from maksa.registry.drafts.history import Edit
from maksa.registry.drafts.publish import Published
from maksa.registry.drafts.rows import RowFilter, RowHistory, RowPage
from maksa.registry.impact.impact import impact_of
from maksa.registry.impact.records import Impact
from maksa.registry.quality.check import check_draft
from maksa.registry.quality.report import QualityReport
from maksa.registry.review import comments, desk, governance, standing, votes
from maksa.registry.review.comments import Comment
from maksa.registry.review.governance import Governance
from maksa.registry.review.standing import DraftDetail, Standing
from maksa.registry.review.states import Act
from maksa.registry.review.votes import Choice, Minutes, MinutesRecord
from maksa.web.desk.acting import Acting, person_acting

Name = tuple[str, str]
"""The list and the edition of a draft."""


def find(acting: Acting) -> Sequence[Standing]:
    """List the drafts. Raises: Refused for who may not read the records of all parties, as everywhere here."""
    return standing.list_standings(_reader(acting).registry)


def one(acting: Acting, name: Name) -> tuple[DraftDetail, Mapping[Act, MaksaError | None]]:
    """Tell how a draft stands, and what who acts may do to it now. Raises: UnknownEdition."""
    person = person_acting(_reader(acting))
    detail = standing.draft_standing(acting.registry, *name)
    return detail, standing.what_may(acting.registry, *name, person)


def draft(acting: Acting, name: Name) -> Draft:
    """Give a draft. Raises: UnknownEdition."""
    return read_draft(_reader(acting).registry, *name)


def begin(acting: Acting, name: Name, options: DraftOptions) -> Draft:
    """Begin a draft from the edition in force; after a sample comes a sample. Raises: as start_draft."""
    entry = acting.home.service.terminology(name[0]).entry
    sample = entry is not None and entry.manifest.sample
    options = replace(options, sample=sample)
    return start.start_draft(acting.registry, acting.shelf, *name, options, who=person_acting(acting))


def discard(acting: Acting, name: Name) -> None:
    """Throw a draft away. Raises: as discard_draft."""
    discard_draft(acting.registry, *name, who=person_acting(acting))


def page(acting: Acting, name: Name, wanted: RowFilter, *, after: str | None, limit: int) -> RowPage:
    """Give a page of rows. Raises: as page_rows."""
    return rows.page_rows(_reader(acting).registry, *name, wanted, after=after, limit=limit)


def row(acting: Acting, name: Name, key: str) -> RowHistory:
    """Give one row with its edits and comments. Raises: as read_row."""
    return rows.read_row(_reader(acting).registry, *name, key)


def edit(acting: Acting, name: Name, wanted: Sequence[RowEdit], why: str | None) -> Edited:
    """Change rows, all or none. Raises: as edit_draft; Conflict when somebody else changed one meanwhile."""
    return edits.edit_draft(acting.registry, acting.shelf, *name, wanted, why=why, who=person_acting(acting))


def undo(acting: Acting, name: Name, number: int | None, why: str | None) -> Edited:
    """Undo an edit, or all of the newest call. Raises: as undo_edits."""
    return edits.undo_edits(acting.registry, acting.shelf, *name, number, why=why, who=person_acting(acting))


def made(acting: Acting, name: Name, *, key: str | None, before: int | None, limit: int) -> Sequence[Edit]:
    """List edits, newest first. Raises: as list_edits."""
    return history.list_edits(_reader(acting).registry, *name, key=key, before=before, limit=limit)


def said(
    acting: Acting, name: Name, *, key: str | None, open_only: bool, after: int, limit: int
) -> Sequence[Comment]:
    """List comments in their order. Raises: as list_comments."""
    return comments.list_comments(
        _reader(acting).registry, *name, key=key, open_only=open_only, after=after, limit=limit
    )


def say(acting: Acting, name: Name, text: str, key: str | None) -> Comment:
    """Comment on a draft or a row. Raises: as add_comment."""
    return comments.add_comment(acting.registry, *name, text, key=key, who=person_acting(acting))


def resolve(acting: Acting, name: Name, number: int, text: str) -> Comment:
    """Say what became of a comment. Raises: as resolve_comment."""
    return comments.resolve_comment(acting.registry, *name, number, text, who=person_acting(acting))


def submit(acting: Acting, name: Name, note: str | None) -> None:
    """Send a draft to its review. Raises: as submit_draft."""
    desk.submit_draft(acting.registry, *name, note=note, who=person_acting(acting))


def review(acting: Acting, name: Name, *, approve: bool, reason: str | None) -> None:
    """Approve a draft, or return it. Raises: as review_draft."""
    desk.review_draft(acting.registry, *name, approve=approve, reason=reason, who=person_acting(acting))


def recall(acting: Acting, name: Name, reason: str) -> None:
    """Take a submission back. Raises: as recall_draft."""
    desk.recall_draft(acting.registry, *name, reason, who=person_acting(acting))


def vote(acting: Acting, name: Name, choice: Choice, reason: str | None) -> None:
    """Vote on a draft. Raises: as cast_vote."""
    votes.cast_vote(acting.registry, *name, choice, reason=reason, who=person_acting(acting))


def close(acting: Acting, name: Name, record: MinutesRecord) -> Minutes:
    """Close a vote with its minutes. Raises: as close_vote."""
    return votes.close_vote(acting.registry, *name, record, who=person_acting(acting))


def quality(acting: Acting, name: Name) -> QualityReport:
    """Check the content of a draft. Raises: UnknownEdition. Cost: reads it whole."""
    return check_draft(acting.registry, acting.shelf, draft(acting, name))


def impact(acting: Acting, name: Name) -> Impact:
    """Tell what publishing a draft would touch. Raises: UnknownEdition. Cost: reads it whole."""
    return impact_of(acting.registry, acting.shelf, draft(acting, name))


def put_out(acting: Acting, name: Name, *, retire_missing: bool) -> Published:
    """Publish a draft. Raises: as publish."""
    return publish.publish(
        acting.registry, acting.shelf, *name, retire_missing=retire_missing, who=person_acting(acting)
    )


def withdraw(acting: Acting, name: Name, reason: str) -> EditionEntry:
    """Withdraw an edition, so that the one before it answers again. Raises: as publish.withdraw."""
    return publish.withdraw(acting.registry, acting.shelf, *name, reason, who=person_acting(acting))


def restore(acting: Acting, name: Name) -> EditionEntry:
    """Undo a withdrawal. Raises: as publish.restore."""
    return publish.restore(acting.registry, acting.shelf, *name, who=person_acting(acting))


def rules(acting: Acting) -> Governance:
    """Give the rules of this home."""
    return governance.governance(_reader(acting).registry)


def govern(acting: Acting, *, on: bool, quorum: int | None, majority: int | None) -> Governance:
    """Set the rules of this home. Raises: as governance.govern."""
    return governance.govern(
        acting.registry, on=on, quorum=quorum, majority=majority, who=person_acting(acting)
    )


def _reader(acting: Acting) -> Acting:
    acting.require("registry-read")
    return acting
