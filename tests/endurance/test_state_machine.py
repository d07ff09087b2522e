"""Nights in random order: runs, kills, faults, broken disks, wrong clocks, STOPs, payments, lost and restored state
files, a second machine, people and programs that text in the same account. Whatever the order, nobody is told the
same thing twice, nobody who said no is texted, and what the program believes to have sent was sent. A fixed seed in
every run; behind `long` as many as wanted, with the seed printed.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import control
from tests import invariants
from tests.endurance import figures
from tests.endurance.between import AFTER, BEFORE, DURING, kill_at
from tests.endurance.broken_disk import FAILING, FULL, HALF
from tests.endurance.children import Children, Ended
from tests.endurance.conftest import a_folder
from tests.endurance.faults import outside_text
from tests.endurance.town import Town, open_town

# Each has one invoice, so that a text and its step can be told by its words alone.
PEOPLE = {
    "Maria O'Brien": ("INV-1051", "+16175550153", "America/New_York"),
    "Tallahassee Legal Group": ("INV-1053", "+18505550122", "America/New_York"),
    "Nomad Outfitters": ("INV-1049", "+19175550139", "America/New_York"),
    "Maple Leaf Print": ("INV-1045", "+14165550134", "America/Toronto"),
    "Stopford Textiles": ("", "thread@stopford.example", ""),
}
NUMBERS = {number: zone for _invoice, number, zone in PEOPLE.values() if number.startswith("+")}
WORDS = {
    "thanks": r"[Tt]hank you",
    "late-14": r"still open",
    "late-7": r"can we expect|we can expect",
    "late-1": r"was due",
    "upcoming": r"is due",
}
COMPANY, BY_HAND = "Example SaaS Inc.", "Best, Bob"
FAULTS = (
    "429",
    "500-before",
    "500-after-accept",
    "reset-before",
    "reset-after-accept",
    "truncated-after-accept",
    "html-after-accept",
    "list-lag",
    "duplicate-page",
    "list-500",
    "token-expired",
    "netsuite-500",
    "netsuite-500-after-write",
)


def step_of(words: str) -> str:
    return next((step for step, phrase in WORDS.items() if re.search(phrase, words)), "?")


class Nights(RuleBasedStateMachine):
    town: ClassVar[Town]
    ended: ClassVar[Counter[int]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.town.back_to("first")
        self.town.printed.clear()
        self.stopped: dict[str, datetime] = {}
        self.copies: list[bytes] = []
        self.by_hand: set[str] = set()
        shutil.rmtree(self.other_machine, ignore_errors=True)

    @property
    def other_machine(self) -> Any:
        return self.town.folder / "other machine"

    def _run(self, command: str, *more: str, **how: Any) -> Ended:
        ended = self.town.run(command, *more, **how)
        self.ended[ended.code] += 1
        figures.add("nights in random order: runs", 1, [], 0)
        if ended.code == -9:
            figures.add("nights in random order: killed runs", 1, [], 0)
        assert ended.code in invariants.EXIT_CODES | {-9} and ended.code != 70, ended
        self._check()
        return ended

    def _check(self) -> None:
        """After each run, whatever became of it."""
        broken = invariants.opted_out_and_texted(self.town.world, self.stopped)
        broken += [f"I1: {count} times {key}" for key, count in self._told().items() if count > 1]
        broken += [*self._at_wrong_times(), *self.town.broken]
        assert broken == []

    def _told(self) -> Counter[tuple[str, str, str]]:
        """How often each recipient was told about an invoice in the words of each step."""
        told: Counter[tuple[str, str, str]] = Counter()
        for (to, words), count in self.town.told().items():
            if COMPANY not in words or BY_HAND in words:
                continue
            for number in set(re.findall(r"INV-\d+", words)) or {""}:
                told[(to, number, step_of(words))] += count
        return told

    def _at_wrong_times(self) -> Iterator[str]:
        rows = self.town.world.rows(
            "SELECT to_number, coalesce(leaves_at, send_at) AS leaves FROM twilio_message"
            " WHERE direction <> 'inbound' AND NOT canceled AND body LIKE ? AND body NOT LIKE ?",
            (f"%{COMPANY}%", f"%{BY_HAND}%"),
        )
        days: Counter[tuple[str, str]] = Counter()
        for row in rows:
            local = datetime.fromtimestamp(row["leaves"], ZoneInfo(NUMBERS[row["to_number"]]))
            days[(row["to_number"], f"{local:%Y-%m-%d}")] += 1
            if not (9 <= local.hour < 20 and local.weekday() < 6):
                yield f"I6: {row['to_number']} at {local}"
        yield from (f"I7: {count} texts to {to} on {day}" for (to, day), count in days.items() if count > 1)

    # --- what may happen ---

    @rule(minutes=st.sampled_from([2, 11, 40, 300, 24 * 60, 24 * 60, 3 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.town.later(minutes=minutes)

    @rule()
    def remind(self) -> None:
        self._run("remind")

    @rule(command=st.sampled_from(["pull-inbound", "log-replies"]))
    def other_run(self, command: str) -> None:
        self._run(command)

    @rule(
        number=st.integers(1, 40),
        when=st.sampled_from([BEFORE, AFTER, DURING]),
        command=st.sampled_from(["remind", "remind", "remind", "pull-inbound", "log-replies"]),
    )
    def killed_run(self, number: int, when: str, command: str) -> None:
        self._run(command, act=kill_at(number, when))

    @rule(number=st.integers(1, 30), when=st.sampled_from(["before", "after"]))
    def run_killed_at_a_commit(self, number: int, when: str) -> None:
        self._run("remind", die_at_commit=(number, when))

    @rule(number=st.integers(1, 600), how=st.sampled_from([HALF, FULL, FAILING]))
    def run_on_a_broken_disk(self, number: int, how: str) -> None:
        self._run("remind", disk=(number, how))

    @rule(name=st.sampled_from(FAULTS), times=st.integers(1, 4))
    def run_with_a_fault(self, name: str, times: int) -> None:
        control.set_fault(self.town.world, name, times)
        self._run("remind")
        control.set_fault(self.town.world, name, 0)

    @rule(minutes=st.sampled_from([-600, -30, 30, 24 * 60]))
    def run_on_a_wrong_clock(self, minutes: int) -> None:
        before = self.town.told()
        ended = self._run("remind", now=self.town.now + timedelta(minutes=minutes))
        assert (ended.code, self.town.told() - before) == (6, {})  # a text may have been canceled

    @rule(
        number=st.sampled_from(sorted(NUMBERS)), words=st.sampled_from(["STOP", "Please stop", "ok thanks"])
    )
    def customer_writes(self, number: str, words: str) -> None:
        if number not in self.stopped:
            self.town.text(number, words)
            if words != "ok thanks":
                self.stopped[number] = self.town.now

    @rule(invoice=st.sampled_from(sorted(invoice for invoice, _to, _zone in PEOPLE.values() if invoice)))
    def customer_pays(self, invoice: str) -> None:
        try:
            control.pay(self.town.world, invoice)
        except WrongUsage:
            return  # it is paid already

    @rule(invoice=st.sampled_from(sorted(invoice for invoice, _to, _zone in PEOPLE.values() if invoice)))
    def a_person_texts_by_hand(self, invoice: str) -> None:
        number = next(to for number, to, _zone in PEOPLE.values() if number == invoice)
        if number not in self.stopped:
            outside_text(self.town, number, f"{COMPANY}: Hello, what about {invoice}? {BY_HAND}")
            self.by_hand.add(invoice)

    @rule(number=st.sampled_from(sorted(NUMBERS)))
    def another_program_texts(self, number: str) -> None:
        if number not in self.stopped:
            outside_text(self.town, number, "Somebody Else Ltd.: invoice INV-1051 is due")

    @rule()
    def a_copy_is_made(self) -> None:
        if (self.town.state / "state.db").exists():
            self.copies.append((self.town.state / "state.db").read_bytes())

    @precondition(lambda self: self.copies)
    @rule(number=st.integers(0, 9))
    def an_old_copy_is_put_back(self, number: int) -> None:
        self.town.state.mkdir(mode=0o700, exist_ok=True)
        (self.town.state / "state.db-journal").unlink(missing_ok=True)
        path = self.town.state / "state.db"
        path.write_bytes(self.copies[number % len(self.copies)])
        path.chmod(0o600)

    @rule(whole=st.booleans())
    def the_state_is_lost(self, whole: bool) -> None:
        if whole:
            shutil.rmtree(self.town.state, ignore_errors=True)
        for name in ("state.db", "state.db-journal"):
            (self.town.state / name).unlink(missing_ok=True)

    @rule()
    def the_other_machine_takes_over(self) -> None:
        between = self.town.folder / "between"
        for source, target in (
            (self.town.state, between),
            (self.other_machine, self.town.state),
            (between, self.other_machine),
        ):
            if source.exists():
                source.rename(target)

    # --- the end ---

    def teardown(self) -> None:
        """Faults are over: what is believed is true, what is open stands where a person sees it."""
        for minutes in (1, 11, 11):
            self.town.later(minutes=minutes)
            ended = self._run("remind")
            assert ended.code in (0, 1, 6), ended
        figures.add("nights in random order: nights", 1, [], len(invariants.unknown(self.town.state)))
        seen = json.loads(self._run("remind", "--dry-run", "--format", "json").out)
        if "decisions" not in seen:
            assert seen["exit_code"] == 6, seen
            return
        told = {(number, step) for _to, number, step in self._told()}
        asked_about = set(self._unknown_invoices())
        for each in seen["decisions"]:
            assert each["action"] != "send", each
            if each["reason"] == "already_sent" and each["document_number"] in {
                i for i, *_ in PEOPLE.values()
            }:
                is_told = (each["document_number"], each["step"]) in told
                assert is_told or each["document_number"] in self.by_hand, (each, told)
            if each["reason"] == "unknown_outcome":
                assert each["invoice_id"] in asked_about
        assert invariants.damaged(self.town.state) == []
        assert invariants.logged_twice(self.town.world) == []

    def _unknown_invoices(self) -> Iterator[str]:
        with invariants.open_state_file(self.town.state) as db:
            yield from (
                row[0]
                for row in db.execute(
                    "SELECT r.invoice_id FROM reminders r JOIN messages m ON m.id = r.message_id"
                    " WHERE m.outcome = 'unknown'"
                )
            )


@pytest.fixture(scope="module")
def nights(children: Children) -> Iterator[type[Nights]]:
    with a_folder() as folder, open_town(folder, children, tuple(PEOPLE)) as town:
        Nights.town = town
        yield Nights


def played(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # making a failure shorter takes longer than reading it
        suppress_health_check=list(HealthCheck),
    )


def test_nights_in_random_order(nights: type[Nights]) -> None:
    run_state_machine_as_test(seed(20260302)(nights), settings=played(5, 12))


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_very_many_nights_in_random_order(nights: type[Nights], capsys: pytest.CaptureFixture[str]) -> None:
    number = int(os.environ.get("NSQUILIO_TEST_SEED") or random.SystemRandom().randrange(10**9))
    examples = int(os.environ.get("NSQUILIO_TEST_NIGHTS") or 100)
    with capsys.disabled():
        print(f"\nNSQUILIO_TEST_SEED={number} NSQUILIO_TEST_NIGHTS={examples}")
    nights.ended.clear()
    run_state_machine_as_test(seed(number)(nights), settings=played(examples, 25))
    with capsys.disabled():
        print(f"runs by exit code: {dict(nights.ended)}")
