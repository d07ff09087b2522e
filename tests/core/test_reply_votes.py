"""The second opinion: what all the words of a text say, and when that replaces what a rule read."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from nsquilio.core import reply_votes, reply_weighing
from nsquilio.core.replies import Kind, read_reply, words_of
from nsquilio.core.reply_model import Reading
from nsquilio.core.reply_votes import KINDS, Opinion, features_of, is_outvoted, opinion_on, row_of
from nsquilio.core.reply_weighing import outvoting
from tests.learning.learn import labelled_texts, right

DAY = date(2026, 3, 18)


def opinion(text: str) -> Opinion | None:
    return opinion_on(words_of(text, DAY))


def told(kind: Kind, share: float, stopping: float = 0.0) -> Opinion:
    return Opinion(kind, share, stopping, ())


def test_the_table_reads_as_it_is_written() -> None:
    line = row_of("stop texting", 5.7, [(Kind.opt_out, 1.84), (Kind.help, -0.6), (Kind.promise, 0.01)])

    assert line == "stop texting\t57\topt_out+18 help-6"
    name, points = reply_votes._row(line)
    assert (name, points.weight) == ("stop texting", 5.7)
    assert dict(points.points) == {KINDS.index(Kind.opt_out): 1.8, KINDS.index(Kind.help): -0.6}


def test_words_and_neighbours_count_with_days_and_sums_alike() -> None:
    assert features_of(words_of("paid 400 on friday", DAY)) >= {
        "paid",
        "<num>",
        "<date>",
        "on <date>",
        "<date> $",
    }


def test_the_words_alone_know_most_of_what_they_were_learned_from() -> None:
    good = list(right(labelled_texts()[::20]))

    assert sum(good) / len(good) >= 0.9


@pytest.mark.parametrize("text", ["", "zzyzx qwrt", "florp"])
def test_a_text_of_unknown_words_has_no_opinion(text: str) -> None:
    assert opinion(text) is None


def test_the_words_that_decided_are_named() -> None:
    said = opinion("i would rather not see another one of these on my phone")

    assert said is not None
    assert said.kind is Kind.opt_out
    assert len(said.words) == 3


@pytest.mark.parametrize(
    ("kind", "is_sure", "said", "outvoted"),
    [
        (Kind.question, True, told(Kind.question, 0.9), False),
        (Kind.question, True, told(Kind.dispute, 0.5), False),
        (Kind.question, True, told(Kind.dispute, 0.6), True),
        (Kind.other, False, told(Kind.dispute, 0.35), True),
        (Kind.opt_out, True, told(Kind.promise, 0.7, 0.25), False),  # a missed stop is worse
        (Kind.opt_out, True, told(Kind.promise, 0.9, 0.05), True),
        (Kind.opt_out, False, told(Kind.promise, 0.6, 0.35), True),
        (Kind.opt_in, True, told(Kind.opt_out, 0.9, 0.9), False),  # who takes a stop back speaks of it
        (Kind.opt_in, False, told(Kind.opt_out, 0.9, 0.9), True),
    ],
)
def test_a_rule_is_outvoted_only_by_a_clear_majority(
    kind: Kind, is_sure: bool, said: Opinion, outvoted: bool
) -> None:
    assert is_outvoted(kind, is_sure, said) is outvoted


@pytest.mark.parametrize("text", ["STOP", "stop.", "STOP. The check is in the mail, thank you so much"])
def test_a_keyword_is_never_outvoted(text: str) -> None:
    assert read_reply(text, received=datetime(2026, 3, 18)).stops_texts


def test_what_the_words_decide_is_unsure_and_has_its_day_from_the_grammar_only() -> None:
    readings = [
        read_reply(each.text, received=datetime.combine(each.day, datetime.min.time()))
        for each in labelled_texts()[::40]
    ]
    by_words = [reading for reading in readings if reading.rule == "words"]

    assert by_words
    assert all(reading.unsure for reading in by_words)
    assert all(reading.promise_date is None for reading in by_words if reading.kind is not Kind.promise)


def test_a_day_alone_is_no_vote_for_a_promise_unless_it_is_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of("pallets for the 40 by next friday", DAY)
    unknown = Reading(Kind.other, (), "none", unsure=True)
    votes = {share: Opinion(Kind.promise, share, 0.0, ("<date>", "by <date>", "$")) for share in (0.6, 0.8)}
    told = {}
    for share, vote in votes.items():
        monkeypatch.setattr(reply_weighing, "opinion_on", lambda _words, vote=vote: vote)
        told[share] = outvoting(unknown, words)

    assert told == {0.6: None, 0.8: votes[0.8]}
