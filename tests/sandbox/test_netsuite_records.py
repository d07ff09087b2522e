"""Writing communications and customers over REST, as accounts take and refuse it (facts/netsuite.md 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from nsquilio.sandbox import control
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import COMM, NetSuiteClient, a_communication, logged_in

STRICT = {"X-NetSuite-PropertyNameValidation": "Error"}


@pytest.fixture
def netsuite(seeded: World) -> Iterator[NetSuiteClient]:
    with logged_in(seeded) as client:
        yield client


def test_put_creates_once_and_updates_after_that(netsuite: NetSuiteClient) -> None:
    first = netsuite.put("nsq-SM0123", a_communication())
    second = netsuite.put("nsq-SM0123", a_communication(status="read"))
    assert (first.status_code, first.content) == (204, b"")
    assert first.headers["Location"] == f"{netsuite.base_url}{COMM}/1" == second.headers["Location"]
    rows = netsuite.rows(
        "SELECT id, externalid, name, custrecord_nsq_comm_status AS status, "
        "custrecord_nsq_comm_invoice AS invoice,"
        " TO_CHAR(custrecord_nsq_comm_time,'YYYY-MM-DD HH24:MI:SS') AS time,"
        " BUILTIN.DF(custrecord_nsq_comm_invoice) AS number FROM customrecord_nsq_comm"
    )
    assert rows == [
        {
            "id": "1",
            "externalid": "nsq-SM0123",
            "name": "SMS out INV-1042",
            "status": "read",
            "invoice": "1042",
            "time": "2026-03-02 06:03:11",
            "number": "INV-1042",
        }
    ]


def test_custom_records_say_lastmodified_not_lastmodifieddate(netsuite: NetSuiteClient) -> None:
    netsuite.put("nsq-SM0123", a_communication())
    since = "SELECT id FROM customrecord_nsq_comm WHERE lastmodified >= TO_DATE(?,'YYYY-MM-DD')"
    assert netsuite.rows(since, "2026-03-02") == [{"id": "1"}]
    assert "lastmodifieddate" in netsuite.complaint("SELECT lastmodifieddate FROM customrecord_nsq_comm")


def test_get_shows_what_was_put_by_both_names(netsuite: NetSuiteClient) -> None:
    netsuite.put("nsq-SM0123", a_communication(invoice=None))
    shown = netsuite.request("GET", f"{COMM}/eid:nsq-SM0123").json()
    assert shown == netsuite.request("GET", f"{COMM}/1").json()
    assert "custrecord_nsq_comm_invoice" not in shown
    wanted = {
        "id": "1",
        "externalId": "nsq-SM0123",
        "isInactive": False,
        "custrecord_nsq_comm_customer": {"links": [], "id": "88"},
        "custrecord_nsq_comm_time": "2026-03-02T14:03:11Z",
    }
    assert {name: shown[name] for name in wanted} == wanted


def test_post_patch_list_and_delete(netsuite: NetSuiteClient) -> None:
    posted = netsuite.request(
        "POST", COMM, json={**a_communication(), "externalId": "nsq-SM1"}, headers=STRICT
    )
    assert (posted.status_code, posted.headers["Location"]) == (204, f"{netsuite.base_url}{COMM}/1")
    patched = netsuite.request("PATCH", f"{COMM}/eid:nsq-SM1", json={"custrecord_nsq_comm_status": "failed"})
    assert patched.status_code == 204
    assert netsuite.request("GET", f"{COMM}/1").json()["custrecord_nsq_comm_status"] == "failed"
    listed = netsuite.request("GET", f"{COMM}?limit=10").json()
    assert (listed["count"], listed["totalResults"], listed["items"][0]["id"]) == (1, 1, "1")
    assert netsuite.request("DELETE", f"{COMM}/1").status_code == 204
    assert netsuite.rows("SELECT recordid, name FROM DeletedRecord") == [
        {"recordid": "1", "name": "SMS out INV-1042"}
    ]


def test_second_post_with_the_same_external_id_is_refused(netsuite: NetSuiteClient) -> None:
    body = {**a_communication(), "externalId": "nsq-SM1"}
    netsuite.request("POST", COMM, json=body)
    again = netsuite.request("POST", COMM, json=body)
    assert (again.status_code, again.json()["o:errorDetails"][0]["detail"]) == (
        400,
        "Error while accessing a resource. This record already exists.",
    )


def test_post_without_external_id_creates_every_time(netsuite: NetSuiteClient) -> None:
    netsuite.request("POST", COMM, json=a_communication())
    netsuite.request("POST", COMM, json=a_communication())
    assert netsuite.rows("SELECT COUNT(*) AS n FROM customrecord_nsq_comm") == [{"n": "2"}]


@pytest.mark.parametrize(
    ("fields", "code", "detail", "path"),
    [
        (
            {"custrecord_nsq_comm_phone": "x"},
            "INVALID_CONTENT",
            "Invalid property name 'custrecord_nsq_comm_phone'.",
            "custrecord_nsq_comm_phone",
        ),
        (
            {"externalid": "x"},
            "INVALID_CONTENT",
            "Invalid property name 'externalid'.",
            "externalid",
        ),
        (
            a_communication(invoice={"id": "99999"}),
            "INVALID_KEY_OR_REF",
            "Invalid custrecord_nsq_comm_invoice reference key 99999.",
            "custrecord_nsq_comm_invoice",
        ),
        (
            a_communication(customer={"externalId": "nobody"}),
            "INVALID_KEY_OR_REF",
            "Invalid custrecord_nsq_comm_customer reference key nobody.",
            "custrecord_nsq_comm_customer",
        ),
        (
            a_communication(invoice="1042"),
            "INVALID_CONTENT",
            "Invalid value for 'custrecord_nsq_comm_invoice'. Provide an object with 'id'.",
            "custrecord_nsq_comm_invoice",
        ),
        (
            a_communication(time=""),
            "INVALID_CONTENT",
            "Invalid value for 'custrecord_nsq_comm_time'. Provide an ISO 8601 date-time.",
            "custrecord_nsq_comm_time",
        ),
        (
            a_communication(time="2026-03-02T14:03:11"),
            "INVALID_CONTENT",
            "Invalid value for 'custrecord_nsq_comm_time'. Provide an ISO 8601 date-time.",
            "custrecord_nsq_comm_time",
        ),
        (
            a_communication(status=200),
            "INVALID_CONTENT",
            "Invalid value for 'custrecord_nsq_comm_status'. Provide a string.",
            "custrecord_nsq_comm_status",
        ),
        (
            a_communication(key="k" * 301),
            "USER_ERROR",
            "Error while accessing a resource. The field custrecord_nsq_comm_key contained more than "
            "the maximum"
            " number ( 300 ) of characters allowed.",
            "custrecord_nsq_comm_key",
        ),
        (
            a_communication(body="b" * 1_000_001),
            "USER_ERROR",
            "Error while accessing a resource. The field custrecord_nsq_comm_body contained more "
            "than the maximum"
            " number ( 1000000 ) of characters allowed.",
            "custrecord_nsq_comm_body",
        ),
        (
            {"isInactive": "F"},
            "INVALID_CONTENT",
            "Invalid value for 'isinactive'. Provide a boolean.",
            "isinactive",
        ),
    ],
)
def test_wrong_field_is_refused_and_nothing_is_written(
    netsuite: NetSuiteClient, fields: dict[str, Any], code: str, detail: str, path: str
) -> None:
    answer = netsuite.put("nsq-SM0123", fields)
    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"] == [{"detail": detail, "o:errorPath": path, "o:errorCode": code}]
    assert netsuite.rows("SELECT id FROM customrecord_nsq_comm") == []


def test_long_transcripts_fit_the_body(netsuite: NetSuiteClient) -> None:
    assert netsuite.put("nsq-RE1", a_communication(body="b" * 100_000)).status_code == 204


def test_unknown_field_is_silently_ignored_without_the_header(netsuite: NetSuiteClient) -> None:
    body = {**a_communication(), "custrecord_nsq_comm_phone": "x"}
    assert netsuite.request("PUT", f"{COMM}/eid:nsq-SM1", json=body).status_code == 204


@pytest.mark.parametrize("body", [b"", b"[1]", b"\xff"])
def test_body_must_be_a_json_object(netsuite: NetSuiteClient, body: bytes) -> None:
    answer = netsuite.request("PUT", f"{COMM}/eid:nsq-SM1", data=body)
    assert answer.json()["o:errorDetails"] == [
        {"detail": "Invalid content in the request body.", "o:errorCode": "INVALID_CONTENT"}
    ]


@pytest.mark.parametrize("external_id", ["a|b", "a b", "", "é"])
def test_external_ids_are_letters_digits_underscore_and_hyphen(
    netsuite: NetSuiteClient, external_id: str
) -> None:
    answer = netsuite.put(external_id, a_communication())
    assert (answer.status_code, answer.json()["o:errorDetails"][0]["detail"]) == (
        400,
        "Invalid external ID. Only letters, digits, underscores and hyphens are allowed.",
    )


@pytest.mark.parametrize(
    ("instance", "status", "code", "detail"),
    [
        (
            "eid:nsq-none",
            404,
            "NONEXISTENT_ID",
            "The record instance for external ID 'nsq-none' does not exist. Provide a valid record "
            "instance ID.",
        ),
        (
            "7",
            404,
            "NONEXISTENT_ID",
            "The record instance does not exist. Provide a valid record instance ID.",
        ),
        (
            "000",
            400,
            "INVALID_ID",
            "Invalid record instance identifier '000'. Provide a valid record instance ID.",
        ),
    ],
)
def test_unknown_record_is_told_apart(
    netsuite: NetSuiteClient, instance: str, status: int, code: str, detail: str
) -> None:
    answer = netsuite.request("GET", f"{COMM}/{instance}")
    assert answer.status_code == status
    assert answer.json()["o:errorDetails"] == [{"detail": detail, "o:errorCode": code}]


def test_list_pages_are_whole_numbers(netsuite: NetSuiteClient) -> None:
    answer = netsuite.request("GET", f"{COMM}?limit=x")
    assert answer.json()["o:errorDetails"][0]["detail"] == "The limit and the offset must be whole numbers."


def test_put_by_internal_id_is_no_method(netsuite: NetSuiteClient) -> None:
    assert netsuite.request("PUT", f"{COMM}/7", json={}).status_code == 405


def test_invoices_cannot_be_touched_over_rest(netsuite: NetSuiteClient) -> None:
    assert netsuite.request("PATCH", "/services/rest/record/v1/invoice/1042", json={}).status_code == 404


def test_opt_out_box_of_a_customer_can_be_ticked(netsuite: NetSuiteClient) -> None:
    path = "/services/rest/record/v1/customer/88"
    body = {"custentity_sms_opt_out": True}
    assert netsuite.request("PATCH", path, json=body, headers=STRICT).status_code == 204
    assert netsuite.rows("SELECT custentity_sms_opt_out AS o FROM customer WHERE id = 88") == [{"o": "T"}]
    shown = netsuite.request("GET", path).json()
    wanted = {"companyName": "Acme Corp", "custentity_sms_opt_out": True, "mobilePhone": "(415) 555-0100"}
    assert {name: shown[name] for name in wanted} == wanted


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_unknown_customer_is_404(netsuite: NetSuiteClient, method: str) -> None:
    answer = netsuite.request(method, "/services/rest/record/v1/customer/4711", json={})
    assert answer.status_code == 404


def test_missing_record_type_is_404(seeded: World, netsuite: NetSuiteClient) -> None:
    control.hide_table(seeded, "customrecord_nsq_comm")
    answer = netsuite.put("nsq-SM1", a_communication())
    assert (answer.status_code, answer.json()["o:errorDetails"][0]["detail"]) == (
        404,
        "Record 'customrecord_nsq_comm' was not found.",
    )


def test_missing_field_of_the_record_type_is_refused(seeded: World, netsuite: NetSuiteClient) -> None:
    control.hide_column(seeded, "customrecord_nsq_comm", "custrecord_nsq_comm_details")
    answer = netsuite.put("nsq-SM1", a_communication())
    assert answer.json()["o:errorDetails"][0]["o:errorPath"] == "custrecord_nsq_comm_details"


def test_role_may_lack_the_permission_to_write(seeded: World, netsuite: NetSuiteClient) -> None:
    control.forbid(seeded, "customrecord_nsq_comm")
    assert netsuite.put("nsq-SM1", a_communication()).status_code == 403


def test_record_type_may_want_a_name(seeded: World, netsuite: NetSuiteClient) -> None:
    seeded.set_setting("comm_name_mandatory", True)
    nameless = {name: value for name, value in a_communication().items() if name != "name"}
    answer = netsuite.put("nsq-SM1", nameless)
    assert answer.json()["o:errorDetails"][0]["detail"] == (
        "Error while accessing a resource. Please enter value(s) for: Name."
    )


def test_writing_needs_a_token(netsuite: NetSuiteClient) -> None:
    netsuite.session.headers["Authorization"] = "Bearer wrong"
    assert netsuite.put("nsq-SM1", a_communication()).status_code == 401
