"""Import the RVU3 book: parse, findings, draft, publish; rows a second."""

from __future__ import annotations

import tempfile
from pathlib import Path

from maksa.home import open_home
from maksa.intake.profile import load_profile
from maksa.intake.take_in import take_in
from maksa.registry.drafts.drafts import DraftOptions, save_draft
from maksa.registry.drafts.publish import publish
from measure import figure, heading, median_seconds, peak_memory_mb, real_list


def main() -> None:
    """Time taking in alone, then the whole way to a published edition."""
    path = real_list("rvu3_1404.csv")
    if path is None:
        print(
            "\n## Import of RVU3: skipped, the list is not beside the project (MAKSA_REAL_DATA may name its folder)"
        )
        return
    profile = load_profile("rvu3")
    rows = take_in(path, profile).counts.read
    heading("Import of the RVU3 book", f"{rows:,} rows, median of five runs in one process, new home each")
    parsing = median_seconds(lambda: take_in(path, profile))

    def whole() -> None:
        with tempfile.TemporaryDirectory() as folder:
            home = open_home(Path(folder) / "home", create=True)
            intake = take_in(path, profile)
            save_draft(home.registry, intake.lists[0], "1404", source=intake.source, options=DraftOptions())
            publish(home.registry, home.shelf, "RVU3", "1404")

    publishing = median_seconds(whole)
    figure("parse, clean, check: rows a second", rows / parsing, "rows/s")
    figure("file to signed edition: rows a second", rows / publishing, "rows/s")
    figure("file to signed edition", publishing, "s")
    figure("peak memory", peak_memory_mb(), "MB")


if __name__ == "__main__":
    main()
