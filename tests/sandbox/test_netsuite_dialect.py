"""Oracle's dialect as SuiteQL speaks it: what an expression gives, what is refused (facts, section 2.2)."""

from __future__ import annotations

import pytest

from tests.sandbox.netsuite_side import NetSuiteClient

INVALID = "Invalid search query. Detailed unprocessed description follows."
NO_SUCH_SEARCH = "Search error occurred: Invalid or unsupported search."


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT SESSIONTIMEZONE AS timezone FROM DUAL", [{"timezone": "America/Los_Angeles"}]),
        ("SELECT TO_CHAR(SYSDATE,'YYYY-MM-DD') AS d FROM DUAL", [{"d": "2026-03-02"}]),
        ("SELECT TO_CHAR(CURRENT_DATE,'YYYY-MM-DD HH24') AS d FROM DUAL", [{"d": "2026-03-02 06"}]),
        ("SELECT TO_CHAR(TRUNC(SYSDATE) - 7,'MM/DD/YYYY') AS d FROM DUAL", [{"d": "02/23/2026"}]),
        ("SELECT TO_CHAR(TRUNC(SYSDATE,'MM'),'DD Mon YYYY') AS d FROM DUAL", [{"d": "01 Mar 2026"}]),
        (
            "SELECT TO_CHAR(ADD_MONTHS(TO_DATE('2026-01-31','YYYY-MM-DD'),1),'YYYY-MM-DD') d FROM DUAL",
            [{"d": "2026-02-28"}],
        ),
        (
            "SELECT TO_CHAR(LAST_DAY(TO_DATE('2026-02-03','YYYY-MM-DD')),'YYYY-MM-DD') d FROM DUAL",
            [{"d": "2026-02-28"}],
        ),
        (
            "SELECT TO_DATE('2026-03-05','YYYY-MM-DD') - TO_DATE('2026-03-02','YYYY-MM-DD') AS n FROM DUAL",
            [{"n": "3"}],
        ),
        (
            "SELECT TO_CHAR(TO_DATE('2026-03-05 07:08:09','YYYY-MM-DD HH24:MI:SS'),'HH12:MI AM') t FROM DUAL",
            [{"t": "07:08 AM"}],
        ),
        ("SELECT 'a' || NULL || 'b' AS joined FROM DUAL", [{"joined": "ab"}]),
        (
            "SELECT NVL(NULL,'x') AS a, DECODE(2,1,'one',2,'two','many') AS b FROM DUAL",
            [{"a": "x", "b": "two"}],
        ),
        (
            "SELECT CASE WHEN 1 > 2 THEN 'y' ELSE 'n' END AS c, SUBSTR('abcdef',2,3) AS s FROM DUAL",
            [{"c": "n", "s": "bcd"}],
        ),
        (
            "SELECT REGEXP_REPLACE('(415) 555-0100','[^0-9]','') AS digits FROM DUAL",
            [{"digits": "4155550100"}],
        ),
        (
            "SELECT GREATEST(1,3,2) AS g, TO_NUMBER('1.50') AS n, TO_CHAR(12) AS t FROM DUAL",
            [{"g": "3", "n": "1.5", "t": "12"}],
        ),
        ("SELECT 1 + 1, UPPER('x') FROM DUAL", [{"expr1": "2", "expr2": "X"}]),
        ("SELECT COUNT(*) AS n FROM currency", [{"n": "4"}]),
        (
            "SELECT BUILTIN.DF(custentity_comm_channel) AS c, custentity_comm_channel AS id FROM "
            "customer WHERE id = 88",
            [{"c": "SMS", "id": "1"}],
        ),
        (
            "SELECT BUILTIN.DF(t.entity) AS e, BUILTIN.DF(t.type) AS t, BUILTIN.DF(t.posting) AS p "
            "FROM transaction t WHERE id = 1042",
            [{"e": "C00088 Acme Corp", "t": "Invoice", "p": "Yes"}],
        ),
        (
            "SELECT id FROM transaction WHERE tranid = 'INV-1062' ORDER BY id",
            [{"id": "1062"}, {"id": "1099"}],
        ),
        (
            "SELECT c.id FROM customer c, transaction t WHERE c.id = t.entity(+) AND c.id = 88 AND "
            "t.id = 1042",
            [{"id": "88"}],
        ),
        (
            "SELECT c.id FROM customer c WHERE EXISTS (SELECT 1 FROM transaction t WHERE t.entity = "
            "c.id AND t.id = 1042)",
            [{"id": "88"}],
        ),
        (
            "SELECT id, tranid AS n FROM transaction WHERE id IN ('1042','1043') ORDER BY n DESC",
            [{"id": "1043", "n": "INV-1043"}, {"id": "1042", "n": "INV-1042"}],
        ),
        (
            "SELECT entity, SUM(foreignamountunpaid) AS owed FROM transaction WHERE entity = 88 AND "
            "type = 'CustInvc' GROUP BY entity HAVING SUM(foreignamountunpaid) > '100'",
            [{"entity": "88", "owed": "10400"}],
        ),
        (
            "SELECT x.id FROM (SELECT id, ROWNUM AS rn FROM currency ORDER BY id) x WHERE x.rn "
            "BETWEEN 2 AND 3 ORDER BY x.id",
            [{"id": "2"}, {"id": "4"}],
        ),
        ("SELECT id FROM currency ORDER BY id DESC FETCH FIRST 2 ROWS ONLY", [{"id": "5"}, {"id": "4"}]),
        (
            "SELECT id FROM customer WHERE id < 102 UNION ALL SELECT id FROM currency WHERE id = 1",
            [{"id": "88"}, {"id": "101"}, {"id": "1"}],
        ),
        (
            "SELECT tl.subsidiary FROM transaction t JOIN transactionline tl ON tl.transaction = "
            "t.id AND tl.mainline = 'T' WHERE t.id = 1046",
            [{"subsidiary": "2"}],
        ),
        (
            "SELECT ea.state, ea.zip FROM customer c JOIN entityaddress ea ON ea.nkey = "
            "c.defaultbillingaddress WHERE c.id = 103",
            [{"state": "HI", "zip": "96740"}],
        ),
        (
            "SELECT ea.city FROM customeraddressbook b JOIN customeraddressbookentityaddress ea ON "
            "ea.nkey = b.addressbookaddress WHERE b.entity = 88 AND b.defaultbilling = 'T'",
            [{"city": "San Francisco"}],
        ),
        (
            "SELECT e.mobilephone FROM entity e JOIN customer c ON e.id = c.contact WHERE c.id = 133",
            [{"mobilephone": "404 555 0133"}],
        ),
    ],
)
def test_expression_gives_what_oracle_gives(
    reading: NetSuiteClient, query: str, rows: list[dict[str, str]]
) -> None:
    assert reading.rows(query) == rows


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        (
            "SELECT foo FROM transaction",
            "Search error occurred: Unknown identifier 'foo'. Available identifiers are: "
            "{transaction=transaction}.",
        ),
        (
            "SELECT x.id FROM transaction t",
            "Search error occurred: Unknown identifier 'x'. Available identifiers are: {t=transaction}.",
        ),
        (
            "SELECT t.foo FROM transaction t",
            "Search error occurred: Field 'foo' for record 'transaction' was not found. Reason: "
            "REMOVED - Field is removed.",
        ),
        (
            "SELECT t.subsidiary FROM transaction t",
            "Search error occurred: Field 'subsidiary' for record 'transaction' was not found. "
            "Reason: NOT_EXPOSED - Not available for channel SEARCH.",
        ),
        ("SELECT id FROM nothing", "Invalid search type: nothing."),
        ("SELECT id FROM invoice", "Invalid search type: invoice."),
        ("SELECT FROM WHERE", "Failed to parse SQL: syntax error in [SELECT FROM WHERE]."),
        ("SELECT 'open FROM dual", "Failed to parse SQL: syntax error in [SELECT 'open FROM dual]."),
        ("WITH a AS (SELECT id FROM customer) SELECT id FROM a", NO_SUCH_SEARCH),
        ("SELECT TOP 5 id FROM customer", NO_SUCH_SEARCH),
        ("SELECT id FROM customer LIMIT 5", NO_SUCH_SEARCH),
        ("SELECT LISTAGG(entityid, ',') FROM customer", NO_SUCH_SEARCH),
        ("SELECT LEFT(entityid, 2) FROM customer", NO_SUCH_SEARCH),
        ("SELECT SUBSTRING(entityid, 1, 2) FROM customer", NO_SUCH_SEARCH),
        ("SELECT id FROM transaction WHERE duedate > DATE '2026-03-01'", NO_SUCH_SEARCH),
        ("SELECT my_function(id) FROM customer", NO_SUCH_SEARCH),
        ("SELECT TO_CHAR(foreigntotal, '999.00') FROM transaction", NO_SUCH_SEARCH),
        ("SELECT BUILTIN.CONSOLIDATE(foreigntotal) FROM transaction", NO_SUCH_SEARCH),
        ("SELECT id FROM transaction WHERE duedate > '2026-03-01'", NO_SUCH_SEARCH),
        ("SELECT id FROM transaction WHERE duedate > TO_DATE('1 March','YYYY-MM-DD')", NO_SUCH_SEARCH),
        (
            "SELECT a.id FROM customer a JOIN contact b ON b.company = a.id, transaction t WHERE "
            "a.id = t.entity(+)",
            NO_SUCH_SEARCH,
        ),
        ("SELECT COUNT(*) FROM customer WHERE ROWNUM <= 5", NO_SUCH_SEARCH),
        ("SELECT id FROM customer WHERE ROWNUM > 5", NO_SUCH_SEARCH),
        ("SELECT id FROM customer ORDER BY ROWNUM", NO_SUCH_SEARCH),
        ("DELETE FROM customer", NO_SUCH_SEARCH),
        ("SELECT id FROM customer; SELECT 1 FROM dual", NO_SUCH_SEARCH),
        ("SELECT id FROM customer WHERE id = ?", NO_SUCH_SEARCH),
        ("-- nothing", NO_SUCH_SEARCH),
        ("  ", "Provide a valid search query."),
    ],
)
def test_query_is_refused_in_netsuites_words(reading: NetSuiteClient, query: str, complaint: str) -> None:
    said = reading.complaint(query)
    assert said == f"{INVALID} {complaint}"


def test_error_envelope_is_the_real_one(reading: NetSuiteClient) -> None:
    assert reading.query("SELECT id FROM nothing").json() == {
        "type": "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1",
        "title": "Bad Request",
        "status": 400,
        "o:errorDetails": [
            {
                "detail": f"{INVALID} Invalid search type: nothing.",
                "o:errorQueryParam": "q",
                "o:errorCode": "INVALID_PARAMETER",
            }
        ],
    }


def test_rownum_counts_before_the_order(reading: NetSuiteClient) -> None:
    """The trap: not the five newest, but five rows, ordered."""
    newest = reading.rows("SELECT id, foreigntotal FROM transaction ORDER BY id DESC FETCH FIRST 3 ROWS ONLY")
    rows = reading.rows("SELECT id, foreigntotal FROM transaction WHERE ROWNUM <= 3 ORDER BY id DESC")
    assert [row["id"] for row in rows] == ["1044", "1043", "1042"]
    assert rows != newest


def test_in_list_of_more_than_a_thousand_is_refused(reading: NetSuiteClient) -> None:
    values = ", ".join(str(number) for number in range(1001))
    assert NO_SUCH_SEARCH in reading.complaint(f"SELECT id FROM customer WHERE id IN ({values})")


def test_more_than_a_hundred_columns_give_no_rows_and_no_error(reading: NetSuiteClient) -> None:
    columns = ", ".join(f"id AS c{number}" for number in range(101))
    answer = reading.query(f"SELECT {columns} FROM customer")
    assert (answer.status_code, answer.json()["count"], answer.json()["totalResults"]) == (200, 0, 0)


def test_star_is_every_column_that_may_be_seen(reading: NetSuiteClient) -> None:
    assert reading.rows("SELECT * FROM term WHERE id = 2") == [
        {"id": "2", "name": "Net 30", "daysuntilnetdue": "30", "isinactive": "F"}
    ]
