"""The description of a new edition: that of the draft, able to hold what is carried of the edition before."""

from __future__ import annotations

from dataclasses import replace

from maksa.errors import WrongState
from maksa.model.concept import PropertyDefinition, PropertyType, Terminology
from maksa.text import Text

_READABLE_AS: dict[PropertyType, frozenset[PropertyType]] = {
    "decimal": frozenset({"integer"}),
    "string": frozenset({"code", "decimal", "integer", "boolean", "date"}),
    "code": frozenset({"string", "decimal", "integer", "boolean", "date"}),
}
"""Which other types' values can be read as a type."""


def united_description(draft: Terminology, base: Terminology | None) -> Terminology:
    """Give the draft's description with the properties that only the base defines behind its own.

    Raises: WrongState when a property has a type in which values of the base cannot be read.
    """
    if base is None:
        return draft
    own = {definition.code: definition for definition in draft.properties}
    for definition in base.properties:
        if definition.code in own:
            _check_type(draft, own[definition.code], definition)
    only_base = tuple(definition for definition in base.properties if definition.code not in own)
    return replace(draft, properties=(*draft.properties, *only_base))


def same_description(draft: Terminology, published: Terminology) -> bool:
    """Tell whether an edition is described as a draft is, but for properties that it carries."""
    own = published.properties[: len(draft.properties)]
    return replace(published, properties=own) == draft


def _check_type(draft: Terminology, new: PropertyDefinition, old: PropertyDefinition) -> None:
    if new.type != old.type and old.type not in _READABLE_AS.get(new.type, ()):
        raise WrongState(
            Text(
                fa=f"ویژگی «{new.code}» از فهرست «{draft.id}» در انتشار پیشین از نوع {old.type} بود و اکنون {new.type} است؛ مقدارهای کدهای پیشین خوانده نمی‌شوند.",
                en=f"The property '{new.code}' of '{draft.id}' was of type {old.type} in the edition before and is {new.type} now; the values of earlier codes could not be read.",
            ),
            mend=Text(
                fa="نوع پیشین را نگه دارید، یا به ویژگی تازه نام دیگری بدهید.",
                en="Keep the earlier type, or give the new property another name.",
            ),
        )
