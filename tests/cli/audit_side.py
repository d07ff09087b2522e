"""A state file as some weeks leave it, for the commands of `audit`, and what others may do to it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from decimal import Decimal

from nsquilio.core.model import Channel, HoldKind, Outcome
from nsquilio.store import MatchSeen, Reading, StatusSeen, Store, open_state
from tests.cli.admin_side import Setup
from tests.store.builders import NOW, a_message, a_reminder, an_inbound, an_outcome, sent

KEY = "1042:late-7:preferred"
MINUTE = timedelta(minutes=1)


def state_of(setup: Setup) -> Store:
    settings = setup.settings
    return open_state(
        settings.state_directory,
        profile=settings.profile,
        netsuite_account=settings.netsuite.account,
        twilio_account=settings.twilio.account_sid,
        now=NOW,
    )


def a_conversation(store: Store) -> None:
    """Acme is texted, answers, is held and opts out; Beta's text fails; Gamma's is canceled."""
    sent(store, a_message())
    store.messages.update_statuses([StatusSeen(f"SM-{KEY}", "delivered", NOW + MINUTE, final=True)], NOW)
    _beta(store)
    _gamma(store)
    promise = Reading("promise", "promise.will", ("pay",))
    answer = an_inbound("SM01", received_at=NOW + 5 * MINUTE, reading=promise, status="received")
    hostile = an_inbound(
        "SM02",
        received_at=NOW + 6 * MINUTE,
        body='=HYPERLINK("http://evil.example")\x1b[31m',
        sender="+14155550177",
    )
    store.inbound.store_page([answer, hostile], NOW + 7 * MINUTE, "poll")
    store.inbound.record_matches(
        [MatchSeen("SM01", "88", "1042", ("1042",), 9, ("document_number",))], NOW + 7 * MINUTE
    )
    at = NOW + 8 * MINUTE
    number = store.blocks.add_promise(
        at, invoice_id="1042", customer_id="88", inbound_sid="SM01", promised_on=NOW.date(),
        amount=Decimal("9400.00"), currency="USD",
    )  # fmt: skip
    store.blocks.decide_promise(number, "accepted", "ann", at + MINUTE)
    hold = store.blocks.add_hold(
        HoldKind.PERSON, "call first", at, customer_id="88", invoice_id="1042", actor="ann"
    )
    store.blocks.release_holds([hold], "ann", at + 2 * MINUTE)
    store.blocks.opt_out("+14155550100", Channel.SMS, "keyword", "SM03", at + 3 * MINUTE, customer_ids=["88"])


def _beta(store: Store) -> None:
    reminder = a_reminder("7:late-7:preferred", customer_id="99")
    beta = a_message(
        "beta", customer_id="99", customer="Beta Optics", to="+14155550142", reminders=(reminder,)
    )
    sent(store, beta, at=NOW + MINUTE)
    status = StatusSeen("SM-beta", "undelivered", NOW + 2 * MINUTE, "30005", final=True, failed_for_good=True)
    store.messages.update_statuses([status], NOW + 2 * MINUTE)


def _gamma(store: Store) -> None:
    reminder = a_reminder("8:late-7:preferred", customer_id="77")
    gamma = a_message(
        "gamma", customer_id="77", customer="Gamma Optics", to="+14155550143", reminders=(reminder,)
    )
    store.messages.commit_intents([gamma], NOW + 2 * MINUTE)
    store.messages.record_outcomes([an_outcome("gamma", Outcome.SCHEDULED, at=NOW + 2 * MINUTE)])
    store.messages.mark_cancel_wanted(["gamma"], "paid", NOW + 3 * MINUTE)
    canceled = StatusSeen("SM-gamma", "canceled", NOW + 4 * MINUTE, final=True, outcome=Outcome.CANCELED)
    store.messages.update_statuses([canceled], NOW + 4 * MINUTE)


def tamper(setup: Setup, *statements: str) -> None:
    """Takes the triggers away and puts them back, as somebody with some patience would."""
    connection = sqlite3.connect(setup.state / "state.db", isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in ("DELETE FROM event_refs", *statements):
        connection.execute(statement)
    for _name, sql in triggers:
        connection.execute(sql)
    connection.close()
