"""What a text costs: the configured prices, else what texts really cost lately, else Twilio's price list.

The list names the dearest carrier of a country and is kept in the state file for a week; what Twilio billed
for our own texts is truer as soon as there are some.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from nsquilio.core.model import Channel, Message
from nsquilio.core.phones import read_phone
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.services import Services
from nsquilio.store import reporting
from nsquilio.store.reporting import Priced

GOOD_FOR = timedelta(days=7)
LATELY = timedelta(days=35)
ENOUGH = 5
"""Texts whose price is known, before their mean takes the place of the list's price."""

_FINE = Decimal("0.00001")


def with_costs(
    messages: Sequence[Message], known: Mapping[str, Decimal], services: Services
) -> tuple[Message, ...]:
    """The messages with their estimated cost, where a price can be had. One request per unknown country."""
    if services.rules.price_per_segment:
        return tuple(_priced(message, known) for message in messages)
    wanted = {m.country for m in messages if m.channel is Channel.SMS and m.country}
    paid = _paid_lately(wanted, services) if wanted else {}
    sure = {country: price for country, (price, count) in paid.items() if count >= ENOUGH}
    listed = _looked_up(sorted(wanted - known.keys() - sure.keys()), services)
    anything = {country: price for country, (price, _count) in paid.items()}
    prices = {**anything, **known, **listed, **sure}
    return tuple(_priced(message, prices) for message in messages)


def _priced(message: Message, prices: Mapping[str, Decimal]) -> Message:
    price = prices.get(message.country)
    if message.channel is not Channel.SMS or price is None:
        return message
    return replace(message, estimated_cost=price * message.segments)


def _paid_lately(countries: Iterable[str], services: Services) -> dict[str, tuple[Decimal, int]]:
    """Mean price of a segment and the number of texts behind it, by country; US dollars."""
    home = services.rules.company.country
    by_country: dict[str, list[Priced]] = {}
    for text in reporting.priced_texts(services.store, services.clock() - LATELY):
        phone = read_phone(text.to, country=home) if text.to else None
        if phone is not None and phone.region in countries:
            by_country.setdefault(phone.region, []).append(text)
    return {country: (_mean(texts), len(texts)) for country, texts in by_country.items()}


def _mean(texts: Sequence[Priced]) -> Decimal:
    paid = sum((text.price for text in texts), Decimal(0))
    return (paid / sum(text.segments for text in texts)).quantize(_FINE, rounding=ROUND_HALF_UP)


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
