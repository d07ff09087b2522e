"""What a text costs: the configured prices, else Twilio's price list, kept in the state file for a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from nsquilio.core.model import Channel, Message
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.services import Services

GOOD_FOR = timedelta(days=7)


def with_costs(
    messages: Sequence[Message], known: Mapping[str, Decimal], services: Services
) -> tuple[Message, ...]:
    """The messages with their estimated cost, where a price can be had. One request per unknown country."""
    if services.rules.price_per_segment:
        prices = dict(known)
    else:
        wanted = {m.country for m in messages if m.channel is Channel.SMS and m.country}
        prices = {**known, **_looked_up(sorted(wanted - known.keys()), services)}
    return tuple(_priced(message, prices) for message in messages)


def _priced(message: Message, prices: Mapping[str, Decimal]) -> Message:
    price = prices.get(message.country)
    if message.channel is not Channel.SMS or price is None:
        return message
    return replace(message, estimated_cost=price * message.segments)


def _looked_up(countries: Sequence[str], services: Services) -> dict[str, Decimal]:
    """A price nobody can tell is no reason not to send: the cost is then shown as unknown."""
    now = services.clock()
    found = dict(services.store.runs.prices(since=now - GOOD_FOR))
    for country in countries:
        if country in found:
            continue
        try:
            price = services.twilio.price_per_segment(country)
        except ServiceFailed:
            continue
        if price is not None:
            found[country] = price
            services.store.runs.keep_price(country, price, now)
    return found
