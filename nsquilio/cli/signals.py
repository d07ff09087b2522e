"""Ends a run between two messages: SIGTERM and ^C ask, the second one insists; and the file HALT."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from nsquilio.errors import TOLD_TO_END


def stop_requests(directory: Path) -> Callable[[], str | None]:
    """A question to ask before every request: why to stop, or None. Takes over SIGTERM and SIGINT."""
    asked: list[str] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(f"{TOLD_TO_END} ({signal.Signals(number).name})")

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    halted = halt_request(directory)
    return lambda: asked[0] if asked else halted()


def halt_request(directory: Path) -> Callable[[], str | None]:
    """Asks for the file HALT, which stops every send."""
    halt = directory / "HALT"
    return lambda: f"the file {halt} is there; remove it to send again" if halt.exists() else None
