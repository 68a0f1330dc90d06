"""Ask a server over kept-alive connections from a process of its own, one request in flight on each."""

from __future__ import annotations

import json
import multiprocessing
import select
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection


@dataclass(frozen=True)
class Asked:
    """What the asker saw: seconds in all, seconds of each answer in order of length, answers that were no 200."""

    wall: float
    taken: Sequence[float]
    refused: int

    def percentile(self, share: float) -> float:
        """Give the time within which this share of the answers came, in milliseconds."""
        return self.taken[int(len(self.taken) * share)] * 1e3


def ask_all(requests: Sequence[bytes], port: int, *, connections: int) -> Asked:
    """Send every request, and wait for every answer."""
    here, there = multiprocessing.Pipe()
    asker = multiprocessing.Process(target=_ask, args=(requests, port, connections, there))
    asker.start()
    asked: Asked = here.recv()
    asker.join()
    return asked


def exchange(port: int, request: bytes) -> bytes:
    """Send one request on a connection of its own, and give all that comes back until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(1 << 16):
            answer += piece
        return answer


def get(path: str, *, close: bool = False) -> bytes:
    """Write a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_CLOSE if close else ''}\r\n".encode()


def post(path: str, body: object, headers: str = "") -> bytes:
    """Write a POST of JSON."""
    content = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


_CLOSE = "Connection: close\r\n"


class _Line:
    """One kept-alive connection, and the answer that is coming in on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent = 0.0
        self._answer = b""

    def send(self, request: bytes) -> None:
        self._answer = b""
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def has_whole_answer(self) -> bool:
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError
        self._answer += piece
        head, found, body = self._answer.partition(b"\r\n\r\n")
        return bool(found) and len(body) >= _length(head)

    def is_good(self) -> bool:
        return self._answer.startswith(b"HTTP/1.1 200")


def _ask(requests: Sequence[bytes], port: int, connections: int, result: Connection) -> None:
    poll = select.epoll()
    waiting = iter(requests)
    lines = {line.socket.fileno(): line for line in (_Line(port) for _ in range(connections))}
    begun = time.perf_counter()
    for number, line in lines.items():
        poll.register(number, select.EPOLLIN)
        _send_next(line, waiting)
    taken: list[float] = []
    refused = 0
    while len(taken) < len(requests):
        for number, _ in poll.poll(30):
            line = lines[number]
            if line.has_whole_answer():
                taken.append(time.perf_counter() - line.sent)
                refused += not line.is_good()
                _send_next(line, waiting)
    result.send(Asked(time.perf_counter() - begun, sorted(taken), refused))


def _send_next(line: _Line, waiting: Iterator[bytes]) -> None:
    request = next(waiting, None)
    if request is not None:
        line.send(request)


def _length(head: bytes) -> int:
    place = head.lower().index(b"content-length:")
    return int(head[place + 15 :].partition(b"\r\n")[0])
