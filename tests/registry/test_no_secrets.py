"""Whatever the desk keeps or tells, no secret stands in it: one look at all tables, journals, notices, errors and logs."""

from __future__ import annotations

import logging
import traceback

import pytest
from asking_codes import keep
from receivers import webhook
from sqlalchemy import select
from staff import found, hire

from maksa.errors import MaksaError
from maksa.model.code_request import Wanted
from maksa.registry.delivery.deliver import deliver_once
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.records import Owner, Target, WantedSubscription
from maksa.registry.delivery.settings import DeliverySettings
from maksa.registry.delivery.subscriptions import list_attempts, rotate_secret, subscribe
from maksa.registry.journal import list_journal
from maksa.registry.outbox import read_notices
from maksa.registry.parties.clients import add_client, rotate_client
from maksa.registry.parties.providers import Provider, add_provider, list_providers
from maksa.registry.parties.sign_in import sign_in
from maksa.registry.requests.code_requests import do_act, own_request
from maksa.registry.tables import metadata
from maksa.text import Text

KEY = b"k" * 32
PROVIDER_SECRET = "a secret of the provider 1405"


def desk_at_work(registry, shelf, receiver):
    """Do what makes secrets, and what fails with them in hand; give the secrets, what was shown, and the errors."""
    found(registry)
    person = hire(registry)
    session = sign_in(registry, "maryam", person.password)
    client = add_client(registry, "lab", name="Lab")
    again = rotate_client(registry, "lab")
    request = keep(registry, Wanted("herbs", "گل ختمی"))
    keys = DeliveryKeys(KEY)
    wanted = WantedSubscription(Owner("party", "centre"), Target("everything"), "webhook", receiver.url)
    made = subscribe(registry, shelf, keys, wanted)
    rotated = rotate_secret(registry, keys, made.subscription.number)
    provider = Provider("ministry", Text("وزارت", "ministry"), "https://id.example.org", "maksa", ("centre",))
    add_provider(registry, provider, PROVIDER_SECRET, KEY)
    do_act(registry, request.request.number, "accept")
    deliver_once(registry, shelf, keys, DeliverySettings(hosts=frozenset({"127.0.0.1"})))
    errors = []
    for act in (
        lambda: sign_in(registry, "maryam", f"{person.password}x"),
        lambda: own_request(registry, request.request.number, f"{request.token}x"),
        lambda: add_provider(registry, provider, f"{PROVIDER_SECRET}\n", KEY),
    ):
        with pytest.raises(MaksaError) as refusal:
            act()
        errors.append("".join(traceback.format_exception(refusal.value)))
    secrets = [person.password, session.token, client.secret, client.password, again.secret, again.password]
    secrets += [request.token, made.secret, rotated.secret, PROVIDER_SECRET, KEY.decode()]
    shown = [person, session, client, again, made, rotated, *list_providers(registry), keys]
    return secrets, [repr(one) for one in shown], errors, made.subscription.number


def test_no_secret_stands_in_what_the_desk_keeps_or_tells(registry, shelf, caplog):
    """Passwords, tokens, keys of webhooks and providers: not in a table, the journal, a notice, an error, a log or a repr."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    with webhook() as receiver:
        secrets, shown, errors, subscription = desk_at_work(registry, shelf, receiver)
        assert list_attempts(registry, subscription)
    with registry.reading() as connection:
        stored = [repr(connection.execute(select(table)).all()) for table in metadata.sorted_tables]
    told = [
        *stored,
        *shown,
        *errors,
        repr(list_journal(registry, limit=1_000)),
        repr(read_notices(registry, topic="code-request")),
        repr(list_attempts(registry, subscription)),
        caplog.text,
    ]

    assert all(secrets)
    assert "argon2id" in "".join(stored)
    assert [secret for secret in secrets if any(secret in one for one in told)] == []
