"""Subscriptions as both floors of the desk ask for them: a person's own, those of their party and of its clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import merge

from maksa.errors import NotFound, Refused
from maksa.model.clients import require_scope
from maksa.registry.delivery import subscriptions as room
from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.records import Attempt, NewSubscription, Owner, Subscription, WantedSubscription
from maksa.registry.parties.clients import list_clients
from maksa.text import Text
from maksa.web.desk.acting import Acting


def owners(acting: Acting) -> tuple[Owner, ...]:
    """Give in whose name they subscribe: themselves and, with any role at their party, it and its clients; a client only itself.

    Raises: Refused for a client that may not read.
    """
    if acting.client is not None:
        require_scope(acting.client, "read")
        return (Owner("client", acting.client.client_id),)
    own = () if acting.person is None else (Owner("person", acting.person.login),)
    if acting.party is None or not acting.roles:
        return own
    clients = (one for one in list_clients(acting.registry) if one.party == acting.party and not one.revoked)
    return (*own, Owner("party", acting.party), *(Owner("client", one.client_id) for one in clients))


def find(
    acting: Acting, owner: Owner | None = None, *, after: int = 0, limit: int = 100
) -> Sequence[Subscription]:
    """List the subscriptions of all in whose name they act, or of one of them, in the order of their numbers.

    Raises: Refused (somebody else's).
    """
    of = owners(acting) if owner is None else (_own(acting, owner),)
    lists = [room.list_subscriptions(acting.registry, one, after=after, limit=limit) for one in of]
    return list(merge(*lists, key=lambda one: one.number))[:limit]


def one(acting: Acting, number: int) -> Subscription:
    """Give a subscription. Raises: NotFound, of somebody else's too."""
    try:
        found = room.find_subscription(acting.registry, number)
    except NotFound:
        raise _not_theirs(number) from None
    if found.owner not in owners(acting):
        raise _not_theirs(number)
    return found


def subscribe(acting: Acting, wanted: WantedSubscription) -> NewSubscription:
    """Subscribe. Raises: Refused (in somebody else's name), and as subscribe."""
    _own(acting, wanted.owner)
    return room.subscribe(acting.registry, acting.shelf, _keys(acting), wanted)


def pause(acting: Acting, number: int, why: str | None = None) -> Subscription:
    """Let notices wait. Raises: NotFound, WrongState, as those below."""
    return _do(acting, number, lambda: room.pause(acting.registry, number, why))


def resume(acting: Acting, number: int) -> Subscription:
    """Go on from where it stands."""
    return _do(acting, number, lambda: room.resume(acting.registry, number))


def replay(acting: Acting, number: int, start: int) -> Subscription:
    """Deliver again from the notice of a number on. Raises: BadParameter too."""
    return _do(acting, number, lambda: room.replay(acting.registry, number, start))


def end(acting: Acting, number: int) -> Subscription:
    """End it for good."""
    return _do(acting, number, lambda: room.end_subscription(acting.registry, number))


def rotate(acting: Acting, number: int, hours: int) -> NewSubscription:
    """Make a new secret; the old one holds for some hours. Raises: BadParameter too."""
    one(acting, number)
    return room.rotate_secret(acting.registry, _keys(acting), number, hours=hours)


def attempts(acting: Acting, number: int, limit: int = 100) -> Sequence[Attempt]:
    """Give the last attempts to deliver, newest first."""
    one(acting, number)
    return room.list_attempts(acting.registry, number, limit=limit)


def _do(acting: Acting, number: int, act: Callable[[], Subscription]) -> Subscription:
    one(acting, number)
    return act()


def _keys(acting: Acting) -> DeliveryKeys:
    return DeliveryKeys(acting.home.token_key)


def _own(acting: Acting, owner: Owner) -> Owner:
    known = owners(acting)
    if owner in known:
        return owner
    raise Refused(
        Text(
            f"شما به نام «{owner.id[:64]}» ({owner.kind}) اشتراک نمی‌گیرید.",
            f"You do not subscribe in the name of the {owner.kind} '{owner.id[:64]}'.",
        ),
        mend=Text(
            "به نام خود، یا اگر در سازمان خود نقشی دارید به نام آن یا کارخواه‌هایش بگیرید.",
            "Subscribe for yourself or, with a role at your party, for it or its clients.",
        ),
        known=tuple(f"{one.kind} {one.id}" for one in known),
    )


def _not_theirs(number: int) -> NotFound:
    return NotFound(
        Text(
            f"اشتراک شمارهٔ {number} در میان اشتراک‌های شما نیست.",
            f"There is no subscription {number} among yours.",
        )
    )
