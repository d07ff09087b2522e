"""The end of texts in any wording: frames, verbs, objects, languages and scripts; and what must stop nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.replies import Kind, is_opt_out
from nsquilio.core.reply_scripts import asks_to_stop, says_wrong_number
from nsquilio.core.reply_stems import marks
from tests.core.reply_builders import read

FRAMES = [
    "{}",
    "please {}",
    "could you please {}?",
    "I want you to {}",
    "i need u to {} now",
    "kindly {}. Regards, Jo Barker, Barker & Sons",
    "hi, paid this morning, you can {} now",
    "I've asked twice already: {}!!",
    "if you don't {} I will report you to the FCC",
    "hi it's Dan from the body shop um would you folks {} thank you bye",
]
VERBS = ["stop", "quit", "cease", "discontinue", "end", "cut out", "knock off", "turn off", "drop", "halt"]
TEXTS = ["the texts", "these text messages", "sending sms reminders", "the text alerts", "all these messages"]
OTHER_THINGS = [
    "the thursday delivery",
    "the maintenance service",
    "our subscription",
    "the late fee charges",
]


@pytest.mark.parametrize(("frame", "verb"), list(product(FRAMES, VERBS)))
def test_any_verb_of_ending_before_texts_stops_them(frame: str, verb: str) -> None:
    objects = TEXTS if verb not in ("turn off", "drop", "end") else [t for t in TEXTS if "sending" not in t]
    assert [text for text in (frame.format(f"{verb} {one}") for one in objects) if not is_opt_out(text)] == []


@pytest.mark.parametrize(("verb", "thing"), list(product(VERBS, OTHER_THINGS)))
def test_the_same_verb_before_something_else_stops_nothing(verb: str, thing: str) -> None:
    for frame in ("{}", "please {}", "could you please {}?", "got your text. Please {}, thanks"):
        assert not read(frame.format(f"{verb} {thing}")).stops_texts


@pytest.mark.parametrize(
    "text",
    [
        "pack it in with the messages",
        "give it a rest will you",
        "next text I get goes straight to my solicitor",
        "Filing a complaint with the FTC if I get one more of these",
        "my client revokes any consent to receive text messages",
        "never signed up for this",
        "I object to the use of my phone number for reminders",
        "who gave you permission to text my phone",
        "This is my private cell, no billing on it please, use the office e-mail",
        "quit using my cell for it",
        "Text my manager at 402-555-0188 instead of me",
        "switch my reminders to email",
        "by letter only from now on",
        "Text = no. Letter = yes.",
        "is there an unsubscribe option",
        "your STOP does not work",
        "these things light up my whole dash. shut em off",
        "why do you keep texting me",
        "oops wrong key. I mean STOP lol",
        "STOP -- Linda, Accts Payable",
        "Our phone gets these texts and no one reads them. Please discontinue.",
    ],
)
def test_there_are_many_ways_to_say_no(text: str) -> None:
    assert is_opt_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "texts are fine, please stop the calls",
        "no trouble with the texts, but end the duplicate emails",
        "does STOP shut off the delivery notices too?",
        "is it STOP or END to unsubscribe? just asking",
        "that stop was meant for someone else, ignore it",
        "my kid sent you STOP, keep em coming",
        "3 of the STOP signs came in bent",
        "can we opt out of the fuel surcharge?",
        "please take Lou off the texts and keep me on",
        "Don't text Maria, she left. I do the payables now",
        "drop me a line when it ships",
        "we have no more of the couplings",
        "email only invoices to ap@brooks.example",
        "let me be clear, we paid",
        "Had enough of your late deliveries",
        "a text with the total would be great",
        "still getting reminders even though I paid",
        "how do I unsubscribe from the filter plan?",
        "one more late delivery and we are done",
        "stop sending me bills for what I returned",
        "no message attached",
        "your text had no amount",
        "this is harassment, we paid it twice already",
        "my cat stepped on my phone and sent STOP",
        "please don't shut off our water",
        "no calls please, texting only",
        "I don't like the tone of this message, we have always paid",
        "our auditors need this to stop showing as past due",
    ],
)
def test_what_speaks_of_ending_something_else_stops_nothing(text: str) -> None:
    assert not read(text).stops_texts


@pytest.mark.parametrize(
    "text",
    [
        "My number was reassigned, you are looking for the owner before me",
        "New phone, whoever had it before me is who you want",
        "This is a church office, not an auto shop",
        "you keep texting a 12 yr old about a skid steer",
        "my brother used to own that shop",
        "haven't been with Summit Roofing for 2 years",
        "they let me go in May",
        "wrong Dave",
    ],
)
def test_a_strangers_phone_is_left_alone(text: str) -> None:
    assert read(text).kind is Kind.wrong_number


@pytest.mark.parametrize(
    "text",
    [
        "Gary retired, I do the payables now",
        "Mike left. I'm the new controller",
        "oops wrong chat, that was for my wife",
        "Warranty should cover it, not me",
        "the wrong person signed for it",
        "nobody here knows about this order, can you send the PO",
        "Jim doesn't work Fridays",
        "I don't know who you are, could you call and explain it?",
        "this is my cell, call anytime",
    ],
)
def test_a_change_of_people_is_no_wrong_number(text: str) -> None:
    assert not read(text).stops_texts


@pytest.mark.parametrize(
    "text",
    [
        "Ya párenle con los mensajitos",
        "no vuelvan a escribirme",
        "Este es mi celular personal, no lo usen para cobros",
        "c'est bon, lâchez-moi avec vos sms",
        "Merci de ne plus utiliser ce portable",
        "Ich widerspreche der Nutzung meiner Handynummer",
        "Hören Sie auf, mir zu schreiben",
        "Solicito a remoção do meu número da vossa base",
        "toglietemi dalla lista",
        "Kunt u stoppen met die sms'jes?",
        "Proszę nie wysyłać więcej SMS-ów",
        "przestańcie do mnie pisać",
        "sluta skicka sms till mig",
        "Ikke send flere sms",
        "nu îmi mai trimiteți mesaje",
        "Lütfen mesaj göndermeyin",
        "huwag na kayo mag text",
        "Xin đừng nhắn tin nữa",
        "请不要再发短信",
        "もう送らないでください",
        "문자 그만 보내세요",
        "Прекратите присылать смс",
        "توقفوا عن ارسال الرسائل",
        "אל תשלחו לי הודעות",
        "σταματήστε να στέλνετε μηνύματα",
        "मैसेज भेजना बंद करें",
        "อย่าส่งข้อความมาอีก",
    ],
)
def test_every_language_can_ask_for_the_end_of_texts(text: str) -> None:
    assert is_opt_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "ya no necesitamos el servicio, cancelen el contrato",
        "no recibí la factura, me la mandan por favor?",
        "Pouvez-vous arrêter la livraison de jeudi ?",
        "Bitte keine Lieferung am Freitag",
        "Wir haben keine Rechnung bekommen",
        "Stop maar met bellen, sms'en is prima",
        "Bisogna annullare la fattura 218",
        "Nie dostałem faktury, proszę wysłać",
        "Los textos están bien pero no llamen",
        "明天付款",
        "Завтра оплатим",
    ],
)
def test_another_language_that_speaks_of_goods_stops_nothing(text: str) -> None:
    assert not read(text, currency="EUR").stops_texts


@pytest.mark.parametrize(
    "text", ["打错了", "番号が違います", "잘못 보내셨어요", "Вы ошиблись номером", "رقم خطأ", "λάθος αριθμός"]
)
def test_a_wrong_number_in_other_letters_is_known_and_shown(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.unsure) == (Kind.wrong_number, True)


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("enviándome", ""),
        ("mandarme", "<x.send>"),
        ("schreibt", "<x.send>"),
        ("smsow", "<x.text>"),
        ("send", ""),
    ],
)
def test_a_stem_marks_a_word_in_every_ending_and_no_english_one(word: str, mark: str) -> None:
    assert (mark in marks(word)) if mark else not marks(word)


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(
        ["stop texting me", "take me off this list", "no more texts", "unsubscribe me", "keine SMS mehr"]
    ),
    st.sampled_from(["", "Hi. ", "Good morning! ", "Invoice 1042 is paid. ", "Sorry, busy here. "]),
    st.sampled_from(
        ["", " 🙏", "!!!", " thanks", "\nSent from my phone", ". Regards, Ann Lee", " 😡", ". Call 555-0100"]
    ),
    st.sampled_from([str, str.upper, str.title]),
)
def test_what_stands_around_a_request_never_undoes_it(
    core: str, before: str, after: str, case: Callable[[str], str]
) -> None:
    assert read(case(before + core + after)).stops_texts


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80))
def test_other_letters_are_searched_in_any_text(text: str) -> None:
    assert asks_to_stop(text) is None or not text.isascii()
    assert says_wrong_number(text) is None or not text.isascii()
