"""The doors over HTTP beside nginx: CPU of the server, requests a second, latency. Usage: bench_http.py [CONCEPTS].

The server is `maksa serve` with one worker, as users start it, with its log; nginx has one worker, no log, and serves
a static file as large as our answer. The same asker asks both, in turns. All share the machine, so the ratio is
taken from the CPU time of each server a request, which does not depend on the asker.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from asker import Asked, ask_all, exchange, get, post
from generated import LIST, concepts
from measure import figure, heading
from servers import FILE, cpu_seconds, maksa, nginx, resident_mb
from shelves import home_with

_DEFAULT = 50_000
_REQUESTS = 4_000
_RUNS = 5
_TURNS = _RUNS + 1
"""The runs beside nginx, and one with many connections."""
_CONNECTIONS = 8
_MANY = 32
_HITS = 20
_BATCH = 100
_IN_USE = 6_000
"""Codes of a list that are asked of every day."""
_POST_BATCH = f"POST validate, {_BATCH} triples"
_GATEWAY = "/api/client/apim/v1/maksaservice/gwmaksa/ValidateCts"


@dataclass(frozen=True)
class Question:
    """Requests of one kind, a list of them for each run, and the least share of nginx's speed asked of them (%)."""

    name: str
    runs: list[list[bytes]]
    least: float | None = None


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int


def main() -> None:
    """Start the servers, ask each door, print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT
    heading(
        f"Over HTTP, one worker, one list of {count:,} concepts",
        f"{_CONNECTIONS} kept-alive connections, one request in flight on each; in turns with nginx serving a"
        f" file of the same size; median of {_RUNS}; ratio = CPU a request of nginx / ours, read from the kernel;"
        " a question 'anew' was never asked before, one 'again' was",
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home_with(count, folder / "home")
        first = f"/api/v1/terminologies/{LIST.id}/concepts/00000001"
        with maksa(folder / "home", first) as (port, pid, seconds), nginx(folder) as other:
            figure("start to first answer", seconds, "s", "limit 1 s")
            beside = None if other is None else Server(*other)
            if beside is None:
                print("  nginx is not installed: no ratios")
            for question in _questions(count, port):
                _measure(question, Server(port, pid), beside, folder / FILE[1:])
            figure("resident memory of the server", resident_mb(pid), "MB")


def _questions(count: int, port: int) -> Iterator[Question]:
    chosen = list(concepts(count))
    words = Counter(word for c in chosen for word in c.display.split()[:-2])
    common = [word for word, times in words.items() if times >= _HITS]
    chance = random.Random(3)
    chance.shuffle(chosen)
    chance.shuffle(common)
    keys = f"Authorization: bearer {_token(port)}\r\npid: 000000000000000000000001\r\n"
    lookups = [get(f"/api/v1/terminologies/{LIST.id}/concepts/{c.code}") for c in chosen]
    checks = [
        get(f"/api/v1/validate?terminology={LIST.id}&code={c.code}&value={quote(c.display)}") for c in chosen
    ]
    searches = [get(f"/api/v1/search?terminology={LIST.id}&limit={_HITS}&q={quote(w)}") for w in common]
    triples = [{"Terminology_id": LIST.id, "Coded_string": c.code, "Value": c.display} for c in chosen]
    batches = [triples[n : n + _BATCH] for n in range(0, len(triples), _BATCH)]
    yield Question("GET /healthz", [[get("/healthz")] * _REQUESTS] * _TURNS)
    yield Question("GET lookup, anew", _parted(lookups), 18)
    yield Question("GET lookup, again", [lookups[-_REQUESTS:]] * _TURNS, 40)
    yield Question("GET validate, anew", _parted(checks), 12)
    yield Question("GET validate, again", [checks[-_REQUESTS:]] * _TURNS, 12)
    yield Question("gateway ValidateCts, anew", _parted([post(_GATEWAY, triple, keys) for triple in triples]))
    yield Question(f"GET search, {_HITS} hits, anew", _parted(searches), 2.5)
    yield Question(f"GET search, {_HITS} hits, again", [searches[-500:] * 4] * _TURNS, 2.5)
    yield Question(
        f"{_POST_BATCH}, anew", _parted([post("/api/v1/validate", {"items": batch}) for batch in batches])
    )
    yield Question(f"{_POST_BATCH}, of codes in use", _of_codes_in_use(triples[:_IN_USE], chance))


def _of_codes_in_use(triples: list[dict[str, str]], chance: random.Random) -> list[list[bytes]]:
    """Write batches of the same codes for each run, never the same batch: few codes of a list are used every day."""
    runs = []
    for _ in range(_TURNS):
        chance.shuffle(triples)
        batches = [triples[n : n + _BATCH] for n in range(0, len(triples), _BATCH)]
        runs.append([post("/api/v1/validate", {"items": batch}) for batch in batches])
    return runs


def _parted(requests: list[bytes]) -> list[list[bytes]]:
    """Part requests into as many runs as there are, none of them in two."""
    length = min(len(requests) // _TURNS, _REQUESTS)
    return [requests[turn * length : (turn + 1) * length] for turn in range(_TURNS)]


def _measure(question: Question, ours: Server, beside: Server | None, file: Path) -> None:
    sample = question.runs[-1][0].replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    file.write_bytes(exchange(ours.port, sample).partition(b"\r\n\r\n")[2])
    runs, others = [], []
    for requests in question.runs[:_RUNS]:
        runs.append(_run(requests, ours, _CONNECTIONS))
        if beside is not None:
            others.append(_run([get(FILE)] * len(requests), beside, _CONNECTIONS))
    cpu, asked = statistics.median(cpu for cpu, _ in runs), _middle([asked for _, asked in runs])
    _, crowded = _run(question.runs[-1], ours, _MANY)
    print(f"{question.name} ({len(asked.taken):,} requests a run, answers of {file.stat().st_size:,} bytes)")
    figure("server CPU a request", cpu, "us")
    if others:
        other = statistics.median(cpu for cpu, _ in others)
        figure("nginx CPU a request", other, "us")
        least = "" if question.least is None else f"limit {question.least} %"
        figure("ratio", other / cpu * 100, "% of nginx", least)
    figure("requests", len(asked.taken) / asked.wall, "requests/s")
    if others:
        figure("nginx requests", len(asked.taken) / _middle([a for _, a in others]).wall, "requests/s")
    if question.name.startswith(_POST_BATCH):
        figure("codes of server CPU", _BATCH / cpu * 1e6, "codes/s", "limit 150,000")
        figure("codes of wall", _BATCH * len(asked.taken) / asked.wall, "codes/s")
    for connections, seen in ((_CONNECTIONS, asked), (_MANY, crowded)):
        figure(f"p50 with {connections} connections", seen.percentile(0.5), "ms")
        figure(f"p99 with {connections} connections", seen.percentile(0.99), "ms")
    refused = asked.refused + crowded.refused
    if refused:
        print(f"  {refused} answers were not 200")


def _run(requests: list[bytes], server: Server, connections: int) -> tuple[float, Asked]:
    """Ask all; give the CPU time of the server a request, in microseconds, and what the asker saw."""
    before = cpu_seconds(server.pid)
    asked = ask_all(requests, server.port, connections=connections)
    return (cpu_seconds(server.pid) - before) / len(requests) * 1e6, asked


def _middle(runs: list[Asked]) -> Asked:
    return sorted(runs, key=lambda asked: asked.wall)[len(runs) // 2]


def _token(port: int) -> str:
    body = b"grant_type=client_credentials"
    head = (
        "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        "Authorization: Basic c2FuZGJveDpzYW5kYm94\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    answer = exchange(port, head.encode() + body)
    return str(json.loads(answer.partition(b"\r\n\r\n")[2])["access_token"])


if __name__ == "__main__":
    main()
