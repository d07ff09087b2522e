"""Every request our clients make of Twilio and SendGrid, held against the services' published descriptions.

Twilio ignores names it does not know without a word, so a misspelt filter would go unnoticed otherwise.
"""

from __future__ import annotations

import importlib.util
import json
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest
from remote_builders import NOW

from nsquilio.core.model import Channel, Message
from nsquilio.remote.sendgrid import SUPPRESSIONS, SendGrid
from nsquilio.remote.twilio import Twilio
from nsquilio.sandbox import control, outside
from nsquilio.sandbox.world import World


def _openapi() -> ModuleType:
    """The sandbox's tests own the checker; it is one file without imports of its own."""
    path = Path(__file__).parent.parent / "sandbox" / "openapi.py"
    spec = importlib.util.spec_from_file_location("openapi_checks", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


openapi = _openapi()


def check(row: dict[str, Any]) -> None:
    query = parse_qsl(row["query"], keep_blank_values=True)
    given: dict[str, Any] = {"query": query}
    if row["body"].startswith("{"):
        given["body"] = json.loads(row["body"])
    elif row["body"]:
        given["form"] = parse_qsl(row["body"], keep_blank_values=True)
    openapi.check_request(row["method"], row["path"], **given)


@openapi.needs_openapi
def test_requests_to_twilio_are_as_described(world: World, twilio: Twilio) -> None:
    outside.call(world, "+14155550100", "+14155550180", voicemail_text="Hello there.")
    outside.replies(world, (("+14155550100", "+14155550180", f"{n}", NOW) for n in range(1001)))
    control.advance(world, timedelta(minutes=5))
    today = NOW.date()
    sent = twilio.send_text("+14155550100", "Hi", send_at=world.now() + timedelta(hours=1), validity_s=600)
    twilio.send_text("+14155550100", "Hi")
    twilio.cancel(sent.sid)
    recordings = [row for page in twilio.recordings(today) for row in page.rows]
    for pages in (
        twilio.messages(today, to="+14155550180"),
        twilio.messages(sender="+14155550100"),
        twilio.calls(today),
        twilio.transcriptions(),
        twilio.transcripts(recording_sid=recordings[0].sid),
    ):
        list(pages)
    twilio.transcriptions_of(recordings[0].sid)
    for page in twilio.transcripts(today):
        for row in page.rows:
            twilio.sentences(row.sid)
    twilio.numbers()
    twilio.messaging_service(str(world.setting("twilio.messaging_service_sid")))
    twilio.price_per_segment("US")
    twilio.balance()

    history = world.history()

    assert {row["status"] for row in history} <= {200, 201}
    assert len(history) > 15
    for row in history:
        check(row)


@openapi.needs_openapi
def test_requests_to_sendgrid_are_as_described(world: World, sendgrid: SendGrid) -> None:
    mail = Message(
        key="1042:late-7:preferred",
        channel=Channel.EMAIL,
        to="ap@acme.example",
        body="Please pay.",
        html="<p>Please pay.</p>",
        subject="Invoice INV-1042",
        customer_id="88",
        customer="Acme Corp",
        step="late-7",
        reminders=(),
        local_day=NOW.date(),
    )
    sendgrid.send_mail(mail)
    for kind in SUPPRESSIONS:
        list(sendgrid.suppressions(kind, NOW))
    list(sendgrid.unsubscribed_addresses())
    for log in sendgrid.logs(to="ap@acme.example", subject="Invoice INV-1042", since=NOW - timedelta(days=1)):
        sendgrid.key_of(log.message_id)
    sendgrid.scopes()

    history = world.history()

    assert {row["status"] for row in history} == {200, 202}
    assert len(history) == 10
    for row in history:
        check(row)


def test_checker_would_notice_a_misspelt_filter() -> None:
    if not openapi.FOLDER.is_dir():
        pytest.skip("the OpenAPI files are not beside the repository")
    account = "AC" + "0" * 32
    row = {"method": "GET", "path": f"/2010-04-01/Accounts/{account}/Messages.json", "body": ""}

    with pytest.raises(AssertionError):
        check({**row, "query": "DateSent>%3E=2026-03-02"})
