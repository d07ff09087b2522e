"""All that one decision depends on, as values: the same inputs always give the same plan. Holds no rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from nsquilio.core.model import Blocks, Customer, History
from nsquilio.core.rules import Rules


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What `--customer`, `--invoice`, `--step` and `--limit` leave; None: everything.

    `planned`: the reminders that a run means to send; at its last look nothing is added to them.
    """

    customers: frozenset[str] | None = None
    invoices: frozenset[str] | None = None
    steps: frozenset[str] | None = None
    limit: int | None = None
    planned: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All a decision depends on. `prices`: US dollars per segment by country."""

    customers: Mapping[str, Customer]
    rules: Rules
    now: datetime
    history: History = field(default_factory=History)
    blocks: Blocks = field(default_factory=Blocks)
    narrowing: Narrowing = field(default_factory=Narrowing)
    prices: Mapping[str, Decimal] = field(default_factory=dict)
