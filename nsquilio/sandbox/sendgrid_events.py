"""What becomes of a mail: processed, delivered, bounced, dropped, complained about. Recipients follow rules.

A mail's fate is decided when it is accepted and stored as instants, so its status is read off the world's
clock; what it puts on a suppression list stands there from its instant on. Answers no request.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from nsquilio.errors import WrongUsage
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS sendgrid_mail (
    seq INTEGER PRIMARY KEY,
    sg_message_id TEXT NOT NULL UNIQUE,
    message_id TEXT NOT NULL,   -- X-Message-Id: one request, many recipients
    from_email TEXT NOT NULL,
    to_email TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    custom_args TEXT NOT NULL,  -- JSON object
    categories TEXT NOT NULL,   -- JSON list
    created REAL NOT NULL,
    leaves_at REAL NOT NULL,
    meanwhile TEXT NOT NULL DEFAULT 'processed',  -- its status until final_at
    final_at REAL NOT NULL,
    final_status TEXT NOT NULL,
    reason TEXT NOT NULL,
    smtp_status TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sendgrid_mail_created ON sendgrid_mail (created);
CREATE INDEX IF NOT EXISTS sendgrid_mail_to ON sendgrid_mail (to_email, created);
CREATE INDEX IF NOT EXISTS sendgrid_mail_request ON sendgrid_mail (message_id);
CREATE TABLE IF NOT EXISTS sendgrid_suppression (
    seq INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    email TEXT NOT NULL,
    created REAL NOT NULL,
    reason TEXT NOT NULL,
    status TEXT NOT NULL,
    UNIQUE (list, email)
);
CREATE INDEX IF NOT EXISTS sendgrid_suppression_created ON sendgrid_suppression (list, created);
CREATE TABLE IF NOT EXISTS sendgrid_mailbox (
    pattern TEXT PRIMARY KEY,   -- an address, or '@' and a domain
    behaviour TEXT NOT NULL
) WITHOUT ROWID;
"""

LISTS = ("bounces", "blocks", "spam_reports", "invalid_emails", "unsubscribes")
_HOUR_S = 3600.0


@dataclass(frozen=True)
class Mailbox:
    """`lists`: the suppression list that its owner lands on, `listed_after_s` after the mail's end."""

    ends: str = "delivered"
    reason: str = "250 OK"
    smtp_status: str = "250"
    lists: str = ""
    listed_after_s: float = 0
    meanwhile: str = "processed"
    final_after_s: float = 0  # 0: as usual in this world


MAILBOXES = {
    "delivers": Mailbox(),
    "bounces": Mailbox("bounced", "550 5.1.1 The email account does not exist", "5.1.1", "bounces"),
    "blocks": Mailbox("blocked", "550 5.7.1 Message refused by policy", "5.7.1", "blocks"),
    "complains": Mailbox(lists="spam_reports", listed_after_s=_HOUR_S),
    "unsubscribes": Mailbox(lists="unsubscribes", listed_after_s=_HOUR_S),
    "invalid": Mailbox("dropped", "Invalid", "", "invalid_emails"),
    "defers": Mailbox(meanwhile="deferred", final_after_s=6 * _HOUR_S),
}
_DROPPED = {  # list -> reason of the drop; a block does not keep later mails back
    "bounces": "Bounced Address",
    "spam_reports": "Spam Reporting Address",
    "invalid_emails": "Invalid",
    "unsubscribes": "Unsubscribed Address",
}


@dataclass(frozen=True)
class Letter:
    """One mail to one recipient, as it was accepted."""

    message_id: str
    from_email: str
    to_email: str
    reply_to: str
    subject: str
    text: str
    html: str
    custom_args: dict[str, str]
    categories: Sequence[str]
    send_at: float
    despite_lists: bool


@dataclass(frozen=True)
class Mail:
    sg_message_id: str
    from_email: str
    to_email: str
    subject: str
    text: str
    html: str
    custom_args: dict[str, str]
    status: str
    created: float
    left_at: float | None


def set_mailbox(world: World, pattern: str, behaviour: str) -> None:
    """`pattern`: an address, or `@domain`. `behaviour`: a name of MAILBOXES."""
    if behaviour not in MAILBOXES:
        raise WrongUsage(f"No mailbox {behaviour!r}.", f"Known: {', '.join(MAILBOXES)}.")
    with world.change() as db:
        db.execute("INSERT OR REPLACE INTO sendgrid_mailbox VALUES (?, ?)", (pattern.lower(), behaviour))


def suppress(world: World, name: str, email: str, reason: str = "", at: float | None = None) -> None:
    """Puts an address on a suppression list, now or at an instant."""
    if name not in LISTS:
        raise WrongUsage(f"No suppression list {name!r}.", f"Known: {', '.join(LISTS)}.")
    with world.change() as db:
        db.execute(
            "INSERT INTO sendgrid_suppression (list, email, created, reason, status)"
            " VALUES (:list, :email, :created, :reason, :status) ON CONFLICT DO NOTHING",
            {
                "list": name,
                "email": email.lower(),
                "created": world.now().timestamp() if at is None else at,
                "reason": reason,
                "status": next(iter(reason.split()[1:2]), "") if reason[:1].isdigit() else "",
            },
        )


def new_message_id() -> str:
    """22 characters, as `X-Message-Id` has."""
    return secrets.token_urlsafe(16)


def accept(world: World, letters: Sequence[Letter]) -> None:
    """Stores the mails with their fate."""
    now = world.now().timestamp()
    with world.change() as db:
        db.executemany(_INSERT, [_row(world, letter, index, now) for index, letter in enumerate(letters)])


_INSERT = """
INSERT INTO sendgrid_mail (
    sg_message_id, message_id, from_email, to_email, reply_to, subject, text, html, custom_args, categories,
    created, leaves_at, meanwhile, final_at, final_status, reason, smtp_status
) VALUES (
    :sg_message_id, :message_id, :from_email, :to_email, :reply_to, :subject, :text, :html, :custom_args,
    :categories, :created, :leaves_at, :meanwhile, :final_at, :final_status, :reason, :smtp_status
)"""


def _row(world: World, letter: Letter, index: int, now: float) -> dict[str, object]:
    leaves_at = max(now, letter.send_at)
    box = _mailbox(world, letter)
    final_at = leaves_at + (box.final_after_s or float(world.setting("sendgrid.delivery_s", 5)))
    if box.lists:
        suppress(world, box.lists, letter.to_email, box.reason, final_at + box.listed_after_s)
    return {
        "sg_message_id": f"{letter.message_id}.recvd-{secrets.token_hex(5)}-{index + 1}.0",
        "message_id": letter.message_id,
        "from_email": letter.from_email,
        "to_email": letter.to_email,
        "reply_to": letter.reply_to,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "custom_args": json.dumps(letter.custom_args),
        "categories": json.dumps(list(letter.categories)),
        "created": now,
        "leaves_at": leaves_at,
        "meanwhile": box.meanwhile,
        "final_at": final_at,
        "final_status": box.ends,
        "reason": box.reason,
        "smtp_status": box.smtp_status,
    }


def _mailbox(world: World, letter: Letter) -> Mailbox:
    email = letter.to_email.lower()
    listed = world.rows(
        "SELECT list FROM sendgrid_suppression WHERE email = ? AND created <= ?",
        (email, max(world.now().timestamp(), letter.send_at)),
    )
    reasons = [_DROPPED[row["list"]] for row in listed if row["list"] in _DROPPED]
    if reasons and not letter.despite_lists:
        return Mailbox("dropped", reasons[0], "")
    found = world.value(
        "SELECT behaviour FROM sendgrid_mailbox WHERE pattern IN (?, ?)"
        " ORDER BY length(pattern) DESC LIMIT 1",
        (email, "@" + email.rpartition("@")[2]),
    )
    return MAILBOXES[found or "delivers"]


def status_at(row: sqlite3.Row, now: float) -> str:
    return str(row["final_status"] if now >= row["final_at"] else row["meanwhile"])


def mails(world: World, now: float) -> list[Mail]:
    """Every mail, oldest first."""
    return [
        Mail(
            sg_message_id=row["sg_message_id"],
            from_email=row["from_email"],
            to_email=row["to_email"],
            subject=row["subject"],
            text=row["text"],
            html=row["html"],
            custom_args=json.loads(row["custom_args"]),
            status=status_at(row, now),
            created=row["created"],
            left_at=None if row["final_status"] == "dropped" or row["leaves_at"] > now else row["leaves_at"],
        )
        for row in world.rows("SELECT * FROM sendgrid_mail ORDER BY seq")
    ]
