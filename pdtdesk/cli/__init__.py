"""The command line: lists taken in, policy checked, desks set up, proved and backed up, without a window.

Every command ends 0 on success, 2 on wrong use or bad input, 1 on a failure of its own, and says what went wrong in
one sentence on standard error. It works beside an open window. What is slow to load is loaded when it is needed.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pdtdesk.cli.given import DONE, FAILED, WRONG_USE, Trouble, WrongUse, say
from pdtdesk.cli.opening import Machine
from pdtdesk.cli.parser import parser
from pdtdesk.services.ports import Clock, RandomBytes


def main(arguments: Sequence[str], clock: Clock, random_bytes: RandomBytes) -> int:
    """Run one command; answers with the code to end with. Nothing but sentences reaches standard error."""
    try:
        asked = parser().parse_args(list(arguments))
        asked.machine = Machine(clock, random_bytes)
        run: Callable[..., int] = asked.run
        return run(asked)
    except SystemExit as ended:  # argparse: help and version end well, wrong use has said its sentence
        return ended.code if isinstance(ended.code, int) else DONE
    except KeyboardInterrupt:
        return say(FAILED, "Stopped. What was done until now is kept; the command can be given again.")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # the one place where what went wrong becomes a sentence and a code
        return say(*_told(error))


def _told(error: Exception) -> tuple[int, str]:
    """The code to end with, and the sentence, for whatever went wrong."""
    from pdtdesk.domain.names import TextRefused
    from pdtdesk.services.demonstration.evening import NotAnEvening
    from pdtdesk.services.refusals import Refused
    from pdtdesk.store.keys.errors import KeyFileDamaged, KeyringTrouble, KeysError

    if isinstance(error, WrongUse | TextRefused | NotAnEvening | Refused):
        return WRONG_USE, str(error)
    if isinstance(error, KeysError):
        return FAILED if isinstance(error, KeyringTrouble | KeyFileDamaged) else WRONG_USE, str(error)
    if isinstance(error, (Trouble, *_database_troubles())):
        return FAILED, str(error)
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno}" if at else "an unknown place"
    # Not its own text: that may carry what stands in a record.
    return (
        FAILED,
        f"PDT Desk met something unexpected ({type(error).__name__} at {where}) and stopped. Report this line.",
    )


def _database_troubles() -> tuple[type[Exception], ...]:
    """What the database says for itself, once a desk has been opened: nothing is loaded for it."""
    if "pdtdesk.store.engine" not in sys.modules:
        return ()
    from pdtdesk.store.backup import BackupTrouble
    from pdtdesk.store.engine import DatabaseTrouble
    from pdtdesk.store.schema import NewerDesk

    return (BackupTrouble, DatabaseTrouble, NewerDesk)
