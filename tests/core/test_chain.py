"""The audit chain by itself: what it binds, and what each kind of tampering is called."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsquilio.core.chain import (
    GENESIS,
    Break,
    Event,
    canonical,
    canonical_texts,
    commitment,
    event_hash,
    parse_head,
    sealed,
    verify,
)


def a_chain(length: int = 4) -> list[Event]:
    events: list[Event] = []
    prev = GENESIS
    for seq in range(1, length + 1):
        event = sealed(
            seq, "2026-03-02T14:00:00.000000Z", "r1", "cron", "message.intent", {"n": seq}, {}, {}, prev
        )
        events.append(event)
        prev = event.hash
    return events


def rehashed(event: Event) -> Event:
    return replace(event, hash=event_hash(event))


def test_untouched_chain_checks_out() -> None:
    chain = a_chain()
    assert verify(chain) is None
    assert verify(chain, (4, chain[3].hash)) is None
    assert verify(chain, (2, chain[1].hash)) is None
    assert verify([]) is None


def test_hash_is_what_the_docstring_promises_to_anybody_with_a_json_library() -> None:
    event = sealed(
        1, "2026-03-02T14:00:00.000000Z", "r", "zoë", "t", {"b": 1, "a": "é"}, {}, {"s": "h"}, GENESIS
    )
    read = event.read()
    told = read.pop("hash")
    text = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert told == sha256(text.encode()).hexdigest()


def test_edited_event_is_named() -> None:
    chain = a_chain()
    chain[1] = replace(chain[1], details='{"n":9}')
    found = verify(chain)
    assert found == Break(2, "changed", "event 2 was changed after it was written")


def test_edited_event_with_a_new_hash_is_found_by_its_successor() -> None:
    chain = a_chain()
    chain[1] = rehashed(replace(chain[1], details='{"n":9}'))
    found = verify(chain)
    assert found is not None
    assert (found.seq, found.why) == (3, "inserted")


def test_missing_event_is_named() -> None:
    chain = a_chain()
    del chain[1]
    assert verify(chain) == Break(2, "missing", "event 2 is missing: 3 follows 1")


def test_missing_first_event_is_named() -> None:
    assert verify(a_chain()[1:]) == Break(1, "missing", "event 1 is missing: 2 follows 0")


def test_doubled_event_is_named() -> None:
    chain = a_chain()
    chain.insert(2, chain[1])
    assert verify(chain) == Break(2, "inserted", "event 2 stands after event 2")


def test_cut_chain_is_found_against_a_kept_head_only() -> None:
    chain = a_chain()
    assert verify(chain[:2]) is None
    found = verify(chain[:2], (4, chain[3].hash))
    assert found == Break(3, "truncated", "the trail ends at event 2, but the head that was kept is event 4")


def test_wholly_rewritten_chain_is_found_against_a_kept_head_only() -> None:
    kept = a_chain()[-1]
    rewritten: list[Event] = []
    prev = GENESIS
    for event in a_chain(6):
        rewritten.append(rehashed(replace(event, actor="nobody", prev=prev)))
        prev = rewritten[-1].hash
    assert verify(rewritten) is None
    found = verify(rewritten, (kept.seq, kept.hash))
    assert found is not None
    assert (found.seq, found.why) == (4, "changed")


def test_text_moved_from_one_field_to_its_neighbour_is_found() -> None:
    """The fields are hashed side by side: the same bytes cut elsewhere must not pass."""
    event = sealed(1, "t", "r", "a", "t", {}, {"a": {"x": 1, "ids": {}}}, {}, GENESIS)
    moved = replace(event, details='{"a":{"ids":{},"x":1', ids=event.ids)
    assert verify([moved]) is not None
    forged = replace(event, details="[1]")
    assert verify([replace(forged, hash=event_hash(forged))]) is not None


def test_deeply_nested_text_is_a_change_and_no_crash() -> None:
    forged = replace(a_chain(1)[0], details='{"a":' * 100_000)
    found = verify([forged])
    assert found is not None
    assert found.why == "changed"


def test_money_days_and_instants_are_written_as_text() -> None:
    values = {"c": Decimal("1250.00"), "b": date(2026, 3, 2), "a": datetime(2026, 3, 2, 14, tzinfo=UTC)}
    assert canonical(values) == '{"a":"2026-03-02T14:00:00+00:00","b":"2026-03-02","c":"1250.00"}'


def test_what_has_no_place_in_the_trail_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes does not belong into the audit trail"):
        canonical({"salt": b"x"})
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"n": float("nan")})


def test_half_a_surrogate_pair_from_a_stranger_is_written_as_a_question_mark() -> None:
    assert canonical({"a": "hi \ud83d"}) == '{"a":"hi ?"}'


@given(st.lists(st.text(st.characters())))
def test_short_cut_for_texts_is_the_same_canonical_json(texts: list[str]) -> None:
    assert canonical_texts(texts) == canonical(texts)


def test_commitment_depends_on_salt_and_fields() -> None:
    fields = ["+14155550100", "hello"]
    assert commitment(b"1", fields) == commitment(b"1", list(fields))
    assert commitment(b"1", fields) != commitment(b"2", fields)
    assert commitment(b"1", fields) != commitment(b"1", ["+14155550101", "hello"])


@pytest.mark.parametrize(
    "text", ["", "5", ":", "5:", "x:" + "0" * 64, "5:" + "0" * 63, "5:" + "g" * 64, "-1:" + "0" * 64]
)
def test_what_is_no_head_is_not_taken_for_one(text: str) -> None:
    assert parse_head(text) is None


def test_head_is_read_as_it_is_shown() -> None:
    assert parse_head(f" 12:{'A' * 64}\n") == (12, "a" * 64)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(), _json, max_size=3), min_size=1, max_size=6), st.data())
def test_any_change_of_any_event_is_found(details: list[dict[str, object]], data: st.DataObject) -> None:
    chain: list[Event] = []
    prev = GENESIS
    for seq, each in enumerate(details, 1):
        chain.append(sealed(seq, "t", "r", "a", "x", {}, each, {}, prev))
        prev = chain[-1].hash
    assert verify(chain) is None
    at = data.draw(st.integers(0, len(chain) - 1))
    column = data.draw(st.sampled_from(["at", "run", "actor", "type", "prev", "hash"]))
    chain[at] = replace(
        chain[at], **{column: data.draw(st.text().filter(lambda t: t != getattr(chain[at], column)))}
    )
    found = verify(chain)
    assert found is not None
    assert found.seq <= at + 2
