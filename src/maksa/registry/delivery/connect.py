"""Connecting to a receiver: its name is resolved, every address checked, and the checked address is connected to.

So a name that leads into the network of the centre (or changes between check and use) reaches nothing there. All of it
stands under one deadline, however slowly the other side drips its bytes.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from maksa.registry.delivery.settings import DeliverySettings

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MOST_TRIED = 4


class AddressRefused(Exception):
    """A host leads to an address that is not allowed; the text says which kind, not which address."""


def is_allowed(address: _Address, settings: DeliverySettings) -> bool:
    """Tell whether a webhook may be sent to an address: a public one, or one of the allowed networks.

    An address that stands for another one (`_carried`) is judged as that.
    """
    inner = _carried(address)
    for network in settings.networks:
        if any(one.version == network.version and one in network for one in (address, inner)):
            return True
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only, and none after the deadline (of time.monotonic())."""

    def __init__(self, settings: DeliverySettings, deadline: float) -> None:
        """Keep what is allowed, and until when."""
        self._settings = settings
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check all addresses, connect to the first that answers. Raises: AddressRefused, httpcore's errors."""
        del timeout
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._checked(host, port)[:_MOST_TRIED]:
            try:
                stream = self._backend.connect_tcp(
                    address, port, _left(self._deadline), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _InTime(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise httpcore.ConnectError("the name is not known") from None
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if host.casefold() not in self._settings.hosts:
            for address in addresses:
                if not is_allowed(ipaddress.ip_address(address.partition("%")[0]), self._settings):
                    raise AddressRefused("the host leads to a private or reserved address")
        return addresses


class _InTime(httpcore.NetworkStream):
    """A stream whose every step ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        return _InTime(
            self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left


def _carried(address: _Address) -> _Address:
    """Give the IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64), else the address."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address
