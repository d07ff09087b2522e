"""Help that groups commands by who uses them. rich markup is off: it costs 75 ms on every `--help`."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

EVERY_NIGHT = "Every night (cron)"
AR_DESK = "AR desk"
ADMINISTRATOR = "Administrator"
TRY_IT = "Try it"
_ORDER = (EVERY_NIGHT, AR_DESK, ADMINISTRATOR, TRY_IT)


class SectionedGroup(TyperGroup):
    """Lists its commands under the panel each was given, in the order of the desk's day."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _read_plainly(self, ctx)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        for one in (command, *getattr(command, "commands", {}).values()):
            if one is not None:
                _read_plainly(one, ctx)
        return name, command, rest

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        shown = [(name, command) for name, command in commands if command is not None and not command.hidden]
        widest = max((len(name) for name, _command in shown), default=0)
        for section in _ORDER:
            rows = [
                (name.ljust(widest), command.get_short_help_str(limit=200))
                for name, command in shown
                if getattr(command, "rich_help_panel", None) == section
            ]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)


def _read_plainly(command: Any, ctx: Any) -> None:
    """Values that need no converting are read without pydantic, which typer loads for them: a third of the start."""
    for param in command.get_params(ctx):
        if getattr(param, "_runtime_param", command) is None:
            param._runtime_param = _PlainValues()


class _PlainValues:
    """Stands where typer keeps its own conversion, and asks for that one whenever there is something to decide."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        kind = param.type_descriptor.annotation
        is_many = param.multiple or param.nargs == -1
        if value is None:
            return () if is_many else None
        if not is_many and kind is str and isinstance(value, str):
            return value
        if not is_many and kind is Path and isinstance(value, str):
            return Path(value)
        if (
            kind == list[str]
            and isinstance(value, (list, tuple))
            and all(isinstance(one, str) for one in value)
        ):
            return list(value)
        if isinstance(kind, type) and issubclass(kind, Enum) and value in list(kind):
            return kind(value)
        from typer._coercion import build_runtime_param

        return build_runtime_param(param.type_descriptor).coerce(value, param=param, ctx=ctx)
