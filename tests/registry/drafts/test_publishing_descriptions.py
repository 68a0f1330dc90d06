"""Publishing when the description of a list changes: carried codes stay readable."""

from dataclasses import replace

import pytest
from desk import content, draft, issue
from herbs import HERBS, SAGE, THYME, herbs

from maksa.errors import WrongState
from maksa.model.concept import Property, PropertyDefinition
from maksa.registry.drafts.publish import publish
from maksa.text import Text


def described(*properties):
    """Describe the herbs with these (code, type) properties."""
    definitions = tuple(PropertyDefinition(code, kind, Text(code, code)) for code, kind in properties)
    return replace(HERBS, properties=definitions)


def test_a_property_that_the_new_list_no_longer_defines_is_carried_with_its_codes(registry, shelf):
    """Carried codes keep all that was known of them; the same import again is no change."""
    old = replace(THYME, properties=(Property("taste", "mild"),))
    issue(registry, shelf, herbs(old, terminology=described(("taste", "string"))), "a")

    issue(registry, shelf, herbs(SAGE, terminology=described(("height", "decimal"))), "b")

    assert content(shelf, "b")[0].values("taste") == ("mild",)
    assert [d.code for d in shelf.provider("herbs", "b").terminology.properties] == ["height", "taste"]
    assert issue(registry, shelf, herbs(SAGE, terminology=described(("height", "decimal"))), "b").unchanged


@pytest.mark.parametrize(
    ("before", "after", "readable"),
    [
        ("integer", "decimal", True),
        ("date", "string", True),
        ("string", "decimal", False),
        ("code", "date", False),
    ],
)
def test_a_property_changes_its_type_only_where_old_values_stay_readable(
    registry, shelf, before, after, readable
):
    """A carried value that could not be read any more stops the publishing, not the server."""
    issue(registry, shelf, herbs(SAGE, terminology=described(("height", before))), "a")
    draft(registry, herbs(SAGE, terminology=described(("height", after))), "b")

    if readable:
        publish(registry, shelf, "herbs", "b")
    else:
        with pytest.raises(WrongState, match=f"'height' of 'herbs' was of type {before}"):
            publish(registry, shelf, "herbs", "b")
    assert shelf.problems() == []
