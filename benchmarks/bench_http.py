"""The doors over HTTP: requests a second, latency, CPU of the server, memory, start-up. Usage: bench_http.py [CONCEPTS].

The server is `maksa serve` with one worker, as users start it; the questions come over kept-alive connections from
a second process with plain sockets. Both share the machine, so the CPU time of the server a request, read from the
kernel, is the figure that does not depend on the asker.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from urllib.parse import quote

from generated import LIST, concepts
from measure import figure, heading
from shelves import home_with

_DEFAULT = 50_000
_REQUESTS = 4_000
_CONNECTIONS = 8
_TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Start the server, ask each door, print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT
    heading(
        f"Over HTTP, one worker, one list of {count:,} concepts",
        f"{_REQUESTS:,} requests over {_CONNECTIONS} kept-alive connections, one in flight on each; median of three",
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home_with(count, home)
        port = _free_port()
        begun = time.perf_counter()
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "maksa",
                "serve",
                "--home",
                str(home),
                "--port",
                str(port),
                "--workers",
                "1",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _first_answer(port)
            figure("start to first answer", time.perf_counter() - begun, "s", "limit 2 s")
            for name, requests in _questions(count, port).items():
                _measure(name, requests, port, server.pid)
            figure("resident memory of the server", _resident_mb(server.pid), "MB")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def _questions(count: int, port: int) -> dict[str, list[bytes]]:
    chance = random.Random(3)
    wanted = {chance.randrange(count) for _ in range(_REQUESTS)}
    made = [c for n, c in enumerate(concepts(count)) if n in wanted]
    token = _token(port)
    triples = [{"Terminology_id": LIST.id, "Coded_string": c.code, "Value": c.display} for c in made[:100]]
    return {
        "GET /healthz": [_get("/healthz")] * 2_000,
        "GET concept": [_get(f"/api/v1/terminologies/{LIST.id}/concepts/{c.code}") for c in made],
        "GET validate": [_get(f"/api/v1/validate?terminology={LIST.id}&code={c.code}") for c in made],
        "gateway ValidateCts": [_gateway("ValidateCts", c.code, token) for c in made],
        "GET search, 20 hits": [
            _get(f"/api/v1/search?terminology={LIST.id}&limit=20&q={quote(c.display.split()[0])}")
            for c in made[:1_000]
        ],
        "POST validate, 100 triples": [_post("/api/v1/validate", {"items": triples})] * 200,
    }


def _measure(name: str, requests: list[bytes], port: int, pid: int) -> None:
    runs = []
    for _ in range(3):
        here, there = multiprocessing.Pipe()
        cpu = _cpu_seconds(pid)
        asker = multiprocessing.Process(target=_ask, args=(requests, port, there))
        asker.start()
        wall, taken, refused = here.recv()
        asker.join()
        runs.append((wall, _cpu_seconds(pid) - cpu, taken, refused))
    wall, cpu, taken, refused = sorted(runs, key=lambda run: run[0])[1]
    figure(f"{name}: requests", len(requests) / wall, "requests/s")
    figure(f"{name}: server CPU a request", cpu / len(requests) * 1e6, "us")
    figure(f"{name}: p50", taken[len(taken) // 2] * 1e3, "ms")
    figure(f"{name}: p99", taken[int(len(taken) * 0.99)] * 1e3, "ms")
    if refused:
        print(f"  {name}: {refused} of {len(requests)} answers were not 200")


def _ask(requests: list[bytes], port: int, result: Connection) -> None:
    """Keep one request in flight on each connection until all are answered."""
    selector = DefaultSelector()
    waiting = iter(requests)
    taken: list[float] = []
    refused = 0
    sent: dict[socket.socket, float] = {}
    buffers: dict[socket.socket, bytes] = {}
    begun = time.perf_counter()
    for request in (r for _, r in zip(range(_CONNECTIONS), waiting, strict=False)):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, EVENT_READ)
        connection.sendall(request)
        sent[connection], buffers[connection] = time.perf_counter(), b""
    while len(taken) < len(requests):
        for key, _ in selector.select(30):
            connection = key.fileobj  # type: ignore[assignment]
            buffers[connection] += connection.recv(1 << 18)
            if not _is_whole(buffers[connection]):
                continue
            taken.append(time.perf_counter() - sent[connection])
            refused += not buffers[connection].startswith(b"HTTP/1.1 200")
            buffers[connection] = b""
            following = next(waiting, None)
            if following is not None:
                sent[connection] = time.perf_counter()
                connection.sendall(following)
    result.send((time.perf_counter() - begun, sorted(taken), refused))


def _is_whole(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(lengths) and len(body) >= int(lengths[0].split(b":")[1])


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def _post(path: str, body: object, headers: str = "") -> bytes:
    content = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


def _gateway(operation: str, code: str, token: str) -> bytes:
    path = f"/api/client/apim/v1/maksaservice/gwmaksa/{operation}"
    headers = f"Authorization: bearer {token}\r\npid: 000000000000000000000001\r\n"
    return _post(path, {"Terminology_id": LIST.id, "Coded_string": code}, headers)


def _token(port: int) -> str:
    body = b"grant_type=client_credentials"
    head = (
        "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        "Authorization: Basic c2FuZGJveDpzYW5kYm94\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    answer = _exchange(port, head.encode() + body)
    return str(json.loads(answer.partition(b"\r\n\r\n")[2])["access_token"])


def _exchange(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(1 << 16):
            answer += piece
        return answer


def _first_answer(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            path = f"/api/v1/terminologies/{LIST.id}/concepts/00000001"
            request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            if _exchange(port, request.encode()).startswith(b"HTTP/1.1 200"):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(int(child) for child in children)]


def _cpu_seconds(pid: int) -> float:
    ticks = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def _resident_mb(pid: int) -> float:
    pages = sum(
        int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in _family(pid)
    )
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
