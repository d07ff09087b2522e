"""How a person names a reply: by the start of its SID, or the whole of it. Changes nothing.

A SID's own letters, not a number of ours: they stay the same in a rebuilt state file, in NetSuite and at
Twilio, and no two replies share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nsquilio.errors import WrongUsage
from nsquilio.store import InboundRow, Store

_TYPE_LETTERS = 2  # SM, MM, RE: the same for nearly all, so not worth typing
_SHORTEST = 4


def short_ids(sids: Iterable[str]) -> Mapping[str, str]:
    """The same length for all of them, as long as it takes to tell them apart."""
    bare = {sid: sid[_TYPE_LETTERS:] or sid for sid in sids}
    for length in range(_SHORTEST + 1, max(map(len, bare.values()), default=0)):
        short = {sid: text[:length] for sid, text in bare.items()}
        if len(set(short.values())) == len(short):
            return short
    return {sid: sid for sid in bare}


def reply_of(store: Store, typed: str) -> InboundRow:
    """Raises `WrongUsage` when no message or several begin so. What is open in the inbox goes first."""
    text = typed.strip()
    exact = store.inbound.stored(text)
    if exact is not None:
        return exact
    if len(text) < _SHORTEST:
        raise WrongUsage(
            f"{typed!r} is too short to name a reply.",
            f"Give at least {_SHORTEST} characters of the ID that `inbox list` shows.",
        )
    found = store.inbound.starting(text)
    still_open = [row.sid for row in store.inbound.open_inbox() if row.sid in found]
    return _only(store, typed, still_open if len(still_open) == 1 else list(found))


def _only(store: Store, typed: str, sids: list[str]) -> InboundRow:
    if len(sids) > 1:
        raise WrongUsage(f"{typed!r} fits several replies.", f"Say which: {', '.join(sids)}.")
    row = store.inbound.stored(sids[0]) if sids else None
    if row is None:
        raise WrongUsage(f"No reply has the ID {typed!r}.", "`inbox list` shows the IDs; a SID will do too.")
    return row
