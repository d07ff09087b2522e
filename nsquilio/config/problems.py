"""The problems of one configuration file: collected while reading, shown all at once.

Never shows a value that may be a secret someone put into the file by mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from nsquilio.errors import BadConfig

# SendGrid keys, PEM blocks, bearer tokens, Twilio's auth tokens and key secrets, and whatever else is long
# and random (NetSuite's ids have 43 or 64 characters). SIDs, two letters before 32 hex digits, are no
# secrets; texts have blanks.
_LOOKS_SECRET = re.compile(
    r"SG\.|-----BEGIN|Bearer |(?!^(?:AC|MG|SM|MM|PN|SK)[0-9a-fA-F]{32}$)^[A-Za-z0-9_+/=-]{32,}$"
)
_SHOWN_CHARACTERS = 60


def shown(value: str) -> str:
    """A value of the file, quoted, cut and harmless on a terminal."""
    if _LOOKS_SECRET.search(value):
        return "(a value that looks like a secret)"
    cut = value if len(value) <= _SHOWN_CHARACTERS else value[: _SHOWN_CHARACTERS - 1] + "…"
    return repr(cut)


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    path: str
    text: str


@dataclass(slots=True)
class Problems:
    """Where problems gather. `file` is only for their words."""

    file: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, path: str, text: str) -> None:
        self.found.append(Problem(line, path, " ".join(text.splitlines())))

    def lines(self) -> list[str]:
        ordered = sorted(dict.fromkeys(self.found), key=lambda p: p.line)
        return [f"{self.file}:{p.line}: {p.path + ': ' if p.path else ''}{p.text}" for p in ordered]

    def raise_if_any(self) -> None:
        """Raise one `BadConfig` with every problem, one to a line."""
        lines = self.lines()
        if not lines:
            return
        head = "The configuration has a problem:"
        if len(lines) > 1:
            head = f"The configuration has {len(lines)} problems:"
        raise BadConfig(
            "\n".join([head, *(f"  {line}" for line in lines)]),
            f"Correct {self.file} (config.example.yaml explains every key), then run `nsquilio doctor`.",
        )
