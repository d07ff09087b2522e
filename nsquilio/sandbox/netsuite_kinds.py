"""The kind of every expression in a SuiteQL tree: what decides how it is compared, converted and shown.

Kinds: id, number, ref, text, flag, status, type, date, datetime, and bound for a parameter. A datetime is a
stored moment in UTC; a date is calendar text in the session's zone. Knows nothing of SQLite.
"""

from __future__ import annotations

from sqlglot import exp

_DATES = (exp.CurrentDate, exp.CurrentTimestamp, exp.Localtimestamp)
_NUMBERS = (
    exp.Count,
    exp.Sum,
    exp.Avg,
    exp.Mul,
    exp.Div,
    exp.Mod,
    exp.Neg,
    exp.Abs,
    exp.Round,
    exp.Ceil,
    exp.Floor,
    exp.Length,
    exp.StrPosition,
    exp.RowNumber,
    exp.MonthsBetween,
)
_AS_ARGUMENT = (exp.Alias, exp.Paren, exp.Max, exp.Min, exp.Distinct, exp.Ordered, exp.Window)
_MOMENTS = ("date", "datetime")
NUMBERS = ("id", "number", "ref")
_BY_NAME = {
    "sys_extract_utc": "date",
    "ora_to_date": "date",
    "ora_to_timestamp": "date",
    "ora_add_months": "date",
    "ora_last_day": "date",
    "ora_to_number": "number",
}


def mark_kinds(tree: exp.Expr) -> None:
    """Sets `meta["kind"]` on every node below, arguments first; columns must be marked already."""
    for node in reversed(list(tree.walk())):
        if "kind" not in node.meta:
            node.meta["kind"] = _kind(node)


def kind(node: exp.Expr | None) -> str:
    return "text" if node is None else str(node.meta.get("kind", "text"))


def _kind(node: exp.Expr) -> str:
    if isinstance(node, exp.Placeholder):
        return "bound"
    if isinstance(node, exp.Literal):
        return "text" if node.is_string else "number"
    if isinstance(node, _DATES):
        return "date"
    if isinstance(node, _NUMBERS):
        return "number"
    if isinstance(node, exp.Add | exp.Sub):
        return _sum_kind(kind(node.left), kind(node.right))
    return _inherited(node)


def _sum_kind(left: str, right: str) -> str:
    if left in _MOMENTS and right in _MOMENTS:
        return "number"
    return "date" if left in _MOMENTS or right in _MOMENTS else "number"


def _inherited(node: exp.Expr) -> str:
    """Of expressions that hand one of their arguments on."""
    if isinstance(node, exp.Distinct) and node.expressions:
        return kind(node.expressions[0])
    if isinstance(node, _AS_ARGUMENT):
        return kind(node.this)
    if isinstance(node, exp.Coalesce | exp.Nullif | exp.Greatest | exp.Least):
        return _calendar(kind(node.this))
    if isinstance(node, exp.Case):
        return _calendar(kind(node.args["ifs"][0].args["true"]))
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Query):
        return kind(node.this.selects[0])
    if isinstance(node, exp.Anonymous) and node.name.lower() == "ora_trunc" and node.expressions:
        return "date" if kind(node.expressions[0]) in _MOMENTS else "number"
    if isinstance(node, exp.Anonymous):
        return _BY_NAME.get(node.name.lower(), "text")
    return "text"


def _calendar(found: str) -> str:
    return "date" if found == "datetime" else found
