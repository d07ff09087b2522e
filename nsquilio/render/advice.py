"""What to do next, as a command that can be copied. Knows only how the program was called."""

from __future__ import annotations

import re

_COMMAND = re.compile(
    r"(?<![\w/.-])nsquilio (?=(?:remind|pull-inbound|log-replies|audit|why|inbox|hold|optout|status|resolve"
    r"|credentials|init|doctor|sandbox|demo)\b)"
)


def as_called(advice: str, command: str) -> str:
    """Advice whose commands fit the profile that was asked for."""
    return _COMMAND.sub(lambda _: f"{command} ", advice)
