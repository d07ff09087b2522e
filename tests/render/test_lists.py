"""Holds, opt-outs, the sandbox's outbox and patterns as tables and JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from nsquilio.jobs.patterns import Pattern
from nsquilio.render.blocks import holds_object, optouts_object, print_holds, print_optouts
from nsquilio.render.outbox import outbox_object, print_outbox
from nsquilio.render.patterns import pattern_lines, pattern_object
from tests.core.builders import a_hold
from tests.render.screens import ESCAPES, NOW, screen


@dataclass(frozen=True)
class AnOptOut:
    address: str | None = "+14155550100"
    channel: str = "sms"
    kind: str = "keyword"
    source: str = "reply SM1"
    since: datetime = NOW


@dataclass(frozen=True)
class Accepted:
    channel: str = "sms"
    sid: str = "SM1"
    to: str = "+14155550100"
    subject: str | None = None
    body: str = "Example SaaS Inc.: invoice INV-1042 is due."
    status: str = "sent"
    accepted_at: datetime = NOW


def test_holds_stand_in_a_table() -> None:
    lines = screen(lambda console: print_holds([a_hold(until=date(2026, 3, 12))], console))

    assert lines[:2] == [
        "ID  HOLDS         KIND    SINCE       UNTIL       BY  REASON",
        "1   invoice:1042  person  2026-02-08  2026-03-12  jo  asked by Jo",
    ]
    assert holds_object([a_hold()])["holds"][0]["kind"] == "person"


def test_no_holds_and_no_opt_outs_are_said() -> None:
    assert screen(lambda console: print_holds([], console))[0] == "No holds."
    assert screen(lambda console: print_optouts([], console))[0] == "No opt-outs."


def test_opt_out_of_an_erased_person_shows_no_address() -> None:
    lines = screen(lambda console: print_optouts([AnOptOut(address=None)], console))

    assert lines[1].startswith("(erased)")
    assert optouts_object([AnOptOut(address="")])["optouts"][0]["address"] is None


def test_long_reasons_go_on_below_themselves_at_80_columns() -> None:
    lines = screen(lambda console: print_holds([a_hold(reason="asked for time " * 12)], console), 80)

    assert len(lines) > 4
    assert lines[2].startswith(" " * 20)


def test_hostile_words_reach_no_terminal() -> None:
    screen(lambda console: print_holds([a_hold(reason=ESCAPES, actor=ESCAPES)], console))
    screen(lambda console: print_optouts([AnOptOut(source=ESCAPES, address=ESCAPES)], console))
    screen(lambda console: print_outbox([Accepted(body=ESCAPES, to=ESCAPES, subject=ESCAPES)], console))


def test_outbox_shows_whole_texts() -> None:
    lines = screen(
        lambda console: print_outbox([Accepted(), Accepted(channel="email", subject="Due")], console)
    )

    assert lines[1] == "03-10 14:00  sms   +14155550100 sent   Example SaaS Inc.: invoice INV-1042 is due."
    assert lines[2].endswith("Due: Example SaaS Inc.: invoice INV-1042 is due.")
    assert lines[3] == "2 messages"
    assert outbox_object([Accepted()])["messages"][0]["sid"] == "SM1"


def test_pattern_tells_medians_with_their_number() -> None:
    known = Pattern("88", Decimal("12.5"), 9, Decimal("4.25"), 6)

    assert pattern_lines(known) == [
        "Pays: 12.5 days after the due date (median), n = 9 paid in the last year",
        "Answers: after 4.3 hours (median), n = 6 in the last year",
    ]
    assert pattern_object(known)["median_days_late"] == "12.5"


def test_pattern_of_few_cases_is_not_enough_data() -> None:
    assert pattern_lines(Pattern("88", None, 4, None, 0)) == [
        "Pays: not enough data (fewer than 5), n = 4 paid in the last year",
        "Answers: not enough data (fewer than 5), n = 0 in the last year",
    ]
    assert pattern_object(Pattern("88", None, 4, None, 0))["median_answer_hours"] is None


def test_early_payers_and_slow_answers_are_said_as_such() -> None:
    assert pattern_lines(Pattern("88", Decimal(-3), 5, Decimal(72), 5)) == [
        "Pays: 3 days before the due date (median), n = 5 paid in the last year",
        "Answers: after 3 days (median), n = 5 in the last year",
    ]
    assert pattern_lines(Pattern("88", Decimal(0), 5, None, 0))[0].startswith("Pays: on the due date")
