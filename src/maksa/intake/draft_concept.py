"""One row of a source while it is being read: it becomes a concept when nothing is left to say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from maksa.model.concept import Concept, Designation, Property, Status


@dataclass(slots=True)
class DraftConcept:
    """A concept in the making; `list_id` names its list in a file that holds many, as sent."""

    row: int
    code: str = ""
    display: str = ""
    list_id: str = ""
    status: Status = "active"
    designations: list[Designation] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    effective_from: date | None = None
    effective_to: date | None = None
    transition_until: date | None = None
    replaced_by: str | None = None
    not_selectable: bool = False
    usage: int = 0

    def titles(self) -> list[str]:
        """Give the display and every designation."""
        return [self.display, *(designation.value for designation in self.designations)]

    def has(self, code: str) -> bool:
        """Tell whether the row has a value of a property."""
        return any(prop.code == code for prop in self.properties)

    def designate(self, value: str, language: str | None, use: str) -> None:
        """Add another title, unless it stands there already."""
        if value and value not in self.titles():
            self.designations.append(Designation(value, language, use))

    def give(self, code: str, value: str) -> None:
        """Add a value of a property, unless it stands there already."""
        prop = Property(code, value)
        if prop not in self.properties:
            self.properties.append(prop)

    def concept(self) -> Concept:
        """Give the finished concept."""
        return Concept(
            code=self.code,
            display=self.display,
            status=self.status,
            designations=tuple(self.designations),
            properties=tuple(self.properties),
            parents=tuple(self.parents),
            effective_from=self.effective_from,
            effective_to=self.effective_to,
            transition_until=self.transition_until,
            replaced_by=self.replaced_by,
            not_selectable=self.not_selectable,
            usage=self.usage,
            row=self.row,
        )
