"""Which words of an invoice a template writes without asking first whether there are any.

A word that no column of NetSuite fills leaves a gap in the middle of a sentence; under `{% if invoice.po %}` it
leaves none. Reads the template's tree only, and lets pass what the tree does not tell (a name given by `set`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_OF_DEFAULT = frozenset({"default", "d"})


def unguarded(tree: Any) -> frozenset[str]:
    """Names of attributes, whatever they are attributes of: `po` for `invoice.po` and for `i.po` in a loop."""
    return frozenset(_written(tree, frozenset()))


def _written(node: Any, asked: frozenset[str]) -> Iterator[str]:
    """`asked`: what was asked about on the way down to this node, whatever the answer was."""
    from jinja2 import nodes

    if isinstance(node, nodes.Assign):
        return
    name = _attribute(node)
    if name and name not in asked:
        yield name
    question = _question(node)
    if question is not None:
        asked |= {name for each in _all(question) if (name := _attribute(each))}
    for child in node.iter_child_nodes():
        if child is not question:
            yield from _written(child, asked)


def _question(node: Any) -> Any:
    """The part of the node that decides whether the others are written; None when it has no such part."""
    from jinja2 import nodes

    if isinstance(node, nodes.If | nodes.CondExpr | nodes.For):
        return node.test
    if isinstance(node, nodes.And | nodes.Or):
        return node.left
    if isinstance(node, nodes.Filter) and node.name in _OF_DEFAULT:
        # Without `true` it stands in for what is not defined, and an empty word is defined.
        given = [*node.args[1:], *(each.value for each in node.kwargs if each.key == "boolean")]
        return node.node if any(isinstance(each, nodes.Const) and each.value for each in given) else None
    return None


def _attribute(node: Any) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return str(node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return ""


def _all(node: Any) -> Iterator[Any]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)
