"""Import profiles: one TOML file a list; docs/import-profiles.md is the normative page of them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from maksa.errors import BadParameter
from maksa.intake.profile_records import Column, Profile
from maksa.intake.profile_toml import read_profile
from maksa.text import Text

__all__ = ["Column", "Profile", "load_profile", "profile_names"]


def profile_names() -> tuple[str, ...]:
    """Give the names of all import profiles, in alphabetical order."""
    folder = files("maksa.intake") / "profiles"
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    )


@cache
def load_profile(name: str) -> Profile:
    """Give the import profile of a name.

    Raises: BadParameter naming the known profiles. Cost: some milliseconds at first use, then none.
    """
    if name not in profile_names():
        raise BadParameter(
            "profile",
            Text(
                fa=f"قالب واردکردن «{name[:60]}» شناخته نیست.",
                en=f"No import profile is called '{name[:60]}'.",
            ),
            mend=Text(
                fa=f"یکی از این‌ها را بدهید: {'، '.join(profile_names())}.",
                en=f"Give one of: {', '.join(profile_names())}.",
            ),
            known=profile_names(),
        )
    text = (files("maksa.intake") / "profiles" / f"{name}.toml").read_text(encoding="utf-8")
    return read_profile(name, text)
