"""Keys and signatures."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from maksa.editions.keyring import KeyRing
from maksa.errors import WrongState


@pytest.fixture
def keyring(tmp_path):
    """A key ring with a signing key."""
    ring = KeyRing(tmp_path / "keys")
    ring.create()
    return ring


def test_a_signed_record_is_trusted_in_any_order_of_its_members(keyring):
    """The signature is over the canonical form."""
    signed = keyring.sign({"b": 1, "a": "ی"})

    assert keyring.trusts(signed)
    assert keyring.trusts(dict(reversed(signed.items())))


@pytest.mark.parametrize(
    "change",
    [
        {"a": 2},
        {"more": 1},
        {"signature": "00"},
        {"signature": "zz"},
        {"key_id": "0" * 16},
        {"key_id": "../x"},
        {"a": 2**70},
    ],
)
def test_any_change_of_a_record_loses_trust(keyring, change):
    """Altered, added to, signed by nobody: not trusted, and no exception."""
    assert not keyring.trusts(keyring.sign({"a": 1}) | change)
    assert not keyring.trusts({"a": 1})


def test_signing_again_replaces_the_signature(keyring):
    """A record that bears a signature is signed anew over its content only."""
    assert keyring.sign(keyring.sign({"a": 1})) == keyring.sign({"a": 1})


def test_the_private_key_is_for_its_owner_alone(tmp_path, keyring):
    """Mode 0600."""
    assert stat.S_IMODE((tmp_path / "keys" / "signing.pem").stat().st_mode) == 0o600


def test_many_makers_make_one_key(tmp_path):
    """Processes that create a home at once end with the same key."""
    rings = [KeyRing(tmp_path / "keys") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(KeyRing.create, rings))

    assert len({ring.sign({})["key_id"] for ring in rings}) == 1
    assert sorted(p.name for p in (tmp_path / "keys").iterdir()) == ["signing.pem", "trusted"]


def test_a_home_without_a_key_does_not_sign_but_trusts(tmp_path, keyring):
    """A mirror holds public keys only."""
    signed = keyring.sign({"a": 1})
    (tmp_path / "keys" / "signing.pem").unlink()

    assert keyring.trusts(signed)
    with pytest.raises(WrongState, match="no signing key"):
        keyring.sign({"a": 1})


def test_a_key_of_another_kind_neither_signs_nor_is_trusted(tmp_path, keyring):
    """Only Ed25519 counts."""
    other = x25519.X25519PrivateKey.generate()
    (tmp_path / "keys" / "signing.pem").write_bytes(
        other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (tmp_path / "keys" / "trusted" / "abc.pem").write_bytes(
        other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )

    assert not keyring.trusts({"key_id": "abc", "signature": "00"})
    with pytest.raises(WrongState, match="Ed25519"):
        keyring.sign({})
