"""The documentation is true: commands run, links lead somewhere, every setting is told."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from house import DOCS, ROOT, SOURCE, fences, name_of, pages, prose

DEMO = "127.0.0.1:8080"
MARK = "sh run"
"""What stands behind the fence of a block that is run; all such blocks of a page are one script, in order."""

SCRIPTS = {page: [block for mark, block in fences(page) if mark == MARK] for page in pages()}
RUN = [pytest.param(page, id=name_of(page)) for page, blocks in SCRIPTS.items() if blocks]
SECONDS = 120


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo that runs: its address and its home."""
    home = tmp_path_factory.mktemp("docs") / "home"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = subprocess.Popen(
        [sys.executable, "-m", "maksa", "demo", "--home", home, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", started)
        yield f"127.0.0.1:{port}", home
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(20)


def wait_until_ready(address, process):
    """Ask until the server answers, as long as its process lives."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - The address is ours.
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail("the demo did not get ready")


@pytest.mark.xdist_group("demo")
@pytest.mark.parametrize("page", RUN)
def test_the_commands_of_a_page_run(page, demo, tmp_path):
    """Every block that is marked so runs without an error beside a running demo, as a reader would run it."""
    address, home = demo
    shutil.copytree(home, tmp_path / "demo-home", ignore=shutil.ignore_patterns(".lock-*"))
    script = "\n".join(SCRIPTS[page]).replace(DEMO, address)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "MAKSA_HOME": str(tmp_path / "demo-home"),
    }

    ran = subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]


def test_the_newcomers_pages_are_run():
    """The pages that a newcomer reads first have commands, and they are run."""
    assert {ROOT / "README.md", DOCS / "tour.md", DOCS / "operate.md"} <= {p.values[0] for p in RUN}


@pytest.mark.parametrize("page", [pytest.param(page, id=name_of(page)) for page in pages()])
def test_every_link_leads_somewhere(page):
    """A link to a page or to a heading of it finds it."""
    links = re.findall(r"\]\(([^)\s]+)\)", prose(page))

    assert not [link for link in links if not leads(page, link)]


def leads(page, link):
    """Tell whether a link of a page finds its file and its heading; other sites are not asked."""
    if "://" in link:
        return True
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page):
    """Give the anchors of a page's headings, as the common renderers make them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_reached_from_the_readme():
    """No page stands alone."""
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        linked = [
            (page.parent / link.partition("#")[0]).resolve()
            for link in re.findall(r"\]\(([^)\s]+)\)", prose(page))
        ]
        waiting += [
            other for other in linked if other.suffix == ".md" and other.exists() and other not in reached
        ]

    assert not [name_of(page) for page in pages() if page not in reached]


def test_every_setting_is_told():
    """docs/operate.md names each environment variable that the program or its tests read, and no other."""
    read = {
        name
        for folder in (SOURCE, ROOT / "tests")
        for path in folder.rglob("*.py")
        for name in settings(path)
    }

    assert settings(DOCS / "operate.md") == read


def settings(path):
    """Give the names of settings that a file writes."""
    return set(re.findall(r"\bMAKSA_[A-Z_]+\b", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_is_one_screen(page):
    """A decision says its context, the choice and what was given up, on one screen."""
    text = page.read_text(encoding="utf-8")

    assert re.match(rf"# {page.name[:4]} ", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "What we gave up"]
    assert len(text.splitlines()) <= 45
