"""ROWNUM as Oracle means it: rows are numbered before they are ordered, so `ROWNUM <= 5 … ORDER BY x` orders
any five rows, not the first five of the order. Works on the tree before names are resolved.
"""

from __future__ import annotations

from sqlglot import exp


class Unsupported(Exception):
    """A use of ROWNUM that is always empty or that the sandbox does not know."""


def spell_out_rownum(tree: exp.Query) -> None:
    """Rewrites every SELECT below in place."""
    for select in list(tree.find_all(exp.Select)):
        _limit_first(select)
    for column in list(tree.find_all(exp.Column)):
        if _is_rownum(column):
            if column.find_ancestor(exp.Where, exp.Order, exp.Group):
                raise Unsupported
            column.replace(exp.Window(this=exp.RowNumber()))


def _is_rownum(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Column) and not node.table and node.name.lower() == "rownum"


def _limit_first(select: exp.Select) -> None:
    where = select.args.get("where")
    terms = list(where.this.flatten()) if where and isinstance(where.this, exp.And) else []
    terms = terms or ([where.this] if where else [])
    bounds = [term for term in terms if _is_rownum(term.this)]
    if not bounds:
        return
    grouped = select.args.get("group") or select.args.get("distinct") or select.find(exp.AggFunc)
    if len(bounds) != 1 or grouped or select.args.get("limit"):
        raise Unsupported
    others = [term.copy() for term in terms if term is not bounds[0]]
    select.set("where", exp.Where(this=exp.and_(*others)) if others else None)
    limit = exp.Limit(expression=_rows(bounds[0]))
    order = select.args.get("order")
    if order is None:
        select.set("limit", limit)
    else:
        _order_outside(select, order, limit)


def _rows(bound: exp.Expr) -> exp.Expr:
    """How many rows the condition lets through."""
    count: exp.Expr = bound.expression.copy()
    if isinstance(bound, exp.LTE):
        return count
    if isinstance(bound, exp.LT):
        return exp.Sub(this=count, expression=exp.Literal.number(1))
    if isinstance(bound, exp.EQ) and count.name == "1":
        return count
    raise Unsupported


def _order_outside(select: exp.Select, order: exp.Order, limit: exp.Limit) -> None:
    """SELECT a … ORDER BY b becomes SELECT a FROM (SELECT a, b … LIMIT n) ORDER BY b."""
    inner = select.copy()
    inner.set("order", None)
    inner.set("limit", limit)
    aliases = {part.alias_or_name.lower(): part for part in inner.expressions}
    keys = []
    for number, ordered in enumerate(order.expressions):
        key = ordered.this
        if not (isinstance(key, exp.Column) and not key.table and key.name.lower() in aliases):
            inner.append("expressions", exp.alias_(key.copy(), f"nsq_key{number}"))
            key = exp.column(f"nsq_key{number}")
        keys.append(exp.Ordered(this=key.copy(), desc=ordered.args.get("desc"), nulls_first=False))
    columns = [exp.column(part.alias_or_name) for part in select.expressions]
    outer = exp.select(*columns).from_(inner.subquery("ns_numbered")).order_by(*keys)
    select.args.clear()
    for name, value in outer.args.items():
        select.set(name, value)
