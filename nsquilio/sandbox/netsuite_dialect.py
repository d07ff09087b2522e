"""Reads a SuiteQL query: refuses what SuiteQL refuses, finds every name in the schema, gives each its kind.

Facts: facts/netsuite.md 2.2 and 2.5; the error texts are the real service's. The result is a sqlglot tree
whose columns carry `meta["kind"]`; turning it into SQLite's SQL is the work of `netsuite_translate`.
"""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import Any

from sqlglot import Token, TokenType, exp, parse, tokenize
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, traverse_scope
from sqlglot.transforms import eliminate_join_marks

from nsquilio.sandbox.netsuite_kinds import kind, mark_kinds
from nsquilio.sandbox.netsuite_rownum import Unsupported, spell_out_rownum
from nsquilio.sandbox.netsuite_tables import SCHEMA, Column, Table


class InvalidQuery(Exception):
    """The text that NetSuite puts after "Detailed unprocessed description follows."."""


UNSUPPORTED = "Search error occurred: Invalid or unsupported search."
_FORBIDDEN_CALLS = {
    "DATEDIFF",
    "LEFT",
    "RIGHT",
    "SUBSTRING",
    "LISTAGG",
    "CONVERT",
    "GETDATE",
    "DATEADD",
    "IFNULL",
    "GROUP_CONCAT",
    "STRING_AGG",
}
_FORBIDDEN_WORDS = {"WITH", "TOP", "LIMIT", "QUALIFY", "PIVOT"}
OWN_CALLS = {"TO_CHAR", "TO_DATE", "TO_TIMESTAMP", "TO_NUMBER", "TRUNC", "ADD_MONTHS", "LAST_DAY"}
_LONGEST_IN = 1000
# Names that look like columns and are none; their kinds.
PSEUDO_COLUMNS = {"sessiontimezone": "text", "sysdate": "date"}
_ELSEWHERE = {
    ("transaction", "subsidiary"): "NOT_EXPOSED - Not available for channel SEARCH",
}


def read(query: str, schema: dict[str, Table]) -> tuple[exp.Query, int]:
    """The checked tree, names lower-case and qualified, stars spelled out, parameters named p1, p2, …; and
    how many parameters there are. Raises InvalidQuery."""
    tokens = _tokens(query)
    _refuse_words(tokens)
    prepared, parameters = _prepared(query, tokens)
    tree = _parsed(prepared)
    _refuse_shapes(tree)
    _lower_names(tree)
    tree = _without_join_marks(tree)
    try:
        spell_out_rownum(tree)
    except Unsupported as error:
        raise InvalidQuery(UNSUPPORTED) from error
    for table in tree.find_all(exp.Table):
        _check_table(table, schema)
    for scope in traverse_scope(tree):
        _resolve(scope, schema)
    return tree, parameters


def _parsed(query: str) -> exp.Query:
    try:
        trees = parse(query, read="oracle")
    except SqlglotError as error:
        raise InvalidQuery(f"Failed to parse SQL: syntax error in [{query[:200]}].") from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise InvalidQuery(UNSUPPORTED)
    return trees[0]


def _tokens(query: str) -> list[Token]:
    try:
        return tokenize(query, read="oracle")
    except SqlglotError as error:
        raise InvalidQuery(f"Failed to parse SQL: syntax error in [{query[:200]}].") from error


def _prepared(query: str, tokens: list[Token]) -> tuple[str, int]:
    """Names each `?` by its place, as later rewriting moves and drops parts of the tree; and keeps Oracle's
    date functions from sqlglot, which would change their formats on the way."""
    marks = sum(token.token_type is TokenType.PLACEHOLDER for token in tokens)
    number = marks
    for token, following in reversed(list(zip_longest(tokens, tokens[1:]))):
        if token.token_type is TokenType.PLACEHOLDER:
            query = f"{query[: token.start]}:p{number}{query[token.end + 1 :]}"
            number -= 1
        elif token.text.upper() in OWN_CALLS and following is not None and following.text == "(":
            query = f"{query[: token.start]}ora_{query[token.start :]}"
    return query, marks


def _refuse_words(tokens: list[Token]) -> None:
    """What sqlglot would understand and SuiteQL does not."""
    texts = [(token.text.upper(), token.token_type.name) for token in tokens] + [("", "")]
    for (text, token_type), (following, next_type) in pairwise(texts):
        if token_type in ("STRING", "IDENTIFIER"):
            continue
        called = following == "("
        literal = text in ("DATE", "TIMESTAMP") and next_type == "STRING"
        if (called and text in _FORBIDDEN_CALLS) or text in _FORBIDDEN_WORDS or text == "[" or literal:
            raise InvalidQuery(UNSUPPORTED)


def _refuse_shapes(tree: exp.Query) -> None:
    marked = any(column.args.get("join_mark") for column in tree.find_all(exp.Column))
    joined = any(join.args.get("on") or join.args.get("side") for join in tree.find_all(exp.Join))
    if marked and joined:
        raise InvalidQuery(UNSUPPORTED)
    if any(len(found.expressions) > _LONGEST_IN for found in tree.find_all(exp.In)):
        raise InvalidQuery(UNSUPPORTED)


def _lower_names(tree: exp.Query) -> None:
    for name in tree.find_all(exp.Identifier):
        name.set("this", name.name.lower())


def _without_join_marks(tree: exp.Query) -> exp.Query:
    if not any(column.args.get("join_mark") for column in tree.find_all(exp.Column)):
        return tree
    rewritten = eliminate_join_marks(tree)
    if not isinstance(rewritten, exp.Query):
        raise InvalidQuery(UNSUPPORTED)
    return rewritten


def _check_table(table: exp.Table, schema: dict[str, Table]) -> None:
    if table.name in schema:
        return
    if table.name in SCHEMA and not table.name.startswith(("customrecord_", "customlist_")):
        raise InvalidQuery(f"Search error occurred: Record '{table.name}' was not found.")
    raise InvalidQuery(f"Invalid search type: {table.name}.")


def _resolve(scope: Scope, schema: dict[str, Table]) -> None:
    """Gives each column of one SELECT its table and kind; inner ones come before outer ones."""
    if isinstance(scope.expression, exp.Select):
        _spell_out_stars(scope, schema)
        aliases = {part.alias for part in scope.expression.expressions if isinstance(part, exp.Alias)}
        for column in list(scope.find_all(exp.Column)):
            ordered_by_alias = not column.table and column.name in aliases and column.find_ancestor(exp.Order)
            if "kind" not in column.meta and not ordered_by_alias:
                _resolve_column(column, scope, schema)
    mark_kinds(scope.expression)


def _resolve_column(column: exp.Column, scope: Scope, schema: dict[str, Table]) -> None:
    if not column.table and column.name in PSEUDO_COLUMNS:
        column.meta["kind"] = PSEUDO_COLUMNS[column.name]
        return
    around: Scope | None = scope
    while around is not None:
        for alias, source in around.sources.items():
            if column.table and column.table != alias:
                continue
            found = _columns_of(source, schema).get(column.name)
            if found is not None:
                _mark(column, alias, found)
                return
            if column.table:
                raise InvalidQuery(_no_such_field(column, source))
        around = around.parent
    raise InvalidQuery(_unknown_identifier(column, scope))


def _mark(column: exp.Column, alias: str, found: Column) -> None:
    column.set("table", exp.to_identifier(alias))
    column.meta["kind"], column.meta["to"] = found.kind, found.to


def _columns_of(source: Any, schema: dict[str, Table]) -> dict[str, Column]:
    if isinstance(source, exp.Table):
        return schema[source.name].columns
    selects = source.expression.selects
    return {part.alias_or_name: Column(kind(part), _target(part)) for part in selects}


def _target(part: exp.Expr) -> str:
    return str(part.unalias().meta.get("to", ""))


def _no_such_field(column: exp.Column, source: Any) -> str:
    record = source.name if isinstance(source, exp.Table) else column.table
    reason = _ELSEWHERE.get((record, column.name), "REMOVED - Field is removed")
    return (
        f"Search error occurred: Field '{column.name}' for record '{record}' was not found. Reason: {reason}."
    )


def _unknown_identifier(column: exp.Column, scope: Scope) -> str:
    """Word for word what accounts answer, the list of tables included."""
    known = ", ".join(
        f"{alias}={source.name if isinstance(source, exp.Table) else alias}"
        for alias, source in scope.sources.items()
    )
    name = column.table or column.name
    return f"Search error occurred: Unknown identifier '{name}'. Available identifiers are: {{{known}}}."


def _spell_out_stars(scope: Scope, schema: dict[str, Table]) -> None:
    spelled: list[exp.Expr] = []
    for part in scope.expression.expressions:
        if not part.is_star or isinstance(part, exp.Count):
            spelled.append(part)
            continue
        wanted = part.table if isinstance(part, exp.Column) else ""
        for alias, source in scope.sources.items():
            if wanted in ("", alias):
                for name, found in _columns_of(source, schema).items():
                    column = exp.column(name, table=alias)
                    _mark(column, alias, found)
                    spelled.append(column)
    scope.expression.set("expressions", spelled)
