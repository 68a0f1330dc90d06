"""Signing in: sessions, waits after wrong passwords, and nothing for those who guess."""

from __future__ import annotations

import logging
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from staff import found, hire

from maksa.errors import BadInput, MaksaError, NotAllowed
from maksa.registry.journal import list_journal
from maksa.registry.parties import sign_in as module
from maksa.registry.parties.clients import add_client
from maksa.registry.parties.people import disable_person, list_people, reset_password
from maksa.registry.parties.sign_in import change_password, person_of_session, sign_in, sign_out
from maksa.registry.tables import metadata

STRONG = "گندم‌زار و باران ۱۴۰۵"


class Clock(datetime):
    """A clock that tests move on."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz=None):
        """Give the time, moved on."""
        return datetime.now(tz) + cls.ahead


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Let time pass at a test's will."""
    monkeypatch.setattr(Clock, "ahead", timedelta(0))
    monkeypatch.setattr(module, "datetime", Clock)

    def passes(**span):
        Clock.ahead += timedelta(**span)

    return passes


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch):
    """Guessing often is what is tested here, not the cost of a guess."""
    real = module.PasswordHasher
    module._hash_of_nobody.cache_clear()
    for place in ("sign_in", "people", "clients"):
        monkeypatch.setattr(
            f"maksa.registry.parties.{place}.PasswordHasher",
            lambda: real(time_cost=1, memory_cost=8, parallelism=1),
        )


@pytest.fixture
def maryam(registry):
    """Somebody with a password."""
    found(registry)
    return hire(registry)


def refused(registry, login, password):
    """Try to sign in, in vain, and give what was said."""
    with pytest.raises(NotAllowed) as refusal:
        sign_in(registry, login, password)
    return refusal.value.text, refusal.value.mend


def fail(registry, times):
    """Give wrong passwords."""
    for _ in range(times):
        refused(registry, "maryam", "wrong")


def test_a_token_stands_for_a_person_until_its_hours_are_over(registry, maryam, clock):
    """And not a moment longer."""
    session = sign_in(registry, "maryam", maryam.password)

    clock(hours=11, minutes=59)
    assert person_of_session(registry, session.token) == maryam.person
    clock(minutes=1)
    with pytest.raises(NotAllowed, match="session has ended"):
        person_of_session(registry, session.token)


def test_signing_out_ends_one_session(registry, maryam):
    """The other one goes on; a second time nothing happens."""
    first, second = (sign_in(registry, "maryam", maryam.password) for _ in range(2))

    sign_out(registry, first.token)
    sign_out(registry, first.token)

    with pytest.raises(NotAllowed):
        person_of_session(registry, first.token)
    assert person_of_session(registry, second.token) == maryam.person
    told = [(entry.act, entry.actor) for entry in list_journal(registry, limit=3)]
    assert told == [("sign-out", "maryam"), ("sign-in", "maryam"), ("sign-in", "maryam")]


@pytest.mark.parametrize("token", ["", "x", "\0", "\ud800", "x" * 100_000])
def test_a_made_up_token_opens_nothing(registry, maryam, token):
    """Whatever it is."""
    with pytest.raises(NotAllowed):
        person_of_session(registry, token)


def test_sessions_that_are_over_are_not_kept(registry, maryam, clock):
    """The next one to sign in takes them away."""
    sign_in(registry, "maryam", maryam.password)
    clock(hours=13)
    sign_in(registry, "maryam", maryam.password)

    with registry.reading() as connection:
        assert len(connection.execute(select(metadata.tables["person_session"])).all()) == 1


def test_who_guesses_cannot_tell_why_it_is_refused(registry, maryam):
    """Unknown, malformed, wrong, too long, disabled and waiting are one answer, in both languages."""
    said = {
        refused(registry, login, "wrong") for login in ("maryam", "nobody", "", "a\0", "\ud800", "x" * 99)
    }
    said.add(refused(registry, "maryam", maryam.password + "x" * 10_000))
    fail(registry, 4)
    said.add(refused(registry, "maryam", maryam.password))
    reset = reset_password(registry, "maryam")
    disable_person(registry, "maryam")
    said.add(refused(registry, "maryam", reset.password))

    assert len(said) == 1


def test_every_refusal_costs_a_verification(registry, maryam, monkeypatch):
    """The time of an answer does not tell who exists."""
    verified = []
    real = module._verified
    monkeypatch.setattr(module, "_verified", lambda *given: verified.append(1) or real(*given))
    fail(registry, 5)

    for login in ("maryam", "nobody", "", "a\0"):
        refused(registry, login, "wrong")

    assert len(verified) == 9


def test_waits_grow_and_end(registry, maryam, clock):
    """Four wrong ones are free, then a minute, then twice as long at each further one, an hour at most."""
    fail(registry, 4)
    sign_in(registry, "maryam", maryam.password)

    fail(registry, 5)
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        clock(minutes=minutes, seconds=-1)
        refused(registry, "maryam", maryam.password)  # Right, and too early: nothing is looked at or counted.
        clock(seconds=1)
        fail(registry, 1)

    clock(hours=1)
    sign_in(registry, "maryam", maryam.password)
    fail(registry, 4)
    sign_in(registry, "maryam", maryam.password)


def test_each_wait_is_in_the_journal(registry, maryam):
    """Who looks through it sees that somebody guesses; those who wait add nothing."""
    fail(registry, 20)

    waits = [entry for entry in list_journal(registry) if entry.act == "sign-in-wait"]
    assert [(entry.subject, entry.details) for entry in waits] == [("maryam", {"failures": 5})]


def test_many_guesses_at_once_are_no_more_than_one_by_one(registry, maryam, monkeypatch):
    """A try is counted before its password is looked at."""
    looked = []
    real = module._verified
    monkeypatch.setattr(
        module, "_verified", lambda stored, given: looked.append(stored) or real(stored, given)
    )
    with registry.reading() as connection:
        stored = connection.scalar(select(metadata.tables["person"].c.password_hash))

    def guess(number):
        with pytest.raises(NotAllowed):
            sign_in(registry, "maryam", f"guess {number}")

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(guess, range(40)))

    assert looked.count(stored) == 5
    assert len(looked) == 40


def test_a_person_chooses_another_password(registry, maryam):
    """With the old one; all sessions end, and it is the same from any keyboard."""
    session = sign_in(registry, "maryam", maryam.password)

    change_password(registry, session.token, maryam.password, STRONG)

    with pytest.raises(NotAllowed):
        person_of_session(registry, session.token)
    refused(registry, "maryam", maryam.password)
    sign_in(registry, "maryam", STRONG)
    entry = next(entry for entry in list_journal(registry) if entry.act == "person-password")
    assert (entry.actor, entry.subject) == ("maryam", "maryam")


def test_another_password_needs_the_old_one(registry, maryam):
    """A session that was left open does not give it away, and guessing makes wait."""
    token = sign_in(registry, "maryam", maryam.password).token
    for _ in range(5):
        with pytest.raises(NotAllowed):
            change_password(registry, token, "wrong", STRONG)
    with pytest.raises(NotAllowed):
        change_password(registry, token, maryam.password, STRONG)
    with pytest.raises(NotAllowed):
        change_password(registry, "made up", maryam.password, STRONG)


@pytest.mark.parametrize(
    "weak", ["", "short", "x" * 300, "aaaaaaaaaaaaaaaa", "Maryam-12345678", "ababababcdcdcd"]
)
def test_a_weak_password_is_refused(registry, maryam, weak):
    """Short, endless, of few characters, or with the login in it; the old one goes on."""
    token = sign_in(registry, "maryam", maryam.password).token

    with pytest.raises(BadInput, match="not strong enough"):
        change_password(registry, token, maryam.password, weak)

    sign_in(registry, "maryam", maryam.password)


def test_no_secret_is_in_logs_journal_errors_or_the_database(registry, maryam, caplog):
    """Passwords and tokens of people, secrets of clients: neither stored, nor told, nor shown by mistake."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    client = add_client(registry, "lab", name="Lab")
    reset = reset_password(registry, "maryam")
    session = sign_in(registry, "maryam", reset.password)
    guess, weak = "a wrong guess 1405", "weak"
    errors = []
    for act in (
        lambda: sign_in(registry, "maryam", guess),
        lambda: change_password(registry, session.token, guess, STRONG),
        lambda: change_password(registry, session.token, reset.password, weak * 200),
        lambda: person_of_session(registry, session.token[:-1]),
    ):
        with pytest.raises(MaksaError) as refusal:
            act()
        errors.append("".join(traceback.format_exception(refusal.value)))
    change_password(registry, session.token, reset.password, STRONG)
    again = sign_in(registry, "maryam", STRONG)

    with registry.reading() as connection:
        stored = [repr(connection.execute(select(table)).all()) for table in metadata.sorted_tables]
    shown = [repr(one) for one in (maryam, reset, session, again, client, list_people(registry))]
    told = "\n".join([*stored, *errors, *shown, repr(list_journal(registry, limit=1000)), caplog.text])

    assert "argon2id" in told
    secrets = [maryam.password, reset.password, session.token, again.token, client.secret, client.password]
    assert [secret for secret in [*secrets, guess, weak * 200, STRONG] if secret in told] == []
