"""Where things stand in the project, for the tests that look at the project itself."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "maksa"
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)


def project_files() -> list[Path]:
    """Give every file of the project: those that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def python_files() -> list[Path]:
    """Give every Python file of the project."""
    return [path for path in project_files() if path.suffix == ".py"]


def name_of(path: Path) -> str:
    """Name a file as people do: from the project's root."""
    return path.relative_to(ROOT).as_posix()


def pages() -> list[Path]:
    """Give every page of documentation."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def fences(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the fenced blocks of a page: what stands behind the fence, and the block."""
    for match in _FENCE.finditer(page.read_text(encoding="utf-8")):
        yield match[2].strip(), match[3]


def prose(page: Path) -> str:
    """Give a page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))
