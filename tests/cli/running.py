"""Run a command in this process, and read what it said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from maksa.cli.main import main
from maksa.home import open_home

HEADER = "code,display,display_en,replaced_by,property:colour"
HERBS = (
    "00125,بابونه آلمانی,German chamomile,,white",
    "00126,نعناع فلفلی,Peppermint,,green",
    "00127,آویشن,Thyme,,green",
)


class Said(NamedTuple):
    """What a command answered: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read standard output as JSON."""
        return json.loads(self.out)


class Runner:
    """Runs commands on one home."""

    def __init__(self, home: Path, capsys: Any) -> None:
        self.home = home
        self.folder = home.parent
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        """Run a command on the home."""
        return self.bare(*arguments, "--home", self.home)

    def bare(self, *arguments: object) -> Said:
        """Run a command as it is written."""
        self._capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return Said(status, out, err)

    def make_home(self) -> None:
        """Make an empty home."""
        open_home(self.home, create=True)

    def write(self, *rows: str, name: str = "herbs.csv", header: str = HEADER) -> Path:
        """Write a source list."""
        path = self.folder / name
        path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return path

    def take_in(self, *rows: str, edition: str = "1", more: tuple[object, ...] = ()) -> Said:
        """Import rows of herbs."""
        path = self.write(*rows)
        return self(
            "import", path, "--profile", "generic", "--terminology", "herbs", "--edition", edition, *more
        )
