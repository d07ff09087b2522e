"""What the tests of replies share: a reading with defaults, labelled rows, the score of a set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from nsquilio.core.replies import Kind, OpenItem, Reading, read_reply

DATA = Path(__file__).parents[1] / "data"
STOPPING = {"opt_out", "wrong_number"}


def read(
    text: str,
    *,
    on: str = "2026-03-18T10:12:00-05:00",  # a Wednesday
    balance: str = "1250.00",
    currency: str = "USD",
    due: str = "2026-03-31",
    number: str = "INV-1042",
    others: int = 0,
    channel: str = "sms",
    sent: str = "",
) -> Reading:
    items = [OpenItem(number, Decimal(balance), currency, date.fromisoformat(due))]
    items += [OpenItem(f"INV-20{i}", Decimal(90 + i), currency, None) for i in range(others)]
    return read_reply(text, received=datetime.fromisoformat(on), invoices=items, channel=channel, sent=sent)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_row(row: dict[str, Any]) -> Reading:
    items = [
        OpenItem(i["number"], Decimal(i["balance"]), i["currency"], date.fromisoformat(i["due_date"]))
        for i in row["context"]["invoices"]
    ]
    received = datetime.fromisoformat(row["received_at"])
    return read_reply(row["text"], received=received, invoices=items, channel=row["channel"])


@dataclass(frozen=True)
class Score:
    """Ids of the rows that went wrong, by what went wrong; `of`: how many rows each share is of."""

    wrong_kind: list[str]
    missed_stop: list[str]
    false_stop: list[str]
    wrong_date: list[str]
    wrong_amount: list[str]
    invented_promise: list[str]
    of: dict[str, int]

    def share(self, name: str) -> float:
        return len(getattr(self, name)) / max(self.of[name], 1)


@cache
def score(path: Path) -> Score:
    """Counts as the samples' scorer does (dates and amounts: of the promises that were found)."""
    found: dict[str, list[str]] = {name: [] for name in Score.__dataclass_fields__ if name != "of"}
    of = dict.fromkeys(found, 0)
    for row in rows_of(path):
        for name, wrong in _judged(row, read_row(row)).items():
            of[name] += 1
            if wrong:
                found[name].append(f"{row['id']} {row['text']!r}")
    return Score(**found, of=of)


def _judged(row: dict[str, Any], reading: Reading) -> dict[str, bool]:
    gold = row["gold"]
    kinds = {gold["kind"], *gold["also"]}
    promised = reading.kind is Kind.promise
    judged = {"wrong_kind": reading.kind not in kinds}
    judged["missed_stop" if gold["must_stop_texts"] else "false_stop"] = (
        reading.stops_texts != gold["must_stop_texts"]
    )
    if "promise" not in kinds:
        judged["invented_promise"] = promised
    if gold["kind"] == "promise" and promised:
        dates = gold.get("acceptable_dates", [gold["promise_date"]])
        day = reading.promise_date and reading.promise_date.isoformat()
        judged["wrong_date"] = day not in dates
        amounts = gold.get("acceptable_amounts", [gold["promise_amount"]])
        judged["wrong_amount"] = reading.promise_amount not in [a and Decimal(a) for a in amounts]
    return judged
