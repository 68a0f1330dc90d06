"""The rows of the desk's table that are about subscriptions, and about who was told what."""

from __future__ import annotations

from maksa.web.api.build import PREFIX
from maksa.web.api.desk import parameters as of
from maksa.web.api.desk import subscriptions_wire as wire
from maksa.web.api.desk import told_wire
from maksa.web.api.desk.later import Endpoint, later
from maksa.web.api.desk.statuses import ACTING, WRITING
from maksa.web.api.openapi import Operation

_ALL = f"{PREFIX}/subscriptions"
_ONE = f"{_ALL}/{{subscription}}"

SUBSCRIPTIONS: tuple[tuple[Operation, Endpoint], ...] = (
    (
        Operation(
            "GET",
            _ALL,
            (of.OWNER_KIND, of.CLIENT, of.LIMIT, of.AFTER),
            wire.SubscriptionsAnswer,
            errors=ACTING,
            signed=True,
        ),
        later(
            "subscriptions.subscriptions",
            "List one's own subscriptions, those of one's party and of its clients.",
        ),
    ),
    (
        Operation(
            "POST",
            _ALL,
            (),
            wire.SubscriptionOnce,
            body=wire.SubscriptionIn,
            status=201,
            errors=WRITING,
            signed=True,
        ),
        later(
            "subscriptions.subscribe",
            "Subscribe by webhook or e-mail; a webhook's secret is in this answer only, an e-mail address is asked to confirm.",
        ),
    ),
    (
        Operation("GET", _ONE, (), wire.SubscriptionOut, errors=ACTING, signed=True),
        later("subscriptions.subscription", "Show one subscription as it stands."),
    ),
    (
        Operation("DELETE", _ONE, (), wire.SubscriptionOut, errors=ACTING, signed=True),
        later("subscriptions.end", "End a subscription for good; its address and secrets are forgotten."),
    ),
    (
        Operation(
            "POST",
            f"{_ONE}/pause",
            (),
            wire.SubscriptionOut,
            body=wire.PauseIn,
            errors=WRITING,
            signed=True,
        ),
        later("subscriptions.pause", "Pause a subscription: notices wait."),
    ),
    (
        Operation("POST", f"{_ONE}/resume", (), wire.SubscriptionOut, errors=ACTING, signed=True),
        later("subscriptions.resume", "Go on with a paused subscription from where it stands."),
    ),
    (
        Operation(
            "POST",
            f"{_ONE}/replay",
            (),
            wire.SubscriptionOut,
            body=wire.ReplayIn,
            errors=WRITING,
            signed=True,
        ),
        later(
            "subscriptions.replay",
            "Deliver again from the notice of a number on, each under the id that it had.",
        ),
    ),
    (
        Operation(
            "POST",
            f"{_ONE}/secret",
            (),
            wire.SubscriptionOnce,
            body=wire.SecretIn,
            errors=WRITING,
            signed=True,
        ),
        later(
            "subscriptions.new_secret",
            "Make a new secret of a webhook, in this answer only; the old one holds for some hours.",
        ),
    ),
    (
        Operation("GET", f"{_ONE}/attempts", (of.LIMIT,), wire.AttemptsAnswer, errors=ACTING, signed=True),
        later("subscriptions.attempts", "List the last attempts to deliver, newest first."),
    ),
    (
        Operation(
            "GET",
            f"{PREFIX}/told",
            (of.ABOUT_LIST, of.ABOUT_CODE, of.ON_THAT_DAY),
            told_wire.ToldAnswer,
            errors=ACTING,
            signed=True,
        ),
        later(
            "told.told", "Tell what stood published about a code on a day, and who was told of it by then."
        ),
    ),
)
