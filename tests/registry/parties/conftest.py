"""Hashes of passwords that cost nothing, for tests in which they are no matter."""

import pytest

from maksa.registry.parties import people, sign_in


@pytest.fixture
def cheap_hashes(monkeypatch):
    """Make passwords cheap to hash."""
    real = sign_in.PasswordHasher
    for module in (people, sign_in):
        monkeypatch.setattr(module, "PasswordHasher", lambda: real(time_cost=1, memory_cost=8, parallelism=1))
