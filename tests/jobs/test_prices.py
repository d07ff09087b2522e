"""What a text costs: configured, billed lately, or as Twilio's price list says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from nsquilio.core.model import Channel, Message
from nsquilio.errors import Unreachable
from nsquilio.jobs.prices import with_costs
from nsquilio.store import OutcomeSeen, Store
from tests.jobs.night import Night
from tests.store.builders import a_message, a_reminder, an_outcome


def to_send(country: str = "US", **more: Any) -> Message:
    return a_message("new", country=country, estimated_cost=None, **more)


def cost_of(night: Night, message: Message, **prices: Decimal) -> Decimal | None:
    rules = replace(night.app.rules, price_per_segment=prices)
    services = night.services(dry_run=True, rules=rules)
    return with_costs([message], prices, services)[0].estimated_cost


def billed(night: Night, count: int, price: str, to: str = "+1212555{:04d}", segments: int = 1) -> None:
    """Texts that went out and were billed."""
    store: Store = night.services().store
    for n in range(count):
        key = f"{to}{n}:late-1:preferred"
        store.messages.commit_intents(
            [a_message(key, to=to.format(n), reminders=(a_reminder(key),))], night.clock.now
        )
        store.messages.record_outcomes([_paid(key, price, segments, night)])


def _paid(key: str, price: str, segments: int, night: Night) -> OutcomeSeen:
    at = night.clock.now
    return an_outcome(key, price=Decimal(price), price_currency="usd", segments=segments, at=at)


def test_a_new_profile_pays_what_the_price_list_says(night: Night) -> None:
    assert cost_of(night, to_send(segments=2)) == Decimal("0.0150")


def test_configured_prices_are_taken_as_they_are(night: Night) -> None:
    billed(night, 9, "-0.00900")

    assert cost_of(night, to_send(), US=Decimal("0.02")) == Decimal("0.02")
    assert cost_of(night, to_send("DE"), US=Decimal("0.02")) is None


def test_five_billed_texts_are_truer_than_the_price_list(night: Night) -> None:
    billed(night, 4, "-0.00900")
    assert cost_of(night, to_send()) == Decimal("0.0075")

    billed(night, 1, "-0.01000", to="+1646555{:04d}")
    assert cost_of(night, to_send()) == Decimal("0.00920")


def test_the_mean_is_by_segment(night: Night) -> None:
    billed(night, 5, "-0.02400", segments=3)

    assert cost_of(night, to_send(segments=2)) == Decimal("0.01600")


def test_a_country_missing_in_the_price_list_costs_what_it_cost_before(night: Night) -> None:
    guernsey = to_send("GG")
    assert cost_of(night, guernsey) is None

    billed(night, 1, "-0.05240", to="+447911123456")
    assert cost_of(night, guernsey) == Decimal("0.05240")


def test_texts_of_two_months_ago_no_longer_count(night: Night) -> None:
    billed(night, 9, "-0.00900")
    night.clock.move(days=60)

    assert cost_of(night, to_send()) == Decimal("0.0075")


class SilentTwilio:
    """A pricing API that is down."""

    def price_per_segment(self, country: str) -> Decimal | None:
        raise Unreachable(f"Twilio did not answer about {country}.", service="Twilio")


def test_a_price_list_that_fails_leaves_the_cost_unknown(night: Night) -> None:
    services = night.services(dry_run=True, twilio=SilentTwilio())

    assert with_costs([to_send()], {}, services)[0].estimated_cost is None


def test_mails_have_no_price(night: Night) -> None:
    mail = to_send("", channel=Channel.EMAIL, segments=0)

    assert cost_of(night, mail) is None
