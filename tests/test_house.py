"""The arrows that must never exist, one owner per library, and what an idle command may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "nsquilio"
TOP = Path(__file__).parent.parent

# room -> what it never imports; "nsquilio.x" is ours, other names are libraries
FORBIDDEN = {
    "core": (
        *(
            f"nsquilio.{room}"
            for room in "cli render app config credentials store lock remote jobs sandbox".split()
        ),
        *(
            "sqlite3",
            "requests",
            "keyring",
            "yaml",
            "typer",
            "rich",
            "socket",
            "os",
            "sys",
            "pathlib",
            "subprocess",
        ),
        *("time", "random", "secrets", "urllib.request", "http", "logging", "threading"),
    ),
    "jobs": (
        *("nsquilio.cli", "nsquilio.render", "nsquilio.app", "nsquilio.config", "nsquilio.sandbox"),
        *("typer", "rich", "requests", "sqlite3", "keyring", "yaml"),
    ),
    "remote": tuple(
        f"nsquilio.{room}" for room in "store jobs config credentials render cli app sandbox lock".split()
    ),
    "store": tuple(
        f"nsquilio.{room}" for room in "remote jobs config render cli app sandbox credentials".split()
    ),
    "render": (
        "nsquilio.store",
        "nsquilio.remote",
        "nsquilio.credentials",
        "nsquilio.cli",
        "nsquilio.app",
        "requests",
    ),
    "sandbox": tuple(
        f"nsquilio.{room}" for room in "cli render app config credentials store lock remote jobs core".split()
    ),
    "config": tuple(
        f"nsquilio.{room}" for room in "cli render app credentials store remote jobs sandbox".split()
    ),
    "credentials": tuple(f"nsquilio.{room}" for room in "cli render app store remote jobs sandbox".split()),
}
OWNERS = {
    "sqlite3": {"store", "sandbox"},
    "requests": {"remote"},
    "yaml": {"config"},
    "keyring": {"credentials"},
    "typer": {"cli"},
    "rich": {"cli", "render"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Every module imported anywhere in the file, `if TYPE_CHECKING` blocks left out: they run never."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in _running(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _running(node: ast.AST):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _running(child)


def is_inside(name: str, banned: str) -> bool:
    return name == banned or name.startswith(banned + ".")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_draws_no_forbidden_arrow(path: Path) -> None:
    banned = FORBIDDEN.get(room_of(path), ())

    drawn = {(name, ban) for name in imports_of(path) for ban in banned if is_inside(name, ban)}

    assert drawn == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_library_has_one_owner(path: Path) -> None:
    trespassing = {
        library
        for library, owners in OWNERS.items()
        if room_of(path) not in owners and any(is_inside(name, library) for name in imports_of(path))
    }

    assert trespassing == set()


def test_only_the_program_imports_the_command_line() -> None:
    importers = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if room_of(path) != "cli" and any(is_inside(name, "nsquilio.cli") for name in imports_of(path))
    }

    assert importers == {"__main__.py"}


def test_migrations_import_nothing_of_ours_by_being_plain_sql() -> None:
    assert {path.suffix for path in (PACKAGE / "store").glob("migration_*")} == {".sql"}


def test_top_level_holds_what_the_house_lists() -> None:
    allowed = {"pyproject.toml", "README.md", "nsquilio", "tests", "config.example.yaml", "crontab.example"}
    allowed |= {"LICENSE", "CHANGELOG.md"}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False
    ).stdout.split()

    found = {name.split("/")[0] for name in tracked}

    assert {name for name in found if not name.startswith(".")} - allowed == set()


def test_no_module_is_longer_than_450_lines() -> None:
    long = {str(p.relative_to(PACKAGE)): n for p in modules() if (n := len(p.read_text().splitlines())) > 450}

    assert long == {}


LIBRARIES = (
    "requests",
    "keyring",
    "cryptography",
    "jinja2",
    "phonenumbers",
    "holidays",
    "yaml",
    "rich",
    "sqlglot",
    "jwt",
    "pydantic",
)


def loaded_by(*arguments: str, env: dict[str, str] | None = None) -> set[str]:
    """The heavy libraries in `sys.modules` after one command line."""
    code = (
        "import sys\nfrom nsquilio.__main__ import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *[name for name in {LIBRARIES!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)
    last = [line for line in ended.stderr.splitlines() if line.startswith("LOADED")][-1]
    return set(last.split()[1:])


@pytest.mark.parametrize(
    "arguments", [("--version",), ("--help",), ("remind", "--help"), ("sandbox", "--help")]
)
def test_help_loads_no_heavy_library(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) == set()


def test_options_are_read_without_the_library_that_typer_converts_with(tmp_path: Path) -> None:
    missing = str(tmp_path / "config.yaml")
    assert "pydantic" not in loaded_by("--config", missing, "status", "--max-age", "26h", "--format", "json")
    assert "pydantic" not in loaded_by("--config", missing, "audit", "list", "--invoice", "1042")


def test_no_two_test_modules_share_a_name() -> None:
    """pytest would import one of them only, and collect nothing at all."""
    names = [path.name for path in (TOP / "tests").rglob("test_*.py")]

    assert sorted(names) == sorted(set(names))
