"""A state file that is lost, restored or another machine's: what went out is noticed, and nothing goes out twice."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from nsquilio.core.model import Channel
from nsquilio.core.rules import MailText, Step, StepKind
from nsquilio.errors import Braked
from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.optouts import add_optout, remove_optout
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.resolve import resolve
from nsquilio.sandbox import control
from nsquilio.sandbox.outside import Sent
from tests.jobs.night import Night, open_night

MARIA = "+16175550153"


def bodies(night: Night) -> Counter[tuple[str, str]]:
    """How often each text or mail stands in the outbox; canceled ones never left."""
    sent = [*night.texts(), *night.mails()]
    return Counter((each.to, each.body) for each in sent if each.status != "canceled")


def undisturbed(folder: Path, *hours: float) -> Counter[tuple[str, str]]:
    """What the outbox holds when the same nights run on a state file that nobody touched."""
    with open_night(folder) as night:
        night.remind()
        for step in hours:
            night.clock.move(hours=step)
            night.remind()
        return bodies(night)


def lose(night: Night, *, whole_folder: bool = True) -> None:
    """The state file is gone, with all around it or alone."""
    for path in night.app.directory.iterdir():
        if whole_folder or path.name.startswith("state.db"):
            path.unlink() if path.is_file() else shutil.rmtree(path)


def keep_copy(night: Night) -> bytes:
    return night.state_file.read_bytes()


def put_back(night: Night, copy: bytes) -> None:
    night.state_file.write_bytes(copy)


def notes(night: Night) -> list[str]:
    return [note.code for note in night.services().store.past.notes(night.clock() - timedelta(days=14))]


@pytest.mark.parametrize(
    ("whole_folder", "hours"),
    [(True, 0.1), (False, 0.1), (True, 24)],
    ids=["at once", "file alone", "next day"],
)
def test_deleted_state_is_rebuilt_and_nothing_goes_out_twice(
    night: Night, tmp_path: Path, whole_folder: bool, hours: float
) -> None:
    night.remind()
    lose(night, whole_folder=whole_folder)
    night.clock.move(hours=hours)
    result = night.remind()
    assert bodies(night) == undisturbed(tmp_path / "other", hours)
    assert "state_rebuilt" in [problem.code for problem in result.problems]
    assert notes(night) == ["state_rebuilt"]
    assert night.services().store.verify().ok


def test_state_that_was_never_there_is_a_plain_first_run(night: Night) -> None:
    result = night.remind()
    assert (result.problems, notes(night)) == ((), [])
    assert len(result.messages) > 30


def test_second_run_after_a_rebuild_is_a_plain_one(night: Night) -> None:
    night.remind()
    lose(night)
    night.clock.move(minutes=5)
    night.remind()
    night.clock.move(minutes=5)
    result = night.remind()
    assert (result.problems, result.messages, notes(night)) == ((), (), ["state_rebuilt"])


@pytest.mark.parametrize("with_head", [False, True], ids=["the file", "the whole folder"])
def test_restored_copy_is_caught_up_with(night: Night, with_head: bool) -> None:
    night.remind()
    copy, head = keep_copy(night), (night.app.directory / "head.json").read_bytes()
    night.clock.move(days=1)
    night.remind()
    before = bodies(night)
    put_back(night, copy)
    if with_head:
        (night.app.directory / "head.json").write_bytes(head)
    night.clock.move(hours=1)
    result = night.remind()
    assert bodies(night) == before
    assert notes(night) == ["adopted" if with_head else "state_rebuilt"]
    assert [problem.code for problem in result.problems] == ([] if with_head else ["state_rebuilt"])


def test_dry_run_on_a_lost_state_shows_what_the_run_would_do(night: Night) -> None:
    night.remind()
    lose(night)
    night.clock.move(hours=3)
    dry = night.remind(dry_run=True)
    assert not night.state_file.exists()
    real = night.remind()
    assert (dry.plan_hash, dry.by_reason) == (real.plan_hash, real.by_reason)


def test_pull_inbound_in_between_hides_nothing(night: Night, tmp_path: Path) -> None:
    """It moves its own cursor: what others sent must still be judged days later."""
    night.remind()
    lose(night)
    for _ in range(5):
        night.clock.move(days=1)
        pull_inbound(night.services())
    night.remind()
    assert bodies(night) == undisturbed(tmp_path / "other", 5 * 24)


def test_opt_outs_by_keyword_come_back(night: Night) -> None:
    night.remind()
    night.reply(MARIA, "STOP")
    night.clock.move(minutes=5)
    pull_inbound(night.services())
    lose(night)
    night.clock.move(days=8)
    night.remind()
    assert MARIA in night.services().store.blocks.opted_out()


def test_mails_are_left_to_a_person_where_no_list_can_tell(night: Night) -> None:
    night.world.set_setting("sendgrid.logs", False)
    night.remind()
    mails = len({mail.custom_args["nsq_key"] for mail in night.mails()})
    sent = len(night.mails())
    lose(night)
    night.clock.move(hours=1)
    night.remind()
    services = night.services()
    unknown = services.store.messages.open_outcomes()
    assert (len(night.mails()), len(unknown)) == (sent, mails)
    assert {message.channel for message in unknown} == {Channel.EMAIL}
    assert "before the state file was lost" in unknown[0].detail
    resolve(services.store, unknown[0].key, was_sent=False, actor="ann", now=night.clock())
    night.remind()
    assert len(night.mails()) == sent + 1


def test_mail_about_an_event_is_left_to_a_person_too_though_the_event_is_read_a_run_later(
    night: Night,
) -> None:
    """A new file looks for events only once it knows since when it has been sending."""
    words = "New {{ invoice.number }}"
    step = Step("new", StepKind.CREATED, 0, ("email",), None, {}, {"": MailText(words, words)})
    rules = night.change_rules(
        reminders={"steps": (*night.app.rules.reminders.steps, step)}, contact={"customer_contacts": 20}
    )
    night.world.set_setting("sendgrid.logs", False)
    night.remind(rules=rules)
    night.clock.move(hours=1)
    due = night.clock().date() + timedelta(days=40)
    control.new_invoice(night.world, "Maria O'Brien", Decimal("120.00"), due, number="NEW-1")
    night.clock.move(hours=1)
    night.remind(rules=rules)
    lose(night)
    for _run in range(2):
        night.clock.move(hours=1)
        night.remind(rules=rules)
    about = [mail.subject for mail in night.mails() if "NEW-1" in mail.subject]
    unknown = [m.reminders[0].document_number for m in night.services().store.messages.open_outcomes()]
    assert (about, "NEW-1" in unknown) == (["New NEW-1"], True)


def test_plan_that_changes_because_of_old_mails_is_looked_at_again(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited behind a mail that went out already may have gone out too."""
    answers, plans = iter([True, False]), []

    def look(_services: object, plan: object, *_others: object) -> bool:
        plans.append(plan)
        return next(answers)

    monkeypatch.setattr("nsquilio.jobs.adopt.adopt_mails", look)
    night.remind()
    assert len(plans) == 2


def test_texts_whose_words_twilio_forgets_are_left_to_a_person(night: Night) -> None:
    night.remind()
    texts = len(night.texts())
    with night.world.change() as db:
        db.execute("UPDATE twilio_message SET body = ''")
    lose(night)
    night.clock.move(hours=1)
    night.remind()
    unknown = [m for m in night.services().store.messages.open_outcomes() if m.channel is Channel.SMS]
    assert len(night.texts()) == texts == len(unknown)


# --- NetSuite's log ---


def test_what_netsuite_logged_is_rebuilt_exactly(night: Night) -> None:
    night.world.set_setting("sendgrid.logs", False)
    night.remind()
    services = night.services()
    before = {w.invoice_id: w.step for w in services.store.messages.written()}
    log_replies(night.services())
    with night.world.change() as db:
        db.execute("UPDATE twilio_message SET body = ''")
    lose(night)
    night.clock.move(hours=1)
    result = night.remind()
    after = {w.invoice_id: w.step for w in night.services().store.messages.written()}
    assert (after, result.messages, nothing_twice_by_key(night)) == (before, (), True)
    assert night.services().store.messages.open_outcomes() == ()


def test_opt_outs_by_hand_come_back_from_netsuite(night: Night) -> None:
    night.remind(invoices=("INV-1044",))
    night.reply(MARIA, "STOP")
    pull_inbound(night.services())
    for address in ("+15035550144", "thread@stopford.example", "+16025550129"):
        add_optout(night.services(), address, "phone call of 1 March")
    remove_optout(night.services(), "+16025550129", "changed their mind")
    log_replies(night.services())
    before = set(night.services().store.blocks.opted_out())
    lose(night)
    night.clock.move(minutes=5)
    night.remind()
    after = set(night.services().store.blocks.opted_out())
    assert after == before == {MARIA, "+15035550144", "thread@stopford.example"}


def nothing_twice_by_key(night: Night) -> bool:
    sent = Counter((each.to, each.subject) for each in (*night.mails(), *night.texts()))
    return max(count for (to, subject), count in sent.items() if subject) == 1


# --- another machine, a person, other programs ---


def test_second_machine_with_its_own_state_sends_nothing_again(night: Night, tmp_path: Path) -> None:
    night.remind()
    before = bodies(night)
    ours = keep_copy(night)
    lose(night)  # the other machine's folder
    night.clock.move(minutes=30)
    night.remind()
    assert bodies(night) == before
    night.clock.move(days=1)
    night.remind()
    (night.app.directory / "head.json").unlink()
    put_back(night, ours)  # and the first machine's next night
    night.clock.move(minutes=30)
    night.remind()
    assert bodies(night) == undisturbed(tmp_path / "other", 0.5, 24, 0.5)


def by_hand(night: Night, to: str, body: str) -> str:
    return night.services().twilio.send_text(to, body).sid


def test_text_sent_by_hand_counts_as_the_reminder(night: Night) -> None:
    night.remind(invoices=("INV-1044",))
    by_hand(night, MARIA, "Example SaaS Inc.: Maria, what about invoice INV-1051? Bob")
    night.clock.move(hours=1)
    result = night.remind()
    stored = night.services().store.messages.last_written_to([MARIA])
    assert [(w.document_number, w.step) for w in stored] == [("INV-1051", "late-1")]
    assert "INV-1051" not in {r.document_number for row in result.messages for r in row.message.reminders}
    assert (notes(night), result.problems) == (["adopted"], ())


@pytest.mark.parametrize(
    "body",
    [
        "Example SaaS Inc.: your code is 123456",
        "Somebody Else Ltd.: invoice INV-1051 is due",
        "Example SaaS Inc.: invoice INV-10511 is due",
    ],
)
def test_texts_of_others_in_the_account_change_nothing(night: Night, body: str) -> None:
    plan = night.remind(dry_run=True).plan_hash
    by_hand(night, MARIA, body)
    night.clock.move(minutes=10)
    assert night.remind(dry_run=True).plan_hash == plan


def test_text_to_a_strange_number_that_could_be_tonights_stops_the_run(night: Night) -> None:
    sid = by_hand(
        night,
        "+12125550000",
        "Example SaaS Inc.: invoice INV-1051 for USD 275.00 was due 1 Mar 2026. Already paid?",
    )
    night.clock.move(minutes=10)
    with pytest.raises(Braked, match="It may be tonight's reminder") as stopped:
        night.remind()
    assert (len(night.texts()), stopped.value.exit_code) == (1, 6)
    assert f"nsquilio resolve {sid} --sent" in stopped.value.next
    with pytest.raises(Braked):
        night.remind()


@pytest.mark.parametrize(("was_sent", "texted"), [(True, False), (False, True)])
def test_person_says_what_the_text_to_a_strange_number_was(
    night: Night, was_sent: bool, texted: bool
) -> None:
    body = "Example SaaS Inc.: invoice INV-1051 for USD 275.00 was due 1 Mar 2026. Already paid?"
    sid = by_hand(night, "+12125550000", body)
    night.clock.move(minutes=10)
    with pytest.raises(Braked):
        night.remind()
    resolve(night.services().store, sid, was_sent=was_sent, actor="ann", now=night.clock())
    night.remind()
    assert (MARIA in {text.to for text in night.texts()}) is texted


def test_text_to_a_strange_number_that_says_something_else_stops_nothing(night: Night) -> None:
    by_hand(night, "+12125550000", "Example SaaS Inc.: test of INV-1051, please ignore")
    night.clock.move(minutes=10)
    night.remind()
    assert MARIA in {text.to for text in night.texts()}


# --- what a text stands for ---


def test_text_that_names_only_some_of_many_invoices_counts_for_all(night: Night) -> None:
    for number in range(60):
        _new_invoice(night, number)
    night.remind()
    text = next(text for text in night.texts() if "more" in text.body and text.to == MARIA)
    assert "INV-900059" not in text.body or "INV-900000" not in text.body
    lose(night)
    night.clock.move(hours=2)
    result = night.remind()
    assert [row for row in result.messages if row.message.to == MARIA] == []


def _new_invoice(night: Night, number: int) -> None:
    from decimal import Decimal

    from nsquilio.sandbox import control

    due = night.clock().date() - timedelta(days=9)
    control.new_invoice(
        night.world,
        "Maria O'Brien",
        Decimal("12.00"),
        due,
        number=f"INV-{900000 + number}-{'x' * 20}",
        entered=due - timedelta(days=30),
    )


def test_thank_you_is_recognised_by_its_words(night: Night) -> None:
    night.remind()
    night.clock.move(days=1)
    night.pay("INV-1051")
    night.remind()
    thanks = [text for text in night.texts() if "thank you" in text.body]
    assert [text.to for text in thanks] == [MARIA]
    lose(night)
    for hours in (1, 24):
        night.clock.move(hours=hours)
        night.remind()
    assert [text.to for text in night.texts() if "thank you" in text.body] == [MARIA]


def test_canceled_text_of_another_machine_counts_for_nothing(night: Night) -> None:
    night.remind()
    scheduled = [text for text in night.texts() if text.status == "scheduled"]
    services = night.services()
    services.twilio.cancel(scheduled[0].sid)
    lose(night)
    night.clock.move(minutes=5)
    night.remind()
    assert sorted(t.status for t in night.texts() if t.to == scheduled[0].to) == ["canceled", "scheduled"]


def test_adopted_texts_count_for_the_limits(night: Night) -> None:
    by_hand(night, MARIA, "Example SaaS Inc.: we spoke about INV-1051 today.")
    lose(night)
    night.clock.move(minutes=5)
    night.remind()
    contacts = night.services().store.messages.contacts(night.clock().date() - timedelta(days=2))
    assert MARIA in {contact.recipient for contact in contacts}


def test_scheduled_text_of_another_machine_counts_on_the_day_on_which_it_leaves(night: Night) -> None:
    """Twilio's list does not tell when; taken for the evening of its making, the next day had a second text."""
    night.clock.move(hours=20)  # 23:00 or so in New York
    night.remind()
    ours = {m.sid: m for m in night.services().store.messages.scheduled()}
    later = {sid: m.local_day for sid, m in ours.items() if m.send_at and m.send_at > m.intent_at}
    assert later
    lose(night)
    night.clock.move(minutes=5)
    night.remind()
    found = night.services().store.messages.by_sids(later)
    assert {sid: found[sid].local_day for sid in later} == later


def test_scheduled_text_of_another_machine_is_canceled_when_it_is_paid(night: Night) -> None:
    night.remind()
    scheduled: Sent = next(
        text for text in night.texts() if text.status == "scheduled" and "INV-1053" in text.body
    )
    lose(night)
    night.clock.move(minutes=5)
    night.remind()
    night.pay("INV-1053")
    night.clock.move(minutes=5)
    pull_inbound(night.services())
    assert next(text for text in night.texts() if text.sid == scheduled.sid).status == "canceled"
