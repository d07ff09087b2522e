from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from nsquilio.errors import BadCredentials, Refused, ServiceFailed, Unreachable
from nsquilio.remote import netsuite_suiteql
from nsquilio.remote.netsuite_suiteql import SuiteQL, literal, only_ids, with_literals
from nsquilio.remote.transport import Answer

PATH = "/services/rest/query/v1/suiteql?limit=1000&offset=0"


def page(ids: list[Any], *, more: bool = False, total: int | None = None, **changes: Any) -> Answer:
    rows = [{"links": [], "id": str(id_)} for id_ in ids]
    body = {"items": rows, "count": len(rows), "hasMore": more, "totalResults": total, **changes}
    return Answer("NetSuite", 200, {}, json.dumps(body).encode())


def refusal(status: int = 400, detail: str = "Unknown identifier 'x'.") -> Answer:
    body = {"o:errorDetails": [{"detail": detail, "o:errorCode": "INVALID_PARAMETER"}]}
    return Answer("NetSuite", status, {}, json.dumps(body).encode())


class Asked:
    """Answers queries in the given order and keeps them."""

    def __init__(self, *answers: Answer | Callable[[dict[str, Any]], Answer]) -> None:
        self.answers = list(answers)
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []

    def __call__(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        self.paths.append(path)
        self.bodies.append(body)
        self.headers.append(headers)
        answer = self.answers.pop(0)
        return answer if isinstance(answer, Answer) else answer(body)


def ids_of(asked: Asked, sql: str = "SELECT t.id FROM t WHERE t.id > ? ORDER BY t.id") -> list[list[str]]:
    suiteql = SuiteQL(asked, 2)
    try:
        return [[row["id"] for row in rows] for rows in suiteql.pages(sql)]
    finally:
        suiteql.close()


def test_batch_that_does_not_fit_one_answer_is_asked_in_halves() -> None:
    def two_at_most(body: dict[str, Any]) -> Answer:
        asked_for = body["params"]
        return page(asked_for[:2], more=len(asked_for) > 2, total=len(asked_for))

    suiteql = SuiteQL(Asked(*[two_at_most] * 9), 1)
    found = [row["id"] for rows in suiteql.in_batches("… IN ({ids})", "12345") for row in rows]
    suiteql.close()

    assert found == ["1", "2", "3", "4", "5"]


def test_offset_goes_on_where_a_short_page_ended() -> None:
    asked = Asked(page([1, 2], more=True), page([3]))

    rows = [row["id"] for rows in SuiteQL(asked, 1).pages_by_offset("SELECT …") for row in rows]

    assert (rows, asked.paths[1]) == (["1", "2", "3"], PATH.replace("offset=0", "offset=2"))


def test_query_is_sent_as_documented() -> None:
    asked = Asked(page([1]))

    SuiteQL(asked, 1).rows("SELECT t.id FROM t WHERE t.name = ? AND t.id > ?", ("O'Brien", 7))

    assert asked.bodies == [
        {"q": "SELECT t.id FROM t WHERE t.name = ? AND t.id > ?", "params": ["O'Brien", "7"]}
    ]
    assert (asked.paths, asked.headers) == ([PATH], [{"Prefer": "transient"}])


def test_pages_go_on_after_the_last_key_and_never_by_offset() -> None:
    asked = Asked(page([3, 5], more=True), page([8], more=True), page([9]))

    assert ids_of(asked) == [["3", "5"], ["8"], ["9"]]
    assert [body["params"] for body in asked.bodies] == [["0"], ["5"], ["8"]]
    assert set(asked.paths) == {PATH}


@pytest.mark.parametrize(
    ("total", "requests"), [(1000, 1), (2000, 2), (None, 2)]
)  # None: the account does not tell
def test_full_page_is_only_the_last_when_the_total_says_so(total: int | None, requests: int) -> None:
    asked = Asked(page(list(range(1, 1001)), total=total), page([], total=0))

    assert len(ids_of(asked)[0]) == 1000
    assert len(asked.bodies) == requests


@pytest.mark.parametrize("ids", [[5, 5], [5, 4], [7, 9, 8], ["x"], [None]])
def test_page_whose_keys_do_not_ascend_stops_the_read(ids: list[Any]) -> None:
    with pytest.raises(ServiceFailed) as caught:
        ids_of(Asked(page(ids)))

    assert caught.value.message == (
        "NetSuite sent a page whose ids do not go up from 0: rows may be missing or doubled."
    )
    assert caught.value.next == "Nothing was decided from it. Run again."


def test_page_that_comes_twice_stops_the_read() -> None:
    with pytest.raises(ServiceFailed, match="do not go up from 2"):
        ids_of(Asked(page([1, 2], more=True), page([1, 2])))


@pytest.mark.parametrize(
    "answer",
    [
        Answer("NetSuite", 200, {}, b"<html>upkeep</html>"),
        Answer("NetSuite", 200, {}, b""),
        Answer("NetSuite", 200, {}, b'{"items": [{"id"'),
        page([1, 2], count=3),
        page([], total=12),
        page([], items=None),
        page([], items=[["1"]], count=1),
    ],
)
def test_answer_that_is_no_page_stops_the_read(answer: Answer) -> None:
    with pytest.raises(Unreachable, match="with something that is not a page of rows") as caught:
        ids_of(Asked(answer))

    assert caught.value.next == "Nothing was decided from it. Run again."


def test_refused_query_is_told_in_netsuites_words() -> None:
    with pytest.raises(Refused) as caught:
        SuiteQL(Asked(refusal()), 1).rows("SELECT x FROM t")

    assert (caught.value.message, caught.value.status, caught.value.error_code) == (
        "NetSuite refused a query (400): INVALID_PARAMETER: Unknown identifier 'x'.",
        400,
        "INVALID_PARAMETER",
    )
    assert "nsquilio doctor" in caught.value.next


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "missing permission"),
        (429, "netsuite.concurrency"),
        (503, "run again"),
        (401, "Login Audit Trail"),
    ],
)
def test_refusal_says_what_to_do(status: int, words: str) -> None:
    with pytest.raises(Refused) as caught:
        SuiteQL(Asked(refusal(status)), 1).rows("SELECT x FROM t")

    assert words in caught.value.next


def test_error_code_and_place_are_found_wherever_they_stand() -> None:
    body = {"title": "Bad Request", "status": 429, "o:errorCode": "USER_ERROR"}
    detail = {"detail": "Blocked.", "o:errorPath": "q"}
    answer = Answer("NetSuite", 429, {}, json.dumps({**body, "o:errorDetails": [detail]}).encode())

    with pytest.raises(Refused) as caught:
        SuiteQL(Asked(answer), 1).rows("SELECT x FROM t")

    assert caught.value.message == "NetSuite refused a query (429): USER_ERROR: Blocked: at q."


def test_capital_letters_in_names_of_columns_make_no_difference() -> None:
    asked = Asked(page([], items=[{"ID": "1", "tranId": "a"}, {"ID": "2"}], count=2))

    assert SuiteQL(asked, 1).rows("SELECT t.id FROM t") == [{"id": "1", "tranid": "a"}, {"id": "2"}]


@pytest.mark.parametrize(
    ("items", "value"),
    [([{"links": [], "expr1": "America/New_York"}], "America/New_York"), ([], None), ([{"links": []}], None)],
)
def test_single_value_is_found_whatever_its_alias(items: list[Any], value: str | None) -> None:
    asked = Asked(page([], items=items, count=len(items)))

    assert SuiteQL(asked, 1).value("SELECT SESSIONTIMEZONE AS timezone FROM DUAL") == value


def test_account_without_parameters_gets_literals() -> None:
    asked = Asked(refusal(detail="Unknown property 'params'."), refusal(), page([4]), page([5]))
    suiteql = SuiteQL(asked, 1)

    first = suiteql.rows("SELECT t.id FROM t WHERE t.name = ? AND t.id > ?", ("O'Brien?\x00", 0))
    second = suiteql.rows("SELECT t.id FROM t WHERE t.id > ?", (4,))

    assert [row["id"] for row in (*first, *second)] == ["4", "5"]
    assert asked.bodies[1:] == [
        {"q": "SELECT 1 AS one FROM DUAL WHERE 1 = ?", "params": ["1"]},
        {"q": "SELECT t.id FROM t WHERE t.name = 'O''Brien?' AND t.id > 0"},
        {"q": "SELECT t.id FROM t WHERE t.id > 4"},
    ]


def test_account_that_takes_parameters_for_nothing_gets_literals() -> None:
    asked = Asked(page([]), page([]), page([4]))

    assert len(SuiteQL(asked, 1).rows("SELECT t.id FROM t WHERE t.id > ?", (0,))) == 1
    assert asked.bodies[2] == {"q": "SELECT t.id FROM t WHERE t.id > 0"}


def test_no_rows_are_believed_once_parameters_are_known_to_work() -> None:
    asked = Asked(page([]), page([], items=[{"one": "1"}], count=1), page([]))
    suiteql = SuiteQL(asked, 1)

    assert suiteql.rows("SELECT t.id FROM t WHERE t.id > ?", (0,)) == []
    assert suiteql.rows("SELECT t.id FROM t WHERE t.id > ?", (0,)) == []
    assert len(asked.bodies) == 3


def test_bad_column_is_not_mistaken_for_missing_parameters() -> None:
    asked = Asked(refusal(), page([], items=[{"one": "1"}], count=1))

    with pytest.raises(Refused, match="Unknown identifier"):
        SuiteQL(asked, 1).rows("SELECT x FROM t WHERE t.id > ?", (0,))


@pytest.mark.parametrize("answers", [(refusal(403),), (refusal(), refusal(403))])
def test_missing_permission_is_not_mistaken_for_missing_parameters(answers: tuple[Answer, ...]) -> None:
    with pytest.raises(Refused) as caught:
        SuiteQL(Asked(*answers), 1).rows("SELECT x FROM t WHERE t.id > ?", (0,))

    assert caught.value.status == 403


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        ("7", "'7'"),
        ("' OR 1=1 --", "''' OR 1=1 --'"),
        ("a\\' b", "'a\\'' b'"),
        ("a\r\nb\x7f", "'ab'"),
        ("x" * 5000, "'" + "x" * 4000 + "'"),
    ],
)
def test_literal_cannot_leave_its_quotes(value: str | int, text: str) -> None:
    assert literal(value) == text


def test_question_mark_inside_a_value_takes_no_other_value() -> None:
    assert with_literals("a = ? AND b = ?", ("?", 2)) == "a = '?' AND b = 2"


def test_only_internal_ids_are_asked_for() -> None:
    assert only_ids(["12", "7", "12", "x", "-1", "1 OR 1=1", "²", "", "9" * 30]) == [7, 12]


def test_many_ids_are_asked_for_a_thousand_at_a_time() -> None:
    asked = Asked(*(lambda body: page([int(body["params"][0])]) for _ in range(3)))
    suiteql = SuiteQL(asked, 2)

    found = [
        row["id"] for rows in suiteql.in_batches("… IN ({ids})", map(str, range(1, 2502))) for row in rows
    ]

    suiteql.close()
    assert found == ["1", "1001", "2001"]
    assert sorted(len(body["params"]) for body in asked.bodies) == [501, 1000, 1000]
    assert sorted(body["q"].count("?") for body in asked.bodies) == [501, 1000, 1000]


def test_offset_paging_ends_where_netsuite_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(netsuite_suiteql, "PAGE", 2)
    asked = Asked(*(page([1, 2], more=True) for _ in range(100)))

    with pytest.raises(ServiceFailed) as caught:
        list(SuiteQL(asked, 1).pages_by_offset("SELECT …"))

    assert asked.paths[1].endswith("limit=2&offset=2")
    assert "more than 100,000 rows for one question" in caught.value.message
    assert "ask for a shorter time" in caught.value.next


def test_failure_of_a_page_fetched_ahead_reaches_the_caller() -> None:
    def broken(_: dict[str, Any]) -> Answer:
        raise BadCredentials("no", "")

    suiteql = SuiteQL(Asked(page([1], more=True), broken), 2)
    pages = suiteql.pages("SELECT t.id FROM t WHERE t.id > ?")

    assert [row["id"] for row in next(pages)] == ["1"]
    with pytest.raises(BadCredentials):
        next(pages)
    suiteql.close()
