"""What one login can see of one table: whether it is there, which columns it lacks, how many rows it shows.

NetSuite answers a missing permission with "not found" or with no rows at all (facts/netsuite.md, 2.5), so
only
asking tells. Decides nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nsquilio.errors import Refused, ServiceFailed
from nsquilio.remote.netsuite_errors import refused
from nsquilio.remote.netsuite_link import NetSuiteLink
from nsquilio.remote.netsuite_suiteql import SuiteQL

_NO_SUCH = frozenset({400, 404, 500})  # how NetSuite answers a query that names something it does not show


@dataclass(frozen=True, slots=True)
class TableSeen:
    """`said`: NetSuite's words when the table is not there. `rows` None: not counted."""

    table: str
    exists: bool
    missing: tuple[str, ...] = ()
    rows: int | None = None
    said: str = ""


def table_seen(
    suiteql: SuiteQL, table: str, columns: Sequence[str], *, key: str = "id", where: str = "1 = 1"
) -> TableSeen:
    """One request for the columns and one for the count; a request per column only when one of them is
    missing.

    `where` narrows the count. Names and texts are the program's own or checked by the configuration.
    """
    problem = _refusal(suiteql, table, columns, key)
    if problem is None:
        return TableSeen(table, True, rows=_count(suiteql, table, where))
    without_table = _refusal(suiteql, table, [key], key)
    if without_table is not None:
        return TableSeen(table, False, said=without_table.message)
    missing = tuple(name for name in columns if _refusal(suiteql, table, [name], key) is not None)
    return TableSeen(table, True, missing, _count(suiteql, table, where))


def _refusal(suiteql: SuiteQL, table: str, columns: Sequence[str], key: str) -> Refused | None:
    listed = ", ".join(f"t.{name}" for name in columns)
    try:
        suiteql.rows(f"SELECT {listed} FROM {table} t WHERE t.{key} = 0")  # noqa: S608 - checked names
    except Refused as problem:
        if problem.status not in _NO_SUCH:
            raise
        return problem
    return None


def _count(suiteql: SuiteQL, table: str, where: str) -> int | None:
    try:
        found = suiteql.value(f"SELECT COUNT(*) AS n FROM {table} t WHERE {where}")  # noqa: S608 - own texts
    except Refused as problem:
        if problem.status not in _NO_SUCH:
            raise
        return None
    return int(found) if found and found.isdigit() else None


def record_refusal(link: NetSuiteLink, record: str) -> ServiceFailed | None:
    """Why the record API does not show this record type; None: it does."""
    answer = link.read("GET", f"/services/rest/record/v1/{record}?limit=1")
    return None if answer.ok else refused(answer, f"did not show the record type {record}")
