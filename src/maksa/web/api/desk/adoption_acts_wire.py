"""The JSON of what is done on the adoption board: obligations, declarations, certificates and reminders to be made."""

from __future__ import annotations

from typing import Annotated

import msgspec

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Long = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
Lines = Annotated[tuple[Short, ...], msgspec.Meta(max_length=4)]
Kinds = Annotated[tuple[Short, ...], msgspec.Meta(max_length=20)]


class ObligationIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who must use a list, by which letter, by when.

    Without a list: all that the letter, or one that it refers to, announces. Without kinds: those to whom the letter
    speaks, where that is known. `edition` is the oldest that will do; without one it is the one in force.
    """

    letter: Short
    terminology: Short | None = None
    edition: Short | None = None
    party_kinds: Kinds = ()
    system_kinds: Kinds = ()
    deadline: Short | None = None


class ObligationEnd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why an obligation is lifted."""

    why: Long


class DeclarationIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a party says of its use of a list in one of its systems; without a system, in the party as a whole.

    `party` is one's own unless said. `day` is since when it is live, or for when it is planned; `reason` is why it is
    not applicable; `letter` is the party's own. `why` is needed of who declares in the place of a party.
    """

    terminology: Short
    state: Short
    party: Short | None = None
    system: Short | None = None
    edition: Short | None = None
    day: Short | None = None
    reason: Long | None = None
    note: Long | None = None
    letter: Short | None = None
    why: Long | None = None


class CertificateIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A test that a system passed; `evidence` is the hex SHA-256 of its report, `examiner` is who tested."""

    party: Short
    system: Short
    terminology: Short
    edition: Short
    kit: Short
    version: Short
    passed: Short
    valid_until: Short
    evidence: Short
    examiner: Short


class ReminderIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A letter of reminder, to one party of what is open with it, or (`overdue`) to all of whom something is overdue.

    `letter` and `day` are its number and date, `signatory` the name and the office of who signs, a line each.
    """

    letter: Short
    day: Short
    signatory: Lines
    party: Short | None = None
    overdue: bool = False
    terminology: Short | None = None
    answer_by: Short | None = None
    addressee: Lines = ()
