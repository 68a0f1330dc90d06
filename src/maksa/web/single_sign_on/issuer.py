"""A provider as it describes itself: where it is asked, and the keys with which it signs; read when needed, kept for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maksa.errors import Unreachable
from maksa.model.openid import is_private_address
from maksa.web.single_sign_on.exchange import Exchange
from maksa.web.single_sign_on.refusals import unreachable

KEPT_SECONDS = 3600.0
"""How long a description and keys are believed without being read again."""
AGAIN_SECONDS = 10.0
"""A key that is not known lets the keys be read again, but not more often."""
_MAX_KEYS = 50
_WELL_KNOWN = "/.well-known/openid-configuration"

Jwk = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Description:
    """Where a provider is asked, and what of it matters here; addresses are https, or of this machine itself."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    end_session: str | None
    secret_in_form: bool
    names_itself: bool


class Issuer:
    """One provider, by the address of its issuer; may be used by several threads at once.

    Raises: Unreachable, from every question, when the provider gives no usable answer.
    """

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask nothing yet."""
        self.address = address
        self.exchange = Exchange(address)
        self._clock = clock
        self._description: tuple[float, Description] | None = None
        self._keys: tuple[float, Sequence[Jwk]] | None = None

    def describe(self) -> Description:
        """Give the description of the provider, an hour old at most."""
        now = self._clock()
        if self._description is None or now - self._description[0] > KEPT_SECONDS:
            self._description = (now, self._read_description())
        return self._description[1]

    def keys_of(self, key_id: str | None) -> Sequence[Jwk]:
        """Give the public keys of an id, or all when a token names none; an id that is not known is looked for once more."""
        now = self._clock()
        if self._keys is None or now - self._keys[0] > KEPT_SECONDS:
            self._keys = (now, self._read_keys())
        found = self._held(key_id)
        if not found and now - self._keys[0] > AGAIN_SECONDS:
            self._keys = (now, self._read_keys())
            found = self._held(key_id)
        return found

    def _held(self, key_id: str | None) -> Sequence[Jwk]:
        keys = () if self._keys is None else self._keys[1]
        return [key for key in keys if key_id is None or key.get("kid") == key_id]

    def _read_description(self) -> Description:
        reply = self.exchange.get(f"{self.address.rstrip('/')}{_WELL_KNOWN}")
        found = reply.members
        if reply.status != 200 or found.get("issuer") != self.address:
            raise self._unfit(
                "سند کشف آن از آنِ این صادرکننده نیست", "its discovery is not that of this issuer"
            )
        methods = found.get("code_challenge_methods_supported", ["S256"])
        if not isinstance(methods, list) or "S256" not in methods:
            raise self._unfit("PKCE با S256 ندارد", "it has no PKCE with S256")
        return Description(
            authorization=self._required(found, "authorization_endpoint"),
            token=self._required(found, "token_endpoint"),
            keys=self._required(found, "jwks_uri"),
            userinfo=self._address(found, "userinfo_endpoint"),
            end_session=self._address(found, "end_session_endpoint"),
            secret_in_form=self._secret_in_form(found),
            names_itself=found.get("authorization_response_iss_parameter_supported") is True,
        )

    def _secret_in_form(self, found: Mapping[str, Any]) -> bool:
        methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        named = methods if isinstance(methods, list) else []
        if "client_secret_basic" in named:
            return False
        if "client_secret_post" in named:
            return True
        raise self._unfit("کارخواه با رمز نمی‌پذیرد", "it takes no client with a secret")

    def _required(self, found: Mapping[str, Any], name: str) -> str:
        address = self._address(found, name)
        if address is None:
            raise self._unfit(f"{name} ندارد", f"it has no {name}")
        return address

    def _address(self, found: Mapping[str, Any], name: str) -> str | None:
        address = found.get(name)
        if address is None:
            return None
        if not isinstance(address, str) or not is_private_address(address):
            raise self._unfit(f"{name} نشانی امنی نیست", f"its {name} is no safe address")
        return address

    def _read_keys(self) -> Sequence[Jwk]:
        reply = self.exchange.get(self.describe().keys)
        keys = reply.members.get("keys")
        if reply.status != 200 or not isinstance(keys, list):
            raise self._unfit("کلیدهایش خوانده نمی‌شود", "its keys cannot be read")
        signing = [key for key in keys if isinstance(key, dict) and key.get("use", "sig") == "sig"]
        return signing[:_MAX_KEYS]

    def _unfit(self, fa: str, en: str) -> Unreachable:
        return unreachable(self.address, fa, en)
