"""Turns a checked SuiteQL tree into SQLite's SQL over the stored tables.

What Oracle does otherwise than SQLite is written out here: dates and session zone, null in `||`, the place of
nulls in an order, ROWNUM before ORDER BY, numbers in text parameters, and NetSuite's BUILTIN functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp, parse_one

from nsquilio.sandbox.netsuite_dialect import UNSUPPORTED, InvalidQuery, read
from nsquilio.sandbox.netsuite_kinds import kind
from nsquilio.sandbox.netsuite_tables import DISPLAY, SCHEMA, Column, Table

_MOST_COLUMNS = 100
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)


@dataclass(frozen=True)
class View:
    """What the role sees of the account; part of the cache's key."""

    hidden_tables: frozenset[str] = frozenset()
    hidden_columns: frozenset[str] = frozenset()  # "table.column"
    empty_tables: frozenset[str] = frozenset()  # there, but not one row may be seen

    def schema(self) -> dict[str, Table]:
        return {
            name: Table(table.stored, self._columns(name, table))
            for name, table in SCHEMA.items()
            if name not in self.hidden_tables
        }

    def _columns(self, name: str, table: Table) -> dict[str, Column]:
        return {c: found for c, found in table.columns.items() if f"{name}.{c}" not in self.hidden_columns}


@dataclass(frozen=True)
class Statement:
    """`sql` binds :p1, :p2 … and takes a LIMIT after it; `total` counts its rows."""

    sql: str
    total: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    parameters: int
    ordered: bool

    @property
    def too_wide(self) -> bool:
        """More than 100 columns give no rows and no error (facts 2.2)."""
        return len(self.names) > _MOST_COLUMNS


@lru_cache(512)
def translate(query: str, view: View) -> Statement:
    """Raises InvalidQuery. Cached, as parsing costs more than running a page."""
    tree, parameters = read(query, view.schema())
    names, kinds = _output(tree)
    for node in reversed(list(tree.walk())):
        made = _rewritten(node, view.empty_tables)
        if made is not node:
            made.meta["kind"] = kind(node)
            node.replace(made)
    total, sql = _sql(_counting(tree)), _sql(tree)
    if tree.args.get("limit"):
        sql = f"SELECT * FROM ({sql})"
    return Statement(sql, total, names, kinds, parameters, bool(tree.args.get("order")))


def _sql(tree: exp.Expr) -> str:
    return tree.sql(dialect="sqlite", identify=True)


def _output(tree: exp.Query) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names, unnamed = [], 0
    for part in tree.selects:
        if isinstance(part, exp.Alias | exp.Column):
            names.append(part.alias_or_name)
        else:
            unnamed += 1
            names.append(f"expr{unnamed}")
    return tuple(names), tuple(kind(part) for part in tree.selects)


def _counting(tree: exp.Query) -> exp.Expr:
    """COUNT(*) without the select list where that counts the same: SQLite then skips most of the work."""
    counting = tree.copy()
    counting.set("order", None)
    simple = isinstance(counting, exp.Select) and not any(
        counting.args.get(part) for part in ("group", "distinct", "having", "limit", "offset")
    )
    if simple and not any(part.find(exp.AggFunc) for part in counting.selects):
        counting.set("expressions", [exp.Count(this=exp.Star())])
        return counting
    if tree.args.get("limit"):
        counting = tree.copy()
    return exp.select("COUNT(*)").from_(counting.subquery("ns_counted"))


def _call(name: str, *arguments: exp.Expr | str) -> exp.Expr:
    made = [exp.Literal.string(given) if isinstance(given, str) else given.copy() for given in arguments]
    return exp.Anonymous(this=name, expressions=made)


def _local(node: exp.Expr) -> exp.Expr:
    """The node as calendar text in the session's zone, when it is a stored moment."""
    return _call("nsq_local", node) if kind(node) == "datetime" else node.copy()


def _rewritten(node: exp.Expr, empty_tables: frozenset[str]) -> exp.Expr:
    """The node for SQLite; its arguments have been rewritten already and kept their kinds."""
    if isinstance(node, exp.Table):
        return _stored_table(node, empty_tables)
    if isinstance(node, exp.Column):
        return _pseudo_column(node)
    if isinstance(node, exp.Dot):
        return _builtin(node)
    if isinstance(node, exp.Ordered):
        return _ordered(node)
    if isinstance(node, (*_COMPARISONS, exp.Between, exp.In)):
        return _comparison(node)
    if isinstance(node, exp.DPipe):
        return _joined_text(node)
    if isinstance(node, exp.Add | exp.Sub):
        return _arithmetic(node)
    return _function(node)


def _stored_table(table: exp.Table, empty_tables: frozenset[str]) -> exp.Expr:
    alias = table.alias or table.name
    stored: exp.Expr = exp.to_table(SCHEMA[table.name].stored)
    if table.name in empty_tables:
        stored = exp.select("*").from_(stored).where("0").subquery()
    return exp.alias_(stored, alias, table=True)


def _pseudo_column(column: exp.Column) -> exp.Expr:
    if not column.table and column.name == "sessiontimezone":
        return _call("nsq_zone")
    if not column.table and column.name == "sysdate":
        return _call("nsq_clock", "sysdate")
    return column


def _ordered(node: exp.Ordered) -> exp.Expr:
    """A key is never null: without NULLS LAST SQLite reads it straight from its index."""
    if kind(node) == "id":
        node.set("nulls_first", not node.args.get("desc"))
    return node


def _comparison(node: exp.Expr) -> exp.Expr:
    places = [
        (name, index)
        for name in ("this", "expression", "low", "high", "expressions")
        for index in _indexes(node.args.get(name))
    ]
    kinds = {kind(_at(node, place)) for place in places}
    convert = _moment if "datetime" in kinds else _calendar if "date" in kinds else None
    if convert is None and "number" in kinds and not kinds.isdisjoint(("bound", "text")):
        convert = _as_number
    if convert is not None:
        for place in places:
            found = _at(node, place)
            found.replace(convert(found))
    return node


def _indexes(value: object) -> list[int | None]:
    if isinstance(value, list):
        return list(range(len(value)))
    return [] if value is None else [None]


def _at(node: exp.Expr, place: tuple[str, int | None]) -> exp.Expr:
    name, index = place
    value = node.args[name]
    found: exp.Expr = value if index is None else value[index]
    return found


def _moment(node: exp.Expr) -> exp.Expr:
    """To the stored form, so that an index on the column still serves."""
    if kind(node) == "datetime":
        return node.copy()
    return _call("nsq_utc", _calendar(node))


def _calendar(node: exp.Expr) -> exp.Expr:
    if kind(node) in ("bound", "text"):
        return _call("nsq_from_preference", node)
    return node.copy()


def _as_number(node: exp.Expr) -> exp.Expr:
    if kind(node) in ("bound", "text"):
        return exp.cast(node.copy(), "NUMERIC")
    return node.copy()


def _joined_text(node: exp.DPipe) -> exp.Expr:
    """In Oracle null is the empty text: `'x' || NULL` is x."""
    sides = [
        exp.Coalesce(this=_local(side), expressions=[exp.Literal.string("")])
        for side in (node.left, node.right)
    ]
    return exp.DPipe(this=sides[0], expression=sides[1])


def _arithmetic(node: exp.Expr) -> exp.Expr:
    left, right = node.args["this"], node.args["expression"]
    if kind(node) == "date":
        days = right.copy() if isinstance(node, exp.Add) else exp.Neg(this=exp.paren(right.copy()))
        return _call("nsq_plus_days", _local(left), days)
    if "date" in (kind(left), kind(right)) or "datetime" in (kind(left), kind(right)):
        return _call("nsq_days_between", _local(left), _local(right))
    return node


def _function(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.CurrentTimestamp | exp.CurrentDate | exp.Localtimestamp):
        return _call("nsq_clock", "sysdate" if node.args.get("sysdate") else "session")
    if isinstance(node, exp.Greatest | exp.Least):
        name = "max" if isinstance(node, exp.Greatest) else "min"
        return _call(name, *map(_local, [node.this, *node.expressions]))
    if isinstance(node, exp.Anonymous) and not isinstance(node.parent, exp.Dot):
        return _named_call(node)
    return node


def _named_call(node: exp.Anonymous) -> exp.Expr:
    """Oracle's functions under the names that `netsuite_dialect` gave them, with one or two arguments."""
    name, given = node.name.lower(), node.expressions
    if name.startswith("nsq_") or name in ("max", "min"):  # made by this module
        return node
    if not 1 <= len(given) <= 2:
        raise InvalidQuery(UNSUPPORTED)
    what, more = given[0], given[1] if len(given) == 2 else None
    if name == "ora_to_char":
        return _to_char(what, more)
    if name in ("ora_to_date", "ora_to_timestamp"):
        return _call("nsq_parse", what, more) if more else _call("nsq_from_preference", what)
    if name == "ora_trunc" and kind(node) == "date":
        return _call("nsq_trunc_date", _local(what), more or "DD")
    if name == "ora_trunc" and more is None:
        return exp.cast(what.copy(), "INTEGER")
    if name == "ora_add_months" and more:
        return _call("nsq_plus_months", _local(what), more)
    simple = {"ora_last_day": "nsq_last_day", "ora_to_number": "nsq_number", "sys_extract_utc": "nsq_utc"}
    if name in simple and more is None:
        return _call(simple[name], _local(what))
    raise InvalidQuery(UNSUPPORTED)


def _to_char(what: exp.Expr, form: exp.Expr | None) -> exp.Expr:
    if kind(what) == "date" and isinstance(form, exp.Literal) and form.name == "YYYY-MM-DD":
        return exp.func("substr", what.copy(), exp.Literal.number(1), exp.Literal.number(10))
    if kind(what) in ("date", "datetime"):
        return _call("nsq_char", _local(what), form) if form else _call("nsq_shown", _local(what))
    if form:
        raise InvalidQuery(UNSUPPORTED)
    return exp.cast(what.copy(), "TEXT")


def _builtin(node: exp.Dot) -> exp.Expr:
    """BUILTIN.CF and BUILTIN.DF (facts 2.4)."""
    call = node.expression
    if node.this.name != "builtin" or not isinstance(call, exp.Anonymous) or len(call.expressions) != 1:
        raise InvalidQuery(UNSUPPORTED)
    what = call.expressions[0]
    if call.name.upper() == "CF":
        return _composite(what)
    if call.name.upper() == "DF":
        return _display(what)
    raise InvalidQuery(UNSUPPORTED)


def _beside(column: exp.Expr, name: str) -> exp.Column:
    return exp.column(name, table=column.args["table"].copy())


def _composite(what: exp.Expr) -> exp.Expr:
    if kind(what) != "status":
        return what.copy()
    colon = exp.DPipe(this=_beside(what, "type"), expression=exp.Literal.string(":"))
    return exp.paren(exp.DPipe(this=colon, expression=what.copy()))


def _display(what: exp.Expr) -> exp.Expr:
    target = SCHEMA.get(str(what.meta.get("to", "")))
    if target is not None:
        key = next(name for name, column in target.columns.items() if column.kind == "id")
        shown = DISPLAY[str(what.meta["to"])]
        same = exp.EQ(this=exp.column(key, table="ns_df"), expression=what.copy())
        return exp.select(shown).from_(f"{target.stored} AS ns_df").where(same).subquery()
    if kind(what) == "status":
        return _call("nsq_status_name", _beside(what, "type"), what)
    if kind(what) == "type":
        return _call("nsq_type_name", what)
    if kind(what) == "flag":
        return parse_one("CASE WHEN nsq_x = 'T' THEN 'Yes' ELSE 'No' END").transform(
            lambda part: what.copy() if isinstance(part, exp.Column) else part
        )
    return what.copy()
