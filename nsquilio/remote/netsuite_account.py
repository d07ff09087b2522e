"""What one account has and how it counts: its optional columns, currencies, session zone and clock.

Accounts differ, and a query that names one missing column fails as a whole, so it is asked once per run.
What may keep somebody from being texted must be there; anything else is done without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from nsquilio.errors import BadConfig, Refused
from nsquilio.remote import netsuite_queries as queries
from nsquilio.remote.netsuite_columns import Columns, split_name
from nsquilio.remote.netsuite_queries import Shape
from nsquilio.remote.netsuite_suiteql import SuiteQL

_USUAL_ZONE = "America/Los_Angeles"
"""NetSuite's own default, where the session does not tell."""

_ADDRESS_TABLES = ("entityaddress", "customeraddressbookentityaddress")
_ADDRESS_COLUMNS = ("country", "state", "zip")
_NO_SUCH = frozenset({400, 404, 500})  # how NetSuite answers a query that names something it does not have
_REACHED = {"mobile": "texted", "email": "e-mailed"}


class Account:
    def __init__(self, suiteql: SuiteQL, columns: Columns) -> None:
        self._suiteql = suiteql
        self._columns = columns

    @cached_property
    def shape(self) -> Shape:
        wanted = queries.wanted_columns(self._columns)
        found = {
            "transaction": self.existing("transaction", wanted["transaction"]),
            "customer": self.existing("customer", wanted["customer"]),
            "contact": self._contact_columns(wanted["contact"]),
        }
        shape = Shape(
            void=next((name for name in ("voided", "void") if name in found["transaction"]), ""),
            has_currency="currency" in found["transaction"] and bool(self.currencies),
            address=self._address_table() if queries.ADDRESS_KEY in found["customer"] else "",
            customer=found["customer"],
            contact=found["contact"],
            transaction=found["transaction"],
        )
        self._require(shape)
        if "currency" in shape.transaction and not shape.has_currency:
            self._require_one_currency()
        return shape

    @cached_property
    def currencies(self) -> dict[str, str]:
        """Internal id to ISO code; empty where the account has only one currency and no such table."""
        try:
            rows = self._suiteql.rows("SELECT cur.id, cur.symbol FROM currency cur")
        except Refused as problem:
            if problem.status not in _NO_SUCH:
                raise
            return {}
        return {
            str(row["id"]): str(row["symbol"]).upper() for row in rows if row.get("id") and row.get("symbol")
        }

    @cached_property
    def zone(self) -> tzinfo:
        """The zone in which NetSuite writes moments for this login."""
        try:
            text = self._suiteql.value("SELECT SESSIONTIMEZONE AS timezone FROM DUAL") or ""
        except Refused as problem:
            if problem.status not in _NO_SUCH:
                raise
            text = ""
        return zone_named(text) or ZoneInfo(_USUAL_ZONE)

    def existing(self, table: str, names: Sequence[str]) -> frozenset[str]:
        """Which of the columns this login may read.

        One request when all exist. Raises when the table is not there.
        """
        if not names or self._answers(queries.probe(table, names)):
            return frozenset(names)
        self._suiteql.rows(queries.probe(table, ["id"]))  # raises NetSuite's own words about the table
        return frozenset(name for name in names if self._answers(queries.probe(table, [name])))

    def missing(self) -> tuple[str, ...]:
        """The configured columns that are not there, with their prefix."""
        return tuple(name for name in self._columns.everywhere() if not self.shape.has(*split_name(name)))

    def _contact_columns(self, names: Sequence[str]) -> frozenset[str]:
        """None of them when the role may not see contacts at all: then customers' own columns must do."""
        try:
            return self.existing("contact", names)
        except Refused as problem:
            if problem.status not in _NO_SUCH:
                raise
            return frozenset()

    def _address_table(self) -> str:
        return next((table for table in _ADDRESS_TABLES if self._has_address(table)), "")

    def _has_address(self, table: str) -> bool:
        columns = ", ".join(f"ea.{name}" for name in _ADDRESS_COLUMNS)
        return self._answers(f"SELECT {columns} FROM {table} ea WHERE ea.nkey = 0")  # noqa: S608 - own texts

    def _answers(self, sql: str) -> bool:
        try:
            self._suiteql.rows(sql)
        except Refused as problem:
            if problem.status not in _NO_SUCH:
                raise
            return False
        return True

    def _require(self, shape: Shape) -> None:
        lost = [name for name in self._columns.required() if not shape.has(*split_name(name))]
        if lost:
            raise BadConfig(
                f"NetSuite has no column {', '.join(lost)} that this login may read; it was meant to keep "
                "customers from being written to.",
                "Correct its name under netsuite.customer, or give the role access to the field.",
            )
        for key, names in self._columns.reaching().items():
            if not any(shape.has(*split_name(name)) for name in names):
                raise BadConfig(
                    f"NetSuite has no column {', '.join(names)} that this login may read, so nobody could be "
                    f"{_REACHED[key]}.",
                    f"Correct the names under netsuite.customer.{key}, or give the role access to one of the "
                    "fields.",
                )

    def _require_one_currency(self) -> None:
        """A role without the permission for currencies must not turn euros into dollars."""
        sql = "SELECT DISTINCT t.currency FROM transaction t WHERE t.type = 'CustInvc'"
        if len(self._suiteql.rows(sql)) > 1:
            raise BadConfig(
                "NetSuite does not show this login the account's currencies, and its invoices have several.",
                "Give the role the permission Lists > Currency (View).",
            )


def zone_named(text: str) -> tzinfo | None:
    """`America/New_York` or `-08:00`, as SESSIONTIMEZONE says it."""
    offset = re.fullmatch(r"([+-])(\d{1,2}):(\d\d)", text.strip())
    if offset:
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-ahead if offset[1] == "-" else ahead)
    try:
        return ZoneInfo(text.strip()) if text.strip() else None
    except (KeyError, ValueError, OSError):
        return None


def session_text(moment: datetime, zone: tzinfo) -> str:
    """A moment for comparison with NetSuite's columns, to the second."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
