"""`status` as the morning screen and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nsquilio.core.rules import Rules
from nsquilio.jobs.status import StatusResult
from nsquilio.render.blocks import hold_row, print_rows
from nsquilio.render.json_out import day, utc
from nsquilio.render.safe import one_line
from nsquilio.store import RunRow, StoredMessage, WaitingRow

if TYPE_CHECKING:
    from rich.console import Console
