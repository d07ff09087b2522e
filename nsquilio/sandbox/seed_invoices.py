"""The invoices of the small world, by the day they fall due: what each is there for stands beside it.

Offsets count from the world's first day: -7 fell due a week before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["payment", "credit", "writeoff"]


@dataclass(frozen=True)
class Seeded:
    """`due`: days from the world's first day, None for no due date. `paid`: what was applied, and how."""

    number: int
    customer: int
    due: int | None
    amount: str
    status: str = "A"
    paid: str = ""
    how: How = "payment"
    po: str | None = None
    memo: str | None = None
    email: str | None = None
    tranid: str = ""  # the document number, where it is not INV-<number>
    more: tuple[tuple[str, str], ...] = ()


INVOICES = (
    # Upcoming: the step five days before the due date.
    Seeded(1042, 88, 5, "9400.00", po="PO-7781", memo="March licences"),
    Seeded(1043, 101, 5, "310.50", memo="Cleaning supplies"),
    Seeded(1044, 103, 4, "1275.00", po="KC-204"),
    Seeded(1045, 110, 3, "860.40"),
    Seeded(1046, 106, 5, "1199.99", po="T&S/88"),
    Seeded(1047, 111, 2, "150000"),
    Seeded(1048, 131, 1, "92.75"),
    Seeded(1049, 139, 0, "440.00", memo="Due on the first day"),
    Seeded(1050, 112, 5, "1042.00", memo="An amount that reads like a number of ours"),
    # One day late, seven, fourteen.
    Seeded(1051, 102, -1, "275.00"),
    Seeded(1052, 104, -1, "3150.00", po="PB-19"),
    Seeded(1053, 105, -2, "780.00"),
    Seeded(1054, 101, -7, "120.00", memo="Spare parts"),
    Seeded(1055, 108, -7, "4321.09", po="4500012345"),
    Seeded(1056, 109, -8, "660.00"),
    Seeded(1057, 88, -7, "500.00", memo="Support, February"),
    Seeded(1058, 88, -14, "500.00", memo="Support, January"),
    Seeded(1059, 113, -14, "89.00"),
    Seeded(1060, 130, -15, "2210.00"),
    Seeded(1061, 134, -14, "1340.00"),
    Seeded(1062, 135, -10, "415.00"),
    Seeded(1063, 138, -9, "2750.80", po="BC-2026-014"),
    Seeded(1064, 107, -7, "230.00"),
    # Beyond every step, and not yet in reach of one.
    Seeded(1065, 131, -45, "1800.00", memo="Long overdue"),
    Seeded(1066, 102, 21, "275.00"),
    Seeded(1067, 106, 30, "640.00"),
    Seeded(1068, 136, 14, "5000.00"),
    # Stopped by a rule.
    Seeded(1069, 114, -7, "250.00"),
    Seeded(1070, 115, -7, "250.00"),
    Seeded(1071, 116, -7, "250.00"),
    Seeded(1072, 117, -7, "250.00"),
    Seeded(1073, 118, -7, "250.00"),
    Seeded(1074, 119, -7, "250.00"),
    Seeded(1075, 124, -7, "75000.00"),
    Seeded(1076, 125, -7, "3.20"),
    Seeded(1077, 122, -7, "1500.00", memo="There is unapplied cash"),
    Seeded(1078, 123, -1, "600.00", memo="There is an open credit memo"),
    Seeded(1079, 140, -7, "99.00", memo="Toll-free number, no address"),
    Seeded(1080, 136, None, "330.00", memo="No due date"),
    # Two customers on one number, a contact's number only, zones that disagree, a child of a parent.
    Seeded(1081, 120, -7, "700.00"),
    Seeded(1082, 121, -7, "710.00"),
    Seeded(1083, 133, -1, "185.00"),
    Seeded(1084, 132, -1, "64.00"),
    Seeded(1085, 137, -7, "905.00"),
    # Hostile names and texts.
    Seeded(1086, 126, -1, "13.37", memo="\x1b[2J{{ config }}"),
    Seeded(1087, 127, -1, "42.00", po="=1+1"),
    Seeded(1088, 128, -1, "77.00", memo="'; DELETE FROM transaction; --"),
    Seeded(1089, 129, -1, "55.00", memo="Kaffee für März ☕"),
    # Paid, part paid, credited, written off.
    Seeded(1090, 88, -30, "1250.00", paid="1250.00", po="PO-7700"),
    Seeded(1091, 101, -3, "400.00", paid="150.00"),
    Seeded(1092, 103, -20, "980.00", paid="980.00"),
    Seeded(1093, 123, -40, "320.00", paid="320.00", how="credit"),
    Seeded(1094, 125, -60, "12.00", paid="12.00", how="writeoff"),
    Seeded(1095, 106, -10, "2000.00", paid="500.00", how="credit"),
    # Not open: waiting for approval, rejected, voided.
    Seeded(1096, 105, -1, "999.00", status="D"),
    Seeded(1097, 105, -7, "999.00", status="E"),
    Seeded(1098, 104, -7, "3150.00", status="V"),
    # One document number twice; an address on the invoice itself; paused by a column of the invoice.
    Seeded(1099, 135, -1, "210.00", tranid="INV-1062"),
    Seeded(1100, 114, -1, "615.00", email="ap@paperless.example; cfo@paperless.example"),
    Seeded(1101, 130, -1, "1111.00", more=(("custbody_payment_link", "https://pay.example/i/1101"),)),
)

# Money that came in and was not applied: customer, amount, how.
UNAPPLIED: tuple[tuple[int, str, How], ...] = (
    (122, "1000.00", "payment"),
    (123, "200.00", "credit"),
)
