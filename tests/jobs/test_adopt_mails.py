"""Mails of another machine or a lost state file: recognised in SendGrid's logs, asked about, or waited for."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from nsquilio.core.model import Action, Reason
from nsquilio.core.rules import MailText, Rules, Step, StepKind
from nsquilio.jobs.holds import add_hold
from nsquilio.jobs.resolve import resolve
from nsquilio.sandbox import control
from tests.jobs.night import Night, by_number
from tests.jobs.test_rebuild import keep_copy, lose, notes, put_back

OTHER = "Willow Fitness"
TELLS = "New: {{ invoice.number }}"
TELLS_NOTHING = "Something new"


def mail_step(id: str, kind: StepKind, subject: str, days: int = 0) -> Step:
    text = MailText(subject, "{{ invoice.number }} for {{ invoice.balance }}")
    return Step(id, kind, days, ("email",), None, {}, {"": text})


def with_steps(night: Night, *steps: Step, contacts: int = 20) -> Rules:
    return night.change_rules(reminders={"steps": steps}, contact={"customer_contacts": contacts})


def invoice(night: Night, number: str, *, due_in: int = 40, customer: str = "Maria O'Brien") -> None:
    due = night.clock().date() + timedelta(days=due_in)
    control.new_invoice(night.world, customer, Decimal("120.00"), due, number=number)


def mailed(night: Night, number: str) -> int:
    """How many mails that name the invoice the same address has got."""
    to = Counter(mail.to for mail in night.mails() if number in mail.subject + mail.body)
    return max(to.values(), default=0)


def unknown(night: Night) -> list[str]:
    return [
        reminder.document_number
        for message in night.services().store.messages.open_outcomes()
        for reminder in message.reminders
    ]


def head_of(night: Night) -> bytes:
    return (night.app.directory / "head.json").read_bytes()


class Elsewhere:
    """What runs in between is another machine's; afterwards our folder is as it was."""

    def __init__(self, night: Night) -> None:
        self.night = night

    def __enter__(self) -> None:
        self.copy, self.head = keep_copy(self.night), head_of(self.night)

    def __exit__(self, *_: object) -> None:
        put_back(self.night, self.copy)
        (self.night.app.directory / "head.json").write_bytes(self.head)


# --- which invoices a mail was about ---


def one_new_then_another(night: Night, subject: str, kind: StepKind = StepKind.CREATED) -> Rules:
    """A mail about NEW-1 that our file does not know; then NEW-2 comes, of the same customer."""
    rules = with_steps(night, mail_step("new", kind, subject))
    night.remind(rules=rules)
    with Elsewhere(night):
        night.clock.move(hours=1)
        invoice(night, "NEW-1")
        night.clock.move(minutes=5)
        night.remind(rules=rules)
    night.clock.move(hours=1)
    assert mailed(night, "NEW-1") == 1
    return rules


@pytest.mark.parametrize("subject", [TELLS, TELLS_NOTHING])
def test_mail_about_an_older_invoice_counts_for_no_newer_one(night: Night, subject: str) -> None:
    rules = one_new_then_another(night, subject)
    invoice(night, "NEW-2")
    night.clock.move(minutes=5)
    night.remind(rules=rules)
    night.clock.move(hours=1)
    night.remind(rules=rules)
    assert (mailed(night, "NEW-1"), mailed(night, "NEW-2"), unknown(night)) == (1, 1, [])


def test_mail_that_tells_of_more_invoices_than_it_names_is_asked_about_once(night: Night) -> None:
    """Its other invoice is paid and out of sight, so its key proves nothing."""
    rules = two_then_one_paid(night, TELLS)
    assert (mailed(night, "NEW-1"), mailed(night, "NEW-3"), unknown(night)) == (1, 0, ["NEW-1", "NEW-3"])
    first = night.services().store.messages.open_outcomes()[0]
    assert "may have been it" in first.detail
    resolve(night.services().store, first.key, was_sent=False, actor="ann", now=night.clock())
    night.clock.move(minutes=5)
    night.remind(rules=rules)
    assert (mailed(night, "NEW-1"), mailed(night, "NEW-3"), unknown(night)) == (2, 1, [])


def test_subject_that_names_other_invoices_only_stands_in_nobodys_way(night: Night) -> None:
    """NEW-1 is paid and out of sight; the words of its mail would have named NEW-2 too."""
    rules = one_new_then_another(night, TELLS)
    night.pay("NEW-1")
    invoice(night, "NEW-2")
    night.clock.move(minutes=5)
    night.remind(rules=rules)
    assert (mailed(night, "NEW-2"), unknown(night)) == (1, [])


def test_mail_about_an_earlier_change_is_asked_about_before_a_later_one_goes(night: Night) -> None:
    rules = with_steps(
        night,
        mail_step("new", StepKind.CREATED, "Welcome {{ invoice.number }}"),
        mail_step("moved", StepKind.CHANGED, "Moved: {{ invoice.number }}"),
    )
    night.remind(rules=rules)
    invoice(night, "NEW-1")
    night.clock.move(minutes=5)
    night.remind(rules=rules)
    with Elsewhere(night):
        move(night, "NEW-1", 50)
        night.remind(rules=rules)
    assert mailed(night, "Moved: NEW-1") == 1
    move(night, "NEW-1", 60)
    night.remind(rules=rules)
    assert (mailed(night, "Moved: NEW-1"), unknown(night)) == (1, ["NEW-1"])


def move(night: Night, number: str, due_in: int) -> None:
    night.clock.move(hours=1)
    due = night.clock().date() + timedelta(days=due_in)
    control.change_invoice(night.world, number, duedate=due.isoformat())
    night.clock.move(minutes=5)


def two_then_one_paid(night: Night, subject: str) -> Rules:
    """A mail about NEW-1 and NEW-2, of which one is paid since, while NEW-3 has come."""
    rules = with_steps(night, mail_step("new", StepKind.CREATED, subject))
    night.remind(rules=rules)
    with Elsewhere(night):
        night.clock.move(hours=1)
        invoice(night, "NEW-1")
        invoice(night, "NEW-2")
        night.clock.move(minutes=5)
        night.remind(rules=rules)
    night.pay("NEW-2")
    night.clock.move(hours=1)
    invoice(night, "NEW-3")
    night.clock.move(minutes=5)
    night.remind(rules=rules)
    return rules


def test_what_a_subject_does_not_tell_is_left_to_a_person(night: Night) -> None:
    two_then_one_paid(night, TELLS_NOTHING)
    assert (mailed(night, "NEW-1"), mailed(night, "NEW-3"), unknown(night)) == (1, 0, ["NEW-1", "NEW-3"])


def test_dated_mail_counts_for_no_invoice_that_came_after_it(night: Night) -> None:
    """Its subject tells nothing; the key it carried proves that it was about the first one alone."""
    rules = with_steps(night, mail_step("late", StepKind.AFTER, TELLS_NOTHING, days=1))
    night.remind(rules=rules)
    invoice(night, "NEW-1", due_in=-3)
    with Elsewhere(night):
        night.clock.move(minutes=5)
        night.remind(rules=rules)
    invoice(night, "NEW-2", due_in=-3)
    night.clock.move(hours=1)
    night.remind(rules=rules)
    assert (mailed(night, "NEW-1"), mailed(night, "NEW-2"), unknown(night)) == (1, 1, [])


def test_state_that_only_mails_give_away_is_told_as_lost(night: Night) -> None:
    rules = with_steps(night, mail_step("late", StepKind.AFTER, TELLS, days=1))
    night.remind(rules=rules)
    lose(night)
    night.clock.move(hours=1)
    assert "state_rebuilt" in [problem.code for problem in night.remind(rules=rules).problems]
    assert notes(night) == ["state_rebuilt"]


def test_state_file_lost_alone_is_noticed_where_nothing_remote_can_tell(night: Night) -> None:
    """No logs, no texts, nothing in NetSuite: only the head beside the file knows of the mails."""
    rules = with_steps(night, mail_step("late", StepKind.AFTER, TELLS, days=1))
    night.world.set_setting("sendgrid.logs", False)
    night.remind(rules=rules)
    sent = len(night.mails())
    lose(night, whole_folder=False)
    for _run in range(2):
        night.clock.move(hours=1)
        night.remind(rules=rules)
    assert (len(night.mails()), bool(unknown(night))) == (sent, True)


# --- logs that cannot be read ---


def mail_of_another_machine(night: Night) -> Rules:
    rules = with_steps(
        night,
        mail_step("late", StepKind.AFTER, TELLS, days=1),
        *night.app.rules.reminders.steps[:1],
    )
    night.remind(rules=rules)
    invoice(night, "NEW-1", due_in=-3)
    with Elsewhere(night):
        night.clock.move(minutes=5)
        night.remind(rules=rules)
    night.clock.move(hours=1)
    invoice(night, "NEW-2", due_in=2, customer="Maria O'Brien")
    return rules


def test_mails_wait_while_logs_that_were_readable_are_not(night: Night) -> None:
    rules = mail_of_another_machine(night)
    texts = len(night.texts())
    night.world.set_setting("sendgrid.logs", False)
    result = night.remind(rules=rules)
    told = [(problem.code, problem.exit_code) for problem in result.problems]
    decision = by_number(result)["NEW-1"]
    assert (mailed(night, "NEW-1"), len(night.texts()), told) == (1, texts + 1, [("mails_wait", 4)])
    assert (decision.action, decision.reason) == (Action.HOLD, Reason.UNKNOWN_OUTCOME)
    night.world.set_setting("sendgrid.logs", True)
    night.clock.move(minutes=5)
    later = [problem.code for problem in night.remind(rules=rules).problems]
    assert (mailed(night, "NEW-1"), unknown(night), "mails_wait" in later) == (1, [], False)


def test_mails_wait_when_a_mails_own_log_cannot_be_fetched(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nsquilio.errors import Unreachable
    from nsquilio.remote.sendgrid import SendGrid

    rules = mail_of_another_machine(night)

    def fails(_self: SendGrid, _id: str) -> str:
        raise Unreachable("SendGrid did not answer.")

    monkeypatch.setattr(SendGrid, "key_of", fails)
    result = night.remind(rules=rules)
    assert ([problem.code for problem in result.problems], mailed(night, "NEW-1")) == (["mails_wait"], 1)


def test_mails_wait_no_longer_when_the_logs_are_gone_for_days(night: Night) -> None:
    rules = with_steps(night, mail_step("late", StepKind.AFTER, TELLS, days=1))
    night.remind(rules=rules)
    invoice(night, "NEW-1", due_in=0)
    night.world.set_setting("sendgrid.logs", False)
    codes = []
    for _day in range(5):
        night.clock.move(days=1)
        codes.append([problem.code for problem in night.remind(rules=rules).problems])
    assert (mailed(night, "NEW-1"), "mails_wait" in codes[-1]) == (1, False)
    assert "mails_wait" in codes[0]


def test_dry_run_shows_that_mails_wait(night: Night) -> None:
    rules = mail_of_another_machine(night)
    night.world.set_setting("sendgrid.logs", False)
    dry = night.remind(rules=rules, dry_run=True)
    real = night.remind(rules=rules)
    assert (dry.plan_hash, dry.by_reason, dry.problems) == (real.plan_hash, real.by_reason, real.problems)


# --- what was not planned on the first night after a loss ---


@pytest.mark.parametrize("has_logs", [True, False])
def test_mail_that_is_not_planned_on_the_first_nights_after_a_loss_does_not_go_again(
    night: Night, has_logs: bool
) -> None:
    late = mail_step("late", StepKind.AFTER, TELLS, days=1)
    rules = with_steps(night, late, *night.app.rules.reminders.steps[:1])
    night.world.set_setting("sendgrid.logs", has_logs)
    invoice(night, "NEW-1", due_in=-2)
    night.remind(rules=rules)
    lose(night)
    add_hold(night.services(), "NEW-1", "asked for time", night.clock().date() + timedelta(days=4))
    for number, days in enumerate((0.1, 0.1, 4.2)):
        night.clock.move(days=days)
        invoice(night, f"OTHER-{number}", due_in=-2, customer=OTHER)
        night.remind(rules=rules)
    assert mailed(night, "NEW-1") == 1
    assert mailed(night, "OTHER-2") == 1
    assert ("NEW-1" in unknown(night)) is not has_logs


def test_person_who_says_that_a_mail_in_doubt_did_not_go_is_asked_once(night: Night) -> None:
    """Without logs, what was held when the file was lost is asked about when it is planned, and then goes."""
    rules = with_steps(
        night, mail_step("late", StepKind.AFTER, TELLS, days=1), *night.app.rules.reminders.steps[:1]
    )
    night.world.set_setting("sendgrid.logs", False)
    invoice(night, "NEW-1", due_in=-2)
    night.remind(rules=rules)
    lose(night)
    night.clock.move(days=0.1)
    night.remind(rules=rules)
    store = night.services().store
    key = next(m.key for m in store.messages.open_outcomes() if m.reminders[0].document_number == "NEW-1")
    resolve(store, key, was_sent=False, actor="ann", now=night.clock())
    night.clock.move(days=0.1)
    night.remind(rules=rules)
    assert mailed(night, "NEW-1") == 2
