"""What a curator does, in one call each."""

from herbs import SOURCE

from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish
from maksa.registry.drafts.published import concepts_of, find_entry


def draft(registry, imported, edition, **options):
    """Save a draft."""
    return save_draft(registry, imported, edition, source=SOURCE, options=DraftOptions(**options)).draft


def issue(registry, shelf, imported, edition, **options):
    """Save a draft and publish it, even if it ends most codes of these small lists."""
    draft(registry, imported, edition, **options)
    return publish(registry, shelf, imported.terminology.id, edition, retire_missing=True)


def content(shelf, edition, terminology="herbs"):
    """Read the concepts of an edition."""
    return list(concepts_of(shelf, find_entry(shelf, terminology, edition)))


def files(shelf):
    """Name the files of the herbs on the shelf, but for locks."""
    return sorted(p.name for p in shelf.folder_of("herbs").iterdir() if not p.name.startswith(".lock-"))
