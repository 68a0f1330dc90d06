"""The rows of the desk's table that are about drafts, and their way to an edition."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import drafts_wire, review_wire
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING, WRITING
from maksa.web.api.desk.wire import Done
from maksa.web.api.openapi import Operation

_DRAFT = f"{PREFIX}/drafts/{{id}}/{{edition}}"
_EDITION = f"{PREFIX}/terminologies/{{id}}/editions/{{edition}}"

DRAFTS: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation("GET", f"{PREFIX}/drafts", (), drafts_wire.DraftsAnswer, errors=ACTING, signed=True),
        later("drafts.drafts", "List the drafts with their states and counts."),
    ),
    (
        Operation(
            "POST",
            f"{PREFIX}/drafts",
            (),
            drafts_wire.DraftOut,
            body=drafts_wire.DraftStart,
            status=201,
            errors=WRITING,
            signed=True,
        ),
        later("drafts.start", "Begin a draft from the edition in force."),
    ),
    (
        Operation("GET", _DRAFT, (), review_wire.DraftAnswer, errors=ACTING, signed=True),
        later(
            "review.standing",
            "Tell how a draft stands: what was done and decided, and what who asks may do to it now.",
        ),
    ),
    (
        Operation("DELETE", _DRAFT, (), Done, errors=ACTING, signed=True),
        later("drafts.discard", "Throw a draft away."),
    ),
    (
        Operation(
            "GET",
            f"{_DRAFT}/rows",
            (of.WORDS, of.CHANGED, of.COMMENTED, of.ROW_STATUS, of.LIMIT, of.AFTER_ROW),
            drafts_wire.DraftRowsAnswer,
            errors=ACTING,
            signed=True,
        ),
        later("drafts.rows", "Give a page of a draft's rows, as a grid shows them."),
    ),
    (
        Operation(
            "GET", f"{_DRAFT}/rows/{{key+}}", (), drafts_wire.DraftRowAnswer, errors=ACTING, signed=True
        ),
        later("drafts.row", "Show one row of a draft with its edits and comments."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/edits",
            (),
            drafts_wire.DraftEdited,
            body=drafts_wire.DraftEdits,
            errors=WRITING,
            signed=True,
        ),
        later(
            "drafts.edit",
            "Change rows of a draft, all or none; what somebody else changed meanwhile is shown, and nothing is lost.",
        ),
    ),
    (
        Operation(
            "GET",
            f"{_DRAFT}/edits",
            (of.ROW, of.LIMIT, of.BEFORE),
            drafts_wire.DraftEditsAnswer,
            errors=ACTING,
            signed=True,
        ),
        later("drafts.edits", "List the edits of a draft, newest first."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/undo",
            (),
            drafts_wire.DraftEdited,
            body=drafts_wire.DraftUndo,
            errors=WRITING,
            signed=True,
        ),
        later("drafts.undo", "Undo one edit that nothing later touched, or all of the newest call."),
    ),
    (
        Operation(
            "GET",
            f"{_DRAFT}/comments",
            (of.ROW, of.OPEN, of.LIMIT, of.AFTER),
            drafts_wire.CommentsAnswer,
            errors=ACTING,
            signed=True,
        ),
        later("drafts.comments", "List the comments on a draft, or on one row of it."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/comments",
            (),
            drafts_wire.CommentOut,
            body=drafts_wire.CommentIn,
            status=201,
            errors=WRITING,
            signed=True,
        ),
        later("drafts.comment", "Comment on a draft, or on one row of it."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/comments/{{comment}}/resolution",
            (),
            drafts_wire.CommentOut,
            body=drafts_wire.CommentResolution,
            errors=WRITING,
            signed=True,
        ),
        later("drafts.resolve", "Say what became of a comment; it is open no longer."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/submission",
            (),
            review_wire.DraftAnswer,
            body=review_wire.DraftNote,
            errors=WRITING,
            signed=True,
        ),
        later("review.submit", "Send a draft to its review."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/recall",
            (),
            review_wire.DraftAnswer,
            body=review_wire.DraftNote,
            errors=WRITING,
            signed=True,
        ),
        later("review.recall", "Take a submission back: the draft is in editing again."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/review",
            (),
            review_wire.DraftAnswer,
            body=review_wire.DraftReview,
            errors=WRITING,
            signed=True,
        ),
        later(
            "review.review", "Approve a draft, or return it with a reason; by somebody who had no part in it."
        ),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/votes",
            (),
            review_wire.DraftAnswer,
            body=review_wire.DraftVote,
            errors=WRITING,
            signed=True,
        ),
        later("review.vote", "Vote on a reviewed draft, as a member of the committee."),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/minutes",
            (),
            review_wire.DraftAnswer,
            body=review_wire.DraftMinutes,
            errors=WRITING,
            signed=True,
        ),
        later(
            "review.close_vote",
            "Close a vote that has its quorum, with minutes: the draft is agreed or rejected.",
        ),
    ),
    (
        Operation("GET", f"{_DRAFT}/quality", (), review_wire.QualityAnswer, errors=ACTING, signed=True),
        later("review.quality", "Check the content of a draft by the rules of quality."),
    ),
    (
        Operation("GET", f"{_DRAFT}/impact", (), review_wire.ImpactAnswer, errors=ACTING, signed=True),
        later(
            "review.impact",
            "Tell what publishing a draft would touch: maps, value sets, messages, parties, records.",
        ),
    ),
    (
        Operation(
            "POST",
            f"{_DRAFT}/publication",
            (),
            review_wire.EditionPublished,
            body=review_wire.DraftPublication,
            errors=WRITING,
            signed=True,
        ),
        later("review.publish", "Publish a draft: its edition stands on the shelf, signed, with its letter."),
    ),
    (
        Operation(
            "POST",
            f"{_EDITION}/withdrawal",
            (),
            review_wire.EditionState,
            body=review_wire.Withdrawal,
            errors=WRITING,
            signed=True,
        ),
        later("review.withdraw", "Withdraw an edition: the one before it answers again."),
    ),
    (
        Operation(
            "DELETE", f"{_EDITION}/withdrawal", (), review_wire.EditionState, errors=ACTING, signed=True
        ),
        later("review.restore", "Undo a withdrawal."),
    ),
    (
        Operation("GET", f"{PREFIX}/governance", (), review_wire.GovernanceOut, errors=ACTING, signed=True),
        later(
            "review.governance",
            "Tell whether a committee must agree to each edition, and by which quorum and majority.",
        ),
    ),
    (
        Operation(
            "PUT",
            f"{PREFIX}/governance",
            (),
            review_wire.GovernanceOut,
            body=review_wire.GovernanceIn,
            errors=WRITING,
            signed=True,
        ),
        later("review.govern", "Set the rules of this home."),
    ),
)
