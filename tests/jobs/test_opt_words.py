"""A no is heard as it arrives, however the keyword is dressed, alone or among very many texts."""

from __future__ import annotations

import pytest

from nsquilio.jobs.understand import understand
from nsquilio.sandbox import outside
from tests.jobs.inbound_builders import Desk

ANNA = "+14155550142"
BEN = "+12125550176"


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
