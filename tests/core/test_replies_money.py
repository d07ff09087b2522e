"""Paying, claiming, disputing, asking: one sentence for each rule that a person would state."""

from __future__ import annotations

from datetime import date

import pytest

from nsquilio.core.replies import Kind
from tests.core.reply_builders import read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Our AP says 5 business days", "2026-03-25"),
        ("mon or tues, depends on my card", "2026-03-23"),
        ("same as ever, end of month", "2026-03-31"),
        ("Sorry, it has been wild here. Thursday without fail", "2026-03-19"),
        ("after the 24th, everybody here is on vacation", "2026-03-25"),
        ("payroll hits the 20th so figure the 23rd", "2026-03-23"),
        ("yours is slotted for the 31st", "2026-03-31"),
        ("put me down for friday", "2026-03-20"),
        ("queued for our 3/25 run", "2026-03-25"),
        ("we do checks the 23rd and the 30th, you're in the next run", "2026-03-23"),
        ("you can charge my card on the 25th", "2026-03-25"),
        ("friday is when we do payables", "2026-03-20"),
        ("Dana is back on the 24th, she'll run it that day", "2026-03-24"),
        ("popping a cheque in the post on friday", "2026-03-20"),
        ("if you don't see it by monday call me, it goes out friday", "2026-03-20"),
        ("wednesday no wait thursday, will pay then", "2026-03-19"),
        ("weds is no good, friday though", "2026-03-20"),
        ("fortnight today", "2026-04-01"),
        ("how does friday sound", "2026-03-20"),
        ("last working day of the month", "2026-03-31"),
        ("we can clear it all at the start of july", "2026-07-01"),
    ],
)
def test_a_promise_in_other_words_has_its_day(text: str, day: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.promise_date) == (Kind.promise, date.fromisoformat(day))


@pytest.mark.parametrize(
    "text",
    [
        "as soon as the draw comes in",
        "we will get this over to you shortly",
        "you'll get paid when the county pays me",
        "few more days, waiting on a settlement",
        "will get to it asap",
    ],
)
def test_a_promise_that_hangs_on_our_money_has_no_day(text: str) -> None:
    assert (read(text).kind, read(text).promise_date) == (Kind.promise, None)


@pytest.mark.parametrize(
    "text",
    [
        "we are closed friday",
        "need 4 more by friday",
        "the next board meeting is friday",
        "my weekend was good",
        "call me back, 10 min max",
        "is there a number I can call to pay",
        "can I do this in two payments",
        "am I gonna get cut off",
        "where's the best place to drop off a check",
        "BACS went friday",
        "things are slow right now",
    ],
)
def test_a_day_or_a_payment_in_another_sense_promises_nothing(text: str) -> None:
    reading = read(text)
    assert (reading.kind is Kind.promise, reading.promise_date) == (False, None)


@pytest.mark.parametrize(
    "text",
    [
        "autopay grabbed this on the 2nd",
        "your driver picked up the check on monday",
        "transaction went thru 5 min ago",
        "check your mailbox, left an envelope there",
        "put it on the amex last nite",
        "stopped by and paid in cash",
        "Square says completed on my end",
        "sorted that one yesterday mate",
        "payment been send already",
        "went by bank transfer on tuesday",
    ],
)
def test_money_that_has_left_is_a_claim(text: str) -> None:
    assert read(text).kind is Kind.paid_claim


@pytest.mark.parametrize(
    "text",
    [
        "you invoiced 40 but we got 38",
        "you've put VAT on twice",
        "please cancel 1042, it's the same job as 1039",
        "the late fee is on you guys",
        "ending balance on your statement says zero",
        "y'all only came out once",
        "it died after two weeks",
        "the door you installed won't close",
        "that delivery was refused at the dock",
        "bill the new owners",
        "payment withheld",
        "take the 40 off and it'll be paid",
    ],
)
def test_a_dispute_in_other_words(text: str) -> None:
    assert read(text).kind is Kind.dispute


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("our lawyer needs a copy of the signed work order", Kind.copy_request),
        ("can you send the delivery ticket, I can't match it up", Kind.copy_request),
        ("the bank messed up but the check went out yesterday", Kind.paid_claim),
        ("a fraud review held the wire, resending it tomorrow", Kind.promise),
        ("is the 1,940 with or without the deposit", Kind.question),
        ("how much total w/ the credits", Kind.question),
    ],
)
def test_a_weak_sign_of_a_dispute_yields(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("send me the signed ticket and I'll release payment friday", Kind.copy_request),
        ("once I have the lien waiver we will pay", Kind.copy_request),
        ("timesheets that back up these hours?", Kind.copy_request),
        ("lost it in the move, another copy would be great", Kind.copy_request),
        ("could we get 2 more weeks on this", Kind.question),
        ("u guys got zelle?", Kind.question),
        ("sort code and account number please", Kind.question),
        ("how do I set up autopay", Kind.question),
        ("get me a supervisor", Kind.help),
        ("put 6 more bags on tomorrow's order", Kind.other),
        ("that was meant for my wife", Kind.other),
        ("can't talk, I'm driving", Kind.other),
        ("I'll look for it", Kind.acknowledgement),
    ],
)
def test_wishes_questions_and_the_rest(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("le mando 500 el viernes", Kind.promise, "2026-03-20"),
        ("la próxima semana les deposito", Kind.promise, "2026-03-27"),
        ("on vous règle le 25", Kind.promise, "2026-03-25"),
        ("Règlement prévu fin du mois", Kind.promise, "2026-03-31"),
        ("Die Überweisung geht am Montag raus", Kind.promise, "2026-03-23"),
        ("bis Ende nächster Woche ist das Geld bei Ihnen", Kind.promise, "2026-03-27"),
        ("paghiamo a fine mese", Kind.promise, "2026-03-31"),
        ("volgende week wordt het overgemaakt", Kind.promise, "2026-03-27"),
        ("przelew jutro rano", Kind.promise, "2026-03-19"),
        ("pago en 3 días", Kind.promise, "2026-03-21"),
        ("le virement est parti hier", Kind.paid_claim, None),
        ("bonifico fatto stamattina", Kind.paid_claim, None),
        ("La mercancía llegó rota, eso no lo vamos a pagar", Kind.dispute, None),
        ("la livraison était incomplète", Kind.dispute, None),
        ("Können wir auch per Lastschrift zahlen?", Kind.question, None),
        ("Czy można zapłacić kartą?", Kind.question, None),
        ("mándeme la factura por correo", Kind.copy_request, None),
        ("C'est qui ?", Kind.help, None),
    ],
)
def test_seven_languages_pay_dispute_and_ask(text: str, kind: Kind, day: str | None) -> None:
    reading = read(text, currency="EUR")
    assert (reading.kind, reading.promise_date) == (kind, day and date.fromisoformat(day))


@pytest.mark.parametrize("courtesy", ["sorry", "thanks", "ok", "hi", "good morning"])
@pytest.mark.parametrize(
    "text", ["Friday", "already paid", "wrong amount", "how much do I owe?", "send a copy"]
)
def test_courtesy_around_a_message_changes_nothing(courtesy: str, text: str) -> None:
    assert read(f"{courtesy}. {text}").kind is read(text).kind
    assert read(f"{text}. {courtesy}").kind is read(text).kind


def test_thanksgiving_is_in_october_for_a_canadian() -> None:
    canadian = read("after Thanksgiving", on="2026-09-23T10:00:00-04:00", currency="CAD")
    assert canadian.promise_date == date(2026, 10, 13)


def test_a_lone_day_is_taken_for_a_promise_with_a_flag() -> None:
    reading = read("u can count it done by then, fri")
    assert (reading.kind, reading.promise_date) == (Kind.promise, date(2026, 3, 20))
    assert read("bit behind but aiming to be caught up fri").kind is Kind.promise
