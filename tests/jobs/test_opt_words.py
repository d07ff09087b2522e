"""A no is heard as it arrives, however it is worded, alone or among very many texts, in writing or said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from nsquilio.jobs import opt_words
from nsquilio.jobs.understand import understand
from nsquilio.sandbox import outside
from tests.jobs.inbound_builders import Desk

ANNA = "+14155550142"
BEN = "+12125550176"
WORDED = "please do not text me any more"


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opt_words, "READ_IN_FULL", 300)


def _receive(desk: Desk, texts: Iterable[tuple[str, str]]) -> None:
    """From and words of each, a second apart, the last one now."""
    number = outside.own_numbers(desk.world)[0]
    listed = list(texts)
    first = desk.now() - timedelta(seconds=len(listed))
    outside.replies(
        desk.world,
        [(who, number, said, first + timedelta(seconds=n)) for n, (who, said) in enumerate(listed)],
    )


@pytest.mark.parametrize("words", ["ARRÊT", "arre\u0302t", "Stop" + "!" * 30, "  \r\n STOP \r\n" + " " * 20])
@pytest.mark.parametrize("others", [0, 400], ids=["alone", "among many"])
def test_keyword_is_heard_however_it_is_dressed(desk: Desk, words: str, others: int) -> None:
    number = outside.own_numbers(desk.world)[0]
    outside.replies(desk.world, [(BEN, number, f"hello {n}", desk.now()) for n in range(others)])
    desk.text(ANNA, words)
    desk.pull()
    understand(desk.services)
    assert {one.address: one.kind for one in desk.store.blocks.opt_outs()} == {ANNA: "keyword"}
    desk.advance(minutes=1)
    desk.text(ANNA, "START")
    desk.pull()
    assert desk.store.blocks.opted_out() == {}


@pytest.mark.parametrize("others", [0, 400], ids=["alone", "among many"])
def test_start_after_a_dressed_keyword_counts_when_one_list_brings_both(desk: Desk, others: int) -> None:
    number = outside.own_numbers(desk.world)[0]
    outside.replies(desk.world, [(BEN, number, f"hello {n}", desk.now()) for n in range(others)])
    for words in ("Stop" + "!" * 30, "START"):
        desk.text(ANNA, words)
        desk.advance(minutes=1)
    desk.pull()
    understand(desk.services)
    assert desk.store.blocks.opt_outs() == ()


def test_each_worded_no_among_many_is_heard_by_one_of_the_next_pulls(desk: Desk) -> None:
    numbers = [f"+1415555{n:04}" for n in range(100, 750)]
    _receive(desk, [(who, WORDED if n % 50 == 7 else f"hello {n}") for n, who in enumerate(numbers)])
    wanted = numbers[7::50]
    assert desk.pull().opt_outs == ()
    heard = [desk.pull().opt_outs for _ in range(3)]
    assert heard == [tuple(wanted[:6]), tuple(wanted[6:12]), tuple(wanted[12:])]
    assert set(desk.store.blocks.opted_out()) == set(wanted)
    assert desk.pull().opt_outs == ()


def test_older_texts_that_are_listed_late_are_heard_too(desk: Desk) -> None:
    _receive(desk, [(BEN, f"hello {n}") for n in range(400)])
    desk.pull()
    desk.pull()
    number = outside.own_numbers(desk.world)[0]
    old = desk.now() - timedelta(hours=5)
    outside.replies(desk.world, [(BEN, number, f"earlier {n}", old) for n in range(400)])
    outside.replies(desk.world, [(ANNA, number, WORDED, old - timedelta(hours=1))])
    desk.pull(since=desk.now().date() - timedelta(days=9))
    assert desk.pull().opt_outs == (ANNA,)


def test_what_a_person_has_understood_meanwhile_is_not_heard_again(desk: Desk) -> None:
    _receive(desk, [(ANNA, WORDED), *((BEN, f"hello {n}") for n in range(400))])
    desk.pull()
    understand(desk.services)
    desk.store.blocks.opt_in(ANNA, "sms", "by phone", desk.now())
    assert desk.pull().opt_outs == ()


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Please stop texting this phone, take me off your list.", "wording"), ("Stop.", "wording")],
)
def test_a_no_in_a_voicemail_is_heard_when_its_words_come(desk: Desk, said: str, kind: str) -> None:
    outside.call(desk.world, ANNA, None, voicemail_text=said)
    assert desk.pull().opt_outs == ()
    desk.advance(minutes=5)
    assert desk.pull().opt_outs == (ANNA,)
    assert [(one.address, one.kind) for one in desk.store.blocks.opt_outs()] == [(ANNA, kind)]
    assert desk.store.blocks.opt_outs()[0].source.startswith("voicemail RE")
    desk.text(ANNA, "START")
    desk.pull()
    assert set(desk.store.blocks.opted_out()) == {ANNA}


def test_a_voicemail_that_says_stop_alone_is_understood_as_a_no_too(desk: Desk) -> None:
    outside.call(desk.world, ANNA, None, voicemail_text="Stop.")
    desk.pull()
    (row,) = desk.store.inbound.awaited_transcripts()
    desk.store.inbound.set_transcript(row.sid, "Stop.", desk.now())  # by a version that only stored it
    assert understand(desk.services).opt_outs == [ANNA]
