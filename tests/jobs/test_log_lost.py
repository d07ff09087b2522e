"""What stands in NetSuite when the state file is lost: each reply stays the record it is, on its invoice."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from nsquilio.errors import Refused, Unreachable
from nsquilio.jobs.inbox_decisions import assign
from nsquilio.jobs.log_replies import LogResult, log_replies
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.remote.netsuite import NetSuite
from nsquilio.sandbox import control
from nsquilio.store import InboundRow
from tests.jobs.night import Night

ERIN = "+14155550100"
BOAT = "+18505550121"
STRANGER = "+13105550199"


def records(night: Night) -> dict[str, tuple[Any, ...]]:
    """Invoice, customer and status of what NetSuite has, by external id."""
    rows = night.world.rows(
        "SELECT externalid, custrecord_nsq_comm_invoice AS invoice, custrecord_nsq_comm_customer AS customer,"
        " custrecord_nsq_comm_status AS status FROM ns_comm WHERE custrecord_nsq_comm_direction = 'inbound'"
    )
    return {row["externalid"]: (row["invoice"], row["customer"], row["status"]) for row in rows}


def writes(night: Night, *sids: str) -> int:
    """To NetSuite's records of these."""
    asked = [one["path"] for one in night.world.history() if one["method"] in ("PUT", "PATCH")]
    return len([path for path in asked for sid in sids if f"/eid:nsq-{sid}" in path])


def log(night: Night) -> LogResult:
    pull_inbound(night.services())
    return log_replies(night.services())


def lose(night: Night, *, whole_folder: bool = True) -> None:
    for path in night.app.directory.iterdir():
        if whole_folder or path.name.startswith("state.db"):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    night.clock.move(hours=2)


def invoice(night: Night, number: str) -> int:
    return control.find_invoice(night.world, number)


def stored(night: Night, sid: str) -> InboundRow:
    row = night.services().store.inbound.stored(sid)
    assert row is not None
    return row


@pytest.mark.parametrize("first", ["log-replies", "remind"])
@pytest.mark.parametrize("whole_folder", [True, False], ids=["the whole folder", "the file"])
def test_a_reply_keeps_its_records_when_the_state_file_is_lost(
    night: Night, first: str, whole_folder: bool
) -> None:
    several = night.reply(ERIN, "We dispute INV-1057 and INV-1058")
    hello = night.reply(ERIN, "hello")
    nobodys = night.reply(STRANGER, "Who is this?")
    night.remind(invoices=("INV-1044",))
    log(night)
    assign(night.services(), hello, "INV-1058")
    log(night)
    wrote = writes(night, several, hello, nobodys)
    assert (len(records(night)), wrote) == (4, 5)
    control.delete_invoice(night.world, "INV-1057")
    after = records(night)  # what NetSuite itself did to it
    lose(night, whole_folder=whole_folder)
    if first == "remind":
        night.remind()
    assert [item for item in log(night).items if item.direction == "inbound"] == []
    assert (records(night), writes(night, several, hello, nobodys)) == (after, wrote)
    kept = str(invoice(night, "INV-1058"))
    assert (stored(night, hello).customer_id, stored(night, hello).invoice_id) == ("88", kept)
    assert kept in stored(night, several).invoice_ids
    assert stored(night, nobodys).customer_id is None
    assert night.services().store.verify().ok


def test_what_a_person_decides_after_the_loss_changes_the_same_record(night: Night) -> None:
    sid = night.reply(ERIN, "hello")
    log(night)
    assign(night.services(), sid, "INV-1058")
    log(night)
    lose(night)
    pull_inbound(night.services())
    night.remind(invoices=("INV-1044",))  # reads the reply and does not log it
    assign(night.services(), sid, "INV-1057")
    log(night)
    assert records(night) == {f"nsq-{sid}": (invoice(night, "INV-1057"), 88, "received")}
    assign(night.services(), sid, "INV-1058")
    log(night)
    assert records(night) == {f"nsq-{sid}": (invoice(night, "INV-1058"), 88, "received")}


def test_what_a_person_corrected_in_netsuite_stays(night: Night) -> None:
    plain = night.reply(BOAT, "We already paid INV-1052")
    several = night.reply(ERIN, "We dispute INV-1057 and INV-1058")
    log(night)
    right = invoice(night, "INV-1044")
    with night.world.change() as db:
        db.execute("UPDATE ns_comm SET custrecord_nsq_comm_invoice = ?", (right,))
    before = records(night)
    lose(night)
    assert log(night).items == ()
    assert records(night) == before and len(before) == 3
    assert stored(night, plain).invoice_id == str(right)
    assert set(stored(night, several).invoice_ids) == {
        str(invoice(night, number)) for number in ("INV-1057", "INV-1058")
    }


def test_a_reply_that_a_person_moved_stays_where_it_is(night: Night) -> None:
    sid = night.reply(ERIN, "We dispute INV-1057 and INV-1058")
    log(night)
    assign(night.services(), sid, "INV-1058")
    log(night)
    before = records(night)
    assert sorted(status for _invoice, _customer, status in before.values()) == ["moved", "received"]
    lose(night)
    log(night)
    assert (records(night), stored(night, sid).invoice_id) == (before, str(invoice(night, "INV-1058")))
    (hold,) = [h for h in night.services().store.blocks.holds(night.clock().date()) if h.inbound_sid == sid]
    assert hold.invoice_id == str(invoice(night, "INV-1058"))


def test_a_reply_logged_on_its_customer_is_not_moved_and_stands_in_the_inbox(night: Night) -> None:
    sid = night.reply(ERIN, "What is this about?")
    log(night)
    assert records(night) == {f"nsq-{sid}": (None, 88, "received")}
    with night.world.change() as db:  # only one of hers is left
        db.execute(
            "UPDATE ns_transaction SET foreignamountunpaid = 0, status = 'B', closedate = '2025-06-01'"
            " WHERE entity = 88 AND type = 'CustInvc' AND tranid <> 'INV-1057'"
        )
    lose(night)
    log(night)
    assert records(night) == {f"nsq-{sid}": (None, 88, "received")}
    assert stored(night, sid).inbox == "open"


def test_an_older_copy_of_the_file_learns_what_was_logged_since(night: Night) -> None:
    night.remind(invoices=("INV-1044",))
    night.clock.move(hours=1)
    kept = night.state_file.read_bytes()
    sid = night.reply(ERIN, "hello")
    log(night)
    assign(night.services(), sid, "INV-1058")
    log(night)
    night.clock.move(hours=1)
    night.remind(invoices=("INV-1044",))
    before = records(night)
    night.state_file.write_bytes(kept)
    night.clock.move(hours=2)
    assert [item for item in log(night).items if item.direction == "inbound"] == []
    assert records(night) == before == {f"nsq-{sid}": (invoice(night, "INV-1058"), 88, "received")}


def test_only_a_new_file_asks_netsuite_what_was_logged(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    listed = NetSuite.communications

    def counted(self, since=None):
        asked.append(since)
        return listed(self, since)

    monkeypatch.setattr(NetSuite, "communications", counted)
    for n in range(3):
        night.clock.move(hours=1)
        night.reply(ERIN, f"hello {n}")
        log(night)
    assert len(asked) == 1
    lose(night)
    log(night)
    night.reply(ERIN, "hello again")
    log(night)
    log(night)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("NetSuite did not answer.", service="NetSuite"),
        Refused("NetSuite refused a query (503): down.", status=503),
    ],
)
def test_nothing_is_written_while_netsuite_cannot_tell_what_it_has(
    night: Night, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    sid = night.reply(ERIN, "hello")
    log(night)
    assign(night.services(), sid, "INV-1058")
    log(night)
    before = records(night)
    lose(night)
    with monkeypatch.context() as down:

        def fail(*_since):
            raise error

        down.setattr(NetSuite, "communications", fail)
        with pytest.raises(type(error)):
            log(night)
    assert (records(night), stored(night, sid).matched_at) == (before, None)
    log(night)
    assert records(night) == before


def test_a_record_type_that_cannot_be_read_holds_up_nothing(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    sid = night.reply(ERIN, "hello")

    def refuse(*_since):
        raise Refused("NetSuite refused a query (400): Record was not found.", status=400)

    monkeypatch.setattr(NetSuite, "communications", refuse)
    log(night)
    assert set(records(night)) == {f"nsq-{sid}"}


def test_a_dry_run_after_the_loss_shows_what_would_be_written(night: Night) -> None:
    sid = night.reply(ERIN, "hello")
    log(night)
    assign(night.services(), sid, "INV-1058")
    log(night)
    before = records(night)
    lose(night)
    new = night.reply(ERIN, "hello again")
    pull_inbound(night.services())
    shown = [item.sid for item in log_replies(night.services(dry_run=True)).items]
    assert (shown, stored(night, sid).matched_at) == ([new], None)
    log(night)
    assert records(night).keys() - before.keys() == {f"nsq-{new}"}
