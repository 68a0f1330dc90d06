"""The words of maps: relationships as each format writes them, "no map", and conditions in parts."""

from __future__ import annotations

import re
from typing import NamedTuple

from maksa.model.persian import title_key

NO_RELATION = "not-related-to"
"""The relationship of a decided "no map", and of two codes that are not the same thing."""
NO_MAP = "no-map"
NO_TERM_FOUND = "sssom:NoTermFound"
LIST_URN = "urn:maksa:list:"
"""Before the id of a list that has no URL of its own."""
DECISION_URL = "urn:maksa:decision"
COMMENT_URL = "urn:maksa:comment"
CONDITION = "condition"
"""The name of a condition that does not consist of named parts."""

PREDICATES = {
    "equivalent": "skos:exactMatch",
    "source-is-narrower-than-target": "skos:broadMatch",
    "source-is-broader-than-target": "skos:narrowMatch",
    "related-to": "skos:relatedMatch",
}
"""SSSOM's predicate of each relationship; not-related-to is one with the modifier Not."""
EQUIVALENCES = {
    "equivalent": "equivalent",
    "source-is-narrower-than-target": "wider",
    "source-is-broader-than-target": "narrower",
    "related-to": "relatedto",
    NO_RELATION: "unmatched",
}
"""What FHIR R4 calls each relationship; its words speak of the target."""
SSSOM_COLUMNS = {
    CONDITION: "ext_condition",
    "reason": "ext_reason",
    "letter": "ext_letter",
}
"""Columns of a map for which SSSOM has no slot, as the extension slots of its files."""


class Relationship(NamedTuple):
    """A relationship as it is kept; `exact` is False when the word said something that is lost by it."""

    name: str
    exact: bool


_WORDS = {
    "equivalent": ("equal", "exactMatch", "owl:equivalentClass", "owl:sameAs", "معادل", "برابر"),
    "source-is-narrower-than-target": ("wider", "subsumes", "broadMatch", "rdfs:subClassOf", "مقصد عام‌تر"),
    "source-is-broader-than-target": ("narrower", "specializes", "narrowMatch", "مقصد خاص‌تر"),
    "related-to": ("relatedto", "relatedMatch", "مرتبط"),
    NO_RELATION: ("unmatched", "disjoint", "نامرتبط"),
}
_INEXACT = ("inexact", "closeMatch", "oboInOwl:hasDbXref")
_VOCABULARIES = {
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.geneontology.org/formats/oboInOwl#": "oboInOwl:",
}
"""Whole addresses in place of which the word with its prefix stands."""
_KNOWN = {
    **{title_key(word): Relationship(name, exact=True) for name, words in _WORDS.items() for word in words},
    **{title_key(name): Relationship(name, exact=True) for name in _WORDS},
    **{title_key(word): Relationship("related-to", exact=False) for word in _INEXACT},
}
_NO_MAP_KEYS = frozenset(map(title_key, (NO_MAP, "nomap", "بدون نگاشت", "نگاشت ندارد", NO_TERM_FOUND)))
RELATIONSHIPS = tuple(_WORDS)
"""The relationships as they are kept: those of FHIR R5."""
_PART = re.compile(r"([A-Za-z0-9_.-]{1,64})=([^;=]*[^;=\s])\Z")
_JOINT = "; "


def relationship_of(word: str) -> Relationship | None:
    """Give the relationship that a word means: of FHIR R5 or R4, of SKOS, OWL or RDFS, or Persian; None for another."""
    for address, prefix in _VOCABULARIES.items():
        if word.startswith(address):
            word = prefix + word.removeprefix(address)
    return _KNOWN.get(title_key(word.removeprefix("skos:")))


def means_no_map(word: str) -> bool:
    """Tell whether the word in a target or a relationship says that there is no map."""
    return title_key(word) in _NO_MAP_KEYS


def condition_parts(condition: str) -> list[tuple[str, str]]:
    """Give the named parts of a condition (`insurer=tamin; age=adult`); of any other text one, named `condition`."""
    found = [_PART.match(part) for part in condition.split(_JOINT)]
    parts = [(match[1], match[2]) for match in found if match is not None]
    if len(parts) < len(found) or any(value != value.strip() or name == CONDITION for name, value in parts):
        return [(CONDITION, condition)]
    return parts


def condition_of(parts: list[tuple[str, str]]) -> str | None:
    """Write a condition from its parts; None when there are none."""
    return _JOINT.join(value if name == CONDITION else f"{name}={value}" for name, value in parts) or None
