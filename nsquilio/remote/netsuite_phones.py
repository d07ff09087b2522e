"""Who has a phone number: customers by any of their phone columns, or by those of their contacts.

Phone columns are free text, so NetSuite can only be asked roughly: for the last seven digits with anything
between them, or, for many senders at once, for everybody who has a phone. What comes back is compared here,
exactly.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from nsquilio.core.model import Customer
from nsquilio.core.phones import numbers_in
from nsquilio.remote import netsuite_queries as queries
from nsquilio.remote.netsuite_columns import CONTACT_PHONES, CUSTOMER_PHONES
from nsquilio.remote.netsuite_customers import Person, person
from nsquilio.remote.netsuite_queries import Shape
from nsquilio.remote.netsuite_suiteql import Row, SuiteQL, marks

_COMPARED = 7
"""Digits that are the same however a number is written, with or without country and trunk prefix."""

_AT_ONCE = 25  # numbers in one query
_MANY = 100
"""From here on reading every phone is cheaper: NetSuite goes through all of them for each query anyway."""


@dataclass(frozen=True, slots=True)
class PhoneOwner:
    """A customer who has the number, with all contacts that have a phone."""

    customer: Customer
    people: tuple[Person, ...]


def phone_candidates(suiteql: SuiteQL, shape: Shape, numbers: Collection[str]) -> set[str]:
    """Ids of customers who may have one of the numbers (E.164): the same last digits in some column."""
    ends = {number[-_COMPARED:] for number in numbers if len(number) > _COMPARED}
    found: set[str] = set()
    for rows in _rough(suiteql, shape.customer, ends, of_contacts=False, shape=shape):
        found |= {str(row["id"]) for row in rows if _has_end(row, CUSTOMER_PHONES, ends)}
    for rows in _rough(suiteql, shape.contact, ends, of_contacts=True, shape=shape):
        found |= {
            str(row["company"]) for row in rows if row.get("company") and _has_end(row, CONTACT_PHONES, ends)
        }
    return found


def people_of(suiteql: SuiteQL, shape: Shape, customer_ids: Iterable[str]) -> dict[str, tuple[Person, ...]]:
    """The contacts with a phone, by customer."""
    names = [name for name in CONTACT_PHONES if name in shape.contact]
    found: dict[str, list[Person]] = {}
    for batch in suiteql.batched(customer_ids) if names else ():
        where = f"ct.company IN ({marks(len(batch))}) AND {queries.any_phone('ct', names)}"
        for rows in suiteql.pages(queries.contact_phones(shape, where), tuple(batch)):
            for one in (person(row, names) for row in rows):
                found.setdefault(one.customer_id, []).append(one)
    return {customer_id: tuple(people) for customer_id, people in found.items()}


def owners(
    numbers: Collection[str], candidates: Iterable[PhoneOwner], country: str
) -> dict[str, tuple[PhoneOwner, ...]]:
    """Number -> who has it. `country`: for customers without one in their address."""
    wanted = set(numbers)
    found: dict[str, list[PhoneOwner]] = {}
    for owner in candidates:
        here = owner.customer.country or country
        texts = [*owner.customer.all_phones, *(text for one in owner.people for text in one.phones)]
        for number in {number for text in texts for number in numbers_in(text, country=here)} & wanted:
            found.setdefault(number, []).append(owner)
    return {number: tuple(of_one) for number, of_one in found.items()}


def _rough(
    suiteql: SuiteQL, existing: frozenset[str], ends: set[str], *, of_contacts: bool, shape: Shape
) -> Iterator[list[Row]]:
    alias, known = ("ct", CONTACT_PHONES) if of_contacts else ("c", CUSTOMER_PHONES)
    query = queries.contact_phones if of_contacts else queries.customer_phones
    names = [name for name in known if name in existing]
    if not names or not ends:
        return
    if len(ends) >= _MANY:
        yield from suiteql.pages(query(shape, queries.any_phone(alias, names)))
        return
    listed = sorted(ends)
    for start in range(0, len(listed), _AT_ONCE):
        patterns = tuple(f"%{'%'.join(end)}%" for end in listed[start : start + _AT_ONCE])
        where = queries.phones_like(alias, names, len(patterns))
        yield from suiteql.pages(query(shape, where), patterns)


def _has_end(row: Row, names: Iterable[str], ends: set[str]) -> bool:
    for name in names:
        text = row.get(name)
        if not text:
            continue
        digits = re.sub(r"\D", "", str(text)[:200])
        if any(digits[at : at + _COMPARED] in ends for at in range(len(digits) - _COMPARED + 1)):
            return True
    return False
