"""Which ID tokens are believed: rightly signed, by and for the right ones, in time, for this question."""

from __future__ import annotations

import hashlib
import time

import jwt
import pytest
from fake_issuer import CLIENT_ID, GONE, SECRET, half_hash, private_key, public_jwk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maksa.errors import MaksaError, NotAllowed
from maksa.web.single_sign_on.id_token import Asked, read_id_token


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_signatures_that_only_the_provider_can_make_are_believed(fake, through, algorithm):
    """Of four kinds; the hash of the access token that fits each is checked with it."""
    fake.algorithm, fake.keys = algorithm, [public_jwk(algorithm)]
    hashing = hashlib.sha512 if algorithm == "EdDSA" else hashlib.sha256
    fake.claims = {"at_hash": half_hash("access", hashing)}

    assert through().subject == "s-1"


@pytest.mark.parametrize("algorithm", ["none", "HS256", "HS512", "RS384", "ES256K"])
def test_other_kinds_of_signature_are_no_proof(fake, through, algorithm):
    """No signature, one with our own secret, and kinds that nobody needs."""
    if algorithm == "ES256K":
        fake.token = jwt.encode({}, private_key("ES256"), headers={"kid": "first"}, algorithm="ES256")
        head = {"alg": "ES256K", "kid": "first"}
        fake.token = ".".join([_segment(head), *fake.token.split(".")[1:]])
    fake.algorithm = algorithm

    with pytest.raises(NotAllowed, match="no accepted kind"):
        through()


def _segment(members):
    import base64
    import json

    return base64.urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "https://other.example"}, r"another issuer \(iss\)"),
        ({"iss": GONE}, "lacks a required claim"),
        ({"aud": "other"}, r"another client \(aud\)"),
        ({"aud": ["other", "third"]}, r"another client \(aud\)"),
        ({"aud": [CLIENT_ID, "other"]}, r"\(azp\)"),
        ({"aud": [CLIENT_ID, "other"], "azp": "other"}, r"\(azp\)"),
        ({"azp": "other"}, r"\(azp\)"),
        ({"aud": []}, "lacks a required claim"),
        ({"aud": GONE}, "lacks a required claim"),
        ({"exp": lambda now: now - 3600}, r"expired \(exp\)"),
        ({"exp": lambda now: now - 70}, r"expired \(exp\)"),
        ({"exp": GONE}, "lacks a required claim"),
        ({"exp": "soon"}, "not proper"),
        ({"exp": float("inf")}, "not proper"),
        ({"iat": lambda now: now + 3600}, r"has not come \(iat, nbf\)"),
        ({"iat": GONE}, "lacks a required claim"),
        ({"nbf": lambda now: now + 3600}, r"has not come \(iat, nbf\)"),
        ({"nonce": "other"}, r"\(nonce\)"),
        ({"nonce": GONE}, "lacks a required claim"),
        ({"nonce": 1}, r"\(nonce\)"),
        ({"nonce": "\ud800"}, r"\(nonce\)"),
        ({"at_hash": half_hash("other")}, r"\(at_hash\)"),
        ({"at_hash": None}, r"\(at_hash\)"),
        ({"sub": GONE}, "lacks a required claim"),
        ({"sub": ""}, r"\(sub\)"),
        ({"sub": "x" * 256}, r"\(sub\)"),
        ({"sub": "فرد"}, r"\(sub\)"),
        ({"sub": 7}, "not proper"),
        ({"sub": {"a": 1}}, "not proper"),
    ],
)
def test_a_token_that_is_not_for_this_question_is_refused(fake, through, claims, why):
    """The sentence names the claim."""
    fake.claims = claims

    with pytest.raises(NotAllowed, match=why) as refusal:
        through()
    assert "Begin to sign in anew" in refusal.value.mend.en


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": lambda now: now - 20, "iat": lambda now: now - 3600},
        {"iat": lambda now: now + 30},
        {"aud": [CLIENT_ID]},
        {"aud": [CLIENT_ID, "other"], "azp": CLIENT_ID},
        {"azp": CLIENT_ID},
    ],
)
def test_what_is_right_within_the_skew_of_clocks_is_believed(fake, through, claims):
    """A minute either way; and one audience may stand in a list."""
    fake.claims = claims

    assert through().subject == "s-1"


@pytest.mark.parametrize("token", [None, 1, "", "other", "\ud800"])
def test_a_hash_of_an_access_token_that_did_not_come_is_refused(fake, through, token):
    """There is nothing, or something else, that it could be the hash of."""
    fake.claims = {"at_hash": half_hash("access")}
    fake.token_members = {"access_token": token}

    with pytest.raises(NotAllowed, match=r"\(at_hash\)"):
        through()


def test_a_signature_by_another_key_is_wrong(fake, through):
    """Under the id of the right one."""
    fake.name = "forger"

    with pytest.raises(NotAllowed, match="signature is wrong"):
        through()


def test_a_short_key_is_not_believed(fake, through):
    """Somebody could find its other half."""
    fake.name, fake.header, fake.keys = "short", {"kid": "short"}, [public_jwk("RS256", "short")]

    with (
        pytest.warns(jwt.warnings.InsecureKeyLengthWarning),
        pytest.raises(NotAllowed, match="not proper"),
    ):
        through()


@pytest.mark.parametrize(
    "key",
    [
        {**public_jwk("RS256"), "alg": "PS256"},
        {**public_jwk("ES256"), "kid": "first", "alg": "RS256"},
        {**public_jwk("RS256"), "use": "enc"},
        {"kid": "first", "kty": "oct", "k": "c2VjcmV0"},
        {"kid": "first"},
        {"kid": "first", "kty": "RSA", "n": "!", "e": 1},
        {"kid": "first", "kty": ["RSA"]},
        {"kid": ["first"], "kty": "RSA"},
    ],
)
def test_a_key_of_another_kind_is_none_for_this_token(fake, through, key):
    """Or one that is none at all."""
    fake.keys = [key]

    with pytest.raises(NotAllowed, match=r"no such key \(kid\)"):
        through()


def test_a_token_without_a_key_id_is_believed_only_when_one_key_fits(fake, through):
    """Which of several was meant, nobody can know."""
    fake.header, fake.keys = {}, [public_jwk("ES256"), public_jwk("RS256")]
    assert through().subject == "s-1"

    fake.keys.append(public_jwk("RS256", "second"))
    fake.name = "second"
    with pytest.raises(NotAllowed, match=r"\(kid\)|signature is wrong"):
        through()


@pytest.mark.parametrize("token", [None, 1, "", "x", "a.b.c", "....", "x" * 20_000, "é.é.é", "\ud800.a.b"])
def test_what_is_no_token_is_refused(fake, party, token):
    """Whatever stands in its place."""
    with pytest.raises(NotAllowed):
        read_id_token(party.issuer, token, Asked(CLIENT_ID, "nonce", None))


MEMBERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "azp", "at_hash", "jti"]),
    value=MEMBERS,
)
def test_no_claim_breaks_it(fake, party, name, value):
    """Whatever a claim is, the token is believed or refused."""
    claims = {
        "iss": fake.address,
        "sub": "s-1",
        "aud": CLIENT_ID,
        "exp": int(time.time()) + 3600,
        "iat": int(time.time()),
        "nonce": "nonce",
        name: value,
    }
    token = jwt.api_jws.encode(_bytes(claims), private_key("RS256"), "RS256", headers={"kid": "first"})

    try:
        read_id_token(party.issuer, token, Asked(CLIENT_ID, "nonce", "access"))
    except MaksaError as refusal:
        assert refusal.mend is not None  # noqa: PT017 - Both outcomes are right.


def _bytes(claims):
    import json

    return json.dumps(claims).encode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(header=st.dictionaries(st.sampled_from(["alg", "kid", "crit", "b64", "typ", "jwk", "x5u"]), MEMBERS))
def test_no_header_breaks_it(fake, party, header):
    """Nor does any header; keys that a token brings with it are never used."""
    token = f"{_segment({'alg': 'RS256', 'kid': 'first', **header})}.{_segment({})}.c2ln"

    with pytest.raises(NotAllowed):
        read_id_token(party.issuer, token, Asked(CLIENT_ID, "nonce", "access"))


def test_no_sentence_holds_what_stands_in_a_token(fake, through):
    """Nor does a representation."""
    fake.claims = {"iss": "https://confidential.example", "sub": "confidential"}

    with pytest.raises(NotAllowed) as refusal:
        through()
    assert "confidential" not in f"{refusal.value.text} {refusal.value.mend}"
    assert SECRET not in repr(Asked(CLIENT_ID, SECRET, SECRET))
