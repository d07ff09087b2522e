"""The text of every SuiteQL query: nothing is asked, nothing is read here.

Every date goes through TO_CHAR, else it comes in the format of a user's preference; every query that is
paged ends in its key (facts/netsuite.md, sections 2 and 3). Names of columns come from the administrator
and were checked; values never stand in the text.
"""

# ruff: noqa: S608 - the pieces of a query are this module's own texts and checked column names

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nsquilio.remote.netsuite_columns import (
    CONTACT,
    CONTACT_PHONES,
    CUSTOMER,
    CUSTOMER_PHONES,
    INVOICE,
    Columns,
    split_name,
)

DAY = "YYYY-MM-DD"
MOMENT = "YYYY-MM-DD HH24:MI:SS"
UNUSED_TYPES = "'CustPymt', 'CustCred', 'CustDep'"

COMM = "customrecord_nsq_comm"
COMM_FIELD = "custrecord_nsq_comm_"
ADDRESS_KEY = "defaultbillingaddress"


@dataclass(frozen=True, slots=True)
class Shape:
    """What this account has of the optional things: asked once, because accounts differ.

    `void`: the column that tells a voided transaction; `address`: the table of addresses; empty: neither
    exists. `customer`, `contact`, `transaction`: the optional columns that exist, bare.
    """

    void: str
    has_currency: bool
    address: str
    customer: frozenset[str]
    contact: frozenset[str]
    transaction: frozenset[str]

    def has(self, table: str, name: str) -> bool:
        known = {CUSTOMER: self.customer, CONTACT: self.contact, INVOICE: self.transaction}
        return name in known[table]


def wanted_columns(columns: Columns) -> dict[str, tuple[str, ...]]:
    """The optional columns to ask the account about, by table."""
    contact = columns.of(CONTACT)
    return {
        "transaction": _once(("voided", "void", "currency", "closedate", *columns.of(INVOICE))),
        "customer": _once(
            (*CUSTOMER_PHONES, *columns.of(CUSTOMER), ADDRESS_KEY, *(("contact",) if contact else ()))
        ),
        "contact": _once((*CONTACT_PHONES, *contact)),
    }


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def probe(table: str, names: Sequence[str]) -> str:
    """Asks for columns without asking for rows."""
    return f"SELECT {', '.join(f't.{name}' for name in names)} FROM {table} t WHERE t.id = 0"


def day_of(column: str, alias: str) -> str:
    return f"TO_CHAR({column}, '{DAY}') AS {alias}"


def moment_of(column: str, alias: str) -> str:
    return f"TO_CHAR({column}, '{MOMENT}') AS {alias}"


# --- invoices ---


def invoices(columns: Columns, shape: Shape, where: str, *, moments: bool, settled: bool = False) -> str:
    """Paged by id.

    `moments`: with creation and change; `settled`: with status and closing day, for any status.
    """
    selected = [
        "t.id",
        "t.tranid",
        "t.entity",
        "t.foreignamountunpaid AS unpaid",
        "t.foreigntotal AS total",
        day_of("t.duedate", "duedate"),
        *(["t.currency"] if shape.has_currency else []),
        *(
            [moment_of("t.createddate", "created"), moment_of("t.lastmodifieddate", "modified")]
            if moments
            else []
        ),
        *([f"BUILTIN.CF(t.status) AS status, t.{shape.void} AS void"] if settled and shape.void else []),
        *(["BUILTIN.CF(t.status) AS status"] if settled and not shape.void else []),
        *([day_of("t.trandate", "issued")] if settled else []),
        *([day_of("t.closedate", "closed")] if settled and "closedate" in shape.transaction else []),
        *(f"t.{name}" for name in columns.of(INVOICE) if name in shape.transaction),
    ]
    return (
        f"SELECT {', '.join(selected)} FROM transaction t{_only_subsidiary(columns)}"
        f" WHERE t.type = 'CustInvc' AND {where} AND t.id > ? ORDER BY t.id ASC"
    )


def _only_subsidiary(columns: Columns) -> str:
    """The header has no dependable subsidiary; the main line has (facts/netsuite.md, 3.1)."""
    if columns.subsidiary is None:
        return ""
    return (
        " JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'"
        f" AND tl.subsidiary = {columns.subsidiary:d}"
    )


def is_open(shape: Shape) -> str:
    """Composite fields must be filtered through BUILTIN.CF (Oracle). Status A alone: D waits for approval."""
    not_void = f" AND t.{shape.void} = 'F'" if shape.void else ""
    return f"BUILTIN.CF(t.status) = 'CustInvc:A'{not_void}"


def due_between(shape: Shape) -> str:
    return f"{is_open(shape)} AND t.duedate >= TO_DATE(?, '{DAY}') AND t.duedate <= TO_DATE(?, '{DAY}')"


def without_due_date(shape: Shape) -> str:
    return f"{is_open(shape)} AND t.duedate IS NULL"


def modified_since(shape: Shape) -> str:
    return f"{is_open(shape)} AND t.lastmodifieddate >= TO_DATE(?, '{MOMENT}')"


def open_or_paid_since(shape: Shape) -> str:
    closed = "t.closedate" if "closedate" in shape.transaction else "t.lastmodifieddate"
    not_void = f" AND t.{shape.void} = 'F'" if shape.void else ""
    paid = f"(BUILTIN.CF(t.status) = 'CustInvc:B' AND {closed} >= TO_DATE(?, '{DAY}'))"
    return f"(BUILTIN.CF(t.status) = 'CustInvc:A' OR {paid}){not_void}"


def balances(shape: Shape) -> str:
    selected = [
        "t.id",
        "BUILTIN.CF(t.status) AS status",
        "t.foreignamountunpaid AS unpaid",
        "t.foreigntotal AS total",
        day_of("t.duedate", "duedate"),
        *([f"t.{shape.void} AS void"] if shape.void else []),
        *(["t.currency"] if shape.has_currency else []),
    ]
    return f"SELECT {', '.join(selected)} FROM transaction t WHERE t.type = 'CustInvc' AND t.id IN ({{ids}})"


# --- customers ---


def customers(columns: Columns, shape: Shape, where: str) -> str:
    """Contacts' columns come as `ct_0`, `ct_1` …, displayed values as `shown_0` …, in the order of the
    functions.
    """
    named = _once((*CUSTOMER_PHONES, *columns.of(CUSTOMER)))
    selected = [
        "c.id",
        "c.isinactive",
        *(f"c.{name}" for name in named if name in shape.customer and name not in ("id", "isinactive")),
        *(f"BUILTIN.DF(c.{name}) AS shown_{n}" for n, name in enumerate(shown_columns(columns, shape))),
        *(f"ct.{name} AS ct_{n}" for n, name in enumerate(contact_columns(columns, shape))),
        *(["ea.country AS country", "ea.state AS state", "ea.zip AS zip"] if shape.address else []),
    ]
    return f"SELECT {', '.join(selected)} FROM customer c{_joins(columns, shape)} WHERE {where}"


def shown_columns(columns: Columns, shape: Shape) -> tuple[str, ...]:
    """Columns that may be lists: their stored value is a number, what people see is in BUILTIN.DF."""
    named = [name for name in (columns.channel, columns.time_zone) if name]
    return _once([name for name in named if name in shape.customer])


def contact_columns(columns: Columns, shape: Shape) -> tuple[str, ...]:
    if "contact" not in shape.customer:
        return ()
    return tuple(name for name in columns.of(CONTACT) if name in shape.contact)


def _joins(columns: Columns, shape: Shape) -> str:
    contact = " LEFT JOIN contact ct ON ct.id = c.contact" if contact_columns(columns, shape) else ""
    address = f" LEFT JOIN {shape.address} ea ON ea.nkey = c.{ADDRESS_KEY}" if shape.address else ""
    return contact + address


def opted_out(columns: Columns) -> str:
    place, name = split_name(columns.sms_opt_out or "")
    return f"{'c' if place == CUSTOMER else 'ct'}.{name} = 'T' AND c.id > ? ORDER BY c.id ASC"


def unapplied(shape: Shape, where: str) -> str:
    """Payments, credits and deposits with something left, paged by id."""
    not_void = f" AND t.{shape.void} = 'F'" if shape.void else ""
    currency = ", t.currency" if shape.has_currency else ""
    return (
        f"SELECT t.id, t.entity, t.foreignpaymentamountunused AS unused{currency} FROM transaction t"
        f" WHERE t.type IN ({UNUSED_TYPES}){not_void} AND t.foreignpaymentamountunused > 0{where}"
        " AND t.id > ? ORDER BY t.id ASC"
    )


# --- payments ---


def payments(shape: Shape, where: str, *, moments: bool = False) -> str:
    """What was applied to invoices. The order is unique, so offset paging loses nothing.

    `moments`: with when each was entered and last touched.
    """
    not_void = f" AND p.{shape.void} = 'F'" if shape.void else ""
    created, modified = moment_of("p.createddate", "created"), moment_of("p.lastmodifieddate", "modified")
    return (
        "SELECT l.previousdoc AS invoice_id, l.nextdoc AS payment_id, p.type AS type,"
        f" {day_of('p.trandate', 'paid_on')}, l.foreignamount AS amount"
        f"{f', {created}, {modified}' if moments else ''}"
        " FROM nexttransactionlinelink l JOIN transaction p ON p.id = l.nextdoc"
        f" WHERE l.linktype = 'Payment'{not_void} AND {where}"
        " ORDER BY l.previousdoc ASC, l.nextdoc ASC, l.previousline ASC, l.nextline ASC"
    )


# --- phones ---


def customer_phones(shape: Shape, where: str) -> str:
    names = [name for name in CUSTOMER_PHONES if name in shape.customer]
    selected = ", ".join(["c.id", *(f"c.{name}" for name in names)])
    return f"SELECT {selected} FROM customer c WHERE {where} AND c.id > ? ORDER BY c.id ASC"


def contact_phones(shape: Shape, where: str) -> str:
    names = [name for name in CONTACT_PHONES if name in shape.contact]
    selected = ", ".join(
        [
            "ct.id",
            "ct.company",
            "ct.firstname",
            "ct.lastname",
            "ct.entityid",
            *(f"ct.{name}" for name in names),
        ]
    )
    return f"SELECT {selected} FROM contact ct WHERE {where} AND ct.id > ? ORDER BY ct.id ASC"


def any_phone(alias: str, names: Sequence[str]) -> str:
    return "(" + " OR ".join(f"{alias}.{name} IS NOT NULL" for name in names) + ")"


def phones_like(alias: str, names: Sequence[str], count: int) -> str:
    """One LIKE per number over all phone columns joined; a null column joins as nothing in Oracle."""
    joined = " || ' ' || ".join(f"NVL({alias}.{name}, ' ')" for name in names)
    return "(" + " OR ".join([f"({joined}) LIKE ?"] * count) + ")"


# --- communications ---


def communications(where: str) -> str:
    """Without bodies: they are large, and nothing is rebuilt from them."""
    texts = (
        "invoice",
        "customer",
        "direction",
        "channel",
        "from",
        "to",
        "status",
        "kind",
        "sid",
        "key",
        "details",
    )
    selected = [
        "m.id",
        "m.externalid",
        *(f"m.{COMM_FIELD}{name}" for name in texts),
        moment_of(f"m.{COMM_FIELD}time", "time"),
    ]
    return f"SELECT {', '.join(selected)} FROM {COMM} m WHERE {where} AND m.id > ? ORDER BY m.id ASC"
