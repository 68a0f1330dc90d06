"""The real program in a process of its own, and the real curl."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple, Self

import pytest

SECONDS = 60
"""How long any one command may take before the story fails."""
GATEWAY = "/api/client/apim/v1/maksaservice/gwmaksa"


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Read standard output as JSON."""
        return json.loads(self.out)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKSA_")}


class Program:
    """`maksa` over one home, every command a process; its registry in the home, or where a URL says."""

    def __init__(self, home: Path, registry_url: str | None = None) -> None:
        self.home = home
        self._settings = {} if registry_url is None else {"MAKSA_REGISTRY_URL": registry_url}

    def __call__(self, *arguments: object, seconds: float = SECONDS, password: str | None = None) -> Said:
        """Run a command to its end; the password is that of --by."""
        asked = {} if password is None else {"MAKSA_PASSWORD": password}
        done = subprocess.run(
            self._command(arguments),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**_environment(), **self._settings, **asked},
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: object) -> Server:
        """Start a command that serves, on a free port, and wait until it says that it is ready."""
        return Server(self.start_only(*arguments), "demo" in arguments)

    def start_only(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Start a command that serves, on a free port, and do not wait."""
        return subprocess.Popen(
            self._command((*arguments, "--port", 0)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**_environment(), **self._settings},
        )

    def _command(self, arguments: tuple[object, ...]) -> list[str]:
        return [sys.executable, "-m", "maksa", *map(str, arguments), "--home", str(self.home)]


class Server:
    """A running server; it is told to stop at the end of the story."""

    def __init__(self, process: subprocess.Popen[bytes], tells_on_output: bool) -> None:  # noqa: FBT001 - Two streams.
        self.process = process
        self.lines: list[str] = []
        self.url = self._read_until_ready(process.stdout if tells_on_output else process.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Tell it to stop: its exit status, and what it had still to say."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            out, err = self.process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        return self.process.returncode, out.decode(), err.decode()

    def _read_until_ready(self, stream: Any) -> str:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            ready, _, _ = select.select([stream], [], [], 1)
            line = stream.readline().decode() if ready else ""
            if line:
                self.lines.append(line)
            for word in line.split():
                if word.startswith("http://"):
                    return word
            if not line and self.process.poll() is not None:
                break
        self.process.kill()
        _, err = self.process.communicate()
        pytest.fail(f"the server did not get ready: {self.lines} {err.decode()}")

    def curl(self, path: str, *arguments: str) -> Any:
        """Ask with curl and read the JSON of the answer, whatever its HTTP status."""
        return json.loads(self.text(path, *arguments))

    def text(self, path: str, *arguments: str) -> str:
        """Ask with curl and give the body."""
        done = subprocess.run(
            ["curl", "-sS", "--max-time", "20", *arguments, self.url + path],
            capture_output=True,
            timeout=30,
            check=True,
        )
        return done.stdout.decode()


class Gateway:
    """The gateway as a vendor uses it: a token, a pid, four services."""

    def __init__(self, server: Server, client: dict[str, Any]) -> None:
        self.server = server
        self.pid = client["pids"][0]
        answer = server.curl(
            "/oauth/token",
            "-u",
            f"{client['client_id']}:{client['secret']}",
            "-d",
            "grant_type=password",
            "--data-urlencode",
            f"username={client['username']}",
            "--data-urlencode",
            f"password={client['password']}",
        )
        self.token = answer["access_token"]

    def __call__(self, service: str, **fields: object) -> Any:
        """Ask a service and give the inner envelope, with its data, isSuccess and total."""
        answer = self.server.curl(
            f"{GATEWAY}/{service}",
            "-H",
            f"Authorization: bearer {self.token}",
            "-H",
            f"pid: {self.pid}",
            "-H",
            "Content-Type: application/json",
            "-d",
            json.dumps(fields),
        )
        return answer["result"]["data"]


def need_curl() -> None:
    """Skip where curl is not installed."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
