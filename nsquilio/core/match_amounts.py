"""The invoices whose balance, total or sum is what a message says; the currency counts where one is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from .match_ledger import KnownInvoice, Ledger
from .match_mentions import Mention

Ids = frozenset[str]
NONE: Ids = frozenset()

_MOST_FOR_SUMS = 12
"""Beyond this many open invoices some pair sums up to anything."""


def amount_ids(ledger: Ledger, mention: Mention, currencies: frozenset[str]) -> Ids:
    """Balances, and totals of what is partly paid. `currencies`: those named somewhere in the message."""
    if not mention.may_pay:
        return NONE
    return _of_amount(ledger.amounts, mention, currencies)


def settled_ids(ledger: Ledger, mention: Mention, currencies: frozenset[str]) -> Ids:
    """The paid invoices that were about that much."""
    return _of_amount(ledger.settled, mention, currencies) if mention.may_pay else NONE


def _of_amount(
    amounts: dict[Decimal, list[KnownInvoice]], mention: Mention, currencies: frozenset[str]
) -> Ids:
    found = [i for value in mention.values for i in amounts.get(value, ()) if _in_currency(mention, i)]
    fitting = [i for i in found if i.currency in mention.perhaps_currencies | currencies]
    return ids_of(fitting or found)


def ids_of(invoices: Iterable[KnownInvoice]) -> Ids:
    return frozenset(i.id for i in invoices)


def _in_currency(mention: Mention, invoice: KnownInvoice) -> bool:
    return not mention.currencies or invoice.currency in mention.currencies


def rounded_ids(ledger: Ledger, mention: Mention) -> Ids:
    """ "$212" for 212.35: cents left out, where a sign or word says that it is money; "212.3", cut short."""
    near = (i for v in mention.values for i in _near(ledger, v, mention.is_money))
    return ids_of(i for i in near if _in_currency(mention, i))


def _near(ledger: Ledger, value: Decimal, is_money: bool) -> Iterator[KnownInvoice]:
    whole = int(value)
    is_whole, is_cut = value == whole, value * 10 == int(value * 10)
    if not is_cut or (is_whole and (not is_money or value < 10)):
        return
    gap = Decimal(1) if is_whole else Decimal("0.1")
    for about in (whole - 1, whole):
        yield from (i for i in ledger.about.get(about, ()) if 0 < abs(i.balance - value) < gap)


def sum_ids(ledger: Ledger, mention: Mention) -> Ids:
    """The open invoices that the amount pays together, if only one set of them does."""
    sets = {ids for currency in ledger.sums for ids in _sums(ledger, currency, mention)}
    return sets.pop() if len(sets) == 1 else NONE


def _sums(ledger: Ledger, currency: str, mention: Mention) -> Iterator[Ids]:
    if mention.currencies and currency not in mention.currencies:
        return
    same = ledger.by_currency[currency]
    if len(same) > 1 and ledger.sums[currency] in mention.values:
        yield ids_of(same)
    if len(same) <= _MOST_FOR_SUMS:
        for size in (2, 3):
            for some in combinations(same, size):
                if sum(i.balance for i in some) in mention.values:
                    yield ids_of(some)
