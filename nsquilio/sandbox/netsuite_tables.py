"""What SuiteQL may see of the account: tables, columns and their kinds; and the SQLite tables behind them.

Sources: facts/netsuite.md section 3. Dates stand as `YYYY-MM-DD`, moments as UTC `YYYY-MM-DD HH:MM:SS`.
The header of a transaction has no subsidiary here, as in most accounts: it stands on the main line.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`kind`: id, number, text, flag ('T'/'F'), date, datetime, status, type, ref or list; `to`: of a ref."""

    kind: str
    to: str = ""


@dataclass(frozen=True)
class Table:
    """`stored`: the SQLite table; `columns`: what a query may name, in the order of `SELECT *`."""

    stored: str
    columns: dict[str, Column]


def _columns(declared: str) -> dict[str, Column]:
    """`name:kind` or `name>table` for a reference; a bare name is text."""
    columns = {}
    for word in declared.split():
        name, reference, to = word.partition(">")
        name, _, kind = name.partition(":")
        columns[name] = Column("ref", to) if reference else Column(kind or "text")
    return columns


_PHONES = "phone altphone mobilephone homephone fax"
_ADDRESS = _columns(
    "nkey:id addr1 addr2 addr3 addressee attention addrphone city state dropdownstate zip country addrtext"
    " recordowner:number lastmodifieddate:datetime"
)
_LINK = _columns(
    "previousdoc>transaction previousline:number previoustype:type previousdate:date nextdoc>transaction"
    " nextline:number nexttype:type nextdate:date linktype foreignamount:number"
)

SCHEMA: dict[str, Table] = {
    "transaction": Table(
        "ns_transaction",
        _columns(
            "id:id tranid transactionnumber externalid type:type recordtype trandate:date duedate:date"
            " createddate:datetime lastmodifieddate:datetime closedate:date entity>customer status:status"
            " foreigntotal:number foreignamountpaid:number foreignamountunpaid:number"
            " foreignpaymentamountunused:number foreignpaymentamountused:number currency>currency"
            " exchangerate:number memo otherrefnum email terms>term billingaddress>entityaddress"
            " shippingaddress>entityaddress approvalstatus posting:flag void:flag voided:flag"
            " isreversal:flag paymenthold:flag custbody_3805_dunning_paused:flag custbody_payment_link"
        ),
    ),
    "transactionline": Table(
        "ns_transactionline",
        _columns(
            "uniquekey:id id:number transaction>transaction linesequencenumber:number mainline:flag"
            " taxline:flag entity>customer subsidiary>subsidiary item itemtype memo quantity:number"
            " rate:number foreignamount:number netamount:number linelastmodifieddate:datetime"
        ),
    ),
    "transactionaccountingline": Table(
        "ns_transactionaccountingline",
        _columns(
            "transaction>transaction transactionline:number accountingbook:number account>account"
            " amount:number debit:number credit:number amountpaid:number amountunpaid:number posting:flag"
            " exchangerate:number"
        ),
    ),
    "nexttransactionlinelink": Table("ns_link", _LINK),
    "previoustransactionlinelink": Table("ns_link", _LINK),
    "customer": Table(
        "ns_customer",
        _columns(
            "id:id entityid companyname altname firstname middlename lastname isperson:flag"
            f" {_PHONES} email altemail emailpreference emailtransactions:flag faxtransactions:flag"
            " printtransactions:flag globalsubscriptionstatus category terms>term creditholdoverride"
            " creditlimit:number parent>customer contact>contact currency>currency language"
            " salesrep defaultbillingaddress>entityaddress defaultshippingaddress>entityaddress"
            " receivablesaccount>account isinactive:flag datecreated:datetime lastmodifieddate:datetime"
            " externalid custentity_comm_channel>customlist_comm_channel custentity_sms_opt_out:flag"
            " custentity_3805_dunning_paused:flag custentity_time_zone"
        ),
    ),
    "contact": Table(
        "ns_contact",
        _columns(
            "id:id entityid firstname lastname entitytitle company>customer phone mobilephone homephone"
            " officephone email isinactive:flag globalsubscriptionstatus lastmodifieddate:datetime"
        ),
    ),
    "entity": Table(
        "ns_entity",
        _columns(
            f"id:id entityid altname firstname lastname isperson:flag type {_PHONES} email isinactive:flag"
            " parent>customer toplevelparent>customer customer>customer contact>contact"
            " lastmodifieddate:datetime"
        ),
    ),
    "currency": Table(
        "ns_currency",
        _columns(
            "id:id name symbol displaysymbol currencyprecision:number exchangerate:number isbasecurrency:flag"
            " isinactive:flag"
        ),
    ),
    "subsidiary": Table(
        "ns_subsidiary",
        _columns(
            "id:id name fullname legalname country currency>currency email parent>subsidiary isinactive:flag"
        ),
    ),
    "term": Table("ns_term", _columns("id:id name daysuntilnetdue:number isinactive:flag")),
    "account": Table(
        "ns_account",
        _columns(
            "id:id acctnumber accttype fullname displaynamewithhierarchy currency>currency isinactive:flag"
        ),
    ),
    "customeraddressbook": Table(
        "ns_addressbook",
        _columns(
            "internalid:id entity>customer addressbookaddress>entityaddress defaultbilling:flag"
            " defaultshipping:flag label"
        ),
    ),
    "entityaddress": Table("ns_address", _ADDRESS),
    "customeraddressbookentityaddress": Table("ns_address", _ADDRESS),
    "transactionbillingaddress": Table("ns_address", _ADDRESS),
    "transactionshippingaddress": Table("ns_address", _ADDRESS),
    "customlist_comm_channel": Table("ns_comm_channel", _columns("id:id name isinactive:flag")),
    "deletedrecord": Table(
        "ns_deleted",
        _columns(
            "recordid:number type name deleteddate:datetime deletedby context iscustomrecord:flag scriptid"
        ),
    ),
    "customrecord_nsq_comm": Table(
        "ns_comm",
        _columns(
            "id:id name externalid created:datetime lastmodified:datetime owner isinactive:flag scriptid"
            " custrecord_nsq_comm_invoice>transaction custrecord_nsq_comm_customer>customer"
            " custrecord_nsq_comm_direction custrecord_nsq_comm_channel custrecord_nsq_comm_from"
            " custrecord_nsq_comm_to custrecord_nsq_comm_body custrecord_nsq_comm_status"
            " custrecord_nsq_comm_time:datetime custrecord_nsq_comm_kind custrecord_nsq_comm_sid"
            " custrecord_nsq_comm_key custrecord_nsq_comm_details"
        ),
    ),
    "dual": Table("ns_dual", _columns("dummy")),
}

# What people see of a referenced row: BUILTIN.DF.
DISPLAY = {
    "transaction": "tranid",
    "customer": "entityid || ' ' || altname",
    "contact": "entityid",
    "currency": "name",
    "subsidiary": "fullname",
    "term": "name",
    "account": "acctnumber || ' ' || fullname",
    "entityaddress": "addrtext",
    "customlist_comm_channel": "name",
}
TYPES = {
    "CustInvc": "Invoice",
    "CustPymt": "Payment",
    "CustCred": "Credit Memo",
    "CustDep": "Customer Deposit",
    "CashSale": "Cash Sale",
    "CustRfnd": "Customer Refund",
    "Journal": "Journal",
}
STATUSES = {
    "CustInvc:A": "Open",
    "CustInvc:B": "Paid In Full",
    "CustInvc:D": "Pending Approval",
    "CustInvc:E": "Rejected",
    "CustInvc:V": "Voided",
    "CustPymt:B": "Not Deposited",
    "CustPymt:C": "Deposited",
    "CustPymt:V": "Voided",
    "CustCred:A": "Open",
    "CustCred:B": "Fully Applied",
    "CustCred:V": "Voided",
    "Journal:B": "Approved for Posting",
}

# Stored, but not exposed: queries read the subsidiary from the main line.
_EXTRA = {"ns_transaction": ["subsidiary INTEGER"], "ns_customer": ["subsidiary INTEGER"]}
_SQL_TYPES = {"id": "INTEGER PRIMARY KEY", "number": "NUMERIC", "ref": "INTEGER"}


def _create(table: Table) -> str:
    lines = [f'"{name}" {_SQL_TYPES.get(column.kind, "TEXT")}' for name, column in table.columns.items()]
    return f"CREATE TABLE IF NOT EXISTS {table.stored} ({', '.join(lines + _EXTRA.get(table.stored, []))});"


_ENTITY_VIEW = """
CREATE VIEW IF NOT EXISTS ns_entity AS
SELECT id, entityid, altname, firstname, lastname, isperson, 'CustJob' AS type, phone, altphone, mobilephone,
       homephone, fax, email, isinactive, parent, coalesce(parent, id) AS toplevelparent,
       id AS customer, contact, lastmodifieddate
FROM ns_customer
UNION ALL
SELECT id, entityid, entityid, firstname, lastname, 'T', 'Contact', phone, officephone, mobilephone,
       homephone, NULL, email, isinactive, NULL, company, company, id, lastmodifieddate
FROM ns_contact;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS ns_transaction_status ON ns_transaction (type || ':' || status);
CREATE INDEX IF NOT EXISTS ns_transaction_tranid ON ns_transaction (tranid);
CREATE INDEX IF NOT EXISTS ns_transaction_entity ON ns_transaction (entity, type);
CREATE INDEX IF NOT EXISTS ns_transaction_changed ON ns_transaction (lastmodifieddate);
CREATE INDEX IF NOT EXISTS ns_transactionline_of ON ns_transactionline ("transaction", mainline);
CREATE INDEX IF NOT EXISTS ns_accountingline_of ON ns_transactionaccountingline ("transaction");
CREATE INDEX IF NOT EXISTS ns_link_previous ON ns_link (previousdoc);
CREATE INDEX IF NOT EXISTS ns_link_next ON ns_link (nextdoc);
CREATE INDEX IF NOT EXISTS ns_contact_company ON ns_contact (company);
CREATE INDEX IF NOT EXISTS ns_addressbook_of ON ns_addressbook (entity);
CREATE UNIQUE INDEX IF NOT EXISTS ns_comm_external ON ns_comm (externalid);
CREATE INDEX IF NOT EXISTS ns_comm_invoice ON ns_comm (custrecord_nsq_comm_invoice);
INSERT OR IGNORE INTO ns_dual (rowid, dummy) VALUES (1, 'X');
"""

TABLES = "\n".join(_create(table) for table in SCHEMA.values() if table.stored != "ns_entity")
TABLES += _ENTITY_VIEW + _INDEXES
