"""Opt-outs, segments and times of the sandbox's Twilio against facts/twilio.md sections 2, 6 and 10."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import outside
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.twilio_rules import BEHAVIOURS, Refusal, behaviour_of, error_words, set_number
from nsquilio.sandbox.twilio_segments import is_gsm7, segments, smart_encoded
from nsquilio.sandbox.twilio_times import rfc2822
from nsquilio.sandbox.world import World
from tests.sandbox.openapi import TWILIO_ERROR
from tests.sandbox.twilio_side import CUSTOMER, NOON, Api, hold_the_clock

IN_SERVICE = "+14155550180"
ALSO_IN_SERVICE = "+12125550181"
TOLL_FREE = "+18885550182"


@pytest.fixture
def api(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> Api:
    hold_the_clock(world, monkeypatch)
    return Api(server)


def may_write(api: Api, **form: str) -> bool:
    response = api.send(**form)
    assert response.status_code == 201 or response.json()["code"] == 21610
    return response.status_code == 201


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Stop\n", "Unsubscribe", "END", "quit", "STOPALL", "revoke", "OptOut", "cancel"]
)
def test_a_keyword_alone_stops_texts(api: Api, world: World, word: str) -> None:
    sid = outside.reply(world, CUSTOMER, IN_SERVICE, word)
    assert not may_write(api)
    inbound = api.message(sid)
    assert (inbound["body"], inbound["status"], inbound["direction"]) == (word, "received", "inbound")


@pytest.mark.parametrize("words", ["please stop", "stop texting me", "OPT OUT", "STOP.", "stopp"])
def test_other_wording_does_not_stop_texts(api: Api, world: World, words: str) -> None:
    outside.reply(world, CUSTOMER, IN_SERVICE, words)
    assert may_write(api)


def test_a_stop_to_one_sender_silences_its_whole_service_and_nothing_else(api: Api, world: World) -> None:
    outside.reply(world, CUSTOMER, ALSO_IN_SERVICE, "STOP")
    assert not may_write(api)
    assert not may_write(api, From=IN_SERVICE)
    assert may_write(api, From=TOLL_FREE)
    assert may_write(api, To="+14155550124")


@pytest.mark.parametrize(
    ("to", "word", "lifted"),
    [
        (IN_SERVICE, "start", True),
        (IN_SERVICE, "YES", True),
        (IN_SERVICE, "Unstop", True),
        (IN_SERVICE, "yes please", False),
        (TOLL_FREE, "START", True),
        (TOLL_FREE, "YES", False),
    ],
)
def test_a_start_word_lifts_the_stop(api: Api, world: World, to: str, word: str, lifted: bool) -> None:
    sender = {"From": TOLL_FREE} if to == TOLL_FREE else {}
    outside.reply(world, CUSTOMER, to, "STOP")
    outside.reply(world, CUSTOMER, to, word)
    assert may_write(api, **sender) is lifted


def test_the_opt_out_may_surface_as_a_failed_message(api: Api, world: World) -> None:
    world.set_setting("twilio.later_codes", [21610])
    outside.reply(world, CUSTOMER, IN_SERVICE, "STOP")
    sid = api.send().json()["sid"]
    world.advance(timedelta(minutes=1))
    assert (api.message(sid)["status"], api.message(sid)["error_code"]) == ("failed", 21610)


@pytest.mark.parametrize(("sent_anyway", "status"), [(True, "delivered"), (False, "failed")])
def test_a_stop_does_not_cancel_what_is_scheduled(
    api: Api, world: World, sent_anyway: bool, status: str
) -> None:
    world.set_setting("twilio.scheduled_after_stop", sent_anyway)
    sid = api.send(ScheduleType="fixed", SendAt="2026-03-02T13:00:00Z").json()["sid"]
    outside.reply(world, CUSTOMER, IN_SERVICE, "STOP")
    world.advance(timedelta(hours=2))
    assert api.message(sid)["status"] == status


def test_the_longest_pattern_decides_how_a_number_behaves(world: World) -> None:
    for pattern, behaviour in (("*", "filtered"), ("+44*", "landline"), ("+447700900001", "mobile")):
        set_number(world, pattern, behaviour)
    found = [behaviour_of(world, number) for number in ("+14155550100", "+442079460000", "+447700900001")]
    assert found == [BEHAVIOURS["filtered"], BEHAVIOURS["landline"], BEHAVIOURS["mobile"]]


def test_every_code_has_an_error_body() -> None:
    validator = Draft202012Validator(TWILIO_ERROR)
    for code in (*range(20001, 20500), *range(21211, 21706), *range(30001, 30900), 35114, 572002):
        validator.validate(json.loads(Refusal(code, to=CUSTOMER).reply().body))
        assert error_words(code) and "{" not in error_words(code)


def test_an_unknown_behaviour_is_refused_with_the_known_ones(world: World) -> None:
    with pytest.raises(WrongUsage, match="No number behaves like 'rude'") as error:
        set_number(world, CUSTOMER, "rude")
    assert "landline" in error.value.next and "error:CODE" in error.value.next


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("\u20ac" * 80, 1),
        ("\u20ac" * 81, 2),
        ("a" * 152 + "\u20ac" + "a" * 10, 2),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),
        ("🇩🇪" * 17, 1),
        ("👩\u200d👩\u200d👧" * 8, 1),
        ("👩\u200d👩\u200d👧" * 9, 2),
    ],
)
def test_segments_are_counted_as_twilio_counts_them(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize("letter", "àèéùìòÇØøÅåÄÖÑÜ§äöñü¿¡£$¥@ÆæßÉ|^€{}[]~\\\f")
def test_letters_of_the_gsm_alphabet(letter: str) -> None:
    assert is_gsm7(letter)


@pytest.mark.parametrize("letter", "êëçáíóúâôœ\u2019\u201c\u201d\u2013\u2026`\t\u00a0")
def test_letters_outside_of_it(letter: str) -> None:
    assert not is_gsm7(letter)


def test_smart_encoding_replaces_look_alikes_and_keeps_accents() -> None:
    text = "It\u2019s \u201cdue\u201d \u2013 now\u00a0\u2026 ê"
    assert smart_encoded(text) == 'It\'s "due" - now ... ê'
    assert is_gsm7(smart_encoded("It\u2019s due"))


def test_times_are_written_as_in_the_2010_api() -> None:
    assert rfc2822(NOON.timestamp() + 0.9) == "Mon, 02 Mar 2026 12:00:00 +0000"
    assert rfc2822(0) == "Thu, 01 Jan 1970 00:00:00 +0000"
    assert rfc2822(None) is None
