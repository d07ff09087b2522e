"""One message, reply or event in full: its words, its outcome, its events, and what NetSuite has of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nsquilio.core.chain import Event
from nsquilio.core.model import Money
from nsquilio.core.money_words import money_words
from nsquilio.jobs.audit_lines import ERASED
from nsquilio.jobs.audit_show import LoggedSeen, MessageSeen, ReplySeen, Shown
from nsquilio.jobs.results import STATUS_OF
from nsquilio.render.json_out import day, money, utc
from nsquilio.render.layout import Screen

if TYPE_CHECKING:
    from rich.console import Console

_CHANNELS = {"sms": "Text", "call": "Call", "voicemail": "Voicemail", "email_event": "E-mail event"}
_BOOK_KEEPING = frozenset({"rows", "read", "reminders"})


def show_object(shown: Shown) -> dict[str, Any]:
    return {
        "schema": "nsquilio.audit-show.v1",
        "run_id": None,
        "asked": shown.asked,
        "messages": [_message(message) for message in shown.messages],
        "replies": [_reply(row) for row in shown.replies],
        "events": [_event(event) for event in shown.events],
        "communications": [_logged(row) for row in shown.logged],
    }


def _message(message: MessageSeen) -> dict[str, Any]:
    price = _priced(message)
    return {
        "message_key": message.key,
        "attempt": message.attempt,
        "run_id": message.run_id,
        "channel": str(message.channel),
        "to": message.to or None,
        "customer_id": message.customer_id,
        "customer": message.customer or None,
        "step": message.step,
        "subject": message.subject,
        "body": message.body or None,
        "erased": message.erased,
        "outcome": STATUS_OF[message.outcome],
        "sid": message.sid,
        "delivery_status": message.status,
        "status_at": utc(message.status_at),
        "error_code": message.error_code,
        "detail": message.detail or None,
        "written_at": utc(message.intent_at),
        "outcome_at": utc(message.outcome_at),
        "send_at": utc(message.send_at),
        "canceled_reason": message.canceled_reason,
        "settled_by": message.settled_by,
        "origin": message.foreign_origin,
        "segments": message.segments,
        "price": {"amount": f"{price[0]:f}", "currency": price[1]} if price else None,
        "reminders": [
            {
                "key": reminder.key,
                "invoice_id": reminder.invoice_id,
                "document_number": reminder.document_number,
                "due_date": day(reminder.due_date),
                "days_past_due": reminder.days_past_due,
                "open_balance": money(reminder.balance),
            }
            for reminder in message.reminders
        ],
    }


def _priced(message: MessageSeen) -> tuple[Any, str] | None:
    known = message.price is not None and message.price_currency
    return (abs(message.price), message.price_currency.upper()) if known else None  # type: ignore[arg-type, union-attr]


def _reply(row: ReplySeen) -> dict[str, Any]:
    reading = row.reading
    return {
        "sid": row.sid,
        "channel": row.channel,
        "from": row.sender or None,
        "to": row.recipient,
        "received_at": utc(row.received_at),
        "stored_at": utc(row.stored_at),
        "source": row.source,
        "body": row.body or None,
        "media": list(row.media),
        "status": row.status,
        "erased": row.erased,
        "kind": reading.kind if reading else None,
        "words": list(reading.words) if reading else [],
        "promise_date": day(reading.promise_date) if reading else None,
        "customer_id": row.customer_id,
        "invoice_ids": list(row.invoice_ids),
        "score": row.score,
        "signals": list(row.signals),
        "candidates": list(row.candidates),
        "inbox": row.inbox,
        "inbox_reason": row.inbox_reason,
        "closed_by": row.closed_by,
    }


def _event(event: Event) -> dict[str, Any]:
    """As in an export; what somebody made unreadable is shown as the text it is."""
    try:
        return event.read()
    except (ValueError, RecursionError):
        names = ("seq", "at", "run", "actor", "type", "ids", "details", "commitments", "prev", "hash")
        return {name: getattr(event, name) for name in names}


def _logged(row: LoggedSeen) -> dict[str, Any]:
    return {
        "external_id": row.eid,
        "state": row.state,
        "netsuite_id": row.netsuite_id,
        "invoice_id": row.invoice_id,
        "written_at": utc(row.written_at),
        "attempts": row.attempts,
        "error": row.last_error,
    }


def print_show(shown: Shown, zone: str, console: Console) -> None:
    screen, here = Screen(console), ZoneInfo(zone)
    for message in shown.messages:
        _print_message(message, here, screen)
    for row in shown.replies:
        _print_reply(row, here, screen)
    if shown.logged:
        screen.line("In NetSuite", "bold")
        for logged in shown.logged:
            _print_logged(logged, here, screen)
        screen.line()
    screen.line("Events", "bold")
    names = {message.key for message in shown.messages} | {row.sid for row in shown.replies}
    names |= {message.sid for message in shown.messages if message.sid}
    for event in shown.events:
        _print_event(event, names, here, screen)


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}" if at else ""


def _facts(rows: dict[str, str], screen: Screen) -> None:
    for name, value in rows.items():
        if value:
            screen.line(f"  {name.ljust(10)} {value}", hanging=13)


def _print_message(message: MessageSeen, zone: ZoneInfo, screen: Screen) -> None:
    attempt = f", attempt {message.attempt}" if message.attempt > 1 else ""
    screen.line(f"Message {message.key}{attempt}", "bold")
    status = f"{message.status} {_when(message.status_at, zone)}".strip() if message.status else ""
    price = _priced(message)
    _facts(
        {
            "to": f"{message.to or ERASED} ({message.channel})",
            "customer": f"{message.customer or ERASED} (customer:{message.customer_id})",
            "step": message.step,
            "written": f"{_when(message.intent_at, zone)}, run {message.run_id}",
            "to leave": _when(message.send_at, zone),
            "outcome": f"{STATUS_OF[message.outcome]} {_when(message.outcome_at, zone)}".rstrip(),
            "settled by": message.settled_by or "",
            "origin": message.foreign_origin or "",
            "canceled": message.canceled_reason or "",
            "SID": message.sid or "",
            "delivery": status,
            "error": " ".join(part for part in (message.error_code or "", message.detail) if part),
            "price": f"{price[1]} {price[0]:f}, {message.segments} segments" if price else "",
            "subject": message.subject or "",
            "words": ERASED if message.erased else message.body,
        },
        screen,
    )
    for reminder in message.reminders:
        screen.line(f"  invoice    {_invoice(reminder.document_number, reminder.balance)} {reminder.key}")
    screen.line()


def _invoice(number: str, balance: Money) -> str:
    return f"{number}, {money_words(balance)} open,"


def _print_reply(row: ReplySeen, zone: ZoneInfo, screen: Screen) -> None:
    screen.line(f"{_CHANNELS.get(row.channel, row.channel)} {row.sid}", "bold")
    reading = row.reading
    words = f" ({', '.join(reading.words)})" if reading and reading.words else ""
    _facts(
        {
            "from": row.sender or ERASED,
            "to": row.recipient,
            "received": _when(row.received_at, zone),
            "stored": f"{_when(row.stored_at, zone)} by {row.source}",
            "status": row.status,
            "words": ERASED if row.erased else row.body,
            "read as": f"{reading.kind}{words}" if reading else "",
            "customer": f"customer:{row.customer_id}" if row.customer_id else "",
            "invoices": ", ".join(f"invoice:{id_}" for id_ in row.invoice_ids),
            "signals": f"{', '.join(row.signals)} (score {row.score})" if row.signals else "",
            "inbox": f"{row.inbox}: {row.inbox_reason}" if row.inbox else "",
            "closed by": row.closed_by or "",
        },
        screen,
    )
    screen.line()


def _print_logged(row: LoggedSeen, zone: ZoneInfo, screen: Screen) -> None:
    at = f" {_when(row.written_at, zone)}" if row.written_at else ""
    record = f", record {row.netsuite_id}" if row.netsuite_id else ""
    error = f": {row.last_error}" if row.last_error else ""
    screen.line(f"  {row.eid}  {row.state}{at}{record}{error}", hanging=4)


def _print_event(event: Event, names: set[str], zone: ZoneInfo, screen: Screen) -> None:
    at = _when(datetime.fromisoformat(event.at), zone)
    by = f" by {event.actor}" if event.actor else ""
    run = f", run {event.run}" if event.run else ""
    screen.line(f"  {event.seq}  {at}  {event.type}{by}{run}", hanging=4)
    told = _told(event, names)
    if told:
        screen.line(f"      {told}", hanging=6)
    screen.line(f"      hash {event.hash}", "dim", hanging=6)


def _told(event: Event, names: set[str]) -> str:
    """Ids and details without the digests of rows, and without what the event says of other messages."""
    try:
        ids, details = json.loads(event.ids), json.loads(event.details)
        facts = {**ids, **{name: value for name, value in details.items() if name not in _BOOK_KEEPING}}
    except (ValueError, RecursionError, AttributeError, TypeError):
        return "unreadable: see `nsquilio audit verify`"
    own = {name: _own(value, names) for name, value in facts.items()}
    return ", ".join(
        f"{name} {_short(value)}" for name, value in own.items() if value not in (None, "", [], {})
    )


def _own(value: object, names: set[str]) -> object:
    """Of a list or an object with many, what is about these names; all of it where none is."""
    if isinstance(value, dict):
        found = [part for key, part in value.items() if key in names]
        return found[0] if len(found) == 1 else value
    if isinstance(value, list):
        mine = [one for one in value if any(name in str(one) for name in names)]
        others = f"and {len(value) - len(mine)} others"
        return (
            value if not mine else ", ".join(map(str, [*mine, *([others] if len(mine) < len(value) else [])]))
        )
    return value


def _short(value: object) -> str:
    text = value if isinstance(value, str) else _plain(value)
    return text if len(text) <= 200 else text[:199] + "…"


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part not in (None, "", "[]"))
    return ", ".join(map(str, value)) if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
