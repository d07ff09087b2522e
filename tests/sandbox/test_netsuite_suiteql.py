"""SuiteQL is executed for real, and refuses what the real one refuses (facts/netsuite.md 2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from nsquilio.sandbox import control
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import NetSuiteClient, logged_in


@pytest.fixture
def netsuite(seeded: World) -> Iterator[NetSuiteClient]:
    with logged_in(seeded) as client:
        yield client


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
