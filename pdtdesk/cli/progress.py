"""How far a long command has come: one line at the terminal, written over, and gone at the end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class TerminalProgress:
    """Port `Progress`. Where standard error is no terminal nothing is told. Ctrl+C stops a command by itself."""

    stopped = False

    def __init__(self, what: str) -> None:
        self._what = what
        self._line = ""
        self._at_terminal = sys.stderr.isatty()

    def report(self, done: int, total: int) -> None:
        """So many of so many."""
        line = f"{self._what}: {100 * done // max(total, 1)} %"
        if self._at_terminal and line != self._line:
            self._write(line)

    def clear(self) -> None:
        """Leave an empty line for what came of it."""
        if self._line:
            self._write(" " * len(self._line))
            self._write("")

    def _write(self, line: str) -> None:
        self._line = line
        print(f"\r{line}", end="", file=sys.stderr, flush=True)


@contextmanager
def progress_of(what: str) -> Iterator[TerminalProgress]:
    """Tell how far it has come while this lasts."""
    progress = TerminalProgress(what)
    try:
        yield progress
    finally:
        progress.clear()
