"""The pool: few at once, few waiting, none for ever."""

from __future__ import annotations

import asyncio
import threading

import pytest

from maksa.web.pool import Pool
from maksa.web.refusal import Refusal


def test_an_answer_comes_from_a_thread():
    """The question is not asked in the loop's own thread."""
    pool = Pool("test", threads=1, queue=1, seconds=5)

    assert asyncio.run(pool.run(threading.get_ident)) != threading.get_ident()


def test_an_exception_comes_through():
    """What a question raises is raised to who asked."""
    pool = Pool("test", threads=1, queue=1, seconds=5)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(pool.run(lambda: 1 // 0))


def test_a_full_queue_is_refused_until_there_is_room():
    """One more than threads and queue is told to come again; later there is room."""
    pool = Pool("test", threads=1, queue=1, seconds=5)
    go = threading.Event()

    async def ask_all():
        waiting = [asyncio.create_task(pool.run(go.wait)) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(Refusal) as refused:
            await pool.run(lambda: 1)
        go.set()
        await asyncio.gather(*waiting)
        return refused.value, await pool.run(lambda: 2)

    refusal, answer = asyncio.run(ask_all())

    assert (refusal.status, refusal.headers["retry-after"], answer) == (429, "1", 2)


def test_a_slow_question_is_given_up_and_keeps_its_place():
    """After the deadline the caller is told; the thread's place is free only when it has ended."""
    pool = Pool("test", threads=1, queue=0, seconds=0.01)
    go = threading.Event()

    async def ask_all():
        with pytest.raises(Refusal) as slow:
            await pool.run(go.wait)
        with pytest.raises(Refusal) as busy:
            await pool.run(lambda: 1)
        go.set()
        return slow.value.status, busy.value.status

    assert asyncio.run(ask_all()) == (503, 429)


def test_a_closed_pool_lets_nobody_in():
    """After closing a question is an error of the program."""
    pool = Pool("test", threads=1, queue=1, seconds=5)
    pool.close()

    with pytest.raises(RuntimeError):
        asyncio.run(pool.run(lambda: 1))
