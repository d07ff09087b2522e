"""The state file: every query, named after what it answers. Knows no service and decides nothing."""

from nsquilio.store.rows import (
    CommunicationRow,
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
    StatusSeen,
    StoredMessage,
    UndeliverableRow,
    WaitingRow,
    Written,
)
from nsquilio.store.state_file import Store, open_copy, open_state

__all__ = [
    "CommunicationRow",
    "ForeignMessage",
    "InboundRow",
    "InboundSeen",
    "KeyTaken",
    "MatchSeen",
    "OptOut",
    "OutcomeSeen",
    "PromiseRow",
    "Reading",
    "RunRow",
    "StatusSeen",
    "Store",
    "StoredMessage",
    "UndeliverableRow",
    "WaitingRow",
    "Written",
    "open_copy",
    "open_state",
]
