"""Asks the system's keyring in a process of its own, so that one that waits for a password cannot hang a run.

Run as a script by `os_store`: one JSON request on standard input, one JSON answer on standard output. Imports
nothing of ours and is never imported. It loads the one backend it is told to and never lets keyring choose.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    request = json.load(sys.stdin)
    answers = sys.stdout
    sys.stdout = sys.stderr  # a chatty backend must not spoil the answer
    json.dump(_answer(request), answers)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    import keyring.core
    import keyring.errors

    try:
        backend: Any = keyring.core.load_keyring(request["backend"])
        kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(backend).__mro__}
        refused = [kind for kind in sorted(kinds) if kind.startswith(tuple(request["refused"]))]
        if refused:
            return {"refused": refused[0]}
        return {"values": [_do(backend, request["service"], *step) for step in request["steps"]]}
    except keyring.errors.KeyringLocked:
        return {"locked": True}
    except ImportError as error:
        return {"absent": f"it cannot be imported ({error})"}
    except Exception as error:  # noqa: BLE001  a backend may raise anything; its words may hold what it was given
        return {"absent": _words(error, request)}


def _do(backend: Any, service: str, action: str, name: str, value: str | None) -> Any:
    import keyring.errors

    if action == "get":
        return backend.get_password(service, name)
    if action == "set":
        backend.set_password(service, name, value)
        return True
    try:
        backend.delete_password(service, name)
    except keyring.errors.PasswordDeleteError:
        return False
    return True


def _words(error: Exception, request: dict[str, Any]) -> str:
    text = f"{type(error).__name__}: {error}"
    secrets = [value for _action, _name, value in request["steps"] if value]
    return type(error).__name__ if any(value in text for value in secrets) else text[:200]


if __name__ == "__main__":
    main()
