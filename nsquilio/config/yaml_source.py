"""YAML text as a tree of scalars, sequences and mappings that remember their lines. The only owner of PyYAML.

Nothing is interpreted: a scalar is the characters that were written (`NO`, `9:00`, `0123`), never a bool,
number or date. The tree is built from parse events, not by `compose`, so that deep nesting cannot exhaust the
stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nsquilio.config.problems import Problems, shown

_DEEPEST = 20  # the deepest key of the specification stands at 6


@dataclass(slots=True)
class Scalar:
    """`plain`: written without quotes, so that an empty one means "no value"."""

    text: str
    line: int
    plain: bool = True

    @property
    def is_empty(self) -> bool:
        return self.plain and self.text == ""


@dataclass(slots=True)
class Sequence:
    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """`entries`: key to its line and value. `repeated`: key, its line, and the line it stood on before."""

    line: int
    entries: dict[str, tuple[int, Node]] = field(default_factory=dict)
    repeated: list[tuple[str, int, int]] = field(default_factory=list)


Node = Scalar | Sequence | Mapping
_Open = Sequence | Mapping


def parse(text: str, problems: Problems) -> Node | None:
    """The tree of the only document in `text`; None when it is empty or a syntax error went to `problems`."""
    import yaml

    # libyaml's parser is ten times as fast; builds of PyYAML without it exist.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    tree = _Tree(problems)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not tree.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(mark.line + 1 if mark else 1, "", f"not valid YAML: {_in_words(error.problem or '')}")
        return None
    except yaml.YAMLError as error:
        problems.add(1, "", f"not valid YAML: {_in_words(str(error).splitlines()[0])}")
        return None
    return tree.root


def _in_words(problem: str) -> str:
    """YAML's own complaint, with the two causes people meet most."""
    if "cannot start any token" in problem:
        return f"{problem} (indent with spaces, and quote texts that begin with a special character)"
    if "mapping values are not allowed" in problem:
        return f"{problem} (quote texts that hold a colon)"
    return problem


class _Tree:
    """Takes parse events in order and keeps the path of containers that are still open."""

    def __init__(self, problems: Problems) -> None:
        self.root: Node | None = None
        self._problems = problems
        self._open: list[_Open] = []
        self._keys: list[Scalar | None] = []  # for each open mapping: the key that waits for its value
        self._anchors: dict[str, Node] = {}
        self._documents = 0

    def take(self, event: Any) -> bool:
        """False: a problem that makes the rest of the file unreadable was added."""
        import yaml

        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                return self._give_up(line, "a second document begins here; one file holds one configuration")
        elif isinstance(event, yaml.AliasEvent):
            node = self._anchors.get(event.anchor or "")
            if node is None:
                return self._give_up(line, f"nothing above has the anchor {shown(event.anchor or '')}")
            return self._put(node, line)
        elif isinstance(event, yaml.ScalarEvent):
            scalar = Scalar(event.value, line, plain=event.implicit[0])
            return self._named(event, scalar, line) and self._put(scalar, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            node = Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line)
            return self._named(event, node, line) and self._put(node, line) and self._enter(node, line)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._open.pop()
            self._keys.pop()
        return True

    def _give_up(self, line: int, text: str) -> bool:
        self._problems.add(line, "", text)
        self.root = None
        return False

    def _named(self, event: Any, node: Node, line: int) -> bool:
        if event.tag is not None and event.tag != "!":
            return self._give_up(line, f"tags like {shown(event.tag)} are not read; write the value alone")
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return True

    def _enter(self, node: _Open, line: int) -> bool:
        if len(self._open) == _DEEPEST:
            return self._give_up(line, f"nested more than {_DEEPEST} levels deep")
        self._open.append(node)
        self._keys.append(None)
        return True

    def _put(self, node: Node, line: int) -> bool:
        if not self._open:
            self.root = node
            return True
        container = self._open[-1]
        if isinstance(container, Sequence):
            container.items.append(node)
            return True
        return self._put_entry(container, node, line)

    def _put_entry(self, mapping: Mapping, node: Node, line: int) -> bool:
        key = self._keys[-1]
        if key is None:
            if not isinstance(node, Scalar):
                return self._give_up(line, "a key must be a word; is a quote or a colon missing?")
            # An alias may stand for a key; its own line counts, not its anchor's.
            self._keys[-1] = Scalar(node.text, line, node.plain)
            return True
        self._keys[-1] = None
        if key.text in mapping.entries:
            mapping.repeated.append((key.text, key.line, mapping.entries[key.text][0]))
        else:
            mapping.entries[key.text] = (key.line, node)
        return True
