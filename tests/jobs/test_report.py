"""The month's report against the sandbox: its files agree with each other, the state file and NetSuite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from nsquilio.core.model import Outcome
from nsquilio.errors import DiskFailed, WrongUsage
from nsquilio.jobs.report import Report, report
from nsquilio.render.report_files import write_report
from nsquilio.render.report_tables import sheets
from tests.jobs.a_month import END, HOSTILE, answer, live_through_march
from tests.jobs.night import Night, open_night
from tests.jobs.report_side import number, page, parts, sheet, table


@dataclass
class March:
    night: Night
    report: Report
    html: Path
    csv: Path
    xlsx: Path

    def state(self, sql: str) -> list[tuple[object, ...]]:
        """What the state file says by itself."""
        with sqlite3.connect(self.night.state_file) as connection:
            return connection.execute(sql).fetchall()

    def figure(self, name: str, currency: str = "") -> Decimal | int | None:
        found = self.report.figure(name, currency)
        assert found is not None
        return found.value


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Iterator[March]:
    folder = tmp_path_factory.mktemp("march")
    with open_night(folder / "world") as night:
        live_through_march(night)
        made = report(night.services(dry_run=True), "2026-03")
        found = March(night, made, folder / "r.html", folder / "csv", folder / "r.xlsx")
        write_report(made, found.html, found.csv, found.xlsx)
        yield found


MARCH = "intent_at >= '2026-03-01T05:00' AND intent_at < '2026-04-01T04:00'"


def test_message_figures_are_those_of_the_state_file(march: March) -> None:
    messages, segments = march.state(
        f"SELECT count(*), sum(CASE WHEN outcome = 'sent' THEN segments END) FROM messages WHERE {MARCH}"
    )[0]
    (reminders,) = march.state(
        f"SELECT count(*) FROM reminders r JOIN messages m ON m.id = r.message_id WHERE {MARCH}"
    )[0]
    delivered = march.state(f"SELECT count(*) FROM messages WHERE {MARCH} AND status = 'delivered'")[0][0]

    assert (march.figure("messages"), march.figure("segments"), march.figure("reminders")) == (
        messages,
        segments,
        reminders,
    )
    assert march.figure("messages_delivered") == delivered
    assert messages and int(str(messages)) > 100


def test_outcomes_steps_and_days_add_up_to_the_messages(march: March) -> None:
    steps, days = table(march.csv / "steps.csv"), table(march.csv / "days.csv")

    total = march.figure("messages")
    assert sum(int(row["Messages"]) for row in steps) == total
    assert sum(int(row["Reminders"]) for row in steps) == march.figure("reminders")
    assert sum(int(row["Texts"]) + int(row["E-mails"]) for row in days) == total
    assert len(table(march.csv / "messages.csv")) == total
    assert sum(int(f.value or 0) for f in march.report.figures if f.name.startswith("messages_")) == total


def test_cost_is_what_the_state_file_was_billed(march: March) -> None:
    prices = march.state(f"SELECT price FROM messages WHERE {MARCH} AND price IS NOT NULL")
    billed = sum((abs(Decimal(str(price))) for (price,) in prices), Decimal(0))

    assert march.figure("cost_billed", "USD") == billed
    assert sum(Decimal(row["Cost"]) for row in table(march.csv / "messages.csv") if row["Cost"]) == billed
    assert sum(Decimal(row["Cost"]) for row in table(march.csv / "costs.csv")) == billed


def test_receivables_and_ageing_are_netsuites_rows(march: March) -> None:
    rows = march.night.world.rows(
        "SELECT c.symbol AS currency, t.foreignamountunpaid AS unpaid FROM ns_transaction t"
        " JOIN ns_currency c ON c.id = t.currency"
        " WHERE t.type = 'CustInvc' AND t.status = 'A' AND t.voided = 'F' AND t.trandate <= '2026-03-31'"
    )
    expected: dict[str, Decimal] = {}
    for row in rows:
        expected[row["currency"]] = expected.get(row["currency"], Decimal(0)) + Decimal(str(row["unpaid"]))
    ageing, opened = table(march.csv / "ageing.csv"), table(march.csv / "receivables.csv")

    for currency, amount in expected.items():
        if amount:
            assert march.figure("receivables", currency) == amount
            assert sum(Decimal(row["Open"]) for row in ageing if row["Currency"] == currency) == amount
            assert sum(Decimal(row["Open"]) for row in opened if row["Currency"] == currency) == amount
    assert len(expected) >= 4


def test_collected_is_netsuites_payments_of_the_month(march: March) -> None:
    rows = march.night.world.rows(
        "SELECT c.symbol AS currency, l.foreignamount AS amount FROM ns_link l"
        " JOIN ns_transaction p ON p.id = l.nextdoc JOIN ns_transaction i ON i.id = l.previousdoc"
        " JOIN ns_currency c ON c.id = i.currency"
        " WHERE p.type = 'CustPymt' AND p.trandate >= '2026-03-01' AND p.trandate <= '2026-03-31'"
    )
    payments = table(march.csv / "payments.csv")

    for currency in ("USD", "EUR", "GBP"):
        amount = sum(abs(Decimal(str(r["amount"]))) for r in rows if r["currency"] == currency)
        assert march.figure("collected", currency) == amount
        assert sum(Decimal(r["Amount"]) for r in payments if r["Currency"] == currency) == amount
    assert len(payments) == len(rows) == 7


def test_page_csv_and_workbook_hold_the_same_values(march: March) -> None:
    found = page(march.html)
    for each in sheets(march.report):
        if not each.in_html or each.name == "history":
            continue
        rows = table(march.csv / f"{each.name}.csv")
        shown = [row for row in found.tables.get(each.name, [])[1:] if len(row) > 1]
        grouped = 1 if each.name == "figures" else 0
        assert len(rows) == len(shown), each.name
        for (title, kind), n in zip(each.columns[grouped:], range(99), strict=False):
            if kind in ("count", "number", "amount"):
                assert [number(row[n]).replace("–", "") for row in shown] == [row[title] for row in rows], (
                    title
                )


def test_workbook_holds_the_numbers_and_days_of_the_csv_files(march: March) -> None:
    for each in sheets(march.report):
        rows, cells = table(march.csv / f"{each.name}.csv"), sheet(march.xlsx, each.name)
        assert len(rows) == len(cells), each.name
        for title, kind in each.columns:
            for row, cell in zip(rows, cells, strict=True):
                value = cell[title]
                if kind in ("count", "number", "amount") and row[title]:
                    assert Decimal(str(value)) == Decimal(row[title])
                elif kind == "date" and row[title]:
                    assert isinstance(value, datetime) and value.date().isoformat() == row[title]
                elif kind == "moment" and row[title]:
                    assert value == datetime.fromisoformat(row[title]).replace(
                        tzinfo=None, microsecond=value.microsecond
                    )
                elif kind == "text":
                    assert (value or "") in (row[title], row[title].removeprefix("'"))


def test_history_has_every_message_and_answer_with_its_sid(march: March) -> None:
    sids = {str(sid) for (sid,) in march.state(f"SELECT sid FROM messages WHERE {MARCH} AND sid IS NOT NULL")}
    sids |= {str(sid) for (sid,) in march.state("SELECT sid FROM inbound WHERE channel <> 'email_event'")}
    rows = table(march.csv / "history.csv")
    html = march.html.read_text(encoding="utf-8")

    assert {row["SID"].removeprefix("'") for row in rows} == sids  # a mail's id may begin like a formula
    assert all(sid in html for sid in sids)
    one = [row for row in rows if row["Invoice"] == "INV-1042"]
    assert [row["At"] for row in one] == sorted(row["At"] for row in one)


def test_workbook_opens_with_frozen_headings_filters_and_the_rules(march: March) -> None:
    book = openpyxl.load_workbook(march.xlsx)

    assert book.sheetnames[0] == "about"
    for page_ in book:
        assert page_.freeze_panes == "A2"
        assert page_.auto_filter.ref.startswith("A1:")
    about = {row["What"]: row["Text"] for row in sheet(march.xlsx, "about")}
    assert about["Audit head"] == march.report.head
    assert about["Month"] == "2026-03-01 to 2026-03-31, counted: the whole month"


def test_every_figure_stands_beside_its_rule(march: March) -> None:
    assert all(row["Rule"] for row in table(march.csv / "figures.csv"))
    assert all(row[-1] for row in page(march.html).tables["figures"][1:])


def test_page_needs_nothing_and_runs_nothing(march: March) -> None:
    found = page(march.html)

    assert not found.tags & {"script", "img", "iframe", "link", "object", "embed", "form", "input", "base"}
    assert all(name == "href" and value.startswith("#") for name, value in found.reaches)
    assert found.policy.startswith("default-src 'none'")
    css = march.html.read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in css
    assert "@import" not in css
    assert "prefers-color-scheme: dark" in css
    assert "@media print" in css


def test_audit_head_stands_in_the_page(march: March) -> None:
    (seq, digest) = march.state("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")[0]

    assert f"{seq}:{digest}" in march.html.read_text(encoding="utf-8")


def test_what_customers_wrote_is_no_formula_in_any_csv_cell(march: March) -> None:
    starts = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
    for path in march.csv.iterdir():
        for row in table(path):
            for value in row.values():
                assert (
                    not value.lstrip(" ").startswith(starts) or value.lstrip("-").replace(".", "").isdigit()
                )


def test_what_customers_wrote_is_no_formula_and_no_link_in_the_workbook(march: March) -> None:
    written = parts(march.xlsx)

    assert not any("<f>" in text or "<f " in text for text in written.values())
    assert not any("hyperlink" in text.lower() and "<hyperlink" in text for text in written.values())
    words = [str(row["Words"]) for row in sheet(march.xlsx, "history")]
    assert any(each.startswith("=HYPERLINK(") for each in words)  # as text, whole


def test_what_customers_wrote_is_text_in_the_page(march: March) -> None:
    html = march.html.read_text(encoding="utf-8")

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not any(letter in html for letter in "\x1b\x07\u202e")


def test_all_hostile_answers_are_in_the_report(march: March) -> None:
    sids = {row["SID"] for row in table(march.csv / "history.csv")}

    assert {f"SMhostile{n}" for n in range(len(HOSTILE))} <= sids


def test_numbers_and_addresses_are_masked_everywhere(march: March) -> None:
    files = [march.html, *march.csv.iterdir()]
    texts = "".join(path.read_text(encoding="utf-8") for path in files) + "".join(parts(march.xlsx).values())
    customers = march.night.world.rows("SELECT email FROM ns_customer WHERE email IS NOT NULL")

    assert "+14155550100" not in texts
    assert not [row["email"] for row in customers if row["email"] in texts]


def test_promises_claims_disputes_and_opt_outs_are_counted(march: March) -> None:
    assert {
        name: march.figure(name)
        for name in (
            "promises_kept",
            "promises_broken",
            "promises_pending",
            "promises_kept_rate",
            "claims",
            "claims_confirmed",
            "disputes",
            "invoices_disputed",
            "opt_outs_texts",
        )
    } == {
        "promises_kept": 1,
        "promises_broken": 1,
        "promises_pending": 0,  # the third one is for April
        "promises_kept_rate": 50,
        "claims": 2,
        "claims_confirmed": 1,
        "disputes": 1,
        "invoices_disputed": 1,
        "opt_outs_texts": 1,
    }
    claims = {row["SID"]: row["Confirmed by a payment of"] for row in table(march.csv / "claims.csv")}
    assert claims == {"SMpaid": "2026-03-05", "SMclaim": ""}


def test_currencies_are_never_added(march: March) -> None:
    for row in table(march.csv / "figures.csv"):
        amounts = ("Collected", "Receivables", "Invoiced", "DSO", "Cost of")
        assert row["Currency"] or not row["Figure"].startswith(amounts)
    assert {row["Currency"] for row in table(march.csv / "ageing.csv")} == {"EUR", "GBP", "JPY", "USD"}


def test_few_cases_are_not_enough_data(march: March) -> None:
    rows = {row["Customer"]: row for row in table(march.csv / "patterns.csv")}

    assert rows["Acme Corp"]["Days late, median"] == ""
    assert rows["Acme Corp"]["Note"] == "not enough data"


def test_same_state_gives_the_same_files(march: March, tmp_path: Path) -> None:
    again = report(march.night.services(dry_run=True), "2026-03")
    write_report(again, tmp_path / "r.html", tmp_path / "csv")

    assert (tmp_path / "r.html").read_bytes() == march.html.read_bytes()


def test_report_changes_nothing(march: March) -> None:
    before = march.night.state_file.read_bytes()
    report(march.night.services(dry_run=True), "2026-03")

    assert march.night.state_file.read_bytes() == before


def test_payment_after_the_month_was_open_at_its_end(night: Night) -> None:
    night.clock.now = END
    before = report(night.services(dry_run=True), "2026-03").figure("receivables", "USD")
    night.pay("INV-1042")

    after = report(night.services(dry_run=True), "2026-03")

    assert after.figure("receivables", "USD") == before
    assert [row.number for row in after.receivables].count("INV-1042") == 1
    assert after.figure("collected", "USD") is None


def test_message_on_the_last_evening_of_the_companys_month_belongs_to_it(night: Night) -> None:
    night.clock.now = datetime.fromisoformat("2026-04-01T03:30:00+00:00")  # 23:30 on 31 March in New York
    night.remind(limit=1)
    night.clock.now = END

    march = report(night.services(dry_run=True), "2026-03")
    april = report(night.services(dry_run=True), "2026-04")

    assert (march.days[-1].day, march.days[-1].texts + march.days[-1].mails) == (date(2026, 3, 31), 1)
    assert april.messages == ()


def test_month_that_is_not_over_counts_until_today_and_says_so(night: Night, tmp_path: Path) -> None:
    made = report(night.services(dry_run=True), "2026-03")
    write_report(made, tmp_path / "r.html")

    assert (made.month.day, len(made.days)) == (date(2026, 3, 2), 2)
    assert "until 2026-03-02, the month is not over" in (tmp_path / "r.html").read_text()


def test_month_without_anything_is_a_report_too(night: Night, tmp_path: Path) -> None:
    made = report(night.services(dry_run=True), "2026-02")
    write_report(made, tmp_path / "r.html", tmp_path / "csv", tmp_path / "r.xlsx")

    assert made.figure("messages") is not None
    assert made.figure("delivery_rate_texts").value is None  # type: ignore[union-attr]
    assert "None in this month." in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize("text", ["2026-13", "2026-3", "March", "2026-03-01", ""])
def test_what_is_no_month_is_refused(night: Night, text: str) -> None:
    with pytest.raises(WrongUsage, match="is not a month") as caught:
        report(night.services(dry_run=True), text)
    assert caught.value.next == "Write it as 2026-03."


def test_month_that_has_not_begun_is_refused(night: Night) -> None:
    with pytest.raises(WrongUsage, match="2026-04 has not begun yet"):
        report(night.services(dry_run=True), "2026-04")


def test_unwritable_place_leaves_the_report_that_was_there(night: Night, tmp_path: Path) -> None:
    (tmp_path / "r.html").write_text("last month")
    (tmp_path / "csv").write_text("a file in the way")
    made = report(night.services(dry_run=True), "2026-02")

    with pytest.raises(DiskFailed, match="The report cannot be written"):
        write_report(made, tmp_path / "r.html", tmp_path / "csv")

    assert (tmp_path / "r.html").read_text() == "last month"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_missing_folder_is_an_error_in_words(night: Night, tmp_path: Path) -> None:
    made = report(night.services(dry_run=True), "2026-02")

    with pytest.raises(DiskFailed) as caught:
        write_report(made, tmp_path / "missing" / "r.html", xlsx=tmp_path / "r.xlsx")
    assert str(caught.value.message) == (
        "The report cannot be written: No such file or directory"
        f" ({tmp_path / 'missing' / 'r.html'}). No file was changed."
    )
    assert list(tmp_path.glob("*.xlsx")) == []


def test_erased_people_leave_their_figures_but_not_their_words(night: Night, tmp_path: Path) -> None:
    night.remind(limit=3)
    store = night.services().store
    answer(store, "SMgone", night.clock.now, "my private words", invoices=("1042",))
    store.erase_before(night.clock.now + timedelta(days=1), "jo", night.clock.now)

    made = report(night.services(dry_run=True), "2026-03")
    write_report(made, tmp_path / "r.html")

    words = (tmp_path / "r.html").read_text()
    assert made.figure("messages").value == 3  # type: ignore[union-attr]
    assert "private words" not in words
    assert "(erased)" in words
    assert all(message.outcome in (Outcome.SENT, Outcome.SCHEDULED) for message in made.messages)
