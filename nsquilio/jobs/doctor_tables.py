"""The checks of NetSuite's tables: each one that the queries use, with its columns and whether it shows rows.

Reads only. A missing permission shows as "not found" or as no rows, never as what it is (facts/netsuite.md,
2.5), so each row names the permission to look for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from nsquilio.errors import BadConfig, NsquilioError, Refused
from nsquilio.jobs.checkup import CheckResult, Level, Subject, failed, failure, ok, warning
from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_account import zone_named
from nsquilio.remote.netsuite_columns import CONTACT_PHONES, CUSTOMER_PHONES, Columns
from nsquilio.remote.netsuite_probe import TableSeen, table_seen

_PAYMENT_RIGHTS = "Transactions > Customer Payment, Credit Memo and Customer Deposit (View)"
_QUERY_FIX = (
    "Give the role Setup > REST Web Services (Full) and Reports > SuiteAnalytics Workbook (Edit), and switch "
    "both features on (Setup > Company > Enable Features). If it has them, the certificate may be mapped to "
    "another role: Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup."
)


@dataclass(frozen=True, slots=True)
class _Used:
    """A table that the queries use. `needed`: columns; without the `wished` ones something is done without.

    `permission`: what a role lacks that does not see it. `empty`, `absent`: how bad no rows and no table are.
    """

    name: str
    table: str
    needed: tuple[str, ...]
    permission: str
    wished: tuple[str, ...] = ()
    key: str = "id"
    where: str = "1 = 1"
    empty: Level = Level.FAILURE
    absent: Level = Level.FAILURE


def table_rows(subject: Subject, client: NetSuite) -> Iterator[CheckResult]:
    """The session's time zone and a row for each table; only one when the role may not query at all."""
    try:
        zone = _zone_row(client)
    except Refused as problem:
        if problem.status not in (401, 403):
            raise
        yield failure("NetSuite queries", problem.message, _QUERY_FIX)
        return
    yield zone
    columns = subject.columns
    rows = [_table_row(used, client) for used in (*_invoices(columns), *_people(columns), *_money(columns))]
    yield from (*rows, _addresses_row(client))
    if all(row.level is not Level.FAILURE for row in rows):
        yield from _what_stops_a_run(client)


def _invoices(columns: Columns) -> Iterator[_Used]:
    of_invoice = "id tranid entity type status foreignamountunpaid foreigntotal duedate trandate"
    yield _Used(
        name="NetSuite invoices",
        table="transaction",
        needed=(*of_invoice.split(), "createddate", "lastmodifieddate"),
        permission="Transactions > Find Transaction and Transactions > Invoice (View)",
        wished=columns.of("invoice"),
        where="t.type = 'CustInvc'",
    )
    if columns.subsidiary is not None:
        yield _Used(
            name="NetSuite subsidiary",
            table="transactionline",
            needed=("transaction", "mainline", "subsidiary"),
            permission=f"Lists > Subsidiaries (View) or access to the subsidiary {columns.subsidiary}",
            key="transaction",
            where=f"t.mainline = 'T' AND t.subsidiary = {columns.subsidiary:d}",
        )


def _people(columns: Columns) -> Iterator[_Used]:
    required = tuple(name for name in columns.required() if "." not in name)
    named = (*columns.of("customer"), *CUSTOMER_PHONES)
    yield _Used(
        name="NetSuite customers",
        table="customer",
        needed=("id", "isinactive", "defaultbillingaddress", *required),
        permission="Lists > Customers (View)",
        wished=tuple(name for name in dict.fromkeys(named) if name not in required),
    )
    yield _Used(
        name="NetSuite contacts",
        table="contact",
        needed=("id", "company", "firstname", "lastname", "entityid"),
        permission="Lists > Contacts (View)",
        wished=tuple(dict.fromkeys((*columns.of("contact"), *CONTACT_PHONES))),
        empty=Level.OK,
        absent=Level.WARNING,
    )


def _money(columns: Columns) -> Iterator[_Used]:
    yield _Used(
        name="NetSuite payments",
        table="nexttransactionlinelink",
        needed=("previousdoc", "nextdoc", "linktype", "foreignamount", "previousline", "nextline"),
        permission=_PAYMENT_RIGHTS,
        key="previousdoc",
        where="t.linktype = 'Payment'",
        empty=Level.WARNING,
    )
    yield _Used(
        name="NetSuite unapplied cash",
        table="transaction",
        needed=("foreignpaymentamountunused",),
        permission=_PAYMENT_RIGHTS,
        where="t.type IN ('CustPymt', 'CustCred', 'CustDep')",
        empty=Level.WARNING,
    )
    yield _Used(
        name="NetSuite currencies",
        table="currency",
        needed=("id", "symbol"),
        permission="Lists > Currency (View)",
        empty=Level.WARNING,
        absent=Level.OK,
    )


def _table_row(used: _Used, client: NetSuite) -> CheckResult:
    columns = (*used.needed, *used.wished)
    try:
        seen = table_seen(client.suiteql, used.table, columns, key=used.key, where=used.where)
    except NsquilioError as problem:
        return failed(used.name, problem)
    if not seen.exists:
        return _absent(used, seen)
    lost = [name for name in seen.missing if name in used.needed]
    if lost:
        fix = "Correct the name under netsuite.customer (or leave the key empty), or give the role access to"
        saw = f"{used.table} has no {', '.join(lost)} that this login may see"
        return failure(used.name, saw, f"{fix} the field and {used.permission}.")
    if seen.rows == 0 and used.empty is not Level.OK:
        return _empty(used)
    return _present(used, seen)


def _present(used: _Used, seen: TableSeen) -> CheckResult:
    counted = "" if seen.rows is None else f"{seen.rows:,} rows, "
    if not seen.missing:
        return ok(used.name, f"{counted}every column that is used")
    saw = f"{counted}done without {', '.join(seen.missing)}, which this login does not see"
    if all(_is_often_absent(name) for name in seen.missing):
        return ok(used.name, saw)
    return warning(used.name, saw, "Correct the names in the configuration, or leave them out.")


def _is_often_absent(name: str) -> bool:
    """Phone columns differ between accounts, and the Dunning SuiteApp's own are there only with it."""
    return name in CUSTOMER_PHONES or name in CONTACT_PHONES or "_3805_" in name


def _empty(used: _Used) -> CheckResult:
    saw = f"{used.table} shows no rows at all"
    fix = f"The role probably lacks {used.permission}, or sees another subsidiary; NetSuite does not tell."
    if used.empty is Level.WARNING:
        return warning(used.name, saw, fix)
    return failure(used.name, saw, fix)


def _absent(used: _Used, seen: TableSeen) -> CheckResult:
    fix = f"Give the role {used.permission}, or switch the feature on (Setup > Company > Enable Features)."
    if used.absent is Level.OK:
        return ok(used.name, f"no table {used.table}: an account with one currency")
    if used.absent is Level.WARNING:
        return warning(used.name, f"no table {used.table} for this login; done without", fix)
    return failure(used.name, seen.said, fix)


def _addresses_row(client: NetSuite) -> CheckResult:
    name = "NetSuite addresses"
    for table in ("entityaddress", "customeraddressbookentityaddress"):
        try:
            seen = table_seen(client.suiteql, table, ("country", "state", "zip"), key="nkey")
        except NsquilioError as problem:
            return failed(name, problem)
        if seen.exists and not seen.missing:
            return ok(name, f"{table}: country, state and zip")
    return warning(
        name,
        "no table of addresses for this login: time zones follow from phone numbers alone",
        "Give the role Lists > Customers (View). Until then numbers that tell no zone are held.",
    )


def _what_stops_a_run(client: NetSuite) -> Iterator[CheckResult]:
    """Columns that are each done without, but not all of them; told of no single table."""
    try:
        client.account.missing()
    except BadConfig as problem:
        yield failed("NetSuite columns", problem)


def _zone_row(client: NetSuite) -> CheckResult:
    """Moments come in the session's zone; taken for another one, changes would be missed for hours."""
    text = client.suiteql.value("SELECT SESSIONTIMEZONE AS timezone FROM DUAL") or ""
    zone = zone_named(text)
    if zone is None:
        return warning(
            "session time zone",
            f"NetSuite says {text[:40]!r}, which is no zone; America/Los_Angeles is assumed",
            "Set the time zone of the mapped employee: Home > Set Preferences.",
        )
    return ok("session time zone", zone.key if isinstance(zone, ZoneInfo) else text)
