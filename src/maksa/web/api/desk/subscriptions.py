"""Subscriptions of a person, of their party and of its clients: made, paused, replayed, ended; how deliveries went."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from maksa.registry.delivery.records import (
    NewSubscription,
    Owner,
    Subscription,
    Target,
    WantedSubscription,
    shown_address,
)
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk import subscriptions_wire as wire
from maksa.web.api.desk.reading import number_in_path, read_fields
from maksa.web.api.questions import Asked
from maksa.web.desk import subscriptions as desk
from maksa.web.desk.acting import Acting, at_desk
from maksa.web.refusal import missing_parameter

T = TypeVar("T")


async def subscriptions(asked: Asked) -> wire.SubscriptionsAnswer:
    """List one's own subscriptions, those of one's party and of its clients."""
    query = asked.query
    kind, client = query.get(of.OWNER_KIND), query.get(of.CLIENT) or None
    limit, after = query.get(of.LIMIT) or 100, query.get(of.AFTER) or 0

    def do(acting: Acting) -> wire.SubscriptionsAnswer:
        owner = None if kind is None else _owner(acting, kind, client)
        found = desk.find(acting, owner, after=after, limit=limit + 1)
        page = found[:limit]
        return wire.SubscriptionsAnswer(
            tuple(map(_out, page)), page[-1].number if len(found) > limit else None
        )

    return await _do(asked, do)


async def subscribe(asked: Asked) -> wire.SubscriptionOnce:
    """Subscribe by webhook or e-mail; a webhook's secret is in this answer only, an e-mail address is asked to confirm."""
    sent = await read_fields(asked, wire.SubscriptionIn)
    target = Target(sent.target.kind, sent.target.list, sent.target.code, sent.target.about)

    def do(acting: Acting) -> NewSubscription:
        owner = _owner(acting, sent.owner, sent.client)
        wanted = WantedSubscription(owner, target, sent.channel, sent.address, sent.topics, sent.language)
        return desk.subscribe(acting, wanted)

    return _once(await _do(asked, do))


async def subscription(asked: Asked) -> wire.SubscriptionOut:
    """Show one subscription as it stands."""
    return await _act(asked, desk.one)


async def end(asked: Asked) -> wire.SubscriptionOut:
    """End a subscription for good; its address and secrets are forgotten."""
    return await _act(asked, desk.end)


async def pause(asked: Asked) -> wire.SubscriptionOut:
    """Pause a subscription: notices wait."""
    sent = await read_fields(asked, wire.PauseIn)
    return await _act(asked, lambda acting, number: desk.pause(acting, number, sent.why))


async def resume(asked: Asked) -> wire.SubscriptionOut:
    """Go on with a paused subscription from where it stands."""
    return await _act(asked, desk.resume)


async def replay(asked: Asked) -> wire.SubscriptionOut:
    """Deliver again from the notice of a number on, each under the id that it had."""
    sent = await read_fields(asked, wire.ReplayIn)
    return await _act(asked, lambda acting, number: desk.replay(acting, number, sent.start))


async def new_secret(asked: Asked) -> wire.SubscriptionOnce:
    """Make a new secret of a webhook, in this answer only; the old one holds for some hours."""
    number, sent = number_in_path(asked, "subscription"), await read_fields(asked, wire.SecretIn)
    return _once(await _do(asked, lambda acting: desk.rotate(acting, number, sent.hours)))


async def attempts(asked: Asked) -> wire.AttemptsAnswer:
    """List the last attempts to deliver, newest first."""
    number, limit = number_in_path(asked, "subscription"), asked.query.get(of.LIMIT) or 100
    found = await _do(asked, lambda acting: desk.attempts(acting, number, limit))
    return wire.AttemptsAnswer(tuple(map(wire.attempt, found)))


async def _act(asked: Asked, act: Callable[[Acting, int], Subscription]) -> wire.SubscriptionOut:
    """Do an act to the subscription of the path, and tell how it stands then."""
    number = number_in_path(asked, "subscription")
    return _out(await _do(asked, lambda acting: act(acting, number)))


async def _do(asked: Asked, work: Callable[[Acting], T]) -> T:
    return await at_desk(asked.parts, asked.request, work)


def _owner(acting: Acting, kind: str, client: str | None) -> Owner:
    """Give whom `me`, `party` or `client` means. Raises: Refusal 400 where a client is not named."""
    if kind == "client":
        if client is None:
            raise missing_parameter("client", example="hospital-12")
        return Owner("client", client)
    if kind == "party":
        return Owner("party", acting.party or "")
    return desk.owners(acting)[0]


def _out(one: Subscription) -> wire.SubscriptionOut:
    return wire.subscription(one, shown_address(one))


def _once(new: NewSubscription) -> wire.SubscriptionOnce:
    return wire.once(new, shown_address(new.subscription))
