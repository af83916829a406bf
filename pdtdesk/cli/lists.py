"""What comes in from outside: a day's reception list, and policy folders to be checked."""

import json
import sys
from argparse import Namespace

from pdtdesk.cli.given import DONE, WRONG_USE, WrongUse, read_file, say
from pdtdesk.cli.opening import signed_in, where_and_when
from pdtdesk.cli.progress import progress_of
from pdtdesk.domain.calendar import day_of


def policy_check(asked: Namespace) -> int:
    """Load the folders, run their worked examples, print what fails."""
    from pdtdesk.policy.check import run_check

    report = run_check(asked.folders, day_of(asked.machine.clock.now()))
    *told, totals = report.lines
    for line in told:
        print(line, file=sys.stderr)
    print(totals, file=sys.stderr if report.failed else sys.stdout)
    return WRONG_USE if report.failed else DONE


def receptions(asked: Namespace) -> int:
    """Take in a reception list; each line that was not taken is named with its reason."""
    from pdtdesk.exchange.reception_list import NotAReceptionList, read

    folder, clock = where_and_when(asked)
    try:
        with progress_of("Reading the list") as progress:
            read_list = read(read_file(asked.file), day_of(clock.now()), progress)
    except NotAReceptionList as refused:
        raise WrongUse(f"{asked.file}: {refused}") from None
    from pdtdesk.services.reception.take_in import take_in

    with signed_in(asked, folder, clock) as desk, progress_of("Taking in") as progress:
        taken = take_in(desk.acting, read_list.rows, progress)
    refused_lines = sorted([*read_list.refused, *((each.line, each.reason) for each in taken.refused)])
    if asked.json:
        refused_json = [{"line": line, "reason": reason} for line, reason in refused_lines]
        told = {"taken": taken.taken, "already": taken.already, "refused": refused_json}
        print(json.dumps(told))
    for line, reason in refused_lines:
        print(f"line {line}: {reason}", file=sys.stderr)
    totals = f"{asked.file}: {taken.taken} taken in, {taken.already} already here, {len(refused_lines)} refused."
    if taken.old and not asked.json:
        totals += f" {taken.old} of them arrived more than a day ago: is this tonight's list?"
    if refused_lines:
        return say(WRONG_USE, totals)
    if not asked.json:
        print(totals)
    return DONE
