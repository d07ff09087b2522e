"""What the reading of replies gives and takes: kinds, readings, open invoices. Values only, cheap to import;
the reading itself is `replies`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    opt_out = "opt_out"
    opt_in = "opt_in"
    help = "help"
    paid_claim = "paid_claim"
    promise = "promise"
    dispute = "dispute"
    question = "question"
    copy_request = "copy_request"
    wrong_number = "wrong_number"
    acknowledgement = "acknowledgement"
    other = "other"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open invoice of the sender."""

    number: str
    balance: Decimal
    currency: str
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """`words`: those that decided, as they stand in the text. `rule`: stable name of what decided.
    `keyword`: a bare
    carrier keyword; START lifts only opt-outs made with one. `unsure`: a person should look."""

    kind: Kind
    words: tuple[str, ...] = ()
    rule: str = ""
    promise_date: date | None = None
    promise_amount: Decimal | None = None
    stops_texts: bool = False
    keyword: bool = False
    unsure: bool = False
