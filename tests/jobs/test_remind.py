"""One run against the sandbox over HTTP with a real state file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from nsquilio.core.model import Action, Channel, Outcome, Reason
from nsquilio.errors import Braked, NotReady, ServiceFailed, WrongUsage
from nsquilio.jobs.results import RemindResult
from nsquilio.sandbox import control
from tests.jobs.night import Night, by_number, transports_of


def words(result: RemindResult) -> list[tuple[str, str, str, str | None]]:
    return [
        (row.message.key, row.message.to, row.message.body, row.message.subject) for row in result.messages
    ]


def fingerprint(directory: Path) -> dict[str, str]:
    return {
        str(p.relative_to(directory)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(directory.rglob("*"))
        if p.is_file()
    }


def test_every_invoice_read_is_explained_and_the_counts_add_up(night: Night) -> None:
    result = night.remind(dry_run=True)

    assert result.fetched == sum(result.by_action.values()) == sum(result.by_reason.values())
    assert {d.invoice_id for d in result.decisions if d.action is Action.SEND} == {
        id_ for row in result.messages for id_ in row.message.invoice_ids
    }


def test_dry_run_shows_what_the_real_run_then_sends(night: Night) -> None:
    dry = night.remind(dry_run=True)
    real = night.remind()

    assert words(real) == words(dry)
    assert real.plan_hash == dry.plan_hash
    assert [d.reason for d in real.decisions] == [d.reason for d in dry.decisions]
    assert {row.status for row in real.messages} <= {"sent", "scheduled"}
    assert sorted(s.body for s in night.texts()) == sorted(
        r.message.body for r in real.messages if r.message.channel == "sms"
    )


def test_dry_run_changes_nothing_on_disk_and_asks_only_for_reading(night: Night) -> None:
    night.remind(limit=3)
    before = fingerprint(night.app.directory)
    requests_before = len(night.world.rows("SELECT * FROM history"))

    night.remind(dry_run=True)

    assert fingerprint(night.app.directory) == before
    asked = night.world.rows("SELECT method, path FROM history")[requests_before:]
    changing = [
        (row["method"], row["path"])
        for row in asked
        if row["method"] != "GET"
        and not any(read in row["path"] for read in ("suiteql", "oauth2", "/v3/logs"))
    ]
    assert changing == []


def test_dry_run_on_a_new_machine_creates_no_file(night: Night) -> None:
    night.remind(dry_run=True)

    assert not night.app.directory.exists() or not list(night.app.directory.iterdir())


def test_second_run_sends_nothing_again(night: Night) -> None:
    night.remind()
    sent = len(night.texts()) + len(night.mails())

    again = night.remind()

    assert again.messages == ()
    assert len(night.texts()) + len(night.mails()) == sent


def test_who_pays_between_plan_and_sending_gets_no_reminder(night: Night) -> None:
    services = night.services()
    read_balances = services.netsuite.balances

    def pay_first(ids: list[str]):  # type: ignore[no-untyped-def]
        night.pay("INV-1207")
        services.netsuite.balances = read_balances  # type: ignore[method-assign]
        return read_balances(ids)

    services.netsuite.balances = pay_first  # type: ignore[method-assign]
    result = night.remind(services=services)

    assert by_number(result)["INV-1207"].reason is Reason.PAID_SINCE_PLAN
    assert not [s for s in night.texts() if "INV-1207" in s.body]
    dropped = [row for row in result.messages if row.status == "dropped"]
    assert [row.detail for row in dropped] == ["paid_since_plan"]


def test_stop_that_came_in_before_the_run_is_respected(night: Night) -> None:
    to = next(row.message for row in night.remind(dry_run=True).messages if row.message.channel == "sms")
    night.reply(to.to, "STOP")

    result = night.remind()

    assert not [s for s in night.texts() if s.to == to.to]
    reasons = {d.reason for d in result.decisions if d.invoice_id in to.invoice_ids}
    assert reasons <= {Reason.OPTED_OUT, Reason.DUE_WINDOW}


def test_intent_is_on_disk_when_the_request_arrives(night: Night) -> None:
    import sqlite3

    services = night.services()
    send = services.twilio.send_text
    seen: list[int] = []

    def look(to: str, body: str, **more: object):  # type: ignore[no-untyped-def]
        with sqlite3.connect(f"file:{night.state_file}?mode=ro", uri=True) as other:
            found = other.execute(
                "SELECT count(*) FROM messages WHERE outcome = 'intent' AND body = ?", (body,)
            )
            seen.append(found.fetchone()[0])
        return send(to, body, **more)  # type: ignore[arg-type]

    services.twilio.send_text = look  # type: ignore[method-assign]
    night.remind(services=services)

    assert seen
    assert set(seen) == {1}


@pytest.mark.parametrize("name", ["500-after-accept", "reset-after-accept", "500-before"])
def test_outcome_nobody_knows_is_never_sent_again(night: Night, name: str) -> None:
    night.fault(name)

    first = night.remind()
    again = night.remind()

    unknown = [row.message for row in first.messages if row.status == "unknown"]
    assert len(unknown) == 1
    assert 1 in first.exit_codes
    bodies = [s.body for s in night.texts()]
    assert len(bodies) == len(set(bodies))
    assert unknown[0].key not in {row.message.key for row in again.messages}


def test_refused_request_is_tried_again_after_429(night: Night) -> None:
    night.fault("429", 2)
    services = night.impatient()

    result = night.remind(services=services, limit=3)

    assert {row.status for row in result.messages} <= {"sent", "scheduled"}
    assert len(night.texts()) + len(night.mails()) == 3


def test_five_failures_in_a_row_stop_the_run(night: Night) -> None:
    night.fault("500-before", 50)
    one_at_a_time = night.services()
    result = night.remind(services=replace(one_at_a_time, pace=replace(one_at_a_time.pace, in_flight=1)))

    statuses = [row.status for row in result.messages]
    assert statuses.count("unknown") == 5
    assert "planned" in statuses
    assert 4 in result.exit_codes
    assert "failures_in_a_row" in {problem.code for problem in result.problems}


def test_halt_file_stops_before_the_next_request(night: Night) -> None:
    from nsquilio.cli.signals import halt_request

    night.app.directory.mkdir(parents=True, mode=0o700)
    (night.app.directory / "HALT").touch()
    night.asked_to_stop = halt_request(night.app.directory)

    result = night.remind()

    assert night.texts() == []
    assert {row.status for row in result.messages} == {"planned"}
    assert "HALT" in result.problems[0].what


def test_signal_after_the_last_message_ends_nothing(night: Night) -> None:
    left = [1]

    def progress(what: str, done: int, total: int) -> None:
        left[0] = total - done if what == "messages" else 1

    services = replace(
        night.services(progress=progress),
        asked_to_stop=lambda: None if left[0] else "the run was told to end (SIGTERM)",
    )

    result = night.remind(services=services)

    assert {row.status for row in result.messages} <= {"sent", "scheduled"}
    assert "halted" not in {problem.code for problem in result.problems}


# --- brakes and plans ----------------------------------------


def saved_plans(night: Night) -> list[Path]:
    return sorted((night.app.directory / "plans").glob("*.json"))


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("first_run", {"limits": {"first_run": 5}}),
        ("messages_per_run", {"limits": {"messages_per_run": 5}}),
        ("cost_per_run", {"limits": {"cost_per_run": Decimal("0.01")}}),
    ],
)
def test_brake_stops_before_the_first_send_and_saves_the_plan(night: Night, code: str, parts: dict) -> None:  # type: ignore[type-arg]
    rules = night.change_rules(**parts)

    with pytest.raises(Braked) as stopped:
        night.remind(rules=rules)

    assert stopped.value.code == code
    assert night.texts() == night.mails() == []
    (saved,) = saved_plans(night)
    assert str(saved) in stopped.value.next
    again = night.remind(rules=rules, plan=saved)
    assert {row.status for row in again.messages} <= {"sent", "scheduled"}
    assert again.not_in_plan == ()


@pytest.mark.parametrize(
    "parts", [{"limits": {"messages_per_run": 3}}, {"limits": {"cost_per_run": Decimal("0.01")}}]
)
def test_brake_says_what_is_usual(night: Night, parts: dict) -> None:  # type: ignore[type-arg]
    rules = night.change_rules(**parts)
    with pytest.raises(Braked, match=r"; nothing was sent in the last 35 days\. Nothing was sent;"):
        night.remind(rules=rules)

    night.remind(limit=2)
    night.clock.move(days=1)
    with pytest.raises(Braked, match=r"; the busiest of the last 35 days, 2026-03-02, had 2\. "):
        night.remind(rules=rules)


@pytest.mark.parametrize("code", ["first_run", "halted"])
def test_dry_run_says_what_would_stop_the_real_one(night: Night, code: str) -> None:
    rules = night.change_rules(limits={"first_run": 5}) if code == "first_run" else None
    if code == "halted":
        night.asked_to_stop = lambda: "HALT stands in the state directory"

    result = night.remind(dry_run=True, rules=rules)

    assert [(p.code, p.exit_code) for p in result.problems] == [(code, 0)]
    assert result.stopped == result.problems[0]
    assert night.remind(dry_run=True, rules=rules, limit=3).stopped is None or code == "halted"


def test_source_that_is_suddenly_empty_stops_the_run(night: Night) -> None:
    full = night.directory / "full.json"
    night.remind(dry_run=True, save_plan=full)
    night.remind()
    control.hide_rows(night.world, "transaction")

    for plan in (None, full):
        with pytest.raises(Braked) as stopped:
            night.remind(plan=plan)
        assert stopped.value.code == "nothing_read"

    empty = next(path for path in saved_plans(night) if str(path) in stopped.value.next)
    assert night.remind(plan=empty).exit_codes == []
    assert night.remind().exit_codes == []


def test_invoices_without_any_customer_are_a_missing_permission(night: Night) -> None:
    control.hide_rows(night.world, "customer")

    for dry_run in (True, False):
        with pytest.raises(NotReady, match="57 open invoices and not one of their customers") as stopped:
            night.remind(dry_run=dry_run)
        assert (stopped.value.code, stopped.value.exit_code) == ("no_customers", 3)
    assert "Lists > Customers" in stopped.value.next


def test_first_run_that_reads_nothing_says_what_it_may_mean(night: Night) -> None:
    control.hide_rows(night.world, "transaction")

    first, second = night.remind(), night.remind()

    assert [(p.code, p.exit_code) for p in first.problems] == [("nothing_read", 0)]
    assert second.problems == ()


def reasons_in_status(night: Night) -> dict[str, str]:
    return {row.document_number: row.reason for row in night.services().store.runs.waiting()}


@pytest.mark.parametrize("code", ["halted", "messages_per_run"])
def test_what_a_stop_kept_back_stands_in_status_until_it_goes_or_is_too_late(night: Night, code: str) -> None:
    night.remind(limit=1)
    rules = None
    if code == "halted":
        night.asked_to_stop = lambda: "HALT stands in the state directory"
        kept = {
            n for row in night.remind().messages for n in (r.document_number for r in row.message.reminders)
        }
    else:
        rules = night.change_rules(limits={"messages_per_run": 1})
        planned = night.remind(dry_run=True, rules=rules)
        kept = {n for row in planned.messages for n in (r.document_number for r in row.message.reminders)}
        with pytest.raises(Braked):
            night.remind(rules=rules)
    assert {number for number, reason in reasons_in_status(night).items() if reason == code} == kept

    night.clock.move(days=12)
    night.asked_to_stop = lambda: None
    result = night.remind()
    sent = {r.document_number for row in result.messages for r in row.message.reminders}
    too_late = {d.document_number for d in result.decisions if d.reason is Reason.EXPIRED} & kept
    assert too_late
    expired = night.services().store.runs.expired(night.clock() - timedelta(days=1))
    assert too_late <= {row.document_number for row in expired}
    assert not sent & set(reasons_in_status(night))


def test_step_that_came_and_went_while_no_run_came_through_stands_in_status(night: Night) -> None:
    night.remind()
    control.new_invoice(
        night.world, "Blue Films", Decimal(500), (night.clock() - timedelta(days=13)).date(), number="GAP-1"
    )
    night.clock.move(days=40)

    night.remind()
    night.remind()

    expired = night.services().store.runs.expired(night.clock() - timedelta(days=1))
    assert [(row.document_number, row.reason) for row in expired if row.document_number == "GAP-1"] == [
        ("GAP-1", "no_run")
    ]


def test_what_stopped_a_run_is_kept_with_it(night: Night) -> None:
    night.asked_to_stop = lambda: "HALT stands in the state directory"
    night.remind()

    last = night.services().store.runs.last("remind")
    assert last is not None and last.error is not None
    assert (last.exit_code, last.error["code"]) == (1, "halted")
    assert "HALT" in last.error["message"]


def test_plan_sends_its_messages_and_never_one_more(night: Night, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    planned = night.remind(dry_run=True, save_plan=file)
    gone = planned.messages[0]
    night.pay(gone.message.reminders[0].document_number)
    control.new_invoice(
        night.world, "Blue Films", Decimal(500), (night.clock() + timedelta(days=4)).date(), number="NEW-1"
    )

    result = night.remind(plan=file)

    sent = {row.message.body for row in result.messages}
    assert sent < {row.message.body for row in planned.messages}
    assert not any("NEW-1" in body for body in sent)
    assert any(gone.message.reminders[0].document_number in names for names in result.not_in_plan)


def edited(text: str) -> str:
    return text.replace("invoice", "lnvoice", 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edited, "was edited"),
        (lambda text: text.replace('"INV-', '"XNV-', 1), "was edited"),
        (lambda text: text.replace('"made_at": "2026', '"made_at": "2025'), "was edited"),
        (lambda text: text.replace('"made_at":', '"x": NaN, "made_at":'), "has lost a part"),
        (lambda text: text[: len(text) // 2], "not a whole plan file"),
        (lambda text: text.replace('"profile": "sandbox"', '"profile": "other"'), "is a plan of"),
        (lambda text: "[]", "not a plan file"),
        (lambda text: text.replace('"subject"', '"sub"', 1), "has lost a part"),
    ],
)
def test_plan_file_that_is_not_ours_or_not_untouched_is_refused(
    night: Night, tmp_path: Path, change, words: str
) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "plan.json"
    night.remind(dry_run=True, save_plan=file)
    file.write_text(change(file.read_text()))

    with pytest.raises(NotReady) as refused:
        night.remind(plan=file)

    assert words in refused.value.message
    assert night.texts() == []


def test_plan_file_that_is_not_there_is_named(night: Night, tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="cannot be read"):
        night.remind(plan=tmp_path / "nothing.json")


# --- narrowing and other days ----------------------------------------


def test_only_the_customer_asked_for_is_written_to(night: Night) -> None:
    result = night.remind(dry_run=True, customers=("Blue Films",))

    assert {row.message.customer for row in result.messages} == {"Blue Films"}
    assert result.by_reason[Reason.FILTERED] > 0


@pytest.mark.parametrize(
    ("options", "words"),
    [({"steps": ("late-77",)}, "Did you mean late-7?"), ({"invoices": ("INV-1062",)}, "fits 2 invoices")],
)
def test_narrowing_that_cannot_be_understood_says_so(night: Night, options: dict, words: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(WrongUsage, match=r"fits|step") as refused:
        night.remind(dry_run=True, **options)

    assert words in refused.value.message


def test_any_day_can_be_looked_at_and_twice_the_same(night: Night) -> None:
    later = night.clock() + timedelta(days=5)

    once = night.remind(dry_run=True, as_of=later)
    again = night.remind(dry_run=True, as_of=later)

    assert once.as_of == later
    assert words(once) == words(again)
    assert {m.invoice_ids for m in (row.message for row in once.messages)} != {
        row.message.invoice_ids for row in night.remind(dry_run=True).messages
    }


# --- services that fail ----------------------------------------


def test_nothing_is_sent_when_netsuite_is_down(night: Night) -> None:
    night.fault("netsuite-500", 50)

    with pytest.raises(ServiceFailed) as failed:
        night.remind(services=night.impatient())

    assert failed.value.exit_code == 4
    assert night.texts() == night.mails() == []


def test_nothing_is_sent_when_opt_outs_cannot_be_refreshed(night: Night) -> None:
    night.world.set_setting("twilio.denied", "Messages")

    with pytest.raises(ServiceFailed):
        night.remind(services=night.impatient())

    assert night.texts() == night.mails() == []


def test_failed_run_stands_in_the_state_file_with_its_reason(night: Night) -> None:
    services = night.services()
    with pytest.raises(Braked):
        night.remind(services=replace(services, rules=night.change_rules(limits={"first_run": 1})))

    last = services.store.runs.last("remind")
    assert last is not None
    assert (last.exit_code, last.error["code"]) == (6, "first_run")  # type: ignore[index]


def test_what_waits_stands_in_the_state_file_until_it_goes(night: Night) -> None:
    services = night.services()
    night.remind(services=services)

    waiting = {row.document_number: row.reason for row in services.store.runs.waiting()}

    assert waiting["INV-1042"] == "per_number_limit"


def test_accepted_messages_are_recorded_with_their_sid(night: Night) -> None:
    services = night.services()
    result = night.remind(services=services)

    for row in result.messages:
        stored = services.store.messages.stored(row.message.key)
        assert stored is not None
        assert stored.sid == row.sid
        assert stored.outcome in (Outcome.SENT, Outcome.SCHEDULED)


def test_opt_out_outlives_the_erasure_of_the_number(night: Night) -> None:
    row = next(row for row in night.remind(dry_run=True).messages if row.message.channel == "sms")
    services = night.services()
    services.store.blocks.opt_out(row.message.to, Channel.SMS, "person", "letter", night.clock())
    services.store.erase_address(row.message.to, "jo", night.clock())

    result = night.remind(services=services)

    assert not [s for s in night.texts() if s.to == row.message.to]
    assert row.message.body not in {r.message.body for r in result.messages if r.message.channel == "sms"}


def test_dispute_that_came_in_holds_the_invoice_in_the_same_night(night: Night) -> None:
    night.remind(
        rules=night.change_rules(contact={"per_number_per_day": 5}), customers=("Tallahassee Legal Group",)
    )
    (text,) = night.texts()
    night.clock.move(hours=3)
    night.reply(text.to, "we never received the goods for INV-1053")
    night.clock.move(days=1)

    dry = by_number(night.remind(dry_run=True))["INV-1053"]
    real = by_number(night.remind())["INV-1053"]

    held = night.services().store.blocks.holds()
    assert [hold.kind for hold in held] == ["dispute"]
    assert (dry.reason, dry.detail) == (real.reason, real.detail)


def test_clock_that_went_back_sends_nothing(night: Night) -> None:
    night.remind(limit=1)
    night.clock.move(hours=-1)

    with pytest.raises(Braked) as stopped:
        night.remind()

    assert stopped.value.code == "clock_back"
    assert len(night.texts()) + len(night.mails()) == 1


def test_clock_that_is_off_against_the_services_sends_nothing(night: Night) -> None:
    services = replace(night.services(), clock=lambda: night.clock() + timedelta(minutes=7))
    services.netsuite.link._now = services.clock  # type: ignore[attr-defined]
    for transport in transports_of(services.netsuite) + transports_of(services.twilio):
        transport._now = services.clock

    with pytest.raises(Braked) as stopped:
        night.remind(services=services)

    assert stopped.value.code == "clock_off"
    assert "7 minutes ahead of" in stopped.value.message


def test_name_with_nothing_behind_it_is_told(night: Night) -> None:
    result = night.remind(dry_run=True, invoices=("NOPE",), customers=("Nobody Ltd",))

    assert [(p.code, p.exit_code) for p in result.problems] == [("fits_nothing", 0), ("fits_nothing", 0)]
    assert "'NOPE'" in result.problems[0].what


def test_plan_is_not_written_where_there_is_no_directory(night: Night, tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="cannot be written"):
        night.remind(dry_run=True, save_plan=tmp_path / "nowhere" / "plan.json")

    assert not (tmp_path / "nowhere").exists()


def test_plan_file_that_cannot_be_used_is_no_run(night: Night, tmp_path: Path) -> None:
    services = night.services()
    with pytest.raises(NotReady):
        night.remind(services=services, plan=tmp_path / "nothing.json")

    assert services.store.runs.last("remind") is None
