"""Where `pdtdesk` starts: the window for all that shows or draws it, the command line for the rest."""

import gc
import os
import sys
from datetime import datetime

from pdtdesk.domain.calendar import LONDON

WINDOW_COMMANDS = ("demo", "tour")


def main() -> None:
    """Run what was asked for and end with its code: 0 done, 2 wrong use or bad input, 1 a failure of its own."""
    arguments = sys.argv[1:]
    sys.exit(_run(arguments))


def shows_a_window(arguments: list[str]) -> bool:
    """Whether the window is asked for: by a command of its own, or by no command at all."""
    if not arguments or arguments[0] in WINDOW_COMMANDS:
        return True
    return arguments[0].startswith("-") and not {"-h", "--help", "--version"} & set(arguments)


def _run(arguments: list[str]) -> int:
    if shows_a_window(arguments):
        gc.disable()  # nothing is garbage while the way in is loaded and painted; the window turns it on again
        from pdtdesk.app import main as window

        return window(arguments, _ComputerClock())
    from pdtdesk.cli import main as command

    return command(arguments, _ComputerClock(), os.urandom)


class _ComputerClock:
    """The clock of this computer, as the ward reads it."""

    def now(self) -> datetime:
        """This instant."""
        return datetime.now(LONDON)


if __name__ == "__main__":
    main()
