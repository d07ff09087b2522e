"""What SendGrid tells of mails: who cannot be reached, complained or left, and what arrived."""

from __future__ import annotations

import pytest

from nsquilio.errors import Refused, Unreachable
from nsquilio.jobs.inbound_mail import LISTS, read_mail
from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.remind import Options, remind
from nsquilio.sandbox.sendgrid_events import suppress
from nsquilio.store import StoredMessage
from tests.jobs.inbound_builders import Desk


def _mail(desk: Desk) -> StoredMessage:
    remind(desk.services, Options())
    return next(m for m in desk.store.messages.changed_after(0) if m.channel == "email" and "," not in m.to)


@pytest.mark.parametrize(("name", "kind"), [("unsubscribes", "unsubscribe"), ("spam_reports", "spam")])
def test_who_left_or_complained_gets_no_more_mail(desk: Desk, name: str, kind: str) -> None:
    mail = _mail(desk)
    suppress(desk.world, name, mail.to.upper())
    desk.advance(minutes=5)
    assert desk.pull().opt_outs == (mail.to.lower(),)
    assert [(o.address, o.channel, o.kind) for o in desk.store.blocks.opt_outs()] == [
        (mail.to.lower(), "email", kind)
    ]
    assert desk.pull().opt_outs == ()


@pytest.mark.parametrize("name", ["bounces", "invalid_emails"])
def test_an_address_that_bounces_is_undeliverable_and_counted_once(desk: Desk, name: str) -> None:
    mail = _mail(desk)
    suppress(desk.world, name, mail.to, "550 no such user")
    desk.advance(minutes=5)
    desk.pull()
    desk.pull()
    rows = desk.store.blocks.undeliverable_rows()
    assert [(row.address, row.count) for row in rows] == [(mail.to.lower(), 1)]
    assert "550 no such user" in rows[0].why


def test_a_blocked_mail_says_nothing_about_the_address(desk: Desk) -> None:
    mail = _mail(desk)
    suppress(desk.world, "blocks", mail.to, "greylisted")
    desk.advance(minutes=5)
    desk.pull()
    assert desk.store.blocks.undeliverable_rows() == ()


def test_an_event_of_somebody_we_wrote_to_is_logged_on_the_customer(desk: Desk) -> None:
    mail = _mail(desk)
    suppress(desk.world, "unsubscribes", mail.to)
    desk.advance(minutes=5)
    desk.pull()
    log_replies(desk.services)
    rows = desk.world.rows(
        "SELECT * FROM ns_comm WHERE custrecord_nsq_comm_direction = 'inbound'"
        " AND custrecord_nsq_comm_channel = 'email'"
    )
    assert [(str(row["custrecord_nsq_comm_customer"]), row["custrecord_nsq_comm_kind"]) for row in rows] == [
        (mail.customer_id, "opt_out")
    ]


@pytest.mark.parametrize("name", ["bounces", "unsubscribes"])
@pytest.mark.parametrize("address", ["AP@paperless.example", "cfo@paperless.example"])
def test_an_event_of_any_address_of_a_mail_stands_where_the_mail_stands(
    desk: Desk, name: str, address: str
) -> None:
    remind(desk.services, Options())
    (mail,) = [m for m in desk.store.messages.changed_after(0) if address.lower() in m.to]
    assert mail.to == "ap@paperless.example, cfo@paperless.example"
    suppress(desk.world, name, address, "550 no such user")
    desk.advance(minutes=5)
    desk.pull()
    result = log_replies(desk.services)
    (event,) = [item for item in result.items if item.direction == "inbound"]
    assert ((event.customer_id, event.invoice_id), result.unmatched) == (
        (mail.customer_id, mail.invoice_ids[0]),
        0,
    )


def test_others_mail_is_blocked_and_no_communication(desk: Desk) -> None:
    suppress(desk.world, "unsubscribes", "reader@newsletter.example")
    desk.pull()
    assert "reader@newsletter.example" in desk.store.blocks.opted_out()
    assert desk.store.inbound.received(desk.now().replace(year=2020)) == ()


def test_delivery_of_mails_comes_from_the_logs(desk: Desk) -> None:
    mail = _mail(desk)
    desk.advance(minutes=30)
    desk.pull()
    stored = desk.store.messages.stored(mail.key)
    assert stored is not None and (stored.status, stored.final) == ("delivered", True)


def test_an_account_without_logs_is_no_problem(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _mail(desk)

    def refused(**_given):
        raise Refused("SendGrid refused to search the mail logs (403): access forbidden.", status=403)

    monkeypatch.setattr(desk.services.sendgrid, "logs", refused)
    assert desk.pull().problems == ()


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (Refused("SendGrid refused to list bounces (403): access forbidden.", status=403), 1),
        (Unreachable("SendGrid did not answer.", service="SendGrid"), 4),
    ],
)
def test_a_list_that_cannot_be_read_is_told_and_the_others_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, exit_code: int
) -> None:
    suppress(desk.world, "spam_reports", "angry@example.com")
    listed = desk.services.sendgrid.suppressions

    def picky(kind, since):
        if kind == "bounces":
            raise error
        return listed(kind, since)

    monkeypatch.setattr(desk.services.sendgrid, "suppressions", picky)
    mailed = read_mail(desk.services, desk.now(), LISTS, [])
    assert mailed.opt_outs == ["angry@example.com"]
    assert [(p.code, p.exit_code) for p in mailed.problems] == [("mail_not_read", exit_code)]
    assert mailed.problems[0].what == f"SendGrid's bounces could not be read: {error}"
    assert desk.store.runs.cursor("sendgrid.bounces.read") is None


def test_without_mail_set_up_nothing_is_asked(desk: Desk) -> None:
    desk.services = desk.with_services(sendgrid=None)
    desk.pull()
    assert not [one for one in desk.requests() if "/v3/" in one]
