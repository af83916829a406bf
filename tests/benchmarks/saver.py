"""Saves three triages on a new desk, and says in the list of its system calls where each begins and ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from factories import a_desk

from pdtdesk.services.reception import triage
from tests.benchmarks.big_desk import a_whole_triage, an_arrival_for


def mark(words: str) -> None:
    """A call that asks the disk for nothing, and is seen."""
    with suppress(FileNotFoundError):
        os.rmdir(words)  # noqa: PTH106 - the call itself is what is wanted


def main(folder: Path) -> None:
    desk = a_desk(folder)
    drafts = [a_whole_triage(desk, an_arrival_for(desk, number)) for number in range(3)]
    acting = desk.acting()
    for draft in drafts:
        mark("a save begins")
        triage.save(acting, draft, 2)
        mark("a save ends")
    desk.door.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
