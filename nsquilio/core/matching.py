"""Whose an inbound message is, and which invoice it is about (spec.md, section 9).

First the customer: who has the sender's phone, and where several have it, who fits what the message says.
Then the invoice: document number, amount, PO number and description must agree; without any of them the only
open one, or the one last written about. Whatever is doubtful is nobody's: a message logged on the wrong
invoice is worse than one that waits for a person.

Pure: the same message, book and time give the same match, with the signals that decided.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .match_agreement import agreed, apart, is_another_part, is_of_another_month, the_other, union
from .match_amounts import NONE, Ids
from .match_context import currencies_named
from .match_denial import denied_places
from .match_description import is_called, matched_words, memo_words, names_customer, names_person
from .match_evidence import Evidence, Facts, evidence_of
from .match_ledger import Book, KnownCustomer, KnownInvoice, Written, book_of
from .match_mentions import Hearing, mentions_of
from .match_stems import stem
from .match_tokens import Known, Token, cleaned, tokens_of
from .match_words import INVOICE, PO
from .phones import canonical, is_anonymous

__all__ = [
    "Book",
    "KnownCustomer",
    "KnownInvoice",
    "Match",
    "Signal",
    "Written",
    "book_of",
    "match_in",
    "match_reply",
]

_WEIGHTS = {
    "document_number": 100,
    "po": 45,
    "amount": 40,
    "sum_of_amounts": 40,
    "description": 10,
    "rounded_amount": 25,
    "settled_amount": 25,
    "only_open": 20,
    "all_of_them": 20,
    "other_one": 20,
    "last_written": 15,
}
_SAID_OF_EACH = frozenset({"document_number", "po", "amount", "description"})
_MOST_CANDIDATES = 5

_ANOTHER = re.compile(
    r"\b(?:other|another|different|older|oldest|newer|newest|previous|prior|earlier|first|second|third)"
    r"\s+(?:one|ones|invoices?|inv|bills?)\b"
    r"|\b(?:bigger|biggest|smaller|smallest|larger|largest)\s+(?:one|ones|invoices?|inv|bills?)\b"
    r"|\b(?:both|neither|each of|everything)\b"
    r"|\ball\s+(?:of\s+)?(?:them|these|those|the|our|invoices|bills|two|three|four|\d+|paid|sent)\b"
)
"""Words that point away from the one invoice we last wrote about."""
_BOTH = re.compile(r"\bboth\b")
_ALL = re.compile(r"\ball\s+(?:of\s+)?(?:them|these|those|our|(?:the\s+)?invoices|(?:the\s+)?bills)\b")


@dataclass(frozen=True, slots=True)
class Signal:
    """`name`: document_number, amount, po, description, rounded_amount, settled_amount, only_open, last_written
    or other_one (not the one that is denied); sum_of_amounts or all_of_them for what was said of several at
    once; customer_number, customer_name and so on for what told customers with one phone apart."""

    name: str
    weight: int
    value: str


@dataclass(frozen=True, slots=True)
class Match:
    """`invoice_ids`: all of them when the message is about several (`invoice_id` is then None, `score` that of
    the least sure).

    `candidates`: the best (invoice id, score), for a person to choose from. `reason`: one of unknown_sender,
    several_customers, number_unknown, several_invoices, signals_disagree, tie, nothing_tells, matched.
    """

    customer_id: str | None
    invoice_id: str | None
    invoice_ids: tuple[str, ...] = ()
    score: int = 0
    signals: tuple[Signal, ...] = ()
    candidates: tuple[tuple[str, int], ...] = ()
    reason: str = "matched"


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    received: datetime
    spoken: bool
    before: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the message says, seen from one customer."""

    customer: KnownCustomer
    facts: Facts
    evidence: Evidence
    tokens: tuple[Token, ...]


def match_reply(
    text: str,
    *,
    sender: str,
    received: datetime,
    customers: Sequence[KnownCustomer],
    invoices: Sequence[KnownInvoice],
    history: Sequence[Written],
    channel: str = "sms",
    default_country: str = "US",
) -> Match:
    """For one reply; for many, make the book once and use `match_in`."""
    book = book_of(customers, invoices, history, country=default_country)
    return match_in(book, text, sender=sender, received=received, channel=channel)


def match_in(book: Book, text: str, *, sender: str, received: datetime, channel: str = "sms") -> Match:
    address = canonical(sender, country=book.country)
    before = tuple(w for w in book.written.get(address, ()) if w.sent_at < received)
    ids = _customers_of(book, sender, address, before)
    if not ids:
        return Match(None, None, reason="unknown_sender")
    message = _Message(cleaned(text), received, channel == "voicemail", before)
    readings = [_read(book, message, customer_id, ids) for customer_id in ids]
    chosen, told_by = _choose(book, readings, before)
    if chosen is None:
        return _of_several(book, readings)
    match = _decide(message, chosen)
    return replace(match, signals=(*told_by, *match.signals))


def _customers_of(book: Book, sender: str, address: str, before: Sequence[Written]) -> tuple[str, ...]:
    if is_anonymous(sender):
        return ()
    having = book.by_phone.get(address, ())
    return tuple(dict.fromkeys((*having, *_written_to(book, before))))


def _written_to(book: Book, before: Sequence[Written]) -> tuple[str, ...]:
    """The customers that messages to this phone were for."""
    owners = (
        owner
        for w in before
        for owner in (w.customer_id, *(book.owner.get(i) for i in w.invoice_ids))
        if owner in book.customers
    )
    return tuple(dict.fromkeys(o for o in owners if o is not None))


def _read(book: Book, message: _Message, customer_id: str, all_ids: Iterable[str]) -> _Reading:
    day = message.received.date()
    ledger, ledgers = book.ledger(customer_id, day), [book.ledger(i, day) for i in all_ids]
    prefixes = frozenset(prefix for one in ledgers for prefix in one.prefixes)
    codes = ChainMap[str, frozenset[int]](*(one.offsets for one in ledgers), book.offsets)
    labels = INVOICE | PO | {p for p in prefixes if len(p) > 1}
    shapes = frozenset(shape for one in ledgers for shape in one.shapes)
    tokens = tokens_of(message.text, Known(codes, labels, shapes))
    names = frozenset(word for one in ledgers for word in memo_words(one.customer.name))
    people = frozenset(word for one in ledgers for word in _people_of(one.customer))
    denied = denied_places(tokens, lambda word: bool(matched_words([stem(word)], ledger.words)))
    goods = ChainMap(*(one.words for one in ledgers))
    hearing = Hearing(prefixes, message.spoken, names | {stem(one) for one in people}, denied, goods)
    mentions = mentions_of(tokens, hearing)
    facts = Facts(ledger, book, names, people, tokens, denied, currencies_named(tokens))
    return _Reading(ledger.customer, facts, evidence_of(facts, mentions), tokens)


def _people_of(customer: KnownCustomer) -> Iterator[str]:
    return (word.casefold() for name, _ in customer.contacts for word in name.split())


# ---- which customer ----


def _choose(
    book: Book, readings: Sequence[_Reading], before: Sequence[Written]
) -> tuple[_Reading | None, tuple[Signal, ...]]:
    if len(readings) == 1:
        return readings[0], ()
    left, told_by = list(readings), list[Signal]()
    for name, fits in _tests(readings):
        fitting = [r for r in left if r.customer.id in fits]
        if fits and not fitting:
            return None, ()
        if fitting and len(fitting) < len(left):
            told_by.append(Signal(f"customer_{name}", 0, fitting[0].customer.id))
            left = fitting
    if len(left) > 1:
        written = _written_to(book, before)
        left = [r for r in left if written == (r.customer.id,)]
    return (left[0], tuple(told_by)) if left else (None, ())


def _tests(readings: Sequence[_Reading]) -> list[tuple[str, set[str]]]:
    """What may tell customers with one phone apart, the strongest first, and whom each speaks for."""
    names = {r.customer.id: [o.customer.name for o in readings if o is not r] for r in readings}
    return [
        ("full_name", {r.customer.id for r in readings if is_called(r.tokens, r.customer.name)}),
        ("number", {r.customer.id for r in readings if r.evidence.numbers}),
        ("po", {r.customer.id for r in readings if r.evidence.pos}),
        ("amount", {r.customer.id for r in readings if r.evidence.amounts}),
        ("sum", {r.customer.id for r in readings if r.evidence.sum_of}),
        ("words", _best_described(readings)),
        ("name", {r.customer.id for r in readings if _is_named(r, names[r.customer.id])}),
    ]


def _best_described(readings: Sequence[_Reading]) -> set[str]:
    best = {r.customer.id: max((s for _, s in r.evidence.words), default=0) for r in readings}
    most = max(best.values())
    return {customer for customer, score in best.items() if score == most and most}


def _is_named(reading: _Reading, others: Iterable[str]) -> bool:
    customer = reading.customer
    people = (name for name, _ in customer.contacts)
    return names_customer(reading.tokens, customer.name, others) or any(
        names_person(reading.tokens, name) for name in people
    )


def _of_several(book: Book, readings: Sequence[_Reading]) -> Match:
    best = [(i, 0) for r in readings for i in r.facts.ledger.open_ids]
    return Match(None, None, candidates=tuple(sorted(best)[:_MOST_CANDIDATES]), reason="several_customers")


# ---- which invoice ----


def _decide(message: _Message, reading: _Reading) -> Match:
    facts, evidence = reading.facts, reading.evidence
    signals = _signals(message, facts, evidence)
    unsure = Match(reading.customer.id, None, candidates=_ranked(signals))
    if evidence.blocked:
        return replace(unsure, reason="number_unknown")
    several = _several(message, facts, evidence)
    if several:
        score, own = _told_of(several, signals, message, facts, evidence)
        return replace(unsure, invoice_ids=several, score=score, signals=own, reason="several_invoices")
    fits = agreed(evidence)
    if fits is None:
        fits = the_other(facts, evidence)
    if fits is None or (fits and evidence.doubtful and not evidence.numbers and not fits & evidence.doubtful):
        return replace(unsure, reason="signals_disagree")
    last = _last_written(message, facts)
    chosen = _of_tie(facts, fits, last) if fits else _by_weak_signals(message, facts, evidence, last)
    if chosen is None:
        return replace(unsure, reason="tie" if fits or len(facts.ledger.open_ids) > 1 else "nothing_tells")
    if is_of_another_month(facts, evidence, chosen) or is_another_part(facts, evidence, chosen):
        return replace(unsure, reason="signals_disagree")
    own = tuple(s for i, s in signals if i == chosen)
    return Match(
        reading.customer.id,
        chosen,
        score=sum(s.weight for s in own),
        signals=own,
        candidates=_ranked(signals),
    )


def _several(message: _Message, facts: Facts, evidence: Evidence) -> tuple[str, ...]:
    """All the invoices of a message about several, if it is one and nothing in it speaks against that."""
    named = apart(evidence.numbers, evidence.negated)
    paid = apart(evidence.amounts, evidence.negated)
    ids = named or (NONE if evidence.numbers or evidence.pos else paid or evidence.sum_of)
    if not ids and not (
        evidence.numbers or evidence.amounts or evidence.pos or evidence.words or evidence.negated
    ):
        ids = _told_together(message, facts)
    against = [s for s in (*evidence.amounts, *evidence.pos) if not s & ids]
    return () if against else tuple(sorted(ids))


def _told_of(
    several: Sequence[str],
    signals: Sequence[tuple[str, Signal]],
    message: _Message,
    facts: Facts,
    evidence: Evidence,
) -> tuple[int, tuple[Signal, ...]]:
    """The score of the least sure of them, and what decided: what each is called, or one thing said of all."""
    own = [(i, s) for i, s in signals if i in several and s.name in _SAID_OF_EACH]
    of_all = _told_at_once(several, message, facts, evidence)
    least = min(sum(s.weight for i, s in own if i == each) for each in several)
    return least + sum(s.weight for s in of_all), (*(s for _, s in own), *of_all)


def _told_at_once(
    several: Sequence[str], message: _Message, facts: Facts, evidence: Evidence
) -> tuple[Signal, ...]:
    """A sum, or a word like "both". Once, however many they are: a customer may have thousands."""
    if evidence.numbers or evidence.amounts:
        return ()
    if evidence.sum_of:
        invoices = [facts.ledger.candidates[i] for i in several]
        name, value = "sum_of_amounts", f"{invoices[0].currency} {sum(one.balance for one in invoices)}"
    else:
        words = _BOTH.search(message.text) or _ALL.search(message.text)
        name, value = "all_of_them", words.group() if words else ""
    return (Signal(name, _WEIGHTS[name], value),)


def _told_together(message: _Message, facts: Facts) -> Ids:
    if len(facts.ledger.open_ids) == 2 and _BOTH.search(message.text):
        return facts.ledger.open_ids
    if len(facts.ledger.open_ids) > 1 and _ALL.search(message.text):
        return facts.ledger.open_ids
    return NONE


def _last_written(message: _Message, facts: Facts) -> Ids:
    """What the newest message to this phone was about, as far as it is a candidate."""
    if not message.before:
        return NONE
    return frozenset(i for i in message.before[-1].invoice_ids if i in facts.ledger.candidates)


def _of_tie(facts: Facts, fits: Ids, last: Ids) -> str | None:
    """Equal candidates: the one written about; else the one that is still open."""
    for narrower in (fits, fits & last, fits & facts.ledger.open_ids):
        if len(narrower) == 1:
            return next(iter(narrower))
    return None


def _by_weak_signals(message: _Message, facts: Facts, evidence: Evidence, last: Ids) -> str | None:
    """Nothing said names an invoice: its rounded amount, the only open one, or the last written about."""
    if len(facts.ledger.open_ids) != 1 and _ANOTHER.search(message.text):
        return None
    only = _only(facts)
    weak = [s for s in (evidence.rounded, evidence.settled, only, last) if len(s) == 1]
    if not weak or len(frozenset.union(*weak)) > 1 or (evidence.doubtful and not weak[0] & evidence.doubtful):
        return None
    is_doubted = evidence.hints and not weak[0] & evidence.hints and weak[0] != only
    return None if is_doubted else next(iter(weak[0]))


def _only(facts: Facts) -> Ids:
    return facts.ledger.open_ids if len(facts.ledger.open_ids) == 1 else NONE


# ---- the record of it ----


def _signals(message: _Message, facts: Facts, evidence: Evidence) -> list[tuple[str, Signal]]:
    """Every signal with the invoice it speaks for."""
    found: list[tuple[str, Signal]] = []
    for name, ids in (
        ("document_number", union(evidence.numbers)),
        ("po", union(evidence.pos)),
        ("amount", union(evidence.amounts)),
        ("rounded_amount", evidence.rounded),
        ("settled_amount", evidence.settled),
        ("only_open", _only(facts)),
        ("other_one", the_other(facts, evidence) or NONE),
        ("last_written", _last_written(message, facts)),
    ):
        found += [(i, Signal(name, _WEIGHTS[name], _value(facts, name, i))) for i in sorted(ids)]
    for i, score in evidence.words:
        value = facts.ledger.memos.get(i) or facts.ledger.candidates[i].po or ""
        found.append((i, Signal("description", _WEIGHTS["description"] * score, value)))
    return found


def _value(facts: Facts, name: str, invoice_id: str) -> str:
    invoice = facts.ledger.candidates[invoice_id]
    if name == "po":
        return invoice.po or ""
    return f"{invoice.currency} {invoice.balance}" if "amount" in name else invoice.number


def _ranked(signals: Iterable[tuple[str, Signal]]) -> tuple[tuple[str, int], ...]:
    totals: dict[str, int] = {}
    for invoice_id, signal in signals:
        totals[invoice_id] = totals.get(invoice_id, 0) + signal.weight
    return tuple(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_CANDIDATES])
