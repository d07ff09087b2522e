"""`audit show`: everything the state file knows about one message, reply or event. Reads only."""

from __future__ import annotations

from dataclasses import dataclass

from nsquilio.core.chain import Event
from nsquilio.errors import WrongUsage
from nsquilio.store import CommunicationRow, InboundRow, Store, StoredMessage, conversation

MessageSeen = StoredMessage
ReplySeen = InboundRow
LoggedSeen = CommunicationRow


@dataclass(frozen=True, slots=True)
class Shown:
    """`messages`: every attempt, oldest first. `logged`: what NetSuite has of it, or waits to get."""

    asked: str
    messages: tuple[StoredMessage, ...]
    replies: tuple[InboundRow, ...]
    events: tuple[Event, ...]
    logged: tuple[CommunicationRow, ...]


def show(store: Store, typed: str) -> Shown:
    """`typed`: a SID, a message key, a reminder key or an event's number; else raises `WrongUsage`."""
    text = typed.strip()
    if text.isascii() and text.isdigit():
        return _numbered(store, text)
    messages = _messages(store, text)
    reply = store.inbound.stored(text) if text else None
    refs = _refs(text, messages, reply)
    events = {event.seq: event for event in store.trail.events(refs=refs)} if text else {}
    stored = conversation.stored_by(store, reply.sid) if reply else None
    if stored:
        events[stored.seq] = stored
    if not (messages or reply or events):
        raise WrongUsage(
            f"The state file knows no message, reply or reminder key {typed!r}.",
            "`nsquilio audit list` shows SIDs and keys; an event can be named by its number.",
        )
    return Shown(
        text,
        messages,
        (reply,) if reply else (),
        tuple(events[seq] for seq in sorted(events)),
        _logged(store, messages, reply),
    )


def _numbered(store: Store, text: str) -> Shown:
    event = conversation.event_numbered(store, int(text)) if len(text) < 19 else None
    if event is None:
        last = store.trail.head()[0]
        raise WrongUsage(f"There is no event {text}.", f"The trail has events 1 to {last}.")
    return Shown(text, (), (), (event,), ())


def _messages(store: Store, text: str) -> tuple[StoredMessage, ...]:
    by_sid = store.messages.by_sids([text]).get(text)
    if by_sid:
        return conversation.attempts(store, by_sid.key)
    return conversation.attempts(store, text) or conversation.messages_under(store, text)


def _refs(text: str, messages: tuple[StoredMessage, ...], reply: InboundRow | None) -> list[str]:
    """The names that events use for what was found, and for what another program sent under that SID."""
    names = [f"message:{text}"]
    for message in messages:
        names.append(f"message:{message.key}")
        names.append(f"message:{message.key}#{message.attempt}")
    return [*dict.fromkeys(names), *([f"inbound:{reply.sid}"] if reply else [])]


def _logged(
    store: Store, messages: tuple[StoredMessage, ...], reply: InboundRow | None
) -> tuple[CommunicationRow, ...]:
    about = dict.fromkeys([*(message.key for message in messages), *([reply.sid] if reply else [])])
    return tuple(row for ref in about for row in store.communications.about(ref))
