"""After the tests: did they take at least 95 % of the branches below the doors? `make test` asks this last."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import msgspec

ROOMS = ("model", "intake", "editions", "terminology")
WANTED = 95.0


def branches_by_room(report: dict) -> dict[str, tuple[int, int]]:
    """Give for each room how many of its branches were taken, and how many there are."""
    rooms: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, file in report["files"].items():
        room = Path(name).relative_to("src/maksa").parts[0]
        if room in ROOMS:
            taken, all_of_them = rooms[room]
            summary = file["summary"]
            rooms[room] = (taken + summary["covered_branches"], all_of_them + summary["num_branches"])
    return rooms


def measured() -> dict:
    """Read what coverage.py measured in this folder."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet", "-o", report], check=True)
        return msgspec.json.decode(report.read_bytes())


def main() -> int:
    """Print a line for each room; 0 when each reaches the mark."""
    rooms = branches_by_room(measured())
    short = [room for room in ROOMS if room not in rooms]
    for room, (taken, all_of_them) in sorted(rooms.items()):
        percent = 100 * taken / max(all_of_them, 1)
        sys.stdout.write(f"branches of {room}: {taken} of {all_of_them} taken ({percent:.1f} %)\n")
        if percent < WANTED:
            short.append(room)
    if short:
        sys.stdout.write(f"Under {WANTED:.0f} %: {', '.join(short)}. See `coverage report`.\n")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
