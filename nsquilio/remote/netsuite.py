"""NetSuite as the jobs see it: invoices, customers, balances, payments, and the communications written
back.

Reads with SuiteQL alone, because record reads fail on locked records and take a request each. Writes
nothing but our own record type and, where configured, a checkbox of a customer; never touches an invoice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

from nsquilio.core.model import Customer, Invoice, Payment
from nsquilio.core.recipients import numbers_opted_out_by_record
from nsquilio.errors import ServiceFailed
from nsquilio.remote import netsuite_queries as queries
from nsquilio.remote.netsuite_account import Account, session_text
from nsquilio.remote.netsuite_auth import NetSuiteLogin
from nsquilio.remote.netsuite_columns import Columns, split_name
from nsquilio.remote.netsuite_customers import CustomerReader, Person
from nsquilio.remote.netsuite_errors import refused
from nsquilio.remote.netsuite_link import NetSuiteLink
from nsquilio.remote.netsuite_phones import PhoneOwner, owners, people_of, phone_candidates
from nsquilio.remote.netsuite_records import (
    Communication,
    Value,
    communications,
    patch_communication,
    put_communication,
    update_customer,
)
from nsquilio.remote.netsuite_rows import Balance, InvoiceReader, Moments
from nsquilio.remote.netsuite_suiteql import PAGE, Param, Row, SuiteQL, marks, only_ids
from nsquilio.remote.transport import Http, Now

_MOST_NAMED = 50


class NetSuite:
    """`country`, `currency`: the company's, for numbers without one and accounts with only one. Safe to use
    from several threads; close it at the end.
    """

    def __init__(
        self,
        base_url: str,
        login: NetSuiteLogin,
        columns: Columns,
        now: Now,
        *,
        country: str = "US",
        currency: str = "USD",
        concurrency: int = 2,
        http: Http | None = None,
    ) -> None:
        self.columns = columns
        self.link = NetSuiteLink(base_url, login, now, http, concurrency)
        self.suiteql = SuiteQL(
            lambda path, body, headers: self.link.read("POST", path, body=body, headers=headers), concurrency
        )
        self.account = Account(self.suiteql, self.columns)
        self._country = country
        self._currency = currency

    def close(self) -> None:
        self.suiteql.close()
        self.link.close()

    @property
    def skew(self) -> timedelta | None:
        """NetSuite's clock minus ours, as last seen; None before the first answer."""
        return self.link.skew

    def log_in(self) -> None:
        """Raises BadCredentials, Unreachable or Refused when no token can be had."""
        self.link.log_in()

    def server_time(self) -> datetime:
        """UTC. Needs no permission, so it also proves the token."""
        answer = self.link.read("GET", "/services/rest/system/v1/serverTime")
        if not answer.ok:
            raise refused(answer, "did not tell its time")
        try:
            return datetime.fromisoformat(str(answer.fields()["serverTime"])).astimezone(UTC)
        except (KeyError, ValueError):
            raise ServiceFailed(
                f"NetSuite told a time that can't be read: {answer.said()}.", "Run again.", service="NetSuite"
            ) from None

    def session_zone(self) -> tzinfo:
        return self.account.zone

    def probe_columns(self, table: str, names: Collection[str]) -> set[str]:
        """Those of the columns that this login may read; raises Refused when the table is not there."""
        return set(self.account.existing(table, tuple(names)))

    def count(self, table: str, where: str = "") -> int:
        """How many rows the login sees. None at all mostly means a missing permission."""
        rows = self.suiteql.rows(f"SELECT COUNT(*) AS n FROM {table} t{where and f' WHERE {where}'}")  # noqa: S608  # own texts
        return int(str(next(value for key, value in rows[0].items() if key != "links"))) if rows else 0

    # --- invoices ---

    def open_invoices(
        self, due_from: date, due_to: date, *, moments: bool = False
    ) -> Iterator[list[Invoice]]:
        """Status A alone, due in the span, ends included, and those without a due date. A page at a time.

        `moments`: with `created_at` and `modified_at`, which cost time and are needed by event steps only.
        """
        shape = self.account.shape
        yield from self._invoices(
            queries.due_between(shape), (due_from.isoformat(), due_to.isoformat()), moments=moments
        )
        yield from self._invoices(queries.without_due_date(shape), (), moments=moments)

    def modified_since(self, moment: datetime) -> Iterator[list[Invoice]]:
        """Status A, whatever the due date: what may have been created or changed since, with both moments."""
        since = session_text(moment, self.account.zone)
        yield from self._invoices(queries.modified_since(self.account.shape), (since,), moments=True)

    def invoices_by_id(self, ids: Iterable[str]) -> list[Invoice]:
        """Of any status, with moments; ids that are gone (or of another subsidiary) are absent."""
        return self._invoices_where("t.id IN ({})", only_ids(ids))

    def invoices_by_number(self, numbers: Iterable[str]) -> list[Invoice]:
        """By document number, which several invoices may share. Of any status, with moments."""
        return self._invoices_where("t.tranid IN ({})", list(dict.fromkeys(numbers)))

    def recent_invoices(self, customer_ids: Iterable[str], paid_since: date) -> list[Invoice]:
        """Open ones, and those paid in full since that day: what a customer may be writing about."""
        where = f"t.entity IN ({{}}) AND {queries.open_or_paid_since(self.account.shape)}"
        return self._invoices_where(where, only_ids(customer_ids), (paid_since.isoformat(),))

    def _invoices_where(
        self, where: str, values: Iterable[Param], others: tuple[Param, ...] = ()
    ) -> list[Invoice]:
        found: list[Invoice] = []
        batch_of = list(values)
        for start in range(0, len(batch_of), PAGE):
            batch = batch_of[start : start + PAGE]
            pages = self._invoices(
                where.format(marks(len(batch))), (*batch, *others), moments=True, settled=True
            )
            found += (invoice for page in pages for invoice in page)
        return found

    def _invoices(
        self, where: str, params: tuple[Param, ...], *, moments: bool, settled: bool = False
    ) -> Iterator[list[Invoice]]:
        sql = queries.invoices(self.columns, self.account.shape, where, moments=moments, settled=settled)
        reader = self._reader(self.account.zone if moments else UTC)
        for rows in self.suiteql.pages(sql, params):
            yield reader.read(rows)

    def _reader(self, zone: tzinfo = UTC) -> InvoiceReader:
        shape = self.account.shape
        return InvoiceReader(
            self.columns, self.account.currencies if shape.has_currency else {}, self._currency, zone
        )

    def balances(self, invoice_ids: Iterable[str]) -> dict[str, Balance]:
        """What the invoices are at now.

        An id that is absent is gone or unreadable: nothing may be sent for it.
        """
        reader = self._reader()
        batches = self.suiteql.in_batches(queries.balances(self.account.shape), invoice_ids)
        return {balance.invoice_id: balance for rows in batches for balance in reader.balances(rows)}

    # --- customers ---

    def customers(self, ids: Iterable[str]) -> Iterator[Customer]:
        """With their unapplied cash; one request per 1000. Ids that are no customers are absent."""
        wanted = list(dict.fromkeys(ids))
        cash = self.unapplied_for(wanted) if len(wanted) <= PAGE else self.unapplied()
        shape = self.account.shape
        reader = CustomerReader(self.columns, shape)
        sql = queries.customers(self.columns, shape, "c.id IN ({ids})")
        for rows in self.suiteql.in_batches(sql, wanted):
            yield from reader.read(rows, cash)

    @property
    def opt_out_column(self) -> str | None:
        """The box that keeps a record from being texted; None where none is named or the account has none."""
        name = self.columns.sms_opt_out
        return name if name and self.account.shape.has(*split_name(name)) else None

    def opted_out_numbers(self) -> dict[str, str]:
        """Every number on a record whose opt-out box is ticked, and which: of customers without invoices
        too.
        """
        if self.opt_out_column is None:
            return {}
        shape = self.account.shape
        sql = queries.customers(self.columns, shape, queries.opted_out(self.columns))
        pages = self.suiteql.pages(sql)
        reader = CustomerReader(self.columns, shape)
        customers = (customer for rows in pages for customer in reader.read(rows, {}))
        return numbers_opted_out_by_record(customers, self._country)

    def customers_named(self, name: str, *, in_part: bool = False) -> list[Customer]:
        """Whose company name, other name or entity id is this text, small and capital letters alike.

        `in_part`: in which it stands; some of them, where there are many.
        """
        columns = [
            n for n in ("entityid", "companyname", "altname") if n in self.probe_columns("customer", [n])
        ]
        fits = "INSTR(UPPER(c.{}), ?) > 0" if in_part else "UPPER(c.{}) = ?"
        where = " OR ".join(fits.format(column) for column in columns)
        sql = f"SELECT c.id FROM customer c WHERE {where}"  # noqa: S608 - own texts
        rows = self.suiteql.rows(sql, (name.strip().upper(),) * len(columns))
        return list(self.customers(str(row["id"]) for row in rows[:_MOST_NAMED]))

    def unapplied(self) -> dict[str, dict[str, Decimal]]:
        """Customer -> currency -> payments, credits and deposits not applied to anything, of the whole
        account.
        """
        return self._unapplied("", [()])

    def unapplied_for(self, customer_ids: Iterable[str]) -> dict[str, dict[str, Decimal]]:
        return self._unapplied(" AND t.entity IN ({})", self.suiteql.batched(customer_ids))

    def _unapplied(self, where: str, batches: Iterable[Collection[Param]]) -> dict[str, dict[str, Decimal]]:
        cash: dict[str, dict[str, Decimal]] = {}
        reader = self._reader()
        for batch in batches:
            sql = queries.unapplied(self.account.shape, where.format(marks(len(batch))))
            for rows in self.suiteql.pages(sql, tuple(batch)):
                reader.unapplied(rows, cash)
        return cash

    # --- payments ---

    def payments_of(self, invoice_ids: Iterable[str], *, moments: bool = False) -> list[Payment]:
        """What was applied to these invoices; a payment in several lines counts once.

        `moments`: with `created_at` and `modified_at`.
        """
        found: list[Payment] = []
        for batch in self.suiteql.batched(invoice_ids):
            where = f"l.previousdoc IN ({marks(len(batch))})"
            found += self._payments(where, tuple(batch), moments=moments)
        return found

    def payments_since(self, moment: datetime) -> list[Payment]:
        """Applied by payments and credits changed since then."""
        since = session_text(moment, self.account.zone)
        return self._payments(f"p.lastmodifieddate >= TO_DATE(?, '{queries.MOMENT}')", (since,))

    def _payments(self, where: str, params: tuple[Param, ...], *, moments: bool = False) -> list[Payment]:
        sql = queries.payments(self.account.shape, where, moments=moments)
        rows: list[Row] = [row for page in self.suiteql.pages_by_offset(sql, params) for row in page]
        return self._reader(self.account.zone if moments else UTC).payments(rows)

    # --- phones ---

    def customers_by_phone(self, numbers: Collection[str]) -> dict[str, tuple[PhoneOwner, ...]]:
        """Number (E.164) -> every customer who has it in some phone column or on a contact."""
        shape = self.account.shape
        ids = phone_candidates(self.suiteql, shape, numbers)
        if not ids:
            return {}
        people = people_of(self.suiteql, shape, ids)
        candidates = (PhoneOwner(customer, people.get(customer.id, ())) for customer in self.customers(ids))
        return owners(numbers, candidates, self._country)

    def people_of(self, customer_ids: Iterable[str]) -> dict[str, tuple[Person, ...]]:
        """The contacts that have a phone, by customer."""
        return people_of(self.suiteql, self.account.shape, customer_ids)

    # --- communications ---

    def communications(self, since: datetime | None = None) -> Iterator[list[Communication]]:
        """What was logged since then, or ever; without bodies."""
        moment = Moments(self.account.zone)
        where = "m.id > 0"
        params: tuple[Param, ...] = ()
        if since is not None:
            where = f"m.created >= TO_DATE(?, '{queries.MOMENT}')"
            params = (session_text(since, self.account.zone),)
        for rows in self.suiteql.pages(queries.communications(where), params):
            yield communications(rows, moment)

    def put_communication(self, external_id: str, fields: Mapping[str, Value]) -> str:
        """Writes one, or the same again; returns its internal id.

        Names as in spec section 9, without prefix.
        """
        return put_communication(self.link, external_id, fields)

    def patch_communication(self, external_id: str, fields: Mapping[str, Value]) -> None:
        patch_communication(self.link, external_id, fields)

    def update_customer(self, customer_id: str, columns: Mapping[str, Value]) -> None:
        """Sets columns of a customer, such as the opt-out box."""
        update_customer(self.link, customer_id, columns)
