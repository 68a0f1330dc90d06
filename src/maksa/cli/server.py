"""Running the web server from the command line: the address is taken first, the ready line comes when it is true."""

from __future__ import annotations

import errno
import ipaddress
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.supervisors.multiprocess import Multiprocess

from maksa.errors import BadParameter, WrongState
from maksa.text import Text

_PROTOCOL = "maksa.web.protocol:HttpProtocol"
"""By its name: who serves loads it with all the doors, and who only starts workers need not."""
_STOP_SECONDS = 10
"""How long a stop waits for answers that are on their way."""
_START_SECONDS = 60.0

Ready = Callable[[], None]


def take_address(host: str, port: int) -> socket.socket:
    """Take the address before anything costly is done; port 0 takes a free one.

    Raises: BadParameter when the host is not of this machine, or the port is taken or forbidden.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise _bad_host(host) from None
    listener = socket.socket(family, kind, protocol)
    if sys.platform != "win32":  # There it would let two programs share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise (
            _bad_host(host) if error.errno == errno.EADDRNOTAVAIL else _bad_port(host, port, error)
        ) from None
    listener.set_inheritable(True)
    return listener


def url_of(listener: socket.socket) -> str:
    """Give the address of a taken socket as a browser takes it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(listener: socket.socket) -> bool:
    """Tell whether only this machine can reach a taken socket."""
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def stop_quietly() -> None:
    """Let SIGTERM and SIGINT end the process with status 0, before, while and after it serves."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)


def run_app(app: ASGIApp, listener: socket.socket, *, ready: Ready) -> None:
    """Serve an application in this process until it is told to stop; `ready` is called once it answers."""
    _ReadyServer(_config(app), ready).run(sockets=[listener])


def run_workers(
    factory: str,
    listener: socket.socket,
    *,
    workers: int,
    ready: Ready,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Serve by worker processes, each of which makes its own application; one that dies is replaced.

    `meanwhile` is called in this process while they start; they are ended when it fails.
    Raises: WrongState when they do not start; what `meanwhile` raises.
    """
    supervisor = _ReadyWorkers(_config(factory, factory=True, workers=workers), [listener])
    supervisor.ready = ready
    supervisor.meanwhile = meanwhile
    supervisor.run()
    if not supervisor.served:
        raise WrongState(
            Text(fa="پردازه‌های کارگزار آغاز نشدند.", en="The worker processes did not start."),
            mend=Text(fa="آنچه بالاتر نوشته‌اند دلیل آن است.", en="What they wrote above says why."),
        )


class _ReadyServer(Server):
    def __init__(self, config: Config, ready: Ready) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._ready()


class _ReadyWorkers(Multiprocess):
    ready: Ready
    meanwhile: Callable[[], object]
    served = False

    def init_processes(self) -> None:
        super().init_processes()
        try:
            self.meanwhile()
        except BaseException:
            self.terminate_all()
            self.join_all()
            raise
        self.served = all(process.wait_until_ready(_START_SECONDS) for process in self.processes)
        if self.served:
            self.ready()
        else:
            self.should_exit.set()


def _config(app: ASGIApp | str, **more: Any) -> Config:
    return Config(
        app,
        http=_PROTOCOL,
        loop="auto",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
        **more,
    )


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise SystemExit(0)


def _bad_host(host: str) -> BadParameter:
    return BadParameter(
        "host",
        Text(
            fa=f"«{host[:80]}» نشانی این ماشین نیست.",
            en=f"--host: '{host[:80]}' is no address of this machine.",
        ),
        mend=Text(
            fa="127.0.0.1 یا نشانی یکی از رابط‌های آن را بدهید.",
            en="Give 127.0.0.1, or the address of one of its interfaces.",
        ),
    )


def _bad_port(host: str, port: int, error: OSError) -> BadParameter:
    if error.errno == errno.EADDRINUSE:
        reason = Text("برنامهٔ دیگری آن را گرفته است", "another program has taken it")
    else:
        said = error.strerror or type(error).__name__
        reason = Text(said, said)
    return BadParameter(
        "port",
        Text(
            fa=f"درگاه {port} در {host} باز نمی‌شود: {reason.fa}.",
            en=f"--port: {port} of {host} cannot be opened: {reason.en}.",
        ),
        mend=Text(
            fa="درگاه دیگری با --port بدهید؛ 0 درگاهی آزاد می‌گیرد.",
            en="Give another one with --port; 0 takes a free one.",
        ),
    )
