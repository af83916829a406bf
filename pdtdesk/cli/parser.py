"""The commands and their options, as `--help` shows them."""

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn

from pdtdesk import __version__
from pdtdesk.cli.desk import desk_backup, desk_init, desk_rebuild, desk_restore, desk_verify
from pdtdesk.cli.given import WRONG_USE
from pdtdesk.cli.lists import policy_check, receptions
from pdtdesk.cli.regime import assess, doses
from pdtdesk.domain.calendar import read_day
from pdtdesk.domain.names import excerpt


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{message[0].upper()}{message[1:]}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    """Everything that the command line offers; what shows a window is listed, and done elsewhere."""
    top = _Parser(prog="pdtdesk", description="PDT Desk. Without a command the window opens.", allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"PDT Desk {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    commands.add_parser("demo", help="open the window on a demonstration desk [--at DIR] [--today DAY]")
    commands.add_parser("tour", help="write a picture of every page: tour OUT [--at DIR] [--today DAY]")
    _policy_commands(commands)
    _regime_commands(commands)
    taking = commands.add_parser("receptions", help="take in a day's reception list (CSV)")
    taking.add_argument("file", metavar="FILE.csv", type=Path)
    taking.add_argument("--json", action="store_true", help="print what became of the list as JSON")
    _opens_a_desk(taking)
    taking.set_defaults(run=receptions)
    _desk_commands(commands)
    return top


def _policy_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    policy = commands.add_parser("policy", help="check guidance and local policy")
    checks = policy.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = checks.add_parser("check", help="load policy folders and run their worked examples")
    check.add_argument("folders", metavar="FOLDER", nargs="*", type=Path)
    check.set_defaults(run=policy_check)


def _regime_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    asking = commands.add_parser("assess", help="what guidance says of one person's regime, from a facts file")
    asking.add_argument("facts", metavar="FACTS", type=Path)
    asking.add_argument("--on", metavar="DAY", type=_day, help="the day, as 2010-06-01; it wins over the file's own")
    asking.add_argument(
        "--overlay", metavar="ID", action="append", default=[], help="lay an overlay over; repeatable"
    )
    asking.add_argument("--json", action="store_true", help="print one JSON object")
    asking.set_defaults(run=assess)
    showing = commands.add_parser("doses", help="what a record of doses shows (CSV)")
    showing.add_argument("file", metavar="FILE.csv", type=Path)
    showing.add_argument("--json", action="store_true", help="print one JSON object")
    showing.set_defaults(run=doses)


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{excerpt(text)} is not a day such as 2010-06-01") from None


def _desk_commands(commands: "argparse._SubParsersAction[_Parser]") -> None:
    desk = commands.add_parser("desk", help="set up, prove, fold again, back up or restore a desk")
    deeds = desk.add_subparsers(title="commands", metavar="COMMAND", required=True)
    init = deeds.add_parser("init", help="set up a desk on this computer")
    init.add_argument("--establishment", metavar="CODE", help="three letters, as ASH")
    init.add_argument("--establishment-name", metavar="NAME", help="as HMP Ashmoor")
    init.add_argument("--desk-name", metavar="NAME", help="where the desk stands, as Reception 1")
    init.add_argument("--name", help="the first administrator's name as it stands in the record")
    init.add_argument(
        "--recovery", metavar="FILE.pdf", type=Path, help="where to write the sheet with the recovery code"
    )
    _opens_a_desk(init, today=False)
    init.set_defaults(run=desk_init)
    for name, help_, run in (
        ("verify", "prove that nothing was changed, lost or put back", desk_verify),
        ("rebuild", "fold all lists again from the journal", desk_rebuild),
    ):
        deed = deeds.add_parser(name, help=help_)
        _opens_a_desk(deed)
        deed.set_defaults(run=run)
    backup = deeds.add_parser("backup", help="write an encrypted copy; the desk may be in use")
    backup.add_argument("file", metavar="FILE", type=Path)
    _opens_a_desk(backup)
    backup.set_defaults(run=desk_backup)
    restore = deeds.add_parser("restore", help="make a desk from a backup; asks for the recovery code")
    restore.add_argument("file", metavar="FILE", type=Path)
    _opens_a_desk(restore)
    restore.set_defaults(run=desk_restore)


def _opens_a_desk(parser: argparse.ArgumentParser, *, today: bool = True) -> None:
    parser.add_argument("--at", metavar="DIR", type=Path, help="the desk's folder; without it this computer's own")
    parser.add_argument("--user", metavar="NAME", help="the account to sign in with")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password (or code) from standard input, one line"
    )
    if today:
        parser.add_argument("--today", metavar="DAY", help="YYYY-MM-DD[THH:MM], of a demonstration desk alone")
