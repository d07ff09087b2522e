"""The short conversation of `init`: each answer is checked at once, what was given as an option is not asked.

Without a terminal nothing is asked; what is missing is named. Writes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from nsquilio.errors import Interrupted, WrongUsage

T = TypeVar("T")
Reader = Callable[[str], T]


@dataclass(slots=True)
class Conversation:
    """`is_terminal`: a person can answer. `missing`: options to name when nobody can."""

    is_terminal: bool
    say: Callable[[str], None]
    missing: list[str]

    def answer(
        self, option: str, question: str, given: str | None, reader: Reader[T], default: str | None = None
    ) -> T | None:
        """The checked answer; None when nobody could be asked. `default` "": may be left empty.

        Raises `WrongUsage` for a wrong option; a wrong answer is asked again.
        """
        if given is not None:
            return _checked(option, given, reader)
        if not self.is_terminal:
            if default is None:
                self.missing.append(option)
                return None
            return _checked(option, default, reader)
        return self._ask(question, reader, default)

    def _ask(self, question: str, reader: Reader[T], default: str | None) -> T:
        hint = f" [{default}]" if default else " (empty: none)" if default == "" else ""
        while True:
            text = _line(f"{question}{hint}: ").strip()
            if not text and default is None:
                self.say("  An answer is needed.")
                continue
            try:
                return reader(text or default or "")
            except ValueError as problem:
                self.say(
                    f"  That {problem}." if str(problem).startswith(("is ", "must ")) else f"  {problem}."
                )

    def refuse_missing(self) -> None:
        if self.missing:
            raise WrongUsage(
                f"There is no terminal to ask at, and these are missing: {', '.join(self.missing)}.",
                "Give them as options; `nsquilio init --help` explains each.",
            )


def _checked(option: str, given: str, reader: Reader[T]) -> T:
    try:
        return reader(given.strip())
    except ValueError as problem:
        raise WrongUsage(f"{option}: {problem}.", "Correct it; nothing was written.") from None


def _line(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    text = sys.stdin.readline()
    if not text:
        raise Interrupted("No more answers came; nothing was written.", "Run it again, or give options.")
    return text


def optional(reader: Reader[str]) -> Reader[str]:
    """The same, but an empty answer stays empty."""
    return lambda text: reader(text) if text else ""


def zone_here() -> str | None:
    """This machine's time zone, where it has a name; a proposal only."""
    from nsquilio.config import fields

    try:
        name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
        # A server's clock on UTC tells nothing about the company.
        return None if name.rpartition("/")[2] in ("UTC", "UCT", "GMT") else fields.time_zone(name)
    except (OSError, ValueError, RuntimeError):
        return None


def country_of(zone: str) -> str | None:
    """Where the zone is, as the time zone database says; the first of several countries."""
    from importlib import resources

    try:
        table = resources.files("tzdata").joinpath("zoneinfo/zone1970.tab").read_text("utf-8")
    except (OSError, ModuleNotFoundError):
        return None
    for line in table.splitlines():
        fields = line.split("\t")
        if not line.startswith("#") and len(fields) > 2 and fields[2] == zone:
            return fields[0].split(",")[0]
    return None


_CURRENCIES = {
    "US": "USD",
    "CA": "CAD",
    "GB": "GBP",
    "AU": "AUD",
    "NZ": "NZD",
    "CH": "CHF",
    "JP": "JPY",
    "MX": "MXN",
}
_EURO = frozenset("AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK".split())


def currency_of(country: str) -> str:
    return "EUR" if country in _EURO else _CURRENCIES.get(country, "USD")
