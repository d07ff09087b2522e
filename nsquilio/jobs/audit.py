"""`audit list`: the conversation in time order, from the state file alone.

What went out and came in, and what happened around it: failures, cancellations, holds, opt-outs, promises.
Reads only; one message or event in full is `audit_show`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nsquilio.core.model import Hold
from nsquilio.core.phones import canonical, is_anonymous
from nsquilio.errors import WrongUsage
from nsquilio.jobs.audit_lines import Line, hold_lines, opt_out_lines, promise_lines, received, sent
from nsquilio.store import InboundRow, Store, StoredMessage, conversation, reporting

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the list, as typed; `since` counts in, `until` does not."""

    invoice: str | None = None
    customer: str | None = None
    number: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """`numbers`, `names`: document numbers and customers by id. `customer_id`: when it is one customer's."""

    asked: Asked
    lines: tuple[Line, ...]
    head: str
    customer_id: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom and what the list is about; None: not narrowed by it."""

    invoices: frozenset[str] | None = None
    customer: str | None = None
    address: str | None = None


def conversation_of(store: Store, asked: Asked, country: str) -> Conversation:
    """Raises `WrongUsage` when the invoice or customer is not known here, or the number is none."""
    if asked.since and asked.until and asked.since >= asked.until:
        raise WrongUsage("--since is not before --until.", "Nothing can lie between them; swap them.")
    subject = _subject(store, asked, country)
    messages = [message for message in _messages(store, subject, asked) if _wants(subject, message)]
    inbound = [row for row in _inbound(store, subject, asked) if _wants_reply(subject, row)]
    customers = {m.customer_id for m in messages if m.customer_id} | {
        row.customer_id for row in inbound if row.customer_id
    }
    owner = subject.customer or (min(customers) if len(customers) == 1 else None)
    lines = [line for message in messages for line in sent(message)]
    lines += [received(row) for row in inbound]
    lines += _notes(store, subject, customers, {row.sid for row in inbound}, {m.to for m in messages})
    shown = tuple(sorted(_within(lines, asked), key=lambda line: line.at))
    seq, digest = store.trail.head()
    ids = sorted({id_ for line in shown for id_ in line.invoice_ids})
    who = sorted({line.customer_id for line in shown if line.customer_id} | ({owner} if owner else set()))
    return Conversation(
        asked,
        shown,
        f"{seq}:{digest}",
        owner if asked.invoice or asked.customer else None,
        reporting.document_numbers(store, ids) if ids else {},
        reporting.customer_names(store, who) if who else {},
    )


def _within(lines: Iterable[Line], asked: Asked) -> Iterator[Line]:
    for line in lines:
        if (asked.since is None or line.at >= asked.since) and (asked.until is None or line.at < asked.until):
            yield line


def _subject(store: Store, asked: Asked, country: str) -> _Subject:
    return _Subject(
        frozenset({_invoice(store, asked.invoice)}) if asked.invoice is not None else None,
        _customer(store, asked.customer) if asked.customer is not None else None,
        address_typed(asked.number, country) if asked.number is not None else None,
    )


def _invoice(store: Store, text: str) -> str:
    return _one(text, "invoice", lambda plain: conversation.invoices_named(store, plain))


def _customer(store: Store, text: str) -> str:
    return _one(text, "customer", lambda plain: conversation.customers_named(store, plain))


def _one(text: str, kind: str, named: Callable[[str], dict[str, str]]) -> str:
    """The internal id. With `kind:` in front it is taken as it stands: a hold may be all we know of it."""
    prefix, _, rest = text.strip().partition(":")
    if prefix == kind and rest.strip():
        return rest.strip()
    found = named(text.strip()) if text.strip() else {}
    if not found:
        raise WrongUsage(
            f"The state file knows no {kind} {text!r}: nothing was written to or heard from it.",
            f"`nsquilio why` asks NetSuite; an internal id can be given as {kind}:ID.",
        )
    if len(found) > 1:
        shown = [f"{kind}:{id_} ({name})" for id_, name in list(found.items())[:_NAMED]]
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        raise WrongUsage(f"{text!r} fits {len(found)} {kind}s.", f"Say which: {', '.join(shown)}{more}.")
    return next(iter(found))


def address_typed(text: str, country: str) -> str:
    """The number (E.164, or a short code) or e-mail address that a person typed, as it stands in the file."""
    plain = text.strip()
    if "@" in plain:
        return plain.lower()
    found = canonical(plain, country=country)
    if is_anonymous(plain) or not found.removeprefix("+").isdigit() or len(found) < 3:
        raise WrongUsage(
            f"{text!r} is neither a phone number nor an e-mail address.", "Write it as +14155550100."
        )
    return found


def _messages(store: Store, subject: _Subject, asked: Asked) -> tuple[StoredMessage, ...]:
    if subject.invoices is not None:
        return conversation.messages_about(store, subject.invoices)
    if subject.customer is not None:
        return conversation.messages_for(store, subject.customer)
    if subject.address is not None:
        return conversation.messages_to(store, subject.address)
    return conversation.messages_between(store, asked.since, asked.until)


def _inbound(store: Store, subject: _Subject, asked: Asked) -> tuple[InboundRow, ...]:
    if subject.invoices is not None:
        return conversation.inbound_about(store, subject.invoices)
    if subject.customer is not None:
        return conversation.inbound_of(store, subject.customer)
    if subject.address is not None:
        return conversation.inbound_from(store, subject.address)
    return conversation.inbound_between(store, asked.since, asked.until)


def _wants(subject: _Subject, message: StoredMessage) -> bool:
    """When several options narrow, all must fit."""
    return (
        subject.customer in (None, message.customer_id)
        and (subject.invoices is None or not subject.invoices.isdisjoint(message.invoice_ids))
        and (subject.address is None or _is(message.to, subject) or not _narrowed_otherwise(subject))
    )


def _wants_reply(subject: _Subject, row: InboundRow) -> bool:
    return (
        subject.customer in (None, row.customer_id)
        and (subject.invoices is None or not subject.invoices.isdisjoint(row.invoice_ids))
        and (subject.address is None or _is(row.sender, subject) or not _narrowed_otherwise(subject))
    )


def _is(address: str, subject: _Subject) -> bool:
    return address.lower() == subject.address


def _narrowed_otherwise(subject: _Subject) -> bool:
    """Without, the rows were found by the tag of their address, which outlives its erasing."""
    return subject.invoices is not None or subject.customer is not None


def _notes(
    store: Store, subject: _Subject, customers: set[str], sids: set[str], addresses: set[str]
) -> Iterator[Line]:
    """Holds, opt-outs and promises of whom and what the list is about; without narrowing, all of them."""
    narrowed = subject != _Subject()
    for hold in conversation.all_holds(store):
        if not narrowed or _is_about(subject, customers, sids, hold):
            yield from hold_lines(hold)
    known = [subject.address] if subject.address else sorted(addresses - {""}) if narrowed else []
    theirs = {number for address in known for number in conversation.opt_outs_of(store, address)}
    for opt_out in store.blocks.opt_outs(active_only=False):
        if not narrowed or opt_out.id in theirs or not customers.isdisjoint(opt_out.customer_ids):
            yield from opt_out_lines(opt_out)
    for promise in store.blocks.promises():
        if not narrowed or promise.inbound_sid in sids:
            yield from promise_lines(promise)


def _is_about(subject: _Subject, customers: set[str], sids: set[str], hold: Hold) -> bool:
    """A hold on the whole customer is part of each of his invoices' story."""
    if hold.inbound_sid in sids:
        return True
    if subject.invoices is not None and hold.invoice_id is not None:
        return hold.invoice_id in subject.invoices
    if subject.address is not None and subject.invoices is None and subject.customer is None:
        return False
    whose = customers | ({subject.customer} if subject.customer else set())
    return hold.customer_id is not None and hold.customer_id in whose
