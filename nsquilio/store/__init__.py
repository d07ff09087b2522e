"""The state file: every query, named after what it answers. Knows no service and decides nothing."""

from nsquilio.store.inbound_pages import Packed
from nsquilio.store.rows import (
    CommunicationRow,
    CommunicationWanted,
    ForeignMessage,
    InboundRow,
    InboundSeen,
    KeyTaken,
    MatchSeen,
    OptOut,
    OutcomeSeen,
    PromiseRow,
    Reading,
    RunRow,
    Standing,
    StatusSeen,
    StoredMessage,
    UndeliverableRow,
    WaitingRow,
    Written,
)
from nsquilio.store.state_file import Store, open_copy, open_state

__all__ = [
    "CommunicationRow",
    "CommunicationWanted",
    "ForeignMessage",
    "InboundRow",
    "InboundSeen",
    "KeyTaken",
    "MatchSeen",
    "OptOut",
    "OutcomeSeen",
    "Packed",
    "PromiseRow",
    "Reading",
    "RunRow",
    "Standing",
    "StatusSeen",
    "Store",
    "StoredMessage",
    "UndeliverableRow",
    "WaitingRow",
    "Written",
    "open_copy",
    "open_state",
]
