"""What is believed of an ID token: its signature first, then for whom, by whom, when and to which question it was given."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

import jwt

from maksa.errors import NotAllowed
from maksa.model.openid import is_subject
from maksa.web.single_sign_on.issuer import Issuer, Jwk
from maksa.web.single_sign_on.refusals import not_believed

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures that only the provider can make; one with the secret of a client, or none at all, is no proof."""
SKEW_SECONDS = 60
"""How far the clocks of the provider and of this machine may differ."""
_MAX_TOKEN = 16 * 1024
_REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an ID token must answer: who asked, with which nonce, and the access token that came with it."""

    client_id: str
    nonce: str
    access_token: str | None

    def __repr__(self) -> str:
        """Leave the token out: what is logged by mistake holds none."""
        return f"Asked({self.client_id!r})"


def read_id_token(issuer: Issuer, token: object, asked: Asked) -> Mapping[str, Any]:
    """Give the claims of an ID token that is what it says.

    Raises: NotAllowed, which says what is not so; Unreachable (the keys cannot be read).
    Source: OpenID Connect Core 1.0, sections 3.1.3.7 and 3.1.3.8.
    """
    if not isinstance(token, str) or len(token) > _MAX_TOKEN:
        raise not_believed("نشانهٔ شناسایی در آن نیست", "it has no ID token")
    algorithm, key_id = _header(token)
    claims = _verified(issuer, token, asked.client_id, (algorithm, key_id))
    _check_parties(claims, asked.client_id)
    if not compare_digest(str(claims["nonce"]).encode("utf-8", "replace"), asked.nonce.encode()):
        raise not_believed("پاسخ پرسش دیگری است (nonce)", "it answers another question (nonce)")
    _check_access_token(claims, asked.access_token, algorithm)
    if not is_subject(claims["sub"]):
        raise not_believed("شناسهٔ فرد در آن درست نیست (sub)", "its subject is not proper (sub)")
    return claims


def _header(token: str) -> tuple[str, str | None]:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError):
        raise not_believed("نشانهٔ شناسایی خوانده نمی‌شود", "the ID token cannot be read") from None
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise not_believed(
            "امضایش از گونه‌ای پذیرفته نیست (alg)", "its signature is of no accepted kind (alg)"
        )
    return algorithm, header.get("kid")


def _verified(
    issuer: Issuer, token: str, client_id: str, header: tuple[str, str | None]
) -> Mapping[str, Any]:
    algorithm, key_id = header
    key = _key(issuer.keys_of(key_id), algorithm)
    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=client_id,
            issuer=issuer.address,
            leeway=SKEW_SECONDS,
            options={"require": _REQUIRED, "enforce_minimum_key_length": True},
        )
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError) as error:
        raise _reason(error) from None
    return claims


def _key(candidates: Sequence[Jwk], algorithm: str) -> jwt.PyJWK:
    fitting = []
    for candidate in candidates:
        if candidate.get("alg", algorithm) == algorithm:
            try:
                fitting.append(jwt.PyJWK(dict(candidate), algorithm))
            except (jwt.PyJWTError, ValueError, TypeError):
                continue  # A key of another kind, or one that is none, signed nothing of this kind.
    if len(fitting) != 1:
        raise not_believed("کلید امضایش نزد ارائه‌دهنده نیست (kid)", "the provider has no such key (kid)")
    return fitting[0]


def _reason(error: Exception) -> NotAllowed:
    """Say what PyJWT found; its own sentences may repeat what stands in the token."""
    for kind, fa, en in (
        (jwt.ExpiredSignatureError, "مهلتش گذشته است (exp)", "it has expired (exp)"),
        (jwt.ImmatureSignatureError, "زمانش هنوز نرسیده است (iat، nbf)", "its time has not come (iat, nbf)"),
        (jwt.InvalidIssuerError, "از صادرکنندهٔ دیگری است (iss)", "it is of another issuer (iss)"),
        (jwt.InvalidAudienceError, "برای کارخواه دیگری است (aud)", "it is for another client (aud)"),
        (jwt.InvalidSignatureError, "امضایش درست نیست", "its signature is wrong"),
        (jwt.MissingRequiredClaimError, "همهٔ بخش‌های لازم را ندارد", "it lacks a required claim"),
    ):
        if isinstance(error, kind):
            return not_believed(fa, en)
    return not_believed("نشانهٔ شناسایی درست نیست", "the ID token is not proper")


def _check_parties(claims: Mapping[str, Any], client_id: str) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if ("azp" in claims or several) and claims.get("azp") != client_id:
        raise not_believed("به کارخواه دیگری داده شده است (azp)", "it was given to another client (azp)")


def _check_access_token(claims: Mapping[str, Any], access_token: str | None, algorithm: str) -> None:
    if "at_hash" not in claims:
        return
    hashing = hashlib.sha512 if algorithm == "EdDSA" else hashlib.sha256
    digest = hashing((access_token or "").encode("utf-8", "replace")).digest()
    expected = urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")
    given = str(claims["at_hash"]).encode("utf-8", "replace")
    if access_token is None or not compare_digest(given, expected):
        raise not_believed("نشانهٔ دسترسی کنار آن نیست (at_hash)", "the access token is not its own (at_hash)")
