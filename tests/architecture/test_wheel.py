"""`pip install .` gives everything: a wheel holds each file that stands in the package."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from importlib import metadata

import pytest
from house import ROOT, SOURCE
from packaging.version import Version

if Version(metadata.version("setuptools")) < Version("77"):
    pytest.skip("setuptools of requirements-build.txt is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy with the build tool that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(SOURCE, folder / "src" / "maksa", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder / "made", folder], check=True)
    (made,) = (folder / "made").iterdir()
    with zipfile.ZipFile(made) as archive:
        yield archive


def test_a_wheel_holds_every_file_of_the_package(wheel):
    """Profiles, samples, SQL, templates and static files go along with the code."""
    here = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }

    assert here == {name for name in wheel.namelist() if name.startswith("maksa/")}


def test_a_wheel_names_its_licence_and_its_command(wheel):
    """The licence goes along, and the command `maksa` is installed."""
    about = {name.partition(".dist-info/")[2]: name for name in wheel.namelist() if ".dist-info/" in name}

    assert "maksa = maksa.cli.main:main" in wheel.read(about["entry_points.txt"]).decode()
    assert "License-Expression: Apache-2.0" in wheel.read(about["METADATA"]).decode()
    assert "licenses/LICENSE" in about
