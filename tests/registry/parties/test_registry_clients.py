"""Clients: secrets shown once, hashes kept, expiry, revocation."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from maksa.errors import BadInput, NotAllowed, NotFound, WrongState
from maksa.model.jalali import TEHRAN
from maksa.registry.database import open_registry, sqlite_url
from maksa.registry.parties.clients import (
    SANDBOX,
    add_client,
    add_sandbox_client,
    list_clients,
    revoke_client,
    rotate_client,
)
from maksa.registry.parties.directory import Directory
from maksa.registry.tables import client as clients


def test_a_new_client_authenticates_with_the_secret_that_was_shown(registry):
    """Secret and password of a new client open the door; a pid was made for it."""
    new = add_client(registry, "hospital-12", name="بیمارستان")

    directory = Directory(registry)
    client = directory.authenticate("hospital-12", new.secret)
    directory.authenticate_user(client, "hospital-12", new.password)

    assert client == new.client == directory.current("hospital-12")
    assert len(client.pids) == 1
    assert len(client.pids[0]) == 24


def test_secrets_are_never_stored_in_clear(registry_file):
    """Neither the database nor its log holds a secret or a password."""
    registry = open_registry(sqlite_url(registry_file))
    new = add_client(registry, "a", name="A")
    rotated = rotate_client(registry, "a")

    stored = b"".join(path.read_bytes() for path in registry_file.parent.iterdir())

    assert b"argon2id" in stored
    for secret in (new.secret, new.password, rotated.secret, rotated.password):
        assert secret.encode() not in stored
        assert secret not in repr(list_clients(registry))


@pytest.mark.parametrize(("client_id", "secret"), [("a", "wrong"), ("b", "wrong"), ("", ""), ("a\0", "x")])
def test_a_wrong_secret_and_an_unknown_id_are_the_same_answer(registry, client_id, secret):
    """Who guesses learns nothing about which ids exist."""
    add_client(registry, "a", name="A")

    with pytest.raises(NotAllowed) as refusal:
        Directory(registry).authenticate(client_id, secret)

    assert refusal.value.text.en == "The client id or its secret is wrong."


def test_a_secret_with_a_long_tail_is_not_the_secret(registry):
    """What is cut for the sake of a bound does not become right by it."""
    new = add_client(registry, "a", name="A")

    with pytest.raises(NotAllowed):
        Directory(registry).authenticate("a", new.secret + "x" * 10_000)


def test_the_user_of_another_client_is_not_allowed(registry):
    """Username and password hold for their own client only."""
    first = add_client(registry, "a", name="A")
    second = add_client(registry, "b", name="B", username="doctor")
    directory = Directory(registry)

    for username, password in (("b", second.password), ("doctor", second.password), ("a", "wrong")):
        with pytest.raises(NotAllowed, match="username"):
            directory.authenticate_user(first.client, username, password)
    directory.authenticate_user(second.client, "doctor", second.password)


def test_a_revoked_client_is_refused_everywhere(registry):
    """Revoking ends authentication at once and standing within a second."""
    new = add_client(registry, "a", name="A")
    directory = Directory(registry)
    directory.current("a")

    assert revoke_client(registry, "a").revoked

    with pytest.raises(NotAllowed, match="revoked"):
        directory.authenticate("a", new.secret)
    with pytest.raises(NotAllowed, match="revoked"):
        Directory(registry).current("a")
    with pytest.raises(WrongState, match="cannot be replaced"):
        rotate_client(registry, "a")


def test_what_a_directory_remembers_is_a_second_old_at_most(registry, monkeypatch):
    """A remembered client is asked for again after a second."""
    add_client(registry, "a", name="A")
    directory = Directory(registry)
    clock = 100.0
    monkeypatch.setattr("maksa.registry.parties.directory.time.monotonic", lambda: clock)
    directory.current("a")
    revoke_client(registry, "a")

    clock = 100.9
    assert not directory.current("a").revoked
    clock = 101.0
    with pytest.raises(NotAllowed):
        directory.current("a")


def test_an_expired_client_is_refused(registry):
    """From the instant of expiry on, nothing works."""
    expires = datetime.now(UTC) + timedelta(hours=1)
    new = add_client(registry, "a", name="A", expires=expires)
    assert Directory(registry).current("a").expires == expires
    with registry.writing() as connection:
        connection.execute(update(clients).values(expires=datetime.now(UTC)))

    with pytest.raises(NotAllowed, match="expired"):
        Directory(registry).current("a")
    with pytest.raises(NotAllowed, match="expired"):
        Directory(registry).authenticate("a", new.secret)


def test_an_unknown_client_does_not_stand(registry):
    """A token of a client that is gone opens nothing."""
    with pytest.raises(NotAllowed, match="not registered"):
        Directory(registry).current("nobody")


def test_rotation_replaces_both_secrets(registry):
    """The old secret ends, the new one opens."""
    old = add_client(registry, "a", name="A")

    new = rotate_client(registry, "a")

    assert new.client == old.client
    Directory(registry).authenticate("a", new.secret)
    with pytest.raises(NotAllowed):
        Directory(registry).authenticate("a", old.secret)
    with pytest.raises(NotAllowed):
        Directory(registry).authenticate_user(new.client, "a", old.password)


def test_an_id_is_given_once(registry):
    """A second client of an id is refused, and so is the sandbox's."""
    add_client(registry, "a", name="A")

    for taken in ("a", "sandbox"):
        with pytest.raises(WrongState, match="taken"):
            add_client(registry, taken, name="B")


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": ""},
        {"client_id": "a b"},
        {"client_id": "../a"},
        {"client_id": "x" * 65},
        {"client_id": "شناسه"},
        {"name": " "},
        {"name": "a\nb"},
        {"name": "x" * 201},
        {"username": ""},
        {"username": "a:b"},
        {"pids": ("12",)},
        {"pids": ("z" * 24,)},
        {"pids": tuple(f"{n:024x}" for n in range(21))},
        {"expires": datetime(2020, 1, 1, tzinfo=UTC)},
        {"expires": datetime(2999, 1, 1)},  # noqa: DTZ001
    ],
    ids=str,
)
def test_malformed_clients_are_refused(registry, wrong):
    """Every field has a form and a bound; nothing is stored when one is broken."""
    fields = {"client_id": "a", "name": "A"} | wrong

    with pytest.raises(BadInput):
        add_client(registry, fields.pop("client_id"), **fields)

    assert list_clients(registry) == ()


def test_clients_are_listed_by_id_with_their_pids(registry):
    """The list shows everything but secrets; pids are lower-case and each once."""
    pids = ("B" * 24, "a" * 24, "b" * 24)
    add_client(registry, "b", name="B", pids=pids)
    add_client(registry, "a", name=" A ")

    listed = list_clients(registry)

    assert [client.client_id for client in listed] == ["a", "b"]
    assert listed[0].name == "A"
    assert listed[1].pids == ("a" * 24, "b" * 24)


def test_unknown_clients_are_named_with_the_known_ones(registry):
    """Revoking and rotating what is not there is an error that names what is."""
    add_client(registry, "a", name="A")

    for act in (revoke_client, rotate_client):
        with pytest.raises(NotFound, match="'b'") as refusal:
            act(registry, "b")
        assert refusal.value.known == ("a",)


def test_the_sandbox_is_registered_once_and_is_public(registry):
    """Its secret and password are its name, and it is marked for the doors."""
    assert add_sandbox_client(registry) == add_sandbox_client(registry) == SANDBOX

    directory = Directory(registry)
    directory.authenticate_user(directory.authenticate("sandbox", "sandbox"), "sandbox", "sandbox")

    assert list_clients(registry) == (SANDBOX,)
    assert SANDBOX.sandbox
    with pytest.raises(WrongState):
        rotate_client(registry, "sandbox")


def test_a_malformed_pid_is_told_its_own_form(registry):
    """A pid is no name: the mend speaks of hexadecimal digits."""
    with pytest.raises(BadInput, match="pid") as refusal:
        add_client(registry, "a", name="A", pids=("zz",))

    assert refusal.value.mend is not None
    assert "24 hexadecimal digits" in refusal.value.mend.en
    assert "dashes" not in refusal.value.mend.en


def test_an_expiry_in_the_past_is_told_as_a_day(registry):
    """The last day as the curator gave it, in Jalali; no instant of the day after."""
    with pytest.raises(BadInput, match=r"1400/01/01 \(2021-03-21\)") as refusal:
        add_client(registry, "a", name="A", expires=datetime(2021, 3, 22, tzinfo=TEHRAN))

    assert "1400/01/01" in refusal.value.text.fa
    assert "T00:00" not in refusal.value.text.en
