"""What a subscription may say: which words, which address, which list and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maksa.editions.shelf import Shelf
from maksa.errors import BadParameter
from maksa.registry.delivery.addresses import checked_mail, checked_url
from maksa.registry.delivery.records import (
    CHANNELS,
    OWNER_KINDS,
    TARGET_KINDS,
    TOPICS,
    Target,
    WantedSubscription,
)
from maksa.registry.drafts.published import read_list
from maksa.terminology.lookup import find
from maksa.text import Text

_LONGEST_CODE = 100


def checked_wanted(shelf: Shelf, wanted: WantedSubscription) -> WantedSubscription:
    """Give what is wanted in the spellings of the registry and the shelf. Raises: BadParameter, UnknownTerminology."""
    _check_word("owner", wanted.owner.kind, OWNER_KINDS)
    _check_word("target", wanted.target.kind, TARGET_KINDS)
    _check_word("channel", wanted.channel, CHANNELS)
    _check_word("language", wanted.language, ("fa", "en"))
    for topic in wanted.topics:
        _check_word("topic", topic, TOPICS)
    address = checked_url(wanted.address) if wanted.channel == "webhook" else checked_mail(wanted.address)
    topics = tuple(topic for topic in TOPICS if topic in wanted.topics)
    return replace(wanted, address=address, topics=topics, target=_checked_target(shelf, wanted.target))


def _checked_target(shelf: Shelf, target: Target) -> Target:
    needed = {"list": ("list",), "code": ("list", "code"), "request": ("about",), "discrepancies": ("about",)}
    for name in needed.get(target.kind, ()):
        if not (getattr(target, name) or "").strip():
            raise BadParameter(
                name,
                Text(
                    f"برای {target.kind} باید {name} داده شود.",
                    f"A subscription to {target.kind} needs {name}.",
                ),
            )
    if target.kind not in {"list", "code"}:
        return Target(target.kind, about=(target.about or "").strip() or None)
    held = read_list(shelf, target.list or "")
    if target.kind == "list":
        return Target("list", held)
    return Target("code", held, _checked_code(shelf, held, (target.code or "").strip()))


def _checked_code(shelf: Shelf, terminology: str, code: str) -> str:
    """Give a code in the list's own spelling; one that no edition has yet is taken as it stands."""
    if len(code) > _LONGEST_CODE or not code.isprintable():
        raise BadParameter("code", Text("این کد نمی‌شود.", "This cannot be a code."))
    entries = shelf.entries(terminology)
    newest = shelf.provider(terminology, entries[0].manifest.edition)
    found = find(newest, code)
    return code if found is None else found.code


def _check_word(parameter: str, word: str, known: Sequence[str]) -> None:
    if word not in known:
        raise BadParameter(
            parameter,
            Text(
                f"«{word[:40]}» در {parameter} شناخته نیست.",
                f"{parameter}: '{word[:40]}' is not one of them.",
            ),
            mend=Text(f"یکی از: {'، '.join(known)}.", f"One of: {', '.join(known)}."),
            known=tuple(known),
        )
