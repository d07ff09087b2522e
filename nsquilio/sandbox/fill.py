"""Fills a world with very many ordinary invoices, for measuring; the rows are made inside SQLite."""

from __future__ import annotations

from nsquilio.sandbox import netsuite_ledger as ledger
from nsquilio.sandbox.world import World

_FIRST_ID = 1_000_000  # of customers and of invoices alike, far above the seed's

_CUSTOMERS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :customers)
INSERT INTO ns_customer (id, entityid, companyname, altname, isperson, mobilephone, email, currency, terms,
    isinactive, defaultbillingaddress, defaultshippingaddress, datecreated, lastmodifieddate,
    creditholdoverride, globalsubscriptionstatus, custentity_sms_opt_out, custentity_3805_dunning_paused,
    subsidiary)
SELECT :first + i, 'F' || i, 'Filler ' || i || ' Inc.', 'Filler ' || i || ' Inc.', 'F',
    printf('(%s) 555-%04d', substr('212617404312713720206', 1 + 3 * (i / 10000 % 7), 3), i % 10000),
    'ap' || i || '@filler.example', 1, 2, 'F', :first + i, :first + i, :stamp, :stamp,
    'AUTO', '1', 'F', 'F', 1
FROM n
"""
_ADDRESSES = """
INSERT INTO ns_address (nkey, addr1, addressee, city, state, dropdownstate, zip, country, recordowner,
    lastmodifieddate)
SELECT id, '1 Main St', altname, 'New York', 'NY', 'NY', '10013', 'US', id, :stamp
FROM ns_customer WHERE id >= :first
"""
_BOOK = """
INSERT INTO ns_addressbook (entity, addressbookaddress, defaultbilling, defaultshipping, label)
SELECT id, id, 'T', 'T', '1 Main St' FROM ns_customer WHERE id >= :first
"""
_INVOICES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :invoices)
INSERT INTO ns_transaction (id, tranid, transactionnumber, type, recordtype, trandate, duedate, createddate,
    lastmodifieddate, entity, status, foreigntotal, foreignamountpaid, foreignamountunpaid, currency,
    exchangerate, memo, otherrefnum, terms, billingaddress, approvalstatus, posting, void, voided, isreversal,
    subsidiary)
SELECT :first + i, 'FIL-' || i, 'INV' || (:first + i), 'CustInvc', 'invoice',
    date(:today, (due - 30) || ' days'), date(:today, due || ' days'), :stamp, :stamp,
    :first + i % :customers, 'A', 10 + i % 4990 + (i % 100) / 100.0, 0, 10 + i % 4990 + (i % 100) / 100.0, 1,
    1, 'Order ' || i, 'PO-' || i, 2, :first + i % :customers, '2', 'T', 'F', 'F', 'F', 1
FROM (SELECT i, 5 - i % 25 AS due FROM n)
"""
_LINES = """
INSERT INTO ns_transactionline (id, "transaction", linesequencenumber, mainline, taxline, entity, subsidiary,
    foreignamount, netamount, linelastmodifieddate)
SELECT 0, id, 0, 'T', 'F', entity, 1, foreigntotal, foreigntotal, :stamp
FROM ns_transaction WHERE id >= :first
"""
_BOOKED = """
INSERT INTO ns_transactionaccountingline ("transaction", transactionline, accountingbook, account, amount,
    amountunpaid, posting)
SELECT id, 0, 1, 119, foreigntotal, foreigntotal, 'T' FROM ns_transaction WHERE id >= :first
"""


def fill(world: World, invoices: int, customers: int) -> None:
    """Adds so many open USD invoices, due from 19 days ago to 5 days ahead, of so many customers.

    Queries no longer count what lies behind their page, so that the client is measured and not the counting.
    """
    with world.change() as db:
        last = db.execute(
            "SELECT max((SELECT max(id) FROM ns_transaction), (SELECT max(id) FROM ns_customer))"
        )
        bound = {
            "first": max(_FIRST_ID, (last.fetchone()[0] or 0) + 1),
            "invoices": invoices,
            "customers": customers,
            "stamp": ledger.stamp(world.now()),
            "today": world.now().date().isoformat(),
        }
        for statement in (_CUSTOMERS, _ADDRESSES, _BOOK, _INVOICES, _LINES, _BOOKED):
            db.execute(statement, bound)
        db.execute("ANALYZE")
        world.set_setting("exact_totals", False)
