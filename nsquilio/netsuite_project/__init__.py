"""The SDF project that an administrator deploys into NetSuite: record type, customer fields and role.

Ships with the package as files and is written out unchanged; nothing here speaks to NetSuite.
"""

from __future__ import annotations

from pathlib import Path

from nsquilio.errors import DiskFailed, WrongUsage

_PROJECT = Path(__file__).parent / "project"


def project_files() -> list[Path]:
    """Paths of the project's files, relative to its root."""
    return sorted(path.relative_to(_PROJECT) for path in _PROJECT.rglob("*") if path.is_file())


def write_project(directory: Path) -> list[Path]:
    """Writes the project out; all files or none. Never overwrites: somebody may have changed a copy."""
    files = project_files()
    there = [directory / name for name in files if (directory / name).exists()]
    if there:
        raise WrongUsage(
            f"{there[0]} is there already; nothing was written.",
            "Name another directory, or remove the old project.",
        )
    try:
        return [_written(name, directory) for name in files]
    except OSError as problem:
        raise DiskFailed(
            f"The NetSuite project cannot be written to {directory}: {problem.strerror or problem}.",
            "Name a directory that this user may write to.",
            service="disk",
        ) from None


def _written(name: Path, directory: Path) -> Path:
    target = directory / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((_PROJECT / name).read_bytes())
    return target
