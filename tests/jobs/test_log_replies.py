"""The conversation in NetSuite: once each, on the right invoice, whatever fails on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from nsquilio.core.model import Channel
from nsquilio.errors import Refused, Unreachable
from nsquilio.jobs.log_replies import LogResult, log_replies
from nsquilio.jobs.remind import Options, remind
from nsquilio.sandbox import control, outside
from tests.jobs.inbound_builders import Desk

ERIN = "+14155550100"
MARIA = "+16175550153"
BOAT = "+18505550121"
STRANGER = "+13105550199"


def _log(desk: Desk) -> LogResult:
    return log_replies(desk.services)


def _records(desk: Desk) -> dict[str, dict[str, Any]]:
    """What NetSuite has, by external id, without the prefix of its columns."""
    rows = [dict(row) for row in desk.world.rows("SELECT * FROM ns_comm ORDER BY id")]
    assert len({row["externalid"] for row in rows}) == len(rows)
    short = [{name.removeprefix("custrecord_nsq_comm_"): v for name, v in row.items()} for row in rows]
    return {row["externalid"]: row for row in short}


def _invoice(desk: Desk, number: str) -> int:
    return control.find_invoice(desk.world, number)


def test_a_text_stands_on_its_invoice_with_every_field(desk: Desk) -> None:
    sid = desk.text(BOAT, "We already paid INV-1052")
    desk.pull()
    result = _log(desk)
    assert (result.logged, result.unmatched, result.failed) == (1, 0, 0)
    (record,) = _records(desk).values()
    details = json.loads(record["details"])
    wanted = {
        "externalid": f"nsq-{sid}",
        "invoice": _invoice(desk, "INV-1052"),
        "customer": 104,
        "direction": "inbound",
        "channel": "sms",
        "from": BOAT,
        "body": "We already paid INV-1052",
        "status": "received",
        "time": "2026-03-02 14:00:00",
        "kind": "paid_claim",
        "sid": sid,
        "key": None,
    }
    assert {name: record[name] for name in wanted} == wanted | {"time": record["time"]}
    assert record["time"].startswith("2026-03-02 14:00")
    assert details["signals"] and details["score"] >= 100
    (item,) = result.items
    assert (item.sid, item.direction, item.channel, item.customer_id, item.kind) == (
        sid,
        "inbound",
        "sms",
        "104",
        "paid_claim",
    )


def test_a_record_tells_twilios_own_of_a_text(desk: Desk) -> None:
    desk.text(BOAT, "We already paid INV-1052, and here is why: " + "x" * 200)
    desk.pull()
    _log(desk)
    (record,) = _records(desk).values()
    details = json.loads(record["details"])
    assert details["num_segments"] == 2


def test_logging_again_writes_nothing(desk: Desk) -> None:
    desk.text(BOAT, "Thanks")
    desk.pull()
    _log(desk)
    before = _records(desk)
    asked = len(desk.requests())
    assert _log(desk).logged == 0
    assert _records(desk) == before
    assert not [one for one in desk.requests()[asked:] if not one.startswith("POST")]


def test_what_was_sent_is_logged_once_for_each_invoice_and_follows_its_status(desk: Desk) -> None:
    remind(desk.services, Options())
    _log(desk)
    first = _records(desk)
    reminders = [(m.sid, r) for m in desk.store.messages.changed_after(0) for r in m.reminders]
    assert len(first) == len(reminders) > 5
    assert {(row["sid"], row["key"]) for row in first.values()} == {(sid, r.key) for sid, r in reminders}
    several = [row for row in first.values() if row["externalid"] != f"nsq-{row['sid']}"]
    assert several and all(row["externalid"] == f"nsq-{row['sid']}-{row['invoice']}" for row in several)
    assert {row["direction"] for row in first.values()} == {"outbound"}
    eid, changed = next(iter(first.items()))
    desk.world.db.execute(
        "UPDATE ns_comm SET custrecord_nsq_comm_kind = 'corrected by Ann' WHERE externalid = ?", (eid,)
    )
    desk.advance(hours=8)
    desk.pull()
    _log(desk)
    later = _records(desk)
    assert later.keys() == first.keys()
    assert later[eid]["kind"] == "corrected by Ann"
    assert later[eid]["status"] != changed["status"]
    texts = {row["status"] for row in later.values() if row["channel"] == "sms"}
    assert texts <= {"delivered", "undelivered", "failed", "sent", "scheduled"}


def test_a_reply_about_several_invoices_stands_on_each(desk: Desk) -> None:
    sid = desk.text(ERIN, "We dispute INV-1057 and INV-1058")
    desk.pull()
    _log(desk)
    ids = [_invoice(desk, number) for number in ("INV-1057", "INV-1058")]
    assert {e: r["invoice"] for e, r in _records(desk).items()} == {f"nsq-{sid}-{id_}": id_ for id_ in ids}


def test_a_reply_about_several_invoices_keeps_what_decided_on_each(desk: Desk) -> None:
    desk.text(ERIN, "We dispute INV-1057 and INV-1058")
    desk.pull()
    result = _log(desk)
    signals = ("document_number: INV-1057", "document_number: INV-1058")
    assert {(item.score, item.signals) for item in result.items} == {(100, signals)}
    for record in _records(desk).values():
        details = json.loads(record["details"])
        assert (details["score"], tuple(details["signals"])) == (100, signals)


def test_assigning_by_hand_changes_the_same_record(desk: Desk) -> None:
    sid = desk.text(ERIN, "What is this about?")
    desk.pull()
    _log(desk)
    assert [row["invoice"] for row in _records(desk).values()] == [None]
    invoice = str(_invoice(desk, "INV-1057"))
    desk.store.inbound.assign(sid, "88", invoice, "ann", desk.now())
    _log(desk)
    assert {e: row["invoice"] for e, row in _records(desk).items()} == {f"nsq-{sid}": int(invoice)}


def test_a_reply_assigned_to_one_of_its_invoices_leaves_the_others(desk: Desk) -> None:
    sid = desk.text(ERIN, "We dispute INV-1057 and INV-1058")
    desk.pull()
    _log(desk)
    first, second = (_invoice(desk, number) for number in ("INV-1057", "INV-1058"))
    for kept, left in ((second, first), (first, second)):
        desk.store.inbound.assign(sid, "88", str(kept), "ann", desk.now())
        _log(desk)
        records = _records(desk)
        assert len(records) == 2
        here, gone = records[f"nsq-{sid}-{kept}"], records[f"nsq-{sid}-{left}"]
        assert (here["invoice"], here["customer"], here["status"]) == (kept, 88, "received")
        assert (gone["invoice"], gone["customer"], gone["status"]) == (None, 88, "moved")
        assert json.loads(gone["details"]) == {"moved_to": [str(kept)]}
        assert gone["body"] == here["body"]
    assert _log(desk).logged == 0


def test_a_record_that_netsuite_never_had_is_not_written_to_say_that_it_moved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sid = desk.text(ERIN, "We dispute INV-1057 and INV-1058")
    desk.pull()

    def down(*_given) -> str:
        raise Unreachable("NetSuite did not answer.", service="NetSuite")

    with monkeypatch.context() as patched:
        patched.setattr(desk.services.netsuite, "put_communication", down)
        _log(desk)
    invoice = str(_invoice(desk, "INV-1058"))
    desk.store.inbound.assign(sid, "88", invoice, "ann", desk.now())
    _log(desk)
    _log(desk)
    assert {e: r["status"] for e, r in _records(desk).items()} == {f"nsq-{sid}-{invoice}": "received"}


def test_nobody_we_know_is_logged_without_a_link(desk: Desk) -> None:
    sid = desk.text(STRANGER, "Who is this?")
    desk.pull()
    result = _log(desk)
    assert (result.logged, result.unmatched) == (1, 1)
    record = _records(desk)[f"nsq-{sid}"]
    assert (record["customer"], record["invoice"], record["from"]) == (None, None, STRANGER)


def test_an_invoice_deleted_meanwhile_leaves_the_message_on_its_customer(desk: Desk) -> None:
    sid = desk.text(BOAT, "We already paid INV-1052")
    desk.pull()
    from nsquilio.jobs.understand import understand

    understand(desk.services)
    control.delete_invoice(desk.world, "INV-1052")
    result = _log(desk)
    record = _records(desk)[f"nsq-{sid}"]
    assert (record["customer"], record["invoice"], result.logged, result.failed) == (104, None, 1, 0)


def test_a_netsuite_that_takes_no_changes_is_given_the_whole_record_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sid = desk.text(ERIN, "What is this about?")
    desk.pull()
    _log(desk)
    desk.store.inbound.assign(sid, "88", str(_invoice(desk, "INV-1057")), "ann", desk.now())

    def refuse(*_given) -> None:
        raise Refused("NetSuite did not change it (405): INVALID_METHOD.", status=405)

    monkeypatch.setattr(desk.services.netsuite, "patch_communication", refuse)
    assert (_log(desk).exit_codes, list(_records(desk))) == ([], [f"nsq-{sid}"])


@pytest.mark.parametrize("fault", ["netsuite-500-after-write", "netsuite-reset-after-write", "netsuite-429"])
def test_a_write_whose_answer_is_lost_makes_no_second_record(desk: Desk, fault: str) -> None:
    sid = desk.text(BOAT, "hello")
    desk.pull()
    from nsquilio.jobs.understand import understand

    understand(desk.services)
    control.set_fault(desk.world, fault)
    _log(desk)
    _log(desk)
    assert list(_records(desk)) == [f"nsq-{sid}"]


def test_log_to_nothing_matches_and_writes_nothing(desk: Desk) -> None:
    sid = desk.text(BOAT, "We already paid INV-1052")
    desk.pull()
    desk.services = replace(desk.services, log_to="nothing")
    assert _log(desk).logged == 0
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.customer_id == "104"
    assert _records(desk) == {}
    desk.services = replace(desk.services, log_to="custom_record")
    assert _log(desk).logged == 1


def test_opt_outs_by_hand_are_logged_and_so_is_their_end(desk: Desk) -> None:
    desk.store.blocks.opt_out(BOAT, Channel.SMS, "person", "by phone, Ann", desk.now())
    _log(desk)
    (eid, record) = next(iter(_records(desk).items()))
    assert eid.startswith("nsq-optout-")
    assert (record["kind"], record["from"], record["status"], record["body"]) == (
        "opt_out",
        BOAT,
        "active",
        "by phone, Ann",
    )
    desk.store.blocks.opt_in(BOAT, Channel.SMS, "wrote a letter", desk.now(), keyword_only=False)
    _log(desk)
    assert {e: r["status"] for e, r in _records(desk).items()} == {eid: "ended"}


def test_a_dry_run_shows_what_would_be_written_and_changes_nothing(desk: Desk) -> None:
    sid = desk.text(BOAT, "We already paid INV-1052")
    desk.pull()
    copy = desk.app.services(dry_run=True)
    before = len(desk.requests())
    result = log_replies(copy)
    assert (result.dry_run, result.logged, [item.sid for item in result.items]) == (True, 1, [sid])
    assert {one.rpartition("/")[2] for one in desk.requests()[before:]} == {"token", "suiteql"}
    assert desk.store.inbound.stored(sid).matched_at is None
    assert _records(desk) == {}


def test_letters_that_netsuite_refuses_are_replaced(desk: Desk) -> None:
    sid = desk.text(BOAT, "a\x00b \U0001f600 <b>x</b> =1+1")
    desk.pull()
    _log(desk)
    assert _records(desk)[f"nsq-{sid}"]["body"] == "a\ufffdb \U0001f600 <b>x</b> =1+1"


def test_calls_and_voicemails_are_logged_beside_each_other(desk: Desk) -> None:
    call = outside.call(desk.world, BOAT, None, voicemail_text="We mailed the check for invoice INV-1052.")
    desk.pull()
    assert _log(desk).logged == 1  # the voicemail waits for its words
    desk.advance(minutes=5)
    desk.pull()
    assert _log(desk).logged == 1
    by_channel = {row["channel"]: row for row in _records(desk).values()}
    assert (by_channel["call"]["sid"], by_channel["call"]["status"]) == (call, "missed")
    assert by_channel["voicemail"]["body"] == "We mailed the check for invoice INV-1052."
    assert by_channel["voicemail"]["invoice"] == _invoice(desk, "INV-1052")


def test_netsuite_never_sees_more_requests_at_once_than_it_may(desk: Desk) -> None:
    at_once, most = 0, 0
    put = desk.services.netsuite.put_communication
    import threading

    lock = threading.Lock()

    def counted(*given):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        try:
            return put(*given)
        finally:
            with lock:
                at_once -= 1

    desk.services.netsuite.put_communication = counted  # type: ignore[method-assign]
    for n in range(20):
        desk.text(BOAT, f"text {n}")
    desk.pull()
    desk.services = replace(desk.services, netsuite_in_flight=3)
    assert _log(desk).logged == 20
    assert most <= 3


def test_a_wish_to_stop_ends_the_run_between_two_records(desk: Desk) -> None:
    for n in range(30):
        desk.text(BOAT, f"text {n}")
    desk.pull()
    asked = iter([None] * 10)
    desk.services = replace(desk.services, asked_to_stop=lambda: next(asked, "it was asked to stop"))
    result = _log(desk)
    assert result.logged == 10
    assert [p.code for p in result.problems] == ["log_interrupted"]
