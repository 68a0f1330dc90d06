"""The servers that are measured: `maksa serve` with one worker, and nginx with one static file; CPU and memory of each."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from asker import exchange, get

FILE = "/file"
"""Where nginx serves the file."""
_NGINX = """
user root;
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@contextmanager
def maksa(home: Path, first: str) -> Iterator[tuple[int, int, float]]:
    """Start `maksa serve` with one worker; give its port, its process, and the seconds until `first` was a 200."""
    port = _free_port()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "maksa", "serve", "--home", str(home), "--port", str(port)]
    with _running([*command, "--workers", "1"]) as pid:
        _wait_for(port, first)
        yield port, pid, time.perf_counter() - begun


@contextmanager
def nginx(folder: Path) -> Iterator[tuple[int, int] | None]:
    """Start nginx over a folder; give its port and its process, or None where there is no nginx."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        yield None
        return
    port = _free_port()
    (folder / FILE[1:]).touch()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port), encoding="ascii")
    with _running([program, "-p", str(folder), "-c", str(folder / "nginx.conf")]) as pid:
        _wait_for(port, FILE)
        yield port, pid


def cpu_seconds(pid: int) -> float:
    """Give the CPU time that a process, its children and their threads have had; the kernel counts nanoseconds."""
    return sum(
        int(task.read_text(encoding="ascii").split()[0]) / 1e9
        for one in _family(pid)
        for task in Path(f"/proc/{one}/task").glob("*/schedstat")
    )


def resident_mb(pid: int) -> float:
    """Give the memory that a process and its children hold, in MB."""
    sizes = (Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1] for one in _family(pid))
    return sum(map(int, sizes)) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def _running(command: Sequence[str]) -> Iterator[int]:
    # As where it is deployed: what was compiled once is loaded at the next start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(int(child) for child in children)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, path: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if exchange(port, get(path, close=True)).startswith(b"HTTP/1.1 200"):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(path)
