"""Receivers on loopback, the keys of a home, and a shelf with the herbs in two editions."""

from __future__ import annotations

from datetime import date

import pytest
from desk import issue
from herbs import MINT, SAGE, THYME, herbs
from receivers import mail_server, webhook

from maksa.registry.delivery.keys import DeliveryKeys


@pytest.fixture
def keys():
    """The keys of a home."""
    return DeliveryKeys(b"k" * 32)


@pytest.fixture
def receiver():
    """A webhook that runs."""
    with webhook() as held:
        yield held


@pytest.fixture
def postbox():
    """A mail server that runs."""
    with mail_server() as box:
        yield box


@pytest.fixture
def one_edition(registry, shelf):
    """The herbs in their first edition."""
    issue(registry, shelf, herbs(MINT, THYME, SAGE), "1", effective=date(2024, 3, 20))
    return shelf
