"""Locks between threads and processes."""

import multiprocessing
import os
import signal
import threading
import time

import pytest

from maksa.errors import WrongState
from maksa.registry.lock import locked


def test_one_at_a_time(tmp_path):
    """Whoever comes second waits for the first."""
    inside = []

    def work():
        with locked(tmp_path, "herbs"):
            inside.append(1)
            assert len(inside) == 1
            time.sleep(0.02)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert inside == []


def test_waiting_has_an_end_and_says_for_what(tmp_path):
    """A lock that is held too long is an error that names the work; another name is free."""
    with locked(tmp_path, "herbs"):
        with pytest.raises(WrongState, match="herbs"), locked(tmp_path, "herbs", seconds=0.05):
            pass
        with locked(tmp_path, "colours", seconds=0.05):
            pass
    with locked(tmp_path, "herbs", seconds=0.05):
        pass


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    """A missing folder is an error that names it."""
    with pytest.raises(WrongState, match="none' cannot be written to"), locked(tmp_path / "none", "herbs"):
        pass


def hold(folder, held):
    """Hold a lock until killed."""
    with locked(folder, "herbs"):
        held.set()
        time.sleep(60)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # Forked beside threads.
def test_a_killed_process_lets_go(tmp_path):
    """The lock of a process that was killed is free at once."""
    context = multiprocessing.get_context("fork")
    held = context.Event()
    process = context.Process(target=hold, args=(tmp_path, held))
    process.start()
    assert held.wait(20)

    os.kill(process.pid, signal.SIGKILL)
    process.join()

    with locked(tmp_path, "herbs", seconds=1):
        pass
