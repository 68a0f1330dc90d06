"""What is installed is pinned and hashed, and says nowhere where it comes from."""

from __future__ import annotations

import re
import tomllib

import pytest
from house import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")


def pins(name):
    """Give the pinned requirements of a file, and the hashes of each."""
    found = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            wanted, *hashes = re.split(r"\s--hash=", line)
            requirement = Requirement(wanted)
            found.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_and_hashed(name):
    """Each line gives one exact version and the SHA-256 of every file that may be installed for it."""
    lines = [line for found in pins(name).values() for line in found]

    assert lines
    for requirement, hashes in lines:
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", digest) for digest in hashes), requirement


@pytest.mark.parametrize("name", FILES)
def test_no_requirement_says_where_it_comes_from(name):
    """No file holds an address or an option of an index: whoever installs chooses the index."""
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", ""), re.MULTILINE)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (PROJECT["project"]["dependencies"], "requirements.txt"),
        (PROJECT["project"]["dependencies"], "requirements-dev.txt"),
        (PROJECT["dependency-groups"]["dev"], "requirements-dev.txt"),
        (PROJECT["build-system"]["requires"], "requirements-build.txt"),
    ],
)
def test_what_the_project_asks_for_is_pinned_within_its_range(wanted, name):
    """Every dependency of pyproject.toml stands in the pinned file, at a version that it allows."""
    pinned = pins(name)

    for requirement in map(Requirement, wanted):
        for pin, _ in pinned[canonicalize_name(requirement.name)]:
            (version,) = (specifier.version for specifier in pin.specifier)
            assert version in requirement.specifier, requirement


def test_tests_run_with_what_is_shipped():
    """The pins of the tests are those of the program."""
    shipped, tested = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: versions(lines) for name, lines in shipped.items()} == {
        name: versions(lines) for name, lines in tested.items() if name in shipped
    }


def versions(lines):
    """Give the versions that lines pin."""
    return sorted(str(requirement.specifier) for requirement, _ in lines)
