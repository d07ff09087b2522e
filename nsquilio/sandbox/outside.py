"""What the people on the other side do: customers who answer, call, bounce and complain; and what they got.

For `sandbox reply`, `call` and `outbox`, the demo and tests. Nothing here is reachable over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import sendgrid_events, twilio_rules, twilio_voice
from nsquilio.sandbox.twilio_access import new_sid, open_account, own_numbers
from nsquilio.sandbox.twilio_drafts import is_number
from nsquilio.sandbox.twilio_sending import receive, send_scheduled, status_at
from nsquilio.sandbox.world import World


@dataclass(frozen=True)
class Sent:
    """A text or mail that a service accepted from us. `sid`: message SID or sg_message_id."""

    channel: str  # "sms" or "email"
    sid: str
    to: str
    from_: str | None
    subject: str | None
    body: str
    status: str
    error_code: int | None
    accepted_at: datetime
    sent_at: datetime | None  # None: has not left, or never will
    custom_args: dict[str, str]


def reply(
    world: World,
    from_: str,
    to: str | None,
    text: str,
    media: Sequence[tuple[str, bytes]] = (),
) -> str:
    """A text from outside arrives now. `to`: one of our numbers; None: the one that last wrote to `from_`.
    `media`: (content type, bytes). Returns the message SID."""
    open_account(world)
    _check_number(from_)
    now = world.now().timestamp()
    send_scheduled(world, now)
    number = _our_number(world, to, from_)
    with world.change() as db:
        sid = receive(world, [(from_, number, text, now, len(media))])[0]
        for kind, content in media:
            db.execute(
                "INSERT INTO twilio_media (sid, message_sid, content_type, content, created)"
                " VALUES (?, ?, ?, ?, ?)",
                (new_sid("ME"), sid, kind, content, now),
            )
        twilio_rules.obey(world, number, from_, twilio_rules.keyword(world, number, text))
    return sid


def replies(world: World, texts: Iterable[tuple[str, str, str, datetime]]) -> list[str]:
    """Many texts from outside at times of their own: (from, to, text, when). No keyword is obeyed. Returns
    the SIDs. Fast enough for a hundred thousand."""
    open_account(world)
    return receive(world, ((from_, to, text, at.timestamp(), 0) for from_, to, text, at in texts))


def call(
    world: World,
    from_: str,
    to: str | None,
    *,
    answered: bool = False,
    voicemail_text: str | None = None,
) -> str:
    """A call from outside, just over: answered, missed, or with a voicemail. Returns the call SID."""
    open_account(world)
    _check_number(from_)
    number = _our_number(world, to, from_)
    return twilio_voice.ring(world, from_, number, answered=answered, voicemail=voicemail_text)


def _check_number(number: str) -> None:
    if not is_number(number) and not (number.isdecimal() and 3 <= len(number) <= 6):
        raise WrongUsage(f"{number!r} is not a telephone number.", "Write it as +14155550123.")


def _our_number(world: World, to: str | None, from_: str) -> str:
    ours = own_numbers(world)
    if to is None:
        wrote = world.value(
            "SELECT from_number FROM twilio_message WHERE to_number = ? AND from_number IS NOT NULL"
            " AND direction <> 'inbound' ORDER BY seq DESC LIMIT 1",
            (from_,),
        )
        return str(wrote or ours[0])
    if to not in ours:
        raise WrongUsage(f"{to!r} is not a number of this account.", f"Its numbers: {', '.join(ours)}.")
    return to


def outbox(world: World) -> list[Sent]:
    """Everything a service accepted from us, canceled or not, oldest first."""
    now = world.now().timestamp()
    send_scheduled(world, now)
    return sorted([*_texts(world, now), *_mails(world, now)], key=lambda sent: sent.accepted_at)


def _texts(world: World, now: float) -> list[Sent]:
    rows = world.rows(
        "SELECT * FROM twilio_message WHERE direction <> 'inbound' ORDER BY seq",
    )
    return [
        Sent(
            channel="sms",
            sid=row["sid"],
            to=row["to_number"],
            from_=row["from_number"],
            subject=None,
            body=row["body"],
            status=status_at(row, now),
            error_code=row["error_code"] if status_at(row, now) in ("failed", "undelivered") else None,
            accepted_at=_at(row["created"]),
            sent_at=_at(row["sent_at"]) if row["sent_at"] and row["sent_at"] <= now else None,
            custom_args={},
        )
        for row in rows
    ]


def _mails(world: World, now: float) -> list[Sent]:
    return [
        Sent(
            channel="email",
            sid=mail.sg_message_id,
            to=mail.to_email,
            from_=mail.from_email,
            subject=mail.subject,
            body=mail.text,
            status=mail.status,
            error_code=None,
            accepted_at=_at(mail.created),
            sent_at=_at(mail.left_at) if mail.left_at is not None else None,
            custom_args=mail.custom_args,
        )
        for mail in sendgrid_events.mails(world, now)
    ]


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
