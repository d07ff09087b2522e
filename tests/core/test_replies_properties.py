"""What holds for any text: no error, no second answer, no day in the past, no opt-out from our own words."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.replies import Kind, OpenItem, read_reply
from nsquilio.core.reply_rules import table
from nsquilio.core.reply_spelling import one_edit_apart
from tests.core.reply_builders import DATA, read, rows_of

TEXTS = sorted({row["text"] for row in rows_of(DATA / "replies_dev.jsonl")})
WORDS = sorted({word for text in TEXTS for word in text.split()})
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=18).map(" ".join)
ANYTHING = st.one_of(
    st.text(max_size=200), SENTENCES, st.text("stopSTOP 0123/.,$k%-?!\n🛑’“”st", max_size=60)
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=timezone(timedelta(hours=-5)))
)
ITEMS = [OpenItem("INV-1042", Decimal("1250.00"), "USD", datetime(2026, 3, 31).date())]
OURS = "Example SaaS Inc.: invoice INV-1042 for USD 1,250.00 is due Mar 31, 2026. Reply STOP to opt out."


@settings(deadline=None, max_examples=300)
@given(ANYTHING, MOMENTS, st.sampled_from(["USD", "EUR", "GBP", "JPY"]))
def test_any_text_is_read_once_and_for_all(text: str, received: datetime, currency: str) -> None:
    items = [OpenItem("INV-1042", Decimal("1250.00"), currency, received.date())]
    reading = read_reply(text, received=received, invoices=items)
    assert reading == read_reply(text, received=received, invoices=items)
    assert reading.stops_texts == (reading.kind in (Kind.opt_out, Kind.wrong_number))
    assert reading.promise_date is None or reading.promise_date >= received.date()
    assert reading.promise_amount is None or reading.promise_amount > 0
    if reading.kind is not Kind.promise:
        assert (reading.promise_date, reading.promise_amount) == (None, None)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(TEXTS), st.sampled_from([f"{OURS}\n", f"“{OURS}”\n", f"> {OURS}\n"]))
def test_our_message_quoted_above_a_reply_never_makes_an_opt_out(text: str, quote: str) -> None:
    if not read(text).stops_texts:
        assert not read(quote + text).stops_texts


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["Liked", "Loved", "Laughed at", "Emphasized", "Questioned", "👍 to"]), SENTENCES)
def test_a_reaction_never_stops_texts(reaction: str, quoted: str) -> None:
    assert not read(f"{reaction} “{quoted} invoice is due. Reply STOP to opt out”").stops_texts


@settings(deadline=None, max_examples=200)
@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_one_edit_is_symmetric(a: str, b: str) -> None:
    assert one_edit_apart(a, b) == one_edit_apart(b, a)


def test_a_hostile_text_takes_no_longer_than_its_length() -> None:
    for text in ("stop " * 800, "pay " * 900 + "?", "not " * 1_000, "1/" * 2_000, "“" * 4_000, "a'" * 2_000):
        started = time.process_time()
        read(text)
        assert time.process_time() - started < 2.0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bad: ..3 stop", "the rule 'bad' begins with no word"),
        ("bad: @nowhere", "no word or class '@nowhere' in a rule's part '@nowhere'"),
        ("bad: stop//quit", "no word or class '' in a rule's part 'stop//quit'"),
    ],
)
def test_a_line_that_is_no_rule_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        table(line)


def test_a_rule_may_go_on_in_the_next_line() -> None:
    assert len(table("one: stop/\n    quit ..2\n    texts\ntwo: end\n").by_need) == 2
