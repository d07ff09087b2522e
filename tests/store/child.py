"""A real process that writes to a state file until it is killed or the disk fails.

`python -m tests.store.child FOLDER [LARGEST_FILE_BYTES]`. Each line it prints was durable before.
"""

from __future__ import annotations

import resource
import sys
from itertools import count
from pathlib import Path

from nsquilio.core.model import Outcome
from nsquilio.errors import NsquilioError
from nsquilio.store import OutcomeSeen, Store
from tests.store.builders import NOW, a_message, a_reminder, a_state, sent_total


def write_for_ever(store: Store) -> None:
    previous: list[str] = []
    first = sent_total(store)
    for turn in count():
        keys = [f"{first + turn * 4 + each}:a:sms" for each in range(4)]
        with store.transaction():
            store.messages.record_outcomes(
                [OutcomeSeen(key, Outcome.SENT, NOW, sid=f"SM{key}") for key in previous]
            )
            store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),)) for key in keys], NOW)
        print(" ".join(keys), flush=True)
        previous = keys


def main() -> int:
    with a_state(Path(sys.argv[1])) as store:
        if len(sys.argv) > 2:
            most = int(sys.argv[2])
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            write_for_ever(store)
        except NsquilioError as problem:
            print(
                problem.exit_code,
                type(problem).__name__,
                problem.message,
                problem.next,
                sep="\n",
                file=sys.stderr,
            )
            return problem.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
