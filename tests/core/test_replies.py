"""What a reply means: kinds, deciding words, keywords, conditions, and what a quote of ours must never do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nsquilio.core.replies import Kind, Reading, is_opt_out
from tests.core.reply_builders import read

REMINDER = (
    "Example SaaS Inc.: invoice INV-1042 for USD 1,250.00 is due Mar 31, 2026. Questions? Call 555-0100. "
)
REMINDER += "Reply STOP to opt out."


def test_a_reading_says_kind_words_rule_day_and_sum() -> None:
    assert read("Sorry! We'll send $400 on Friday") == Reading(
        kind=Kind.promise,
        words=("We'll", "send", "$400"),
        rule="promise.will",
        promise_date=date(2026, 3, 20),
        promise_amount=Decimal("400.00"),
        stops_texts=False,
        keyword=False,
        unsure=False,
    )


def test_the_words_that_decided_stand_as_in_the_text() -> None:
    assert read("pls STOPPP sending these txts").words == ("STOPPP", "txts")


@pytest.mark.parametrize(
    "text", ["STOP", "stop.", " Unsubscribe ", "opt out", "STOPALL", "End", "revoke!", "arrêt"]
)
def test_a_bare_keyword_is_known_as_one(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.keyword, reading.stops_texts) == (Kind.opt_out, True, True)


@pytest.mark.parametrize("text", ["please stop", "STOP texting me", "stop it", "SТOP please", "🛑"])
def test_an_opt_out_in_other_words_is_no_keyword(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.keyword, reading.stops_texts) == (Kind.opt_out, False, True)


def test_a_keyword_that_is_spoken_is_none_to_the_carrier() -> None:
    reading = read("stop", channel="voicemail")
    assert (reading.kind, reading.keyword, reading.stops_texts) == (Kind.opt_out, False, True)


@pytest.mark.parametrize("text", ["START", "unstop", "Yes", "YES!"])
def test_start_and_a_lone_yes_are_keywords_of_opt_in(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.keyword, reading.stops_texts) == (Kind.opt_in, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "stpo",
        "ST0P",
        "S T O P",
        "ＳＴＯＰ",
        "ЅТОР",
        "st\u200bop",
        "unsubcsribe",
        "ssttoopp",
        "plz stpo txting",
        "*stop*",
    ],
)
def test_an_opt_out_survives_misspelling_and_strange_letters(text: str) -> None:
    assert is_opt_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "will stop by tomorrow with the check",
        "Truck Stop 66 here, send the invoice",
        "end of april",
        "cancel invoice 1042 please",
        "please cancel my delivery",
        "stop calling me",
        "don't stop the reminders",
        "what does STOP do?",
        "we did not stop payment on that",
        "stop texting my wife, text me",
        "unsubscribe us from the newsletter",
        "Jim quit last month",
        "I sent stop by accident",
    ],
)
def test_stop_in_another_sense_stops_nothing(text: str) -> None:
    assert not is_opt_out(text)
    assert not read(text).stops_texts


@pytest.mark.parametrize(
    "text",
    [
        f"Liked “{REMINDER}”",
        f'Laughed at "{REMINDER}"',
        f"👍 to “{REMINDER}”",
        f"Reacted ❤️ to “{REMINDER}”",
        f"A aimé « {REMINDER} »",
        "Removed a like from “invoice 1042 is due. Reply STOP to end”",
        "Emphasized an image",
    ],
)
def test_a_reaction_to_our_message_is_an_acknowledgement(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.stops_texts) == (Kind.acknowledgement, False)


@pytest.mark.parametrize("quote", [REMINDER, f"“{REMINDER}”", f"> {REMINDER}\n", f'"{REMINDER}" '])
def test_what_quotes_us_is_not_read(quote: str) -> None:
    assert read(f"{quote}\nalready paid").kind is Kind.paid_claim
    assert not read(quote).stops_texts


def test_the_last_message_to_this_phone_is_known_as_ours_however_it_is_worded() -> None:
    ours = "Rappel. Stop these texts any time: send STOP"
    assert is_opt_out(ours)
    assert read(f"{ours} merci", sent=ours).kind is Kind.acknowledgement


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("will pay if you resend it", Kind.copy_request),
        ("as soon as you send the statement we will pay", Kind.copy_request),
        ("can't pay without a W9", Kind.copy_request),
        ("will pay, just tell me how", Kind.question),
        ("We will pay when the leak is fixed", Kind.dispute),
        ("will pay when our client pays us", Kind.promise),
        ("can we pay on the 20th?", Kind.promise),
        ("can I pay by check?", Kind.question),
        ("haven't paid yet, friday", Kind.promise),
        ("has this been paid?", Kind.question),
        ("didn't we pay this already", Kind.paid_claim),
        ("not paying for that", Kind.dispute),
        ("wrong amount", Kind.dispute),
        ("closed until jan 2", Kind.other),
        ("We did not order these. Also stop texting me", Kind.opt_out),
    ],
)
def test_what_comes_before_what(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize("text", ["", "   ", "…", "[inaudible]", "(no speech)", "uh", "\u200b"])
def test_silence_is_other(text: str) -> None:
    assert (read(text, channel="voicemail").kind, read(text).rule) == (Kind.other, "silence")


def test_what_no_rule_knows_is_left_to_a_person() -> None:
    assert read("flibbertigibbet on the mantel") == Reading(Kind.other, (), "none", unsure=True)


def test_a_loose_reading_is_marked_unsure() -> None:
    reading = read("the tiles, well, half were kind of broken i would say")
    assert reading.kind is Kind.dispute
    assert read("texts like yours, so annoying").unsure


def test_the_middle_of_an_endless_text_is_left_out_but_its_end_is_read() -> None:
    assert is_opt_out("blah " * 5_000 + "stop texting me")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bitte keine SMS mehr", Kind.opt_out),
        ("Ne m'envoyez plus de messages", Kind.opt_out),
        ("não quero mais receber mensagens", Kind.opt_out),
        ("non voglio più ricevere sms", Kind.opt_out),
        ("Stop met sms'en", Kind.opt_out),
        ("No quiero más mensajes", Kind.opt_out),
        ("número equivocado", Kind.wrong_number),
        ("Falsche Nummer", Kind.wrong_number),
        ("mauvais numéro", Kind.wrong_number),
        ("numero sbagliato", Kind.wrong_number),
        ("verkeerd nummer", Kind.wrong_number),
        ("número errado", Kind.wrong_number),
        ("ich möchte wieder Nachrichten erhalten", Kind.opt_in),
        ("ya pagué", Kind.paid_claim),
        ("danke", Kind.acknowledgement),
    ],
)
def test_seven_languages_can_say_no(text: str, kind: Kind) -> None:
    assert read(text, currency="EUR").kind is kind
