"""The typed tree of a message: every element with its canonical name and path, whatever the wire was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Element(NamedTuple):
    """One element of a message.

    `path` is dotted with canonical names, indexes in brackets; empty for the message itself, whose `name` is that of
    its root or wrapper, if it has one. A name that the rules do not know stays as it was sent, without the
    characters that a path cannot hold. `text` is the content of a leaf as it was sent (None: null or empty); a
    number of JSON keeps all its digits. `children` stand in the order of the message; one that repeats stands once a
    time, with its index in its path. `alone` tells of an object of JSON that stands where a list of them belongs.
    """

    name: str
    path: str
    text: str | None = None
    children: tuple[Element, ...] = ()
    alone: bool = False

    def child(self, name: str) -> Element | None:
        """Give the first child of a canonical name."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children of a canonical name."""
        return (child for child in self.children if child.name == name)

    def at(self, *names: str) -> Element | None:
        """Give the element under this one by the names of the way to it, each time the first of the name."""
        found: Element | None = self
        for name in names:
            found = found.child(name) if found is not None else None
        return found

    @property
    def empty(self) -> bool:
        """Tell whether nothing is said here: no text but spaces, and no child that says something."""
        if self.text is not None and self.text.strip():
            return False
        return all(child.empty for child in self.children)
