"""Reads one mapping of the configuration key by key: asks for a key, gets a value of its type or the default.

The keys that were asked for are the keys that exist, so there is no second list of them to keep in step.
Problems are collected and reading goes on with a stand-in value, which nobody sees: the load fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Values
from decimal import Decimal
from typing import TypeVar

from nsquilio.config.fields import nearest
from nsquilio.config.problems import Problems, shown
from nsquilio.config.yaml_source import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
Read = Callable[[str], T]

_SECRET_WORDS = ("secret", "token", "password", "private_key", "api_key", "client_id", "certificate_id")


class Known:
    """Every key that was asked for, in all sections, and every key that nobody asked for."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.keys: dict[str, None] = {}
        self._strange: list[tuple[int, str, str, list[str]]] = []

    def strange(self, line: int, path: str, key: str, siblings: list[str]) -> None:
        self._strange.append((line, path, key, siblings))

    def report(self) -> None:
        """Only at the end is it known whether a strange key has a home in another section."""
        for line, path, key, siblings in self._strange:
            self.problems.add(line, path, f"unknown key{self._advice(key, siblings)}")

    def _advice(self, key: str, siblings: list[str]) -> str:
        near = nearest(key, siblings)
        if near:
            return near
        homes = [known for known in self.keys if known.rpartition(".")[2] == key]
        if homes:
            return f"; did you mean {homes[0]!r}?"
        if any(word in key.lower() for word in _SECRET_WORDS):
            return "; secrets do not belong in this file, use `nsquilio credentials set NAME`"
        return f"; the keys here are {', '.join(siblings)}" if siblings else ""


def dotted(path: str, key: str) -> str:
    """Keys that cannot be ours are quoted and cut, or hidden: a secret may stand in a key's place too."""
    safe = key if re.fullmatch(r"[A-Za-z0-9_<\[\]-]{1,31}", key) else shown(key)
    return f"{path}.{safe}" if path else safe


def place(path: str) -> str:
    """`reminders.steps[2].sms` -> `reminders.steps[].sms`: the same key whichever list entry it stands in."""
    return re.sub(r"\[\d+\]", "[]", path)


class Section:
    """`node` None: the section is not there, and every key takes its default. `line`: for what is missing."""

    def __init__(self, node: Mapping | None, path: str, known: Known, line: int = 0) -> None:
        self.path = path
        self.known = known
        self.line = line or (node.line if node else 1)
        self._entries = dict(node.entries) if node else {}
        self._asked: dict[str, None] = {}
        for key, at, first in node.repeated if node else ():
            text = f"stands here a second time, first on line {first}; keep one of them"
            known.problems.add(at, dotted(path, key), text)

    def problem(self, key: str, text: str) -> None:
        """A problem of `key`, on its line if it was written, else on the section's."""
        line = self._entries[key][0] if key in self._entries else self.line
        self.known.problems.add(line, dotted(self.path, key) if key else self.path, text)

    def problem_below(self, key: str, below: list[str], spelling: Callable[[str], str], text: str) -> None:
        """A problem of a value deeper down, as far as mappings go; `spelling` makes their keys comparable."""
        line, node = self._entries.get(key, (self.line, None))
        path = dotted(self.path, key)
        for wanted in below:
            entries = node.entries.items() if isinstance(node, Mapping) else ()
            found = [(name, entry) for name, entry in entries if spelling(name) == wanted]
            if found:
                name, (line, node) = found[0]
                path = dotted(path, name)
        self.known.problems.add(line, path, text)

    def has(self, key: str) -> bool:
        """Whether `key` was written, be it empty."""
        return key in self._entries

    def node(self, key: str) -> tuple[int, Node] | None:
        """Line and node of `key`; None when it was not written or is empty."""
        self._asked[key] = None
        self.known.keys[dotted(place(self.path), key)] = None
        found = self._entries.get(key)
        if found is None or (isinstance(found[1], Scalar) and found[1].is_empty):
            return None
        return found

    def get(self, key: str, read: Read[T], default: T) -> T:
        """The value, or `default` when the key is not written. Empty is an error: it could mean anything."""
        found = self.node(key)
        if found is None:
            if self.has(key):
                self.problem(key, f"has no value; write one, or leave the line out for {_words(default)}")
            return default
        value = self.value(key, found[1], read)
        return default if value is None else value

    def need(self, key: str, read: Read[T], stand_in: T) -> T:
        found = self.node(key)
        if found is None:
            self.problem(key, "has no value but needs one" if self.has(key) else "is missing")
            return stand_in
        value = self.value(key, found[1], read)
        return stand_in if value is None else value

    def maybe(self, key: str, read: Read[T], default: T | None = None) -> T | None:
        """Like `get` for what may be absent: written but empty means None."""
        found = self.node(key)
        if found is None:
            return None if self.has(key) else default
        return self.value(key, found[1], read)

    def value(self, key: str, node: Node, read: Read[T]) -> T | None:
        """`node` as a value; None after adding why it is none. `key` may hold an index: `po[1]`."""
        path = dotted(self.path, key)
        if not isinstance(node, Scalar):
            kind = "list" if isinstance(node, Sequence) else "mapping"
            self.known.problems.add(node.line, path, f"must be one value, not a {kind}")
            return None
        try:
            return read(node.text)
        except ValueError as error:
            nothing = node.plain and node.text in ("null", "~", "None")
            hint = "; to leave it empty write nothing" if nothing else ""
            self.known.problems.add(node.line, path, f"{error}{hint}")
            return None

    def many(self, key: str, read: Read[T], default: Values[T] = ()) -> tuple[T, ...]:
        """A list of scalars; written but empty means an empty one."""
        found = self.node(key)
        if found is None:
            return () if self.has(key) else tuple(default)
        values = (self.value(f"{key}[{index}]", node, read) for index, node in self._items(key, found[1]))
        return tuple(value for value in values if value is not None)

    def _items(self, key: str, node: Node) -> Iterator[tuple[int, Node]]:
        if not isinstance(node, Sequence):
            example = f", like [{node.text}]" if isinstance(node, Scalar) and len(node.text) < 30 else ""
            self.problem(key, f"must be a list{example}")
            return
        yield from enumerate(node.items)

    def sub(self, key: str) -> Section:
        """The section under `key`; one that is absent or empty has the defaults of all its keys."""
        found = self.node(key)
        path = dotted(self.path, key)
        line = self._entries[key][0] if key in self._entries else self.line
        if found is None:
            return Section(None, path, self.known, line)
        if not isinstance(found[1], Mapping):
            self.problem(key, "must be a mapping of keys to values")
            # What is missing in a section that could not be read is no problem of its own.
            return Section(None, path, Known(Problems(self.known.problems.file)), line)
        return Section(found[1], path, self.known, line)

    def subs(self, key: str) -> list[Section]:
        """The sections of a list of mappings."""
        found = self.node(key)
        sections = []
        for index, node in self._items(key, found[1]) if found else ():
            path = f"{dotted(self.path, key)}[{index}]"
            if isinstance(node, Mapping):
                sections.append(Section(node, path, self.known))
            else:
                self.known.problems.add(node.line, path, "must be a mapping of keys to values")
        return sections

    def open_keys(self) -> Iterator[tuple[str, Node]]:
        """All that is written, for mappings whose keys are values (countries, currencies, languages)."""
        self._asked.update(dict.fromkeys(self._entries))
        for key, (_line, node) in self._entries.items():
            yield key, node

    def done(self) -> None:
        """Report the keys that nobody asked for."""
        for key, (line, _node) in self._entries.items():
            if key not in self._asked:
                self.known.strange(line, dotted(self.path, key), key, list(self._asked))


def _words(default: object) -> str:
    if isinstance(default, bool):
        return f"the default {str(default).lower()}"
    return f"the default {default}" if isinstance(default, str | int | float | Decimal) else "the default"
