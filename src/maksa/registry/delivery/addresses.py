"""What may be the address of a subscription: a URL of http or https, or one e-mail address."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from maksa.errors import BadParameter
from maksa.text import Text

_LONGEST_URL = 2_000
_LONGEST_MAIL = 254
_URL_CHARACTERS = re.compile(r"[!-~]+")
_HOST = re.compile(r"[0-9A-Za-z.-]{1,253}|[0-9a-fA-F:.]{2,45}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


def checked_url(url: str) -> str:
    """Give the URL of a webhook, trimmed.

    Raises: BadParameter when it is no plain URL of http(s) with a host, is over 2,000 characters, or holds a password.
    """
    trimmed = url.strip()
    parts = _split(trimmed)
    if parts is None:
        raise BadParameter(
            "url",
            Text("نشانی وب‌هوک خوانده نمی‌شود.", "The URL of the webhook cannot be read."),
            mend=Text(
                f"نشانی http یا https با نویسه‌های ASCII بدهید، حداکثر {_LONGEST_URL} نویسه، مانند https://his.example.ir/maksa.",
                f"Give a URL of http or https in ASCII, at most {_LONGEST_URL} characters, such as https://his.example.ir/maksa.",
            ),
        )
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadParameter(
            "url",
            Text(
                "نشانی وب‌هوک نام کاربری، گذرواژه و # نمی‌پذیرد.",
                "The URL of a webhook takes no user, no password and no #.",
            ),
            mend=Text(
                "گیرنده پیام را با امضای آن می‌شناسد؛ آن‌ها را بردارید.",
                "The receiver knows a message by its signature; leave them out.",
            ),
        )
    return trimmed


def _split(url: str) -> SplitResult | None:
    if len(url) > _LONGEST_URL or not _URL_CHARACTERS.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    fits = parts.scheme in {"http", "https"} and _HOST.fullmatch(host) and port != 0 and "\\" not in url
    return parts if fits else None


def checked_mail(address: str) -> str:
    """Give an e-mail address, trimmed, its domain in small letters. Raises: BadParameter when it is none, or is in a form that we do not send to."""
    trimmed = address.strip()
    if len(trimmed) <= _LONGEST_MAIL and _MAIL.fullmatch(trimmed) and ".." not in trimmed:
        name, _, domain = trimmed.partition("@")
        return f"{name}@{domain.lower()}"
    raise BadParameter(
        "address",
        Text("نشانی ایمیل خوانده نمی‌شود.", "The e-mail address cannot be read."),
        mend=Text("یک نشانی مانند desk@example.ir بدهید.", "Give one address such as desk@example.ir."),
    )


def is_mail(text: str) -> bool:
    """Tell whether a text is one e-mail address."""
    try:
        return bool(checked_mail(text))
    except BadParameter:
        return False
