"""A newcomer starts the demo, asks it, stops it, and starts it again."""

from __future__ import annotations

import signal
import time

import pytest
from program import Gateway, need_curl

SANDBOX = {
    "client_id": "sandbox",
    "secret": "sandbox",
    "username": "sandbox",
    "password": "sandbox",
    "pids": ["000000000000000000000001"],
}
PATIENCE = 10.0
"""Five times the two seconds of the contract: the machine of a test may be busy."""


def test_demo(maksa):
    """One line when it is ready; every door answers; SIGTERM and SIGINT stop it with status 0."""
    need_curl()
    with maksa.start("demo") as server:
        assert len(server.lines) == 1
        page = server.text("/")
        assert 'dir="rtl"' in page
        listed = Gateway(server, SANDBOX)("CtsTerminologies")["data"]
        assert {one["Terminology_id"] for one in listed if one["Sample"]} >= {"RVU3", "eRx", "IRC"}
        assert not any(one["LetterNumber"] for one in listed)  # No letter announced a sample.
        assert server.curl("/api/v1/search?q=kidney")["total"] > 0
        assert server.curl("/api/v1/search?q=xyzzyplugh")["total"] == 0
        assert server.stop(signal.SIGTERM) == (0, "", "")
    assert "110/128" in maksa("letters", "list").out
    assert [one["words"] for one in maksa("unanswered", "--json").json["items"]] == ["xyzzyplugh"]

    began = time.monotonic()
    with maksa.start("demo") as server:
        assert server.curl("/healthz")["status"]
        assert time.monotonic() - began < PATIENCE
        port = server.url.rpartition(":")[2]
        taken = maksa("demo", "--port", port)
        assert (taken.status, port in taken.err) == (2, True)
        assert server.stop(signal.SIGINT) == (0, "", "")

    assert maksa("doctor").status == 0


def test_a_demo_that_is_stopped_while_it_loads(maksa):
    """It ends at once with status 0, and the next start finishes the work."""
    need_curl()
    process = maksa.start_only("demo")
    deadline = time.monotonic() + PATIENCE * 2
    while not list(maksa.home.glob("editions/*/000001.json")):
        if time.monotonic() > deadline:
            process.kill()
            process.communicate()
            pytest.fail("the demo published nothing in time")
        time.sleep(0.02)
    process.terminate()
    assert process.wait(timeout=20) == 0
    process.communicate()

    with maksa.start("demo") as server:
        assert server.curl("/api/v1/search?q=kidney")["total"] > 0
    assert maksa("doctor").status == 0
