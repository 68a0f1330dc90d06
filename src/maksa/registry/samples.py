"""Samples: the embedded lists, written for this project, published as samples."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select

from maksa.editions.shelf import Shelf
from maksa.errors import WrongState
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.model.edition import EditionRef
from maksa.registry.database import Registry
from maksa.registry.drafts.drafts import DraftOptions, drop_draft, save_draft
from maksa.registry.drafts.publish import Published, publish
from maksa.registry.drafts.published import find_entry
from maksa.registry.letters import record_seed_letters
from maksa.registry.tables import fact
from maksa.text import Text

_FACT = "samples"


@dataclass(frozen=True, slots=True)
class LoadedSamples:
    """What loading did: editions published now, those that stood already, and lists left alone and why.

    A list is left alone when it has an edition that is no sample, or a sample of this name with other content.
    """

    published: tuple[EditionRef, ...] = ()
    unchanged: tuple[EditionRef, ...] = ()
    left_alone: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the registry remembers of the last loading: the hash of the samples and what came of them."""

    hash: str
    editions: tuple[EditionRef, ...]


def load_samples(registry: Registry, shelf: Shelf) -> LoadedSamples:
    """Publish the embedded sample lists and record the known letters; a second time nothing happens.

    Cost: some seconds the first time; some milliseconds while samples and shelf are as they were.
    """
    with resources.as_file(resources.files("maksa.samples")) as folder:
        return load_samples_of(folder, registry, shelf)


def load_samples_of(folder: Path, registry: Registry, shelf: Shelf) -> LoadedSamples:
    """Publish the sample lists of a folder: `samples.toml` names the files."""
    digest = _hash_of(folder)
    before = _recall(registry)
    if before is not None and before.hash == digest and _all_held(shelf, before.editions):
        return LoadedSamples(unchanged=before.editions)
    record_seed_letters(registry, shelf)
    published: list[EditionRef] = []
    unchanged: list[EditionRef] = []
    left_alone: list[tuple[str, Text]] = []
    for sample in tomllib.loads((folder / "samples.toml").read_text(encoding="utf-8"))["sample"]:
        for name, outcome in _load(folder, sample, registry, shelf):
            if isinstance(outcome, Published):
                (unchanged if outcome.unchanged else published).append(outcome.entry.manifest.ref)
            else:
                left_alone.append((name, outcome))
    _remember(registry, _Loaded(digest, (*unchanged, *published)))
    return LoadedSamples(tuple(published), tuple(unchanged), tuple(left_alone))


def _load(
    folder: Path, sample: dict[str, Any], registry: Registry, shelf: Shelf
) -> list[tuple[str, Published | Text]]:
    intake = take_in(
        folder / sample["file"], load_profile(sample["profile"]), terminology=sample.get("terminology")
    )
    options = DraftOptions(sample=True, partial=sample.get("partial", False))
    outcomes: list[tuple[str, Published | Text]] = []
    for imported in intake.lists:
        name, edition = imported.terminology.id, sample["edition"]
        if any(not entry.manifest.sample for entry in shelf.entries(name)):
            outcomes.append((name, _has_real_edition(name)))
            continue
        try:
            draft = save_draft(registry, imported, edition, source=intake.source, options=options).draft
        except WrongState as refusal:  # Somebody works on a draft of this name; it is theirs.
            outcomes.append((name, refusal.text))
            continue
        try:
            outcomes.append((name, publish(registry, shelf, name, edition)))
        except WrongState as refusal:
            drop_draft(registry, draft, why=refusal.text.en)
            outcomes.append((name, refusal.text))
    return outcomes


def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".toml", ".csv", ".json"}:
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _recall(registry: Registry) -> _Loaded | None:
    with registry.reading() as connection:
        value = connection.scalar(select(fact.c.value).where(fact.c.name == _FACT))
    return None if value is None else msgspec.json.decode(value, type=_Loaded)


def _remember(registry: Registry, loaded: _Loaded) -> None:
    value = msgspec.json.encode(loaded).decode()
    with registry.writing() as connection:
        connection.execute(delete(fact).where(fact.c.name == _FACT))
        connection.execute(insert(fact).values(name=_FACT, value=value))


def _all_held(shelf: Shelf, editions: tuple[EditionRef, ...]) -> bool:
    return all(find_entry(shelf, ref.terminology, ref.edition) is not None for ref in editions)


def _has_real_edition(terminology: str) -> Text:
    return Text(
        fa=f"فهرست «{terminology}» انتشار واقعی دارد؛ نمونهٔ آن بارگذاری نشد.",
        en=f"The list '{terminology}' has a real edition; its sample was not loaded.",
    )
