"""March 2026 as it could have been: nightly runs, answers, promises, payments, opt-outs, hostile words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from nsquilio.core.model import Channel
from nsquilio.jobs.pull_inbound import pull
from nsquilio.sandbox import control
from nsquilio.store import InboundSeen, MatchSeen, Reading, Store
from tests.jobs.night import Night

END = datetime(2026, 4, 1, 13, 0, tzinfo=UTC)

FORMULA = '=HYPERLINK("http://evil.example","click")'
MARKUP = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>"
TERMINAL = "\x1b]0;owned\x07\x1b[31mred\x1b[0m [bold]markup[/bold] \u202egnp.exe"
HOSTILE = (FORMULA, "+1+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3", MARKUP, TERMINAL, "\r\n=1+1", "＝1+1")


def answer(
    store: Store,
    sid: str,
    at: datetime,
    body: str = "ok",
    *,
    customer: str = "88",
    invoices: tuple[str, ...] = (),
    kind: str = "other",
    channel: str = "sms",
    sender: str = "+14155550100",
) -> None:
    """Something a customer wrote or said, read and matched."""
    seen = InboundSeen(
        sid, channel, sender, "+14155550199", at, body, status="received", reading=Reading(kind)
    )
    store.inbound.store_page([seen], at, "poll")
    invoice = invoices[0] if len(invoices) == 1 else None
    store.inbound.record_matches([MatchSeen(sid, customer, invoice, invoices, 90)], at)


def live_through_march(night: Night, nights: int = 10) -> None:
    """Runs every third night; people pay, answer and say no; the clock stands on 1 April afterwards."""
    for n in range(nights):
        night.remind()
        for number in _PAID.get(n, ()):
            night.pay(number)
        night.clock.move(days=3)
        _answers(night, n)
        with_store = night.services()
        pull(with_store, night.clock.now)
    night.clock.now = END
    pull(night.services(), END)


_PAID = {
    1: ("INV-1057", "INV-1055"),
    2: ("INV-1207",),
    3: ("INV-1042", "INV-1044"),
    5: ("INV-1053",),
    8: ("INV-1095",),
}


def _answers(night: Night, n: int) -> None:
    store, at = night.services().store, night.clock.now - timedelta(hours=5)
    if n == 1:
        answer(store, "SMpaid", at, "I have paid INV-1057", invoices=("1057",), kind="paid_claim")
        answer(store, "SMclaim", at, "paid last week!", invoices=("1058",), kind="paid_claim")
    if n == 2:
        answer(
            store,
            "SMdispute",
            at,
            "We never got these goods",
            customer="90",
            invoices=("1044",),
            kind="dispute",
        )
        store.blocks.opt_out("+14155550161", Channel.SMS, "keyword", "reply SMstop", at, customer_ids=["94"])
    if n == 3:
        for number, words in enumerate(HOSTILE):
            answer(
                store,
                f"SMhostile{number}",
                at + timedelta(minutes=number),
                words,
                customer="91",
                invoices=("1045",),
            )
        promise(store, "SMpromise", at, date(2026, 3, 20), "kept")
        promise(store, "SMbroken", at, date(2026, 3, 21), "broken")
        promise(store, "SMnext", at, date(2026, 4, 3), "accepted")
    if n == 4:
        answer(
            store, "RE1", at, "Please call me back", customer="92", channel="voicemail", sender="+13125550131"
        )


def promise(store: Store, sid: str, at: datetime, day: date, state: str) -> None:
    answer(store, sid, at, f"will pay on {day}", customer="93", invoices=("1048",), kind="promise")
    number = store.blocks.add_promise(
        at,
        invoice_id="1048",
        customer_id="93",
        inbound_sid=sid,
        promised_on=day,
        amount=Decimal("92.75"),
        currency="USD",
    )
    if state != "draft":
        store.blocks.decide_promise(number, state, "jo", at)


def an_invoice(
    night: Night, customer: str, amount: str, issued: date, due: date, number: str, **more: object
) -> str:
    return control.new_invoice(
        night.world, customer, Decimal(amount), due, number=number, entered=issued, **more
    )
