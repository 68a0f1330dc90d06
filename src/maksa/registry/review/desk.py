"""From editing to reviewed: a draft is submitted, seen by another person, approved or returned, or called back.

A review is of exactly the content that was submitted, by its hash.
"""

from __future__ import annotations

from sqlalchemy import Connection

from maksa.errors import WrongState
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import Draft, held_draft
from maksa.registry.drafts.fingerprint import content_hash
from maksa.registry.drafts.loss import require_content
from maksa.registry.requests.form import checked_text
from maksa.registry.review.acting import OPERATOR, Who, acting
from maksa.registry.review.life import LONGEST_SAID, Life, life_of, move, require_act
from maksa.registry.review.states import Act
from maksa.text import Text


def submit_draft(
    registry: Registry, terminology: str, edition: str, *, note: str | None = None, who: Who = OPERATOR
) -> Life:
    """Submit a draft for review, as it is now; any edit after it puts it back to editing.

    Raises: UnknownEdition, Refused (role), WrongState (not in editing, or empty). Cost: reads the draft.
    """
    return _act(registry, terminology, edition, "submit", said=note, who=who)


def review_draft(
    registry: Registry,
    terminology: str,
    edition: str,
    *,
    approve: bool,
    reason: str | None = None,
    who: Who,
) -> Life:
    """Approve a submitted draft, or return it with a reason.

    Raises: UnknownEdition, Refused (role; four eyes: who imported, edited or submitted it, or the operator of the
            machine), WrongState (not in review, or no longer what was submitted), BadParameter (returned without a
            reason). Cost: reads the draft.
    """
    return _act(registry, terminology, edition, "approve" if approve else "return", said=reason, who=who)


def recall_draft(
    registry: Registry, terminology: str, edition: str, reason: str, *, who: Who = OPERATOR
) -> Life:
    """Call a submitted draft back to editing; its review and vote no longer stand.

    Raises: UnknownEdition, Refused (role), WrongState (not submitted), BadParameter (no reason).
    """
    return _act(registry, terminology, edition, "recall", said=reason, who=who)


def require_unchanged(connection: Connection, draft: Draft, life: Life) -> str:
    """Give the hash of a draft that is what was submitted.

    Raises: WrongState when it is not, as after a decision on a map.
    """
    now = content_hash(connection, draft)
    if now != life.hash:
        raise WrongState(
            Text(
                fa=f"پیش‌نویس «{draft.name}» دیگر آن نیست که برای بازبینی ارسال شد.",
                en=f"The draft '{draft.name}' is no longer what was submitted.",
            ),
            mend=Text(
                fa="ارسال را با «maksa drafts recall» پس بگیرید و آن را دوباره بفرستید.",
                en="Recall it ('maksa drafts recall') and submit it again.",
            ),
        )
    return now


def _act(registry: Registry, terminology: str, edition: str, act: Act, *, said: str | None, who: Who) -> Life:
    said = checked_text("reason", said, LONGEST_SAID)
    desk = acting(registry, who)
    with desk.writing() as connection:
        draft = held_draft(connection, terminology, edition)
        life = life_of(connection, draft.number, draft.name)
        transition = require_act(connection, desk, life, who, act, said=said)
        seen = None
        if act == "submit":
            require_content(draft)
            seen = content_hash(connection, draft)
        elif act != "recall":
            seen = require_unchanged(connection, draft, life)
        return move(connection, desk, life, transition, said=said, hash_=seen)
