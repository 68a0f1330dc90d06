"""The page of the client library: its programs run."""

import re
from pathlib import Path

from maksa.home import open_home

PAGE = Path(__file__).parents[2] / "docs" / "client.md"


def test_the_programs_of_the_page_run_as_they_stand(url, tmp_path, capsys):
    """Against a server, and on the lists of a home."""
    programs = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )

    open_home(tmp_path / "another", create=True)

    for program in programs:
        exec(program, {"URL": url, "HOME": tmp_path / "another"})  # noqa: S102 - Our own page.

    assert len(programs) == 2
    assert capsys.readouterr().out.count("'Composition'") == 2
