"""Weeks in virtual time: runs, what customers do in between, and what really left, checked from outside.

Nothing here asks the program what it believes: windows, limits and steps are worked out again from the
sandbox's own outbox, whose texts carry the invoice and the days past due in their words.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.model import Action, Reason
from nsquilio.core.rules import MailText, Rules, Step, StepKind
from nsquilio.jobs.holds import add_hold, release_hold
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.results import RemindResult
from nsquilio.sandbox import control
from nsquilio.sandbox.outside import Sent
from tests.jobs.night import Night

_LIST = "{% for i in invoices %}{{ i.number }}={{ i.days_past_due }} {% endfor %}"
_NAMED = re.compile(r"((?:INV|W)-\d+)=(-?\d+)")
_THANKED = re.compile(r"thanks for ((?:INV|W)-\d+)\.")

# What every atlas says of these numbers and addresses; where a number may be in two zones, both.
ZONES_BY_PREFIX = {
    "+1415": ("America/Los_Angeles",), "+1503": ("America/Los_Angeles",), "+1206": ("America/Los_Angeles",),
    "+1720": ("America/Denver",), "+1915": ("America/Denver",),
    "+1602": ("America/Phoenix",), "+16025550132": ("America/Phoenix", "America/New_York"),
    "+1312": ("America/Chicago",), "+1512": ("America/Chicago",), "+1214": ("America/Chicago",),
    "+1850": ("America/Chicago", "America/New_York"), "+1907": ("America/Anchorage",),
    "+1808": ("Pacific/Honolulu",), "+1787": ("America/Puerto_Rico",), "+1416": ("America/Toronto",),
    "+44": ("Europe/London",), "+49": ("Europe/Berlin",), "+33": ("Europe/Paris",),
    "+61": ("Australia/Sydney",), "+81": ("Asia/Tokyo",), "+1": ("America/New_York",),
}  # fmt: skip
HOLIDAYS = {  # of the weeks in question, and only those nobody disputes
    "Europe/London": {date(2026, 4, 3), date(2026, 4, 6)},
    "Europe/Berlin": {date(2026, 4, 3), date(2026, 4, 6)},
    "Europe/Paris": {date(2026, 4, 6)},
    "Australia/Sydney": {date(2026, 4, 3), date(2026, 4, 6)},
}
LIVELY = (
    *(
        "Acme Corp",
        "Bright Harbor Dental",
        "Kona Coffee Traders",
        "Pensacola Boat Works",
        "Thames & Sons Ltd",
    ),
    *("Müller Maschinenbau GmbH", "Outback Solar Pty", "Maple Leaf Print", "Anchorage Air Freight"),
    *("Robin Calloway", "Euro Foods SARL", "Nomad Outfitters", "Paperless LLC", "Isla Verde Rum"),
)
CANCELS_TAKE = timedelta(minutes=12)
"""A change this close to a text's leaving cannot be seen any more by the last look before it."""


def zones_of(number: str) -> tuple[str, ...]:
    return next(
        ZONES_BY_PREFIX[number[:n]] for n in range(len(number), 0, -1) if number[:n] in ZONES_BY_PREFIX
    )


def weeks_rules(rules: Rules) -> Rules:
    """The sandbox's rules with words that can be read back."""
    return replace(rules, reminders=replace(rules.reminders, steps=tuple(map(_told, rules.reminders.steps))))


def _told(step: Step) -> Step:
    text = "thanks for {{ invoice.number }}." if step.kind is StepKind.PAID else _LIST
    return replace(step, sms={"": "{{ company.name }}: " + text}, email={"": MailText("About it", text)})


def step_on(days_past_due: int) -> str:
    """By the schedule of the sandbox's configuration: 5 days before, 1, 7 and 14 days after."""
    steps = ((14, "late-14"), (7, "late-7"), (1, "late-1"))
    return next((name for first, name in steps if days_past_due >= first), "upcoming")


def named(sent: Sent) -> list[tuple[str, str]]:
    """(document number, step) of what a message is about."""
    thanks = [(number, "thanks") for number in _THANKED.findall(sent.body)]
    return thanks + [(number, step_on(int(days))) for number, days in _NAMED.findall(sent.body)]


@dataclass(slots=True)
class Happened:
    """What people did, and when: by document number or telephone number."""

    paid: dict[str, datetime] = field(default_factory=dict)
    changed: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    stopped: dict[str, datetime] = field(default_factory=dict)
    held: dict[str, list[tuple[datetime, datetime | None]]] = field(default_factory=lambda: defaultdict(list))


class Weeks:
    """One simulation. `seed` decides what people do; the same seed does the same."""

    def __init__(self, night: Night, seed: int) -> None:
        self.night = night
        self.rules = weeks_rules(night.app.rules)
        self.dice = random.Random(seed)
        self.happened = Happened()
        self.results: list[RemindResult] = []
        self.canceled: set[str] = set()
        self._waited: dict[str, str] = {}
        self._numbers = 0
        control.change_invoice(night.world, "invoice:1099", tranid="INV-1099")

    @property
    def now(self) -> datetime:
        return self.night.clock.now

    # --- what cron does ---

    def run(self) -> RemindResult:
        dry = self.night.remind(rules=self.rules, dry_run=True)
        real = self.night.remind(rules=self.rules)
        assert _planned(real) == _planned(dry)
        assert [(d.invoice_id, d.reason, d.not_before) for d in real.decisions] == [
            (d.invoice_id, d.reason, d.not_before) for d in dry.decisions
        ]
        assert {row.status for row in real.messages} <= {"sent", "scheduled"}
        assert real.fetched == sum(real.by_action.values())
        self._check_none_forgotten(real)
        self.results.append(real)
        return real

    def pull(self) -> None:
        pulled = pull_inbound(self.night.services(rules=self.rules))
        assert pulled.problems == ()
        self.canceled.update(pulled.canceled)

    def _check_none_forgotten(self, result: RemindResult) -> None:
        """What waited goes on waiting, goes out, has a reason not to, or stands among the expired ones."""
        decided = {d.invoice_id: d for d in result.decisions}
        store = self.night.services().store
        expired = {row.invoice_id for row in store.runs.expired(self.now - timedelta(days=60))}
        for invoice_id, number in self._waited.items():
            last = decided.get(invoice_id)
            if last is None:
                assert number in self.happened.paid or invoice_id in expired, f"{number} was forgotten"
            elif last.reason is Reason.EXPIRED:
                assert invoice_id in expired, f"{number} expired in silence"
        self._waited = {d.invoice_id: d.document_number for d in result.decisions if d.action is Action.WAIT}

    # --- what people do ---

    def something_happens(self) -> None:
        self.dice.choice((self._pays, self._pays_a_part, self._says_stop, self._is_held, self._moves_the_date,
                          self._is_billed, self._is_billed))()  # fmt: skip

    def _open_numbers(self) -> list[str]:
        rows = self.night.world.rows(
            "SELECT tranid FROM ns_transaction WHERE type = 'CustInvc' AND status = 'A' ORDER BY id"
        )
        return [row["tranid"] for row in rows]

    def _an_open_one(self) -> str:
        last = [n for r in self.results[-2:] for row in r.messages for n in (_numbers_of(row.message))]
        still = set(self._open_numbers())
        chosen = [n for n in last if n in still] if self.dice.random() < 0.7 else []
        return self.dice.choice(chosen or sorted(still))

    def _pays(self) -> None:
        number = self._an_open_one()
        self.night.pay(number)
        self.happened.paid[number] = self.now

    def _pays_a_part(self) -> None:
        number = self._an_open_one()
        self.night.pay(number, amount=Decimal("1.00"))
        self.happened.changed[number].append(self.now)

    def _moves_the_date(self) -> None:
        number = self._an_open_one()
        due = self.now.date() + timedelta(days=self.dice.randint(-3, 12))
        before = self.night.world.value("SELECT duedate FROM ns_transaction WHERE tranid = ?", (number,))
        if before != due.isoformat():
            control.change_invoice(self.night.world, number, duedate=due)
            self.happened.changed[number].append(self.now)

    def _says_stop(self) -> None:
        texted = sorted({sent.to for sent in self.night.texts()} - self.happened.stopped.keys())
        if texted and len(self.happened.stopped) < 4:
            number = self.dice.choice(texted)
            self.night.reply(number, self.dice.choice(("STOP", "please stop texting me", "Unsubscribe")))
            self.happened.stopped[number] = self.now

    def _is_held(self) -> None:
        held = [number for number, spans in self.happened.held.items() if spans[-1][1] is None]
        services = self.night.services(rules=self.rules)
        if held and self.dice.random() < 0.6:
            number = self.dice.choice(held)
            release_hold(services, number)
            start, _ = self.happened.held[number].pop()
            self.happened.held[number].append((start, self.now))
            return
        number = self._an_open_one()
        if number not in held:
            add_hold(services, number, "asked by telephone", None)
            self.happened.held[number].append((self.now, None))

    def _is_billed(self) -> None:
        self._numbers += 1
        due = self.now.date() + timedelta(days=self.dice.randint(-2, 6))
        amount = Decimal(self.dice.randint(1_000, 90_000)) / 100
        control.new_invoice(
            self.night.world, self.dice.choice(LIVELY), amount, due, number=f"W-{self._numbers}"
        )

    # --- the weeks ---

    def nightly(self, days: int, events_a_day: int = 4) -> None:
        """One run a night; `pull-inbound` after each event and before each text leaves, as cron does."""
        for _ in range(days):
            self.run()
            tonight = self.now
            later = [tonight + timedelta(minutes=self.dice.randint(1, 1430)) for _ in range(events_a_day)]
            tomorrow = tonight + timedelta(days=1)
            looks = [(t, False) for t in self._last_looks() if t < tomorrow]
            for at, is_event in sorted([*((t, True) for t in later), *looks]):
                self.night.clock.now = max(self.now, at)
                if is_event:
                    self.something_happens()
                    self.night.clock.move(minutes=4)
                self.pull()
            self.night.clock.now = max(self.now, tomorrow)

    def hourly(self, hours: int, event_every: int = 5) -> None:
        for hour in range(hours):
            self.run()
            started = self.now
            self.night.clock.move(minutes=20)
            if hour % event_every == 0:
                self.something_happens()
                self.night.clock.move(minutes=4)
                self.pull()
            for at in [t for t in self._last_looks() if self.now < t < started + timedelta(hours=1)]:
                self.night.clock.now = at
                self.pull()
            self.night.clock.now = started + timedelta(hours=1)

    def _last_looks(self) -> list[datetime]:
        scheduled = self.night.services().store.messages.scheduled()
        leaving = {m.send_at for m in scheduled if m.send_at is not None}
        return sorted(at - timedelta(minutes=10) for at in leaving)

    def end(self) -> None:
        """Two quiet days, so that everything scheduled has left."""
        for _ in range(16):
            until = self.now + timedelta(hours=3)
            for at in [t for t in self._last_looks() if self.now < t < until]:
                self.night.clock.now = at
                self.pull()
            self.night.clock.now = until
            self.pull()

    # --- what must be true of all that left ---

    def check(self) -> None:
        texts = [sent for sent in self.night.texts() if sent.sent_at is not None]
        mails = self.night.mails()
        assert len(texts) > 10
        assert mails
        for sent in texts:
            check_window(sent)
            self._check_wanted(sent)
        self._check_once(texts, mails)
        self._check_number_limit(texts)
        self._check_customer_limit()
        self._check_all_arrived()

    def _check_wanted(self, sent: Sent) -> None:
        assert sent.sent_at is not None
        stopped = self.happened.stopped.get(sent.to)
        assert stopped is None or sent.sent_at < stopped + CANCELS_TAKE, (
            f"text after STOP at {stopped}: {sent}"
        )
        for number, step in named(sent):
            paid = self.happened.paid.get(number)
            if step != "thanks":
                assert paid is None or sent.sent_at < paid + CANCELS_TAKE, f"text about what is paid: {sent}"
            for at in self.happened.changed[number]:
                assert not sent.accepted_at < at < sent.sent_at - CANCELS_TAKE, f"old words: {sent}"
            for since, until in self.happened.held[number]:
                is_in = since < sent.sent_at and (until is None or sent.sent_at < until)
                assert not is_in, f"text about what is held: {sent}"

    def _check_once(self, texts: list[Sent], mails: list[Sent]) -> None:
        told = Counter((n, step) for sent in texts if sent.status != "undelivered" for n, step in named(sent))
        mailed: set[tuple[str, str, str]] = {(m.sid.split(".")[0], *each) for m in mails for each in named(m)}
        told += Counter((number, step) for _sid, number, step in mailed)
        moved = set(self.happened.changed)  # a new due date makes days past due tell another step's name
        assert [key for key, times in told.items() if times > 1 and key[0] not in moved] == []
        keys = Counter(
            reminder.key
            for result in self.results
            for row in result.messages
            if row.status in ("sent", "scheduled") and not self._was_canceled(row.message.key)
            for reminder in row.message.reminders
        )
        assert [key for key, times in keys.items() if times > 1] == []

    def _was_canceled(self, key: str) -> bool:
        stored = self.night.services().store.messages.stored(key)
        return stored is None or stored.outcome == "canceled"

    def _check_number_limit(self, texts: list[Sent]) -> None:
        days = Counter((sent.to, local(sent, zones_of(sent.to)[0]).date()) for sent in texts)
        assert [key for key, times in days.items() if times > 1] == []

    def _check_customer_limit(self) -> None:
        """At most two days with a contact in any seven of the customer's."""
        left = {sent.sid: sent for sent in self.night.texts() if sent.sent_at is not None}
        left |= {sent.sid.split(".")[0]: sent for sent in self.night.mails()}
        days: dict[str, set[date]] = defaultdict(set)
        for result in self.results:
            for row in result.messages:
                sent = left.get(row.sid or "")
                if sent is not None:
                    zones = zones_of(sent.to) if sent.channel == "sms" else row.message.zones
                    days[row.message.customer_id].add(min(local(sent, zone).date() for zone in zones))
        for customer, contacted in days.items():
            for day in contacted:
                week = [d for d in contacted if timedelta(0) <= d - day < timedelta(days=7)]
                assert len(week) <= 2, (customer, sorted(contacted))

    def _check_all_arrived(self) -> None:
        """Every message that a run called sent or scheduled has left or was canceled: none is lost."""
        left = {sent.sid for sent in self.night.texts() if sent.sent_at is not None}
        gone = {sent.sid.split(".")[0] for sent in self.night.mails()}
        lost = [
            row.message.key
            for result in self.results
            for row in result.messages
            if row.sid not in left | gone and not self._was_canceled(row.message.key)
        ]
        assert lost == []


def check_window(sent: Sent) -> None:
    """09:00 to 20:00 from Monday to Saturday, no public holiday, in each zone the number may be in."""
    for zone in zones_of(sent.to):
        there = local(sent, zone)
        inside = time(9) <= there.time() < time(20) and there.weekday() < 6
        assert inside, f"{there:%a %H:%M} {zone}: {sent}"
        assert there.date() not in HOLIDAYS.get(zone, ()), f"holiday in {zone}: {sent}"


def local(sent: Sent, zone: str) -> datetime:
    return (sent.sent_at or sent.accepted_at).astimezone(ZoneInfo(zone))


def _planned(result: RemindResult) -> list[tuple[object, ...]]:
    return [
        (m.key, m.to, m.body, m.subject, m.send_at, m.validity_s)
        for m in (row.message for row in result.messages)
    ]


def _numbers_of(message: object) -> list[str]:
    return [reminder.document_number for reminder in message.reminders]  # type: ignore[attr-defined]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
