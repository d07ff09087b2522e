"""Keyed tags of addresses: tell "the same number again" after the number itself was erased.

The key stands in the state file. Who has the file can try out numbers against a tag; who has only an export
cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

_TAG_BYTES = 12  # 96 bits: no two addresses of one company share it
_KEPT = 10_000

# A service's words on a failure often repeat the address; the audit trail must not.
_ADDRESS = re.compile(
    r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+|\+\d[\d ().-]{5,}\d|(?<![0-9A-Za-z])\d{7,15}(?![0-9A-Za-z])"
)


def masked(text: str) -> str:
    """The text without phone numbers and e-mail addresses."""
    return _ADDRESS.sub("[address]", text)


class Tags:
    def __init__(self, key: bytes) -> None:
        self._keyed = blake2b(digest_size=_TAG_BYTES, key=key)
        self._known: dict[str, str] = {}

    def of(self, address: str) -> str:
        found = self._known.get(address)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[address] = self._tag(address)
        return found

    def by_tag(self, addresses: Iterable[str]) -> dict[str, str]:
        return {self.of(address): address for address in addresses}

    def _tag(self, address: str) -> str:
        tag = self._keyed.copy()
        tag.update(address.strip().lower().encode("utf-8", "replace"))
        return tag.hexdigest()
