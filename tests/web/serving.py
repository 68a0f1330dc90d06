"""A real server in a thread, speaking as `maksa serve` speaks, and what asks it with plain sockets."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from maksa.web.protocol import HttpProtocol


@contextmanager
def served(app, **settings):
    """Serve an application, with further settings of uvicorn; give its port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=HttpProtocol, log_level="critical", access_log=False, ws="none", **settings
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(5)
    listener.close()


def send_raw(port, raw, *, pieces=1, hang_up=True):
    """Send bytes as they are, in so many pieces; give what comes back until the server closes.

    A caller that hangs up after its last byte gets what is on its way; one that does not asks for `Connection: close`.
    """
    length = -(-len(raw) // pieces)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(raw), length):
            opened.sendall(raw[start : start + length])
            if pieces > 1:
                time.sleep(0.002)  # So that each is read by itself.
        if hang_up:
            opened.shutdown(socket.SHUT_WR)
        received = []
        while piece := opened.recv(65536):
            received.append(piece)
    return b"".join(received)


@dataclass(frozen=True)
class Reply:
    """One of the answers on a connection; header names are lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def replies(received):
    """Read the answers that came back one after another."""
    found = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers["content-length"])
        found.append(Reply(int(first.split()[1]), headers, received[:length]))
        received = received[length:]
    return found
