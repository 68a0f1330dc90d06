"""Taking an address: it is taken before anything costly, or the refusal names the mend."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import pytest

from maksa.cli.server import is_loopback, take_address, url_of
from maksa.errors import BadParameter, WrongState
from maksa.home import open_home


@pytest.fixture(autouse=True)
def _own_signals():
    """What a command does to signals ends with its test."""
    held = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in held.items():
        signal.signal(number, handler)


def test_port_0_takes_a_free_one():
    """The address says which."""
    with take_address("127.0.0.1", 0) as listener:
        assert url_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
        assert is_loopback(listener)


def test_a_taken_port_is_refused():
    """Another program listens there."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(BadParameter, match=f"{port} of 127.0.0.1 cannot be opened: another program"):
            take_address("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1", "x" * 300])
def test_a_host_of_elsewhere_is_refused(host):
    """Neither a name nor an address of this machine."""
    with pytest.raises(BadParameter, match="--host"):
        take_address(host, 0)


def test_all_interfaces_are_no_loopback():
    """What the network reaches is told apart."""
    with take_address("0.0.0.0", 0) as listener:  # noqa: S104 - Taken, never listened on.
        assert not is_loopback(listener)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_stands_in_brackets():
    """As a browser takes it."""
    try:
        listener = take_address("::1", 0)
    except BadParameter:
        pytest.skip("this machine has no ::1")
    with listener:
        assert url_of(listener).startswith("http://[::1]:")
        assert is_loopback(listener)


def test_the_demo_stays_out_of_an_official_home(herbs):
    """Samples and the public client have no place there."""
    said = herbs("demo", "--port", "0")

    assert (said.status, said.out) == (2, "")
    assert "official editions" in said.err
    assert herbs("clients", "list").out == "No client is registered.\n"


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_out_of_range_is_refused(herbs, command):
    """Before anything else."""
    assert herbs(command, "--port", "70000").status == 2


def test_serve_needs_a_home(run):
    """It makes none."""
    assert run("serve", "--port", "0").status == 2
    assert not run.home.exists()


def test_serve_refuses_a_setting_that_cannot_be_read(herbs, monkeypatch):
    """Said once by the command, not by every worker."""
    monkeypatch.setenv("MAKSA_PUBLIC_READS", "perhaps")

    said = herbs("serve", "--port", "0")

    assert said.status == 2
    assert "MAKSA_PUBLIC_READS" in said.err


def test_serve_tells_a_damaged_registry_and_leaves_no_worker(run):
    """The command looks at it while its workers start; then none of them goes on."""
    open_home(run.home, create=True)
    (run.home / "registry.sqlite").write_bytes(b"no database at all, " * 300)

    done = subprocess.run(
        [sys.executable, "-m", "maksa", "serve", "--port", "0", "--home", str(run.home)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "The registry's database cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_workers_that_do_not_start_are_told(monkeypatch):
    """A supervisor that never got ready is a refusal."""
    from maksa.cli import server

    monkeypatch.setattr(server._ReadyWorkers, "run", lambda self: None)
    monkeypatch.setattr(server._ReadyWorkers, "__init__", lambda self, config, sockets: None)

    with take_address("127.0.0.1", 0) as listener, pytest.raises(WrongState, match="did not start"):
        server.run_workers("nowhere:app", listener, workers=1, ready=lambda: None)
