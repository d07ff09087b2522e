"""What must hold whatever went wrong: checked from outside, on the sandbox's own record and the state file.

Named as in facts/delivery-and-storage, section 3. Each check returns sentences about what is broken; none when
all is well. The checker trusts nothing the program says of itself but what it left in its state file.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from nsquilio.sandbox.outside import Sent, outbox
from nsquilio.sandbox.world import World
from nsquilio.store import open_state

EXIT_CODES = {0, 1, 2, 3, 4, 5, 6, 7, 70, 130}
Told = Counter[tuple[str, str]]


def told(world: World) -> Told:
    """How often each recipient gets each text or mail; what was canceled never left."""
    return Counter((sent.to, _words(sent)) for sent in outbox(world) if sent.status != "canceled")


def _words(sent: Sent) -> str:
    return f"{sent.subject or ''}{sent.body}"


def open_state_file(directory: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{directory / 'state.db'}?mode=ro", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    return connection


def unknown(directory: Path) -> list[str]:
    """Keys of the messages that stand in `status` for a person."""
    with open_state_file(directory) as db:
        return [
            row[0] for row in db.execute("SELECT key FROM messages WHERE outcome = 'unknown' ORDER BY id")
        ]


def doubled(world: World, expected: Told) -> list[str]:
    """I1: nobody gets a message twice, and nobody one that no undisturbed run would have sent."""
    return [
        f"I1: {count} times to {to}: {words[:70]}" for (to, words), count in (told(world) - expected).items()
    ]


def lost(world: World, directory: Path, expected: Told) -> list[str]:
    """I2: what should have gone out went out, or stands as unknown with the same recipient."""
    missing = expected - told(world)
    with open_state_file(directory) as db:
        rows = db.execute("SELECT recipient FROM messages WHERE outcome = 'unknown'")
        waiting = Counter(address for row in rows for address in row[0].split(", "))
    found = []
    for (to, words), _count in sorted(missing.items()):
        waiting[to] -= 1
        if waiting[to] < 0:
            found.append(f"I2: nothing to {to}, and nobody is asked: {words[:70]}")
    return found


def asked_for_nothing(world: World, directory: Path) -> list[str]:
    """I2: a person is asked only about what no list could tell."""
    sent = {(each.to, each.body) for each in outbox(world)}
    with open_state_file(directory) as db:
        rows = db.execute("SELECT key, recipient, body FROM messages WHERE outcome = 'unknown'").fetchall()
    return [
        f"I2: {row['key']} is in the service's list, and yet unknown"
        for row in rows
        if any((to, row["body"]) in sent for to in row["recipient"].split(", "))
    ]


def without_intent(directory: Path, body: bytes) -> list[str]:
    """I3: whoever sees a request to send can read its intent, committed, over a connection of his own."""
    with open_state_file(directory) as db:
        if body.startswith(b"{"):
            mail = json.loads(body)["personalizations"][0]
            what = mail["to"][0]["email"]
            asked = "key = ? AND channel = 'email'"
            given = tuple(mail["custom_args"].values())
        else:
            text = parse_qs(body.decode(), keep_blank_values=True)
            what, asked = text["To"][0], "recipient = ? AND body = ? AND channel = 'sms'"
            given = (what, text["Body"][0])
        asked = f"SELECT 1 FROM messages WHERE outcome = 'intent' AND {asked}"
        return (
            []
            if db.execute(asked, given).fetchone()
            else [f"I3: no intent is on disk of what goes to {what}"]
        )


def unlinked(world: World, directory: Path, company: str = "Example SaaS Inc.") -> list[str]:
    """I4: after a clean run each SID of ours in the outbox stands once in the state file, and no other. Texts that do
    not name the company are somebody else's in the same account.
    """
    with open_state_file(directory) as db:
        kept = Counter(row[0] for row in db.execute("SELECT sid FROM messages WHERE sid IS NOT NULL"))
    ours = [each for each in outbox(world) if each.channel == "email" or company in each.body]
    sent = {each.sid.partition(".recvd")[0] for each in ours}
    return [f"I4: {sid} stands {count} times in the state" for sid, count in kept.items() if count > 1] + [
        f"I4: {sid} is in one place only" for sid in sorted(sent ^ kept.keys())
    ]


def opted_out_and_texted(world: World, stopped: Mapping[str, datetime]) -> list[str]:
    """I5: nothing is handed over to a number after its STOP was served."""
    return [
        f"I5: {sent.to} said STOP at {stopped[sent.to]} and was texted at {sent.accepted_at}"
        for sent in outbox(world)
        if sent.channel == "sms" and sent.to in stopped and sent.accepted_at > stopped[sent.to]
    ]


def at_a_wrong_hour(world: World, directory: Path) -> list[str]:
    """I6: no text leaves outside 09:00 to 20:00, nor on a Sunday, in any zone its recipient may be in."""
    with open_state_file(directory) as db:
        zones = {
            row[0]: json.loads(row[1])
            for row in db.execute("SELECT sid, zones FROM messages WHERE sid IS NOT NULL")
        }
    rows = world.rows(
        "SELECT sid, to_number, leaves_at, send_at, canceled FROM twilio_message WHERE direction <> 'inbound'"
    )
    found = []
    for row in rows:
        leaves = row["leaves_at"] or row["send_at"]
        for zone in zones.get(row["sid"], ()) if leaves and not row["canceled"] else ():
            local = datetime.fromtimestamp(leaves, ZoneInfo(zone))
            if not (9 <= local.hour < 20 and local.weekday() < 6):
                found.append(f"I6: {row['to_number']} is texted at {local:%a %H:%M} {zone}")
    return found


def too_often(world: World, directory: Path) -> list[str]:
    """I7: one text to a number on one of its days, two contacts of a customer in seven; unknown ones count too."""
    taken = "outcome IN ('intent', 'sent', 'scheduled', 'unknown') AND foreign_origin IS NULL"
    with open_state_file(directory) as db:
        texts = db.execute(
            f"SELECT recipient, local_day, count(*) AS texts FROM messages WHERE channel = 'sms' AND {taken}"
            " GROUP BY recipient, local_day HAVING texts > 1"
        ).fetchall()
        rows = db.execute(f"SELECT DISTINCT customer_id, local_day FROM messages WHERE {taken}").fetchall()
    days: dict[str, list[date]] = {}
    for customer, day in rows:
        days.setdefault(customer, []).append(date.fromisoformat(day))
    return [f"I7: {row['texts']} texts to {row['recipient']} on {row['local_day']}" for row in texts] + [
        f"I7: {customer} was written to on {', '.join(map(str, sorted(of_one)))}"
        for customer, of_one in days.items()
        if any(sum(timedelta(0) <= day - first < timedelta(7) for day in of_one) > 2 for first in of_one)
    ]


def damaged(directory: Path) -> list[str]:
    """I8: the state file is whole."""
    with open_state_file(directory) as db:
        words = [row[0] for row in db.execute("PRAGMA integrity_check")]
        orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    return [f"I8: {word}" for word in words if word != "ok"] + [f"I8: orphan {tuple(row)}" for row in orphans]


def logged_twice(world: World) -> list[str]:
    """I9: NetSuite has one record per message and invoice."""
    rows = world.rows("SELECT * FROM ns_comm")
    pairs = Counter((row["custrecord_nsq_comm_sid"], row["custrecord_nsq_comm_invoice"]) for row in rows)
    return [
        f"I9: {count} records of {sid} on invoice {of}"
        for (sid, of), count in pairs.items()
        if count > 1 and sid
    ]


def not_logged(world: World, directory: Path) -> list[str]:
    """I9, the other half: after a good `log-replies` NetSuite has every message and every text that came in."""
    logged = {row[0] for row in world.rows("SELECT custrecord_nsq_comm_sid FROM ns_comm")}
    with open_state_file(directory) as db:
        kept = "SELECT sid FROM messages WHERE sid IS NOT NULL UNION SELECT sid FROM inbound"
        return [f"I9: NetSuite has no record of {row[0]}" for row in db.execute(kept) if row[0] not in logged]


def not_taken_in(world: World, directory: Path) -> list[str]:
    """I10: every inbound text stands in the state file; that it stands there once is the table's own key."""
    arrived = {row[0] for row in world.rows("SELECT sid FROM twilio_message WHERE direction = 'inbound'")}
    with open_state_file(directory) as db:
        kept = {row[0] for row in db.execute("SELECT sid FROM inbound WHERE channel = 'sms'")}
    return [f"I10: {sid} was not taken in" for sid in sorted(arrived - kept)]


def untrue(
    directory: Path, names: Mapping[str, str], now: datetime, head: tuple[int, str] | None
) -> list[str]:
    """I11: the audit trail verifies, also against a head that was kept before."""
    with open_state(directory, now=now, **names) as store:
        found = store.verify(head)
    return [f"I11: {broken.detail}" for broken in found.breaks]


def told_secrets(texts: Iterable[str], secrets: Iterable[str]) -> list[str]:
    """I12: no secret, whole number or address in what is printed or logged."""
    printed = "\n".join(texts)
    return [f"I12: {secret[:4]}… was printed" for secret in secrets if secret and secret in printed]


def strange_exit(code: int) -> list[str]:
    """I13."""
    return [] if code in EXIT_CODES else [f"I13: exit code {code}"]


def told_otherwise(directory: Path, command: str, code: int) -> list[str]:
    """I13, the other half: the state file says of the last run what its exit code said."""
    with open_state_file(directory) as db:
        asked = "SELECT exit_code FROM runs WHERE command = ? ORDER BY seq DESC LIMIT 1"
        kept = [row[0] for row in db.execute(asked, (command,))]
    return [] if kept == [code] else [f"I13: {command} ended with {code}, the state file says {kept}"]


def changed_something(world: World, since: int) -> list[str]:
    """I14: a dry run only reads; tokens, SuiteQL and the search of mail logs are POSTs by their nature."""
    reading = ("/services/rest/auth/", "/services/rest/query/", "/v3/logs")
    return [
        f"I14: {row['method']} {row['path']}"
        for row in world.history()
        if row["seq"] > since and row["method"] != "GET" and not row["path"].startswith(reading)
    ]
