"""Providers of sign-in: configured by the centre, their secret readable with the key of the home alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from staff import found
from vouching import KEY, PROVIDER, SECRET

from maksa.errors import BadInput, NotFound, WrongState
from maksa.registry.journal import list_journal
from maksa.registry.parties.providers import (
    add_provider,
    list_providers,
    provider_with_secret,
    remove_provider,
)
from maksa.registry.tables import metadata
from maksa.text import Text


@pytest.fixture(autouse=True)
def _parties(registry):
    """A centre and an insurer."""
    found(registry)


def test_a_provider_is_kept_and_its_secret_opens_with_the_key_of_the_home(registry):
    """What was given comes back."""
    assert add_provider(registry, PROVIDER, SECRET, KEY) == PROVIDER

    assert list_providers(registry) == (PROVIDER,)
    assert provider_with_secret(registry, "national", KEY) == (PROVIDER, SECRET)


def test_the_secret_is_in_clear_nowhere(registry):
    """Neither in the database nor in the journal."""
    add_provider(registry, PROVIDER, SECRET, KEY)

    with registry.reading() as connection:
        stored = [repr(connection.execute(select(table)).all()) for table in metadata.sorted_tables]
    assert "national" in "".join(stored)
    assert SECRET not in "".join(stored)


def test_with_the_key_of_another_home_the_secret_stays_shut(registry):
    """And the sentence says what to do."""
    add_provider(registry, PROVIDER, SECRET, KEY)

    with pytest.raises(WrongState, match="does not open with the key of this home") as refusal:
        provider_with_secret(registry, "national", b"o" * 32)
    assert "maksa people providers add" in refusal.value.mend.en


def test_a_provider_given_again_is_renewed(registry):
    """With the same issuer: title, client, secret and parties are those given last."""
    add_provider(registry, PROVIDER, SECRET, KEY)
    renewed = replace(PROVIDER, client_id="maksa-2", parties=("tamin",), email_parties=("tamin",))

    assert add_provider(registry, renewed, "another", KEY) == renewed

    assert list_providers(registry) == (renewed,)
    assert provider_with_secret(registry, "national", KEY) == (renewed, "another")
    assert [entry.act for entry in list_journal(registry, limit=2)] == ["provider-add"] * 2


@pytest.mark.parametrize(
    "other", [replace(PROVIDER, issuer="https://other.example"), replace(PROVIDER, provider_id="other")]
)
def test_an_id_has_one_issuer_and_an_issuer_one_id(registry, other):
    """Links hold for a subject of one issuer; another one under the same id would inherit them."""
    add_provider(registry, PROVIDER, SECRET, KEY)

    with pytest.raises(WrongState, match="is registered with the issuer"):
        add_provider(registry, other, SECRET, KEY)
    assert list_providers(registry) == (PROVIDER,)


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "id.example",
        "http://id.example",
        "http://127.0.0.1.example",
        "https://",
        "https://u:p@id.example",
        "https://id.example/?x=1",
        "https://id.example/#x",
        "https://id.example:port",
        "https://[::1",
        "ftp://id.example",
        "https://id.example/ x",
        "https://id.example/\n",
        "https://id.example/" + "x" * 500,
    ],
)
def test_what_is_no_safe_address_is_no_issuer(registry, issuer):
    """Others on the way would read what is sent to it."""
    with pytest.raises(BadInput, match="cannot be the address of an issuer"):
        add_provider(registry, replace(PROVIDER, issuer=issuer), SECRET, KEY)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9000", "http://[::1]:9000/x", "http://localhost:9000"])
def test_a_provider_on_this_machine_needs_no_https(registry, issuer):
    """Nobody stands on the way."""
    assert add_provider(registry, replace(PROVIDER, issuer=issuer), SECRET, KEY).issuer == issuer


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"parties": (), "email_parties": ()}, BadInput),
        ({"parties": ("tamin",), "email_parties": ("centre",)}, BadInput),
        ({"parties": ("nobody",), "email_parties": ()}, NotFound),
        ({"provider_id": "No Id"}, BadInput),
        ({"title": Text("", "x")}, BadInput),
        ({"client_id": ""}, BadInput),
        ({"client_id": "مکسا"}, BadInput),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(registry, changed, error):
    """Parties, ids, titles and the client's id."""
    with pytest.raises(error):
        add_provider(registry, replace(PROVIDER, **changed), SECRET, KEY)
    assert list_providers(registry) == ()


@pytest.mark.parametrize("secret", ["", "two\nlines", "x" * 501, "رمز نهان", " padded "])
def test_what_is_no_secret_is_refused_without_repeating_it(registry, secret):
    """It may have been meant as one."""
    with pytest.raises(BadInput, match="client's secret") as refusal:
        add_provider(registry, PROVIDER, secret, KEY)
    assert not secret or secret not in f"{refusal.value.text} {refusal.value.mend}"


def test_a_removed_provider_is_gone(registry):
    """A second time it is unknown, and the sentence names those that are known."""
    add_provider(registry, PROVIDER, SECRET, KEY)
    add_provider(registry, replace(PROVIDER, provider_id="other", issuer="https://o.example"), SECRET, KEY)

    remove_provider(registry, "national")

    with pytest.raises(NotFound) as refusal:
        remove_provider(registry, "national")
    assert refusal.value.known == ("other",)
    with pytest.raises(NotFound):
        provider_with_secret(registry, "\0", KEY)
