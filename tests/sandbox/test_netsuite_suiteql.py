"""SuiteQL is executed for real, and refuses what the real one refuses (facts/netsuite.md 2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from nsquilio.sandbox import control
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import NetSuiteClient, logged_in

INVALID = "Invalid search query. Detailed unprocessed description follows."
NO_SUCH_SEARCH = "Search error occurred: Invalid or unsupported search."


@pytest.fixture
def netsuite(seeded: World) -> Iterator[NetSuiteClient]:
    with logged_in(seeded) as client:
        yield client


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetSuiteClient]:
    """One world for the many tests that only read."""
    world = control.reset(tmp_path_factory.mktemp("reading") / "world.db")
    with logged_in(world) as client:
        yield client
    world.close()


def test_row_is_text_in_lower_case_names_without_nulls(reading: NetSuiteClient) -> None:
    answer = reading.query(
        "SELECT ID, TranID, ForeignTotal, closedate, voided FROM Transaction WHERE id = '1042'"
    )
    assert answer.json() == {
        "links": [
            {"rel": "self", "href": f"{reading.base_url}/services/rest/query/v1/suiteql?limit=1000&offset=0"}
        ],
        "count": 1,
        "hasMore": False,
        "items": [
            {"links": [], "id": "1042", "tranid": "INV-1042", "foreigntotal": "9400", "voided": "F"},
        ],
        "offset": 0,
        "totalResults": 1,
    }


def test_polling_query_of_the_facts_runs(reading: NetSuiteClient) -> None:
    """facts/netsuite.md 3.6, with its parameters."""
    rows = reading.rows(
        """SELECT t.id, t.tranid, t.externalid, BUILTIN.CF(t.status) AS statuscode,
               BUILTIN.DF(t.status) AS statusname,
               TO_CHAR(t.trandate,'YYYY-MM-DD') AS trandate, TO_CHAR(t.duedate,'YYYY-MM-DD') AS duedate,
               TO_CHAR(t.createddate,'YYYY-MM-DD HH24:MI:SS') AS createddate,
               TO_CHAR(t.lastmodifieddate,'YYYY-MM-DD HH24:MI:SS') AS lastmodifieddate,
               t.foreigntotal, t.foreignamountunpaid, t.foreignamountpaid, cur.symbol AS currency,
               t.otherrefnum, t.memo,
               c.id AS customer_id, c.entityid, c.companyname, c.firstname, c.lastname, c.isperson, c.phone,
               c.mobilephone, c.email, c.isinactive, c.parent
        FROM transaction t JOIN customer c ON c.id = t.entity LEFT JOIN currency cur ON cur.id = t.currency
        WHERE t.type = 'CustInvc' AND t.voided = 'F' AND t.foreignamountunpaid > 0
          AND t.duedate BETWEEN TO_DATE(?, 'YYYY-MM-DD') AND TO_DATE(?, 'YYYY-MM-DD') AND t.id > ?
        ORDER BY t.id ASC""",
        "2026-03-07",
        "2026-03-07",
        "1041",
    )
    assert rows[0] == {
        "id": "1042",
        "tranid": "INV-1042",
        "statuscode": "CustInvc:A",
        "statusname": "Invoice : Open",
        "trandate": "2026-02-05",
        "duedate": "2026-03-07",
        "createddate": "2026-02-05 12:00:00",
        "lastmodifieddate": "2026-02-05 12:00:00",
        "foreigntotal": "9400",
        "foreignamountunpaid": "9400",
        "foreignamountpaid": "0",
        "currency": "USD",
        "otherrefnum": "PO-7781",
        "memo": "March licences",
        "customer_id": "88",
        "entityid": "C00088",
        "companyname": "Acme Corp",
        "isperson": "F",
        "phone": "415.555.0101 x9",
        "mobilephone": "(415) 555-0100",
        "email": "ap@acme.example;billing@acme.example",
        "isinactive": "F",
    }
    assert [row["tranid"] for row in rows][:4] == ["INV-1042", "INV-1043", "INV-1046", "INV-1050"]


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


# --- dates and zones ---


def test_plain_dates_come_in_the_users_format_and_moments_without_time(
    seeded: World, netsuite: NetSuiteClient
) -> None:
    query = "SELECT duedate, createddate FROM transaction WHERE id = 1042"
    assert netsuite.rows(query) == [{"duedate": "3/7/2026", "createddate": "2/5/2026"}]
    seeded.set_setting("date_format", "DD.MM.YYYY")
    assert netsuite.rows(query) == [{"duedate": "07.03.2026", "createddate": "05.02.2026"}]


def test_text_compared_with_a_date_is_read_in_the_users_format(reading: NetSuiteClient) -> None:
    query = "SELECT COUNT(*) AS n FROM transaction WHERE duedate = '3/7/2026' AND id = 1042"
    assert reading.rows(query) == [{"n": "1"}]


def test_moments_are_in_the_session_zone_both_ways(seeded: World, netsuite: NetSuiteClient) -> None:
    control.new_invoice(seeded, "Acme Corp", Decimal(10), None, number="NOW")
    query = "SELECT TO_CHAR(createddate,'YYYY-MM-DD HH24') AS t FROM transaction WHERE tranid = 'NOW'"
    since = query + " AND createddate >= TO_DATE(?,'YYYY-MM-DD HH24:MI:SS')"
    assert netsuite.rows(since, "2026-03-02 06:00:00") == [{"t": "2026-03-02 06"}]
    seeded.set_setting("session_zone", "Asia/Tokyo")
    assert netsuite.rows(since, "2026-03-02 23:00:00") == [{"t": "2026-03-02 23"}]
    assert netsuite.rows(since, "2026-03-03 01:00:00") == []
    assert netsuite.rows("SELECT SESSIONTIMEZONE AS z FROM DUAL") == [{"z": "Asia/Tokyo"}]


def test_utc_of_a_moment_can_be_asked_for(reading: NetSuiteClient) -> None:
    query = "SELECT TO_CHAR(SYS_EXTRACT_UTC(createddate),'HH24:MI') AS t FROM transaction WHERE id = 1042"
    assert reading.rows(query) == [{"t": "20:00"}]


def test_hour_that_the_clock_change_doubles_is_still_read(seeded: World, netsuite: NetSuiteClient) -> None:
    control.change_invoice(seeded, "INV-1042", lastmodifieddate="2026-11-01 09:30:00")
    query = "SELECT TO_CHAR(lastmodifieddate,'HH24:MI') AS t FROM transaction WHERE id = 1042"
    assert netsuite.rows(query) == [{"t": "01:30"}]


# --- parameters ---


def test_parameters_are_values_never_sql(reading: NetSuiteClient) -> None:
    name = "Robert'); DROP TABLE invoices;--"
    assert reading.rows("SELECT id FROM customer WHERE altname = ?", name) == [{"id": "128"}]


def test_doubled_quote_is_the_escape_without_parameters(reading: NetSuiteClient) -> None:
    assert reading.rows("SELECT id FROM customer WHERE altname = 'Maria O''Brien'") == [{"id": "102"}]


def test_parameter_may_stand_for_a_number(reading: NetSuiteClient) -> None:
    assert reading.rows("SELECT 1 AS one FROM DUAL WHERE 1 = ?", "1") == [{"one": "1"}]
    assert reading.rows("SELECT id FROM transaction WHERE foreigntotal > ?", "70000") == [
        {"id": "1047"},
        {"id": "1075"},
    ]


def test_parameters_keep_their_places_when_the_count_drops_some(reading: NetSuiteClient) -> None:
    query = "SELECT ? AS mark, id FROM customer WHERE id > ? AND isinactive = ? ORDER BY id"
    answer = reading.query(query, "m", "138", "F", limit=1).json()
    assert answer["items"] == [{"links": [], "mark": "m", "id": "139"}]
    assert answer["totalResults"] == 10


@pytest.mark.parametrize("params", ["x", [1], [None], {"a": "b"}])
def test_parameters_must_be_a_list_of_strings(reading: NetSuiteClient, params: object) -> None:
    body = {"q": "SELECT id FROM customer WHERE id = ?", "params": params}
    path = "/services/rest/query/v1/suiteql"
    answer = reading.request("POST", path, json=body, headers={"Prefer": "transient"})
    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorPath"] == "params"


def test_older_account_knows_no_parameters(seeded: World, netsuite: NetSuiteClient) -> None:
    seeded.set_setting("params_supported", False)
    assert netsuite.complaint("SELECT 1 AS one FROM DUAL WHERE 1 = ?", "1") == "Unknown property 'params'."


# --- the request ---


def test_prefer_transient_is_required(reading: NetSuiteClient) -> None:
    answer = reading.request("POST", "/services/rest/query/v1/suiteql", json={"q": "SELECT 1 FROM DUAL"})
    detail = answer.json()["o:errorDetails"][0]
    assert (answer.status_code, detail["o:errorCode"], detail["o:errorHeader"]) == (
        400,
        "INVALID_HEADER",
        "Prefer",
    )


def test_accept_language_is_refused(reading: NetSuiteClient) -> None:
    headers = {"Prefer": "transient", "Accept-Language": "en"}
    body = {"q": "SELECT 1 FROM DUAL"}
    answer = reading.request("POST", "/services/rest/query/v1/suiteql", json=body, headers=headers)
    assert answer.json()["o:errorDetails"][0]["detail"] == (
        "REST web services currently only support the default company language."
    )


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'{"q": 5}'])
def test_body_must_hold_a_query(reading: NetSuiteClient, body: bytes) -> None:
    path = "/services/rest/query/v1/suiteql"
    answer = reading.request("POST", path, data=body, headers={"Prefer": "transient"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("page", "where", "detail"),
    [
        ("limit=1001", "limit", "The limit must be between 1 and 1000."),
        ("limit=0", "limit", "The limit must be between 1 and 1000."),
        ("limit=ten", "limit", "Invalid value 'ten'. Provide a whole number."),
        (
            "limit=10&offset=5",
            "offset",
            "The offset must be divisible by the limit, and at most 1000 pages can be read.",
        ),
        (
            "limit=1&offset=1000",
            "offset",
            "The offset must be divisible by the limit, and at most 1000 pages can be read.",
        ),
    ],
)
def test_wrong_page_is_refused(reading: NetSuiteClient, page: str, where: str, detail: str) -> None:
    path = f"/services/rest/query/v1/suiteql?{page}"
    body = {"q": "SELECT id FROM customer"}
    answer = reading.request("POST", path, json=body, headers={"Prefer": "transient"})
    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"] == [
        {"detail": detail, "o:errorQueryParam": where, "o:errorCode": "INVALID_PARAMETER"}
    ]


# --- paging ---


def test_pages_follow_each_other_with_links(reading: NetSuiteClient) -> None:
    base = f"{reading.base_url}/services/rest/query/v1/suiteql"
    page = reading.query("SELECT id FROM currency ORDER BY id", limit=3).json()
    assert (page["count"], page["hasMore"], page["totalResults"]) == (3, True, 4)
    assert page["links"] == [
        {"rel": "next", "href": f"{base}?limit=3&offset=3"},
        {"rel": "last", "href": f"{base}?limit=3&offset=3"},
        {"rel": "self", "href": f"{base}?limit=3&offset=0"},
    ]
    second = reading.query("SELECT id FROM currency ORDER BY id", limit=3, offset=3).json()
    assert (second["count"], second["hasMore"], second["offset"]) == (1, False, 3)
    beyond = reading.query("SELECT id FROM currency ORDER BY id", limit=3, offset=6).json()
    assert (beyond["count"], beyond["hasMore"], beyond["totalResults"]) == (0, False, 4)


def test_pages_without_an_order_double_and_lose_rows(reading: NetSuiteClient) -> None:
    """As the real service does: whoever pages must order by something unique."""
    seen = [
        row["id"]
        for offset in (0, 20)
        for row in reading.rows("SELECT id FROM customer", limit=20, offset=offset)
    ]
    assert len(set(seen)) < len(seen)


def test_one_query_reaches_a_hundred_thousand_rows_at_most(seeded: World) -> None:
    control.fill(seeded, invoices=100_010, customers=100)
    seeded.set_setting("exact_totals", True)
    with logged_in(seeded) as netsuite:
        query = "SELECT id FROM transaction ORDER BY id"
        last = netsuite.query(query, offset=99_000).json()
        assert (last["count"], last["hasMore"], last["totalResults"]) == (1000, False, 100_000)
        assert netsuite.query(query, offset=100_000).json()["count"] == 0
        by_key = netsuite.query("SELECT id FROM transaction WHERE id > ? ORDER BY id", "1100000").json()
        assert by_key["totalResults"] == 9


def test_filled_world_does_not_count_behind_the_page(seeded: World) -> None:
    control.fill(seeded, invoices=2000, customers=100)
    with logged_in(seeded) as netsuite:
        page = netsuite.query("SELECT id FROM transaction ORDER BY id").json()
        assert (page["count"], page["hasMore"], page["totalResults"]) == (1000, True, 1001)


# --- accounts that differ ---


def test_hidden_table_is_not_found(seeded: World, netsuite: NetSuiteClient) -> None:
    control.hide_table(seeded, "customer")
    assert netsuite.complaint("SELECT id FROM customer").endswith("Record 'customer' was not found.")
    control.hide_table(seeded, "customer", hidden=False)
    assert netsuite.rows("SELECT id FROM customer WHERE id = 88") == [{"id": "88"}]


def test_missing_record_type_is_no_search_type(seeded: World, netsuite: NetSuiteClient) -> None:
    control.hide_table(seeded, "customrecord_nsq_comm")
    said = netsuite.complaint("SELECT id FROM customrecord_nsq_comm")
    assert said.endswith("Invalid search type: customrecord_nsq_comm.")


def test_hidden_column_is_removed(seeded: World, netsuite: NetSuiteClient) -> None:
    control.hide_column(seeded, "transaction", "voided")
    assert "Field 'voided' for record 'transaction' was not found" in netsuite.complaint(
        "SELECT t.voided FROM transaction t"
    )


def test_role_without_permission_sees_no_rows(seeded: World, netsuite: NetSuiteClient) -> None:
    control.hide_rows(seeded, "transaction")
    answer = netsuite.query("SELECT t.id FROM transaction t ORDER BY t.id")
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_account_with_one_currency_has_neither_table_nor_column(
    seeded: World, netsuite: NetSuiteClient
) -> None:
    control.single_currency(seeded)
    assert netsuite.complaint("SELECT id FROM currency").endswith("Record 'currency' was not found.")
    assert "Field 'currency'" in netsuite.complaint("SELECT t.currency FROM transaction t")


def test_forbidden_service_is_403(seeded: World, netsuite: NetSuiteClient) -> None:
    control.forbid(seeded, "suiteql")
    answer = netsuite.query("SELECT id FROM customer")
    detail = answer.json()["o:errorDetails"][0]
    assert (answer.status_code, detail["o:errorCode"]) == (403, "INSUFFICIENT_PERMISSION")


def test_query_without_a_token_is_401(netsuite: NetSuiteClient) -> None:
    netsuite.session.headers["Authorization"] = "Bearer wrong"
    assert netsuite.query("SELECT id FROM customer").status_code == 401


def test_too_many_requests_at_once_are_refused(seeded: World, netsuite: NetSuiteClient) -> None:
    seeded.set_setting("concurrency", 0)
    answer = netsuite.query("SELECT id FROM customer")
    body = answer.json()
    assert (answer.status_code, body["title"], body["o:errorCode"]) == (429, "Bad Request", "USER_ERROR")
    assert body["o:errorDetails"] == [
        {
            "detail": "Concurrent request limit exceeded. Request blocked.",
            "o:errorCode": "CONCURRENCY_LIMIT_EXCEEDED",
        }
    ]


def test_server_time_is_the_worlds(seeded: World, netsuite: NetSuiteClient) -> None:
    told = netsuite.request("GET", "/services/rest/system/v1/serverTime").json()["serverTime"]
    assert abs((datetime.fromisoformat(told) - seeded.now()).total_seconds()) < 5
    assert datetime.fromisoformat(told).tzinfo == UTC
