"""Whatever order intents, outcomes, statuses and found messages come in: a taken key is never used twice.

A model of a few lines says what must be free; file, dry run's copy and audit trail must agree with it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nsquilio.core.model import TAKEN, Channel, Outcome
from nsquilio.store import ForeignMessage, KeyTaken, StatusSeen, Store
from tests.store.builders import NOW, a_copy, a_message, a_reminder, a_state, an_outcome, sent_total

KEYS = [f"{number}:late-7:preferred" for number in range(4)]
AFTER = [each for each in Outcome if each is not Outcome.INTENT]

_some_keys = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True)
_steps = st.one_of(
    st.tuples(st.just("commit"), _some_keys),
    st.tuples(st.just("outcome"), st.sampled_from(KEYS), st.sampled_from(AFTER)),
    st.tuples(st.just("status"), st.integers(0, 9), st.sampled_from([None, Outcome.SENT, Outcome.CANCELED])),
    st.tuples(st.just("found"), st.sampled_from(KEYS), st.sampled_from(AFTER)),
    st.tuples(st.just("both"), st.sampled_from(KEYS), st.sampled_from(AFTER), _some_keys),
)
Step = tuple[object, ...]


class Model:
    """What became of each message that was ever written: what is free follows from it."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[str, Outcome]] = []
        self.sids: dict[str, int] = {}  # SID -> which message

    def taken(self) -> set[str]:
        return {key for key, outcome in self.outcomes if outcome in TAKEN}

    def newest(self, key: str) -> int | None:
        return max((n for n, (name, _) in enumerate(self.outcomes) if name == key), default=None)

    def commit(self, keys: Sequence[str]) -> bool:
        if self.taken() & set(keys):
            return False
        self.outcomes += [(key, Outcome.INTENT) for key in keys]
        return True

    def record(self, key: str, outcome: Outcome, sid: str | None = None) -> None:
        at = self.newest(key)
        assert at is not None
        self.outcomes[at] = (key, outcome)
        if sid is not None:
            self.sids = {known: number for known, number in self.sids.items() if number != at} | {sid: at}

    def find(self, key: str, outcome: Outcome, sid: str) -> None:
        self.sids[sid] = len(self.outcomes)
        self.outcomes.append((key, outcome))

    def see(self, sid: str, outcome: Outcome) -> None:
        key, _ = self.outcomes[self.sids[sid]]
        self.outcomes[self.sids[sid]] = (key, outcome)

    def copy(self) -> Model:
        other = Model()
        other.outcomes, other.sids = list(self.outcomes), dict(self.sids)
        return other


def commit(store: Store, model: Model, keys: Sequence[str]) -> None:
    expected = model.commit(keys)
    try:
        store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),)) for key in keys], NOW)
    except KeyTaken:
        assert not expected, keys
    else:
        assert expected, keys


def record(store: Store, model: Model, key: str, outcome: Outcome, number: int) -> None:
    if model.newest(key) is None:
        return
    sid = f"SM{number}" if outcome in (Outcome.SENT, Outcome.SCHEDULED) else None
    store.messages.record_outcomes([an_outcome(key, outcome, sid=sid)])
    model.record(key, outcome, sid)


def see_status(store: Store, model: Model, which: int, outcome: Outcome | None) -> None:
    """Of any message that has a SID, also one that another took the place of."""
    if not model.sids:
        return
    sid = sorted(model.sids)[which % len(model.sids)]
    store.messages.update_statuses([StatusSeen(sid, "x", NOW, outcome=outcome)], NOW)
    if outcome is not None:
        model.see(sid, outcome)


def find(store: Store, model: Model, key: str, outcome: Outcome, number: int) -> None:
    found = ForeignMessage(
        key=key,
        channel=Channel.SMS,
        to="+14155550100",
        body="x",
        customer_id="88",
        customer="Acme Corp",
        step="late-7",
        reminders=(a_reminder(key),),
        local_day=date(2026, 3, 2),
        sid=f"SMf{number}",
        outcome=outcome,
        at=NOW,
    )
    assert store.messages.adopt(found, "adopted", NOW)
    model.find(key, outcome, f"SMf{number}")


def take(store: Store, model: Model, step: Step, number: int) -> None:
    match step:
        case ("commit", list(keys)):
            commit(store, model, keys)
        case ("outcome", str(key), Outcome() as outcome):
            record(store, model, key, outcome, number)
        case ("status", int(which), outcome):
            see_status(store, model, which, outcome if isinstance(outcome, Outcome) else None)
        case ("found", str(key), Outcome() as outcome):
            find(store, model, key, outcome, number)
        case ("both", str(key), Outcome() as outcome, list(keys)):
            with store.transaction():
                record(store, model, key, outcome, number)
                commit(store, model, keys)


def check(store: Store, model: Model) -> None:
    rows = store._database.rows("SELECT key, count(*) AS live FROM reminders WHERE live = 1 GROUP BY key")
    assert {row["key"] for row in rows} == model.taken()
    assert all(row["live"] == 1 for row in rows)
    states = store.messages.key_states(KEYS)
    assert {key for key, state in states.items() if state.outcome in TAKEN} == model.taken()
    assert states.keys() == {key for key, _ in model.outcomes}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_steps, max_size=14))
def test_any_order_of_events_leaves_at_most_one_live_row_per_key_and_a_valid_chain(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = Model()
        with a_copy(folder) as store:  # in memory: the same tables, without waiting for a disk
            for number, step in enumerate(steps):
                take(store, model, step, number)
                check(store, model)
            assert store.verify(store.trail.head()).ok


@settings(max_examples=40, deadline=None)
@given(st.lists(_steps, max_size=8), st.lists(_steps, max_size=8))
def test_dry_runs_copy_answers_as_the_file_would(before: list[Step], then: list[Step]) -> None:
    """The same steps on the file and on a copy of it give the same rows; the copy leaves the file alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = Model()
        with a_state(folder) as store:
            store._database.connection.execute("PRAGMA synchronous = OFF")
            for number, step in enumerate(before):
                take(store, model, step, number)
            kept = (folder / "state" / "state.db").read_bytes()
            with a_copy(folder) as copy:
                of_copy = model.copy()
                for number, step in enumerate(then, len(before)):
                    take(copy, of_copy, step, number)
                    check(copy, of_copy)
                assert (folder / "state" / "state.db").read_bytes() == kept
                for number, step in enumerate(then, len(before)):
                    take(store, model, step, number)
                assert everything(copy) == everything(store)
            assert store.verify().ok


def everything(store: Store) -> list[object]:
    messages = store.messages
    return [
        [messages.stored(key) for key in KEYS],
        messages.key_states(KEYS),
        messages.told(str(number) for number in range(4)),
        messages.contacts(date(2026, 3, 1)),
        messages.open_outcomes(),
        messages.changed_after(0),
        sent_total(store),
        messages.written(),
        messages.last_written_to(["+14155550100"]),
        [(event.seq, event.type, event.ids, event.details) for event in store.trail.events()],
    ]
