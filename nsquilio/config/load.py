"""Finds, opens and reads the configuration file; every problem in it is shown at once.

Reads one file and the permissions on it, and nothing else: no environment but what it is given.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping as ReadOnly
from dataclasses import replace
from pathlib import Path

from nsquilio.config.build import CheckTemplates, build, rule_warnings
from nsquilio.config.problems import Problems
from nsquilio.config.settings import Settings
from nsquilio.config.yaml_source import Mapping, parse
from nsquilio.errors import BadConfig

_LARGEST_BYTES = 1_000_000


def load_config(
    path: Path | None,
    env: ReadOnly[str, str],
    home: Path,
    cwd: Path,
    *,
    check_templates: CheckTemplates | None = None,
    shown_as: Path | None = None,
) -> Settings:
    """The settings of `path`, else NSQUILIO_CONFIG, ./config.yaml, ~/.config/nsquilio/config.yaml.

    Raises `BadConfig` with all problems. `check_templates` judges each step's texts (see `build`). `shown_as`: the
    file that people edit, where it is another one.
    """
    file = find_config(path, env, home, cwd)
    text, status = _read(file)
    problems = Problems(shown_as or file)
    root = parse(text, problems)
    problems.raise_if_any()
    if not isinstance(root, Mapping):
        problems.add(1, "", "holds no settings" if root is None else "must be a mapping of keys to values")
        problems.raise_if_any()
        raise AssertionError("a problem was added and not raised")
    settings = build(root, problems, file, home, check_templates)
    problems.raise_if_any()
    return replace(settings, warnings=(*_file_warnings(file, status), *rule_warnings(settings)))


def find_config(path: Path | None, env: ReadOnly[str, str], home: Path, cwd: Path) -> Path:
    """Where the configuration is. A named place that holds none is an error, never a reason to look on."""
    named = env.get("NSQUILIO_CONFIG", "")
    if path is not None or named:
        file = cwd / (path or _under_home(named, home))
        if not os.path.exists(file):
            origin = "--config" if path is not None else "NSQUILIO_CONFIG"
            raise BadConfig(
                f"There is no configuration at {file}, which {origin} names.", f"Correct {origin}."
            )
        return file
    places = (cwd / "config.yaml", home / ".config" / "nsquilio" / "config.yaml")
    for place in places:
        if os.path.exists(place):  # Path.exists() raises where a folder may not be entered
            return place
    raise BadConfig(
        f"There is no configuration: neither {places[0]} nor {places[1]} exists.",
        "Run `nsquilio init` to write one, or name yours with --config FILE. `nsquilio demo` needs none.",
    )


def _under_home(named: str, home: Path) -> Path:
    return home / named[2:] if named.startswith("~/") else Path(named)


def _read(file: Path) -> tuple[str, os.stat_result]:
    """The text of an ordinary, reasonably small UTF-8 file, and what it was when it was opened."""
    try:
        # A named pipe would block the open for ever without O_NONBLOCK.
        opened = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(opened)
            if not stat.S_ISREG(status.st_mode):
                raise BadConfig(f"{file} is not an ordinary file.", "Name the YAML file itself.")
            content = os.read(opened, _LARGEST_BYTES + 1)
        finally:
            os.close(opened)
    except OSError as error:
        raise BadConfig(
            f"{file} cannot be read: {error.strerror}.",
            "Make it readable for the user who runs nsquilio (under cron: the crontab's owner).",
        ) from None
    if len(content) > _LARGEST_BYTES:
        raise BadConfig(
            f"{file} is larger than 1 MB, so it is no configuration.", "Name the YAML file itself."
        )
    return _decoded(content, file), status


def _decoded(content: bytes, file: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadConfig(f"{file}:{line}: this is not UTF-8 text.", f"Save {file} as UTF-8.") from None


def _file_warnings(file: Path, status: os.stat_result) -> tuple[str, ...]:
    """Whoever can write the file decides who is texted, and which program prints the credentials."""
    found = []
    if status.st_mode & 0o022:
        others = "everyone" if status.st_mode & 0o002 else "its group"
        found.append(f"{file} can be changed by {others}; run 'chmod go-w {file}'.")
    if status.st_uid not in (0, os.geteuid()):
        found.append(f"{file} belongs to another user, who can change what nsquilio sends.")
    return tuple(found)
