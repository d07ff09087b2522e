"""Rows of the customer table to values: which column speaks for what, and what its text means.

Nothing raises and nobody is dropped: a column that is empty or makes no sense counts as empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nsquilio.core.drafts import quick
from nsquilio.core.model import Customer
from nsquilio.remote.netsuite_columns import CONTACT, CUSTOMER, CUSTOMER_PHONES, Columns, split_name
from nsquilio.remote.netsuite_queries import Shape, contact_columns, shown_columns
from nsquilio.remote.netsuite_rows import first_addresses, is_ticked
from nsquilio.remote.netsuite_suiteql import Row

_NOT_STATED = ("", "")
_NO_CASH: Mapping[str, Decimal] = {}
_customer = quick(Customer)


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of a customer with the numbers it can be told by, as they are written."""

    id: str
    customer_id: str
    name: str
    phones: tuple[str, ...]


class CustomerReader:
    def __init__(self, columns: Columns, shape: Shape) -> None:
        self._contact_keys = {name: f"ct_{n}" for n, name in enumerate(contact_columns(columns, shape))}
        shown = {name: f"shown_{n}" for n, name in enumerate(shown_columns(columns, shape))}
        self._names = self._keys(columns.name)
        self._mobiles = self._keys(columns.mobile)
        self._emails = self._keys(columns.email)
        self._phones = tuple(dict.fromkeys((*self._mobiles, *CUSTOMER_PHONES)))
        self._excluded = tuple(zip(self._keys(columns.excluded), columns.excluded, strict=False))
        self._opt_out = self._key(columns.sms_opt_out)
        self._language = self._key(columns.language)
        self._zone = self._key(columns.time_zone)
        self._zone_shown = shown.get(self._zone, "")
        self._channel = self._key(columns.channel)
        self._channel_shown = shown.get(self._channel, "")
        # What is stored and shown -> what it means, and the word where it means nothing known.
        self._said: dict[tuple[object, object], tuple[str, str]] = {}
        self._channels = {
            **{meaning: meaning for meaning in ("sms", "email", "none")},
            **{" ".join(text.casefold().split()): kind for text, kind in columns.channel_values.items()},
        }

    def _keys(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for name in names if (key := self._key(name)))

    def _key(self, name: str | None) -> str:
        """Under which key of the row the column's text stands; empty when it is not the customer's."""
        if not name:
            return ""
        place, bare = split_name(name)
        return bare if place == CUSTOMER else self._contact_keys.get(bare, "") if place == CONTACT else ""

    def read(self, rows: Iterable[Row], unapplied: Mapping[str, Mapping[str, Decimal]]) -> list[Customer]:
        return [self._customer(row, unapplied.get(str(row["id"]), _NO_CASH)) for row in rows if "id" in row]

    def _customer(self, row: Row, cash: Mapping[str, Decimal]) -> Customer:
        get = row.get
        number = str(row["id"])
        wanted, unknown = self._wanted(get(self._channel), get(self._channel_shown))
        return _customer(
            number,
            str(_first(row, self._names) or f"customer {number}"),
            _texts(row, self._mobiles),
            first_addresses([get(key) for key in self._emails]),
            wanted,
            is_ticked(get("isinactive")),
            self._excluding(row) if self._excluded else None,
            is_ticked(get(self._opt_out)),
            self._zone_of(row) if self._zone else "",
            get(self._language) or "",
            get("country") or "",
            get("state") or "",
            get("zip") or "",
            cash,
            _texts(row, self._phones),
            unknown,
        )

    def _excluding(self, row: Row) -> str | None:
        return next((name for key, name in self._excluded if is_ticked(row.get(key))), None)

    def _wanted(self, stored: object, shown: object) -> tuple[str, str]:
        """What the channel column means. A word nobody gave a meaning to is no leave to write: "none", and itself."""
        said = (stored, shown)
        if said not in self._said:
            self._said[said] = self._meaning([str(text) for text in (shown, stored) if text])
        return self._said[said]

    def _meaning(self, texts: Sequence[str]) -> tuple[str, str]:
        if not texts:
            return _NOT_STATED
        alike = (" ".join(text.casefold().split()) for text in texts)
        known = next((self._channels[text] for text in alike if text in self._channels), None)
        return (known, "") if known else ("none", texts[0])

    def _zone_of(self, row: Row) -> str:
        """The stored text where it is a zone's name (`America/New_York`), else what people see."""
        stored, shown = str(row.get(self._zone) or ""), str(row.get(self._zone_shown) or "")
        return stored if "/" in stored else shown or stored


def _first(row: Row, keys: Iterable[str]) -> object:
    for key in keys:
        text = row.get(key)
        if text:
            return text
    return None


def _texts(row: Row, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple([str(text) for key in keys if (text := row.get(key))])


def person(row: Row, phones: Iterable[str]) -> Person:
    name = " ".join(str(row[key]) for key in ("firstname", "lastname") if row.get(key))
    return Person(
        id=str(row.get("id", "")),
        customer_id=str(row.get("company") or ""),
        name=name or str(row.get("entityid") or ""),
        phones=_texts(row, phones),
    )
