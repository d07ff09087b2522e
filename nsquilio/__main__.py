"""The program: `nsquilio …` and `python -m nsquilio …`. Answers `--version` before anything slow is imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        from nsquilio import __version__

        sys.stdout.write(f"nsquilio {__version__}\n")
        return 0
    from nsquilio.cli.program import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
