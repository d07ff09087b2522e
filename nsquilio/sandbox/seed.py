"""Makes the small world: the same one for the same seed and first day.

What the cast and its invoices are for stands in `seed_customers` and `seed_invoices`; here they become rows,
and the seed adds some ordinary customers that differ from world to world.
"""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from nsquilio.sandbox import netsuite_ledger as ledger
from nsquilio.sandbox.seed_customers import CUSTOMERS, Address, Contact, Customer
from nsquilio.sandbox.seed_invoices import INVOICES, UNAPPLIED, Seeded
from nsquilio.sandbox.world import World

ACCOUNT = "TSTDRV1234567"
START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # a Monday, nine o'clock in New York
_TERMS = {2: ("Net 30", 30), 3: ("Net 15", 15), 4: ("Due on receipt", 0)}
_CHANNELS = {"SMS": 1, "Email": 2, "None": 3, "Text": 4}
_TRANSACTION_TYPES = {"payment": "CustPymt", "credit": "CustCred", "writeoff": "Journal"}

_FIRST_WORDS = (
    "Blue",
    "Granite",
    "Prairie",
    "Cobalt",
    "Juniper",
    "Lantern",
    "Summit",
    "Willow",
    "Copper",
    "Harvest",
)
_LAST_WORDS = (
    "Optics",
    "Catering",
    "Roofing",
    "Analytics",
    "Brewing",
    "Transport",
    "Fitness",
    "Nursery",
    "Films",
)
_PLACES = (
    (Address("18 Canal St", "New York", "NY", "10013"), "212"),
    (Address("9 Peachtree St", "Atlanta", "GA", "30303"), "404"),
    (Address("700 Elm St", "Dallas", "TX", "75202"), "214"),
    (Address("55 Pike St", "Seattle", "WA", "98101"), "206"),
    (Address("3 Duval St", "Jacksonville", "FL", "32202"), "904"),
)
_PHONE_FORMATS = ("({0}) 555-{1}", "{0}.555.{1}", "+1{0}555{1}", "{0}-555-{1} x12", "1 {0} 555 {1}")


def seed_world(world: World, seed: int, start: datetime = START) -> None:
    """Fills an empty world whose tables exist, and sets its clock to `start`."""
    world.set_clock(start)
    world.set_setting("account", ACCOUNT)
    dice = random.Random(seed)  # noqa: S311 - a world to play in
    with world.change() as db:
        _lists(db)
        for customer in (*CUSTOMERS, *_ordinary_customers(dice)):
            add_customer(db, customer, start - timedelta(days=400))
        for seeded in INVOICES:
            _add_invoice(world, seeded, start)
        for number, customer_id in enumerate(range(201, 209), 1201):
            amount = Decimal(dice.randint(2000, 400_000)) / 100
            _add_invoice(world, Seeded(number, customer_id, dice.randint(-16, 9), f"{amount:.2f}"), start)
        for customer_id, amount_text, how in UNAPPLIED:
            add_settlement(world, customer_id, Decimal(amount_text), how, start - timedelta(days=1))


def _lists(db: sqlite3.Connection) -> None:
    for name, key, sign, precision in (
        ("USD", 1, "$", 2),
        ("GBP", 2, "£", 2),
        ("EUR", 4, "€", 2),
        ("JPY", 5, "¥", 0),
    ):
        words = {"USD": "US Dollar", "GBP": "British Pound", "EUR": "Euro", "JPY": "Japanese Yen"}
        row = {
            "id": key,
            "name": words[name],
            "symbol": name,
            "displaysymbol": sign,
            "currencyprecision": precision,
        }
        ledger.insert(
            db, "ns_currency", {**row, "isbasecurrency": "T" if key == 1 else "F", "isinactive": "F"}
        )
    company = {
        "id": 1,
        "name": "Example SaaS Inc.",
        "fullname": "Example SaaS Inc.",
        "country": "US",
        "currency": 1,
    }
    abroad = "Example SaaS Ltd"
    ledger.insert(db, "ns_subsidiary", {**company, "isinactive": "F"})
    under = {
        "id": 2,
        "name": abroad,
        "fullname": f"Example SaaS Inc. : {abroad}",
        "country": "GB",
        "currency": 2,
    }
    ledger.insert(db, "ns_subsidiary", {**under, "parent": 1, "isinactive": "F"})
    for key, (name, days) in _TERMS.items():
        ledger.insert(db, "ns_term", {"id": key, "name": name, "daysuntilnetdue": days, "isinactive": "F"})
    for name, key in _CHANNELS.items():
        ledger.insert(db, "ns_comm_channel", {"id": key, "name": name, "isinactive": "F"})
    for key, number, kind, name in (
        (119, "1100", "AcctRec", "Accounts Receivable"),
        (54, "4000", "Income", "Sales"),
    ):
        account = {"id": key, "acctnumber": number, "accttype": kind, "fullname": name, "isinactive": "F"}
        ledger.insert(db, "ns_account", account)


def add_customer(db: sqlite3.Connection, customer: Customer, moment: datetime) -> None:
    stamped = ledger.stamp(moment)
    nkey = _add_address(db, customer, customer.address, stamped) if customer.address else None
    first, _, last = customer.name.partition(" ")
    contacts = [_add_contact(db, customer.id, contact, stamped) for contact in customer.contacts]
    row: dict[str, Any] = {
        "id": customer.id,
        "entityid": f"C{customer.id:05}",
        "companyname": None if customer.person else customer.name,
        "altname": customer.name,
        "firstname": first if customer.person else None,
        "lastname": last if customer.person else None,
        "isperson": "T" if customer.person else "F",
        "phone": customer.phone,
        "altphone": customer.altphone,
        "mobilephone": customer.mobile,
        "homephone": customer.homephone,
        "email": customer.email,
        "currency": ledger.CURRENCIES[customer.currency],
        "terms": 2,
        "contact": contacts[0] if contacts else None,
        "defaultbillingaddress": nkey,
        "defaultshippingaddress": nkey,
        "isinactive": "F",
        "datecreated": stamped,
        "lastmodifieddate": stamped,
        "creditholdoverride": "AUTO",
        "emailpreference": "DEFAULT",
        "globalsubscriptionstatus": "1",
        "custentity_comm_channel": _CHANNELS[customer.channel] if customer.channel else None,
        "custentity_sms_opt_out": "F",
        "custentity_3805_dunning_paused": "F",
        "subsidiary": customer.subsidiary,
        **customer.more,
    }
    ledger.insert(db, "ns_customer", row)


def _add_address(db: sqlite3.Connection, customer: Customer, address: Address, stamped: str) -> int:
    nkey = 50_000 + customer.id
    town = f"{address.city} {address.state or ''} {address.zip}"
    row = {
        "nkey": nkey,
        "addr1": address.line,
        "addressee": customer.name,
        "city": address.city,
        "state": address.state,
        "dropdownstate": address.state,
        "zip": address.zip,
        "country": address.country,
        "addrtext": f"{customer.name}\n{address.line}\n{town}\n{address.country}",
        "recordowner": customer.id,
        "lastmodifieddate": stamped,
    }
    ledger.insert(db, "ns_address", row)
    book = {"entity": customer.id, "addressbookaddress": nkey, "defaultbilling": "T", "defaultshipping": "T"}
    ledger.insert(db, "ns_addressbook", {**book, "label": address.line})
    return nkey


def _add_contact(db: sqlite3.Connection, company: int, contact: Contact, stamped: str) -> int:
    row = {
        "entityid": f"{contact.first} {contact.last}",
        "firstname": contact.first,
        "lastname": contact.last,
        "company": company,
        "phone": contact.phone,
        "mobilephone": contact.mobile,
        "email": contact.email,
        "isinactive": "F",
        "lastmodifieddate": stamped,
    }
    taken = db.execute("SELECT coalesce(max(id), 9000) FROM ns_contact").fetchone()[0]
    return ledger.insert(db, "ns_contact", {"id": taken + 1, **row})


def _ordinary_customers(dice: random.Random) -> list[Customer]:
    made = []
    for customer_id in range(201, 209):
        address, area = dice.choice(_PLACES)
        name = f"{dice.choice(_FIRST_WORDS)} {dice.choice(_LAST_WORDS)}"
        # 0150 to 0199, one each, so that nobody shares a number by chance
        number = dice.choice(_PHONE_FORMATS).format(
            area, f"0{150 + (customer_id - 201) * 6 + dice.randint(0, 5)}"
        )
        mail = f"ap@{name.lower().replace(' ', '-')}.example"
        channel = dice.choice((None, None, "SMS", "Email"))
        made.append(Customer(customer_id, name, address, mobile=number, email=mail, channel=channel))
    return made


def _add_invoice(world: World, seeded: Seeded, start: datetime) -> None:
    first_day = start.date()
    due = None if seeded.due is None else first_day + timedelta(days=seeded.due)
    entered = (due or first_day) - timedelta(days=30)
    moment = min(_noon(entered), start - timedelta(hours=3))
    invoice = ledger.Invoice(
        customer=seeded.customer,
        amount=Decimal(seeded.amount),
        entered=entered,
        due=due,
        id=seeded.number,
        number=seeded.tranid or f"INV-{seeded.number}",
        status=seeded.status,
        po=seeded.po,
        memo=seeded.memo,
        email=seeded.email,
        more=dict(seeded.more),
    )
    internal_id = ledger.add_invoice(world, invoice, moment)
    if seeded.paid:
        paid_at = min(_noon(entered) + timedelta(days=20), start - timedelta(days=2))
        amount = Decimal(seeded.paid)
        settlement = add_settlement(world, seeded.customer, amount, seeded.how, paid_at)
        ledger.apply(world, settlement, internal_id, amount, paid_at)


def add_settlement(world: World, customer: int, amount: Decimal, how: str, moment: datetime) -> int:
    """A payment, credit or write-off in the customer's currency, not applied yet; its internal id."""
    currency = world.value("SELECT currency FROM ns_customer WHERE id = ?", (customer,))
    kind = _TRANSACTION_TYPES[how]
    return ledger.add_settlement(world, customer, currency, amount, kind, moment.date(), moment)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
