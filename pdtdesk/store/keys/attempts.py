"""Three wrong passwords slow the fourth; and what was tried waits here until the audit has it.

A password is never written here, nor a user name that nobody has: in its place stands one of 256 numbers, because
people type a password into the wrong box. A clock that was set back does not lift a wait: the wait begins anew.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pdtdesk.store.keys.errors import KeyFileDamaged, NotWritten, TooSoon
from pdtdesk.store.keys.files import read_record, write_record
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import brief_hold

FREE_FAILURES = 3
DELAYS_SECONDS = (5, 15, 60, 300)
"""After the third wrong password in a row, the fourth, the fifth, and every later one."""
MOST_WAITING = 10_000
"""More than this is counted and no longer listed, so that nobody fills the disk by typing."""


class Outcome(StrEnum):
    """How a sign-in ended."""

    OPENED = "opened"
    WRONG = "wrong_password"
    EXPIRED = "one_day_password_expired"
    NOT_OPENED = "keys_did_not_open"
    SLOWED = "too_soon"
    INTERRUPTED = "interrupted"
    RECOVERED = "opened_with_recovery_code"
    RECOVERY_WRONG = "wrong_recovery_code"
    RECORD_LOST = "record_of_attempts_damaged"


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt to open the desk: a serial number of this desk, the account, when (aware), and how it ended."""

    serial: int
    account: str
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to try a password once; counted as wrong until `close` says otherwise."""

    serial: int
    account: str
    failures_before: int


@dataclass(slots=True)
class _Book:
    """`attempts.json` while it is in hand."""

    latest: datetime
    serial: int
    failures: dict[str, tuple[int, datetime]]
    tried: list[Tried]
    left_out: int

    def note(self, account: str, at: datetime, outcome: Outcome) -> int:
        self.serial += 1
        if len(self.tried) < MOST_WAITING:
            self.tried.append(Tried(self.serial, account, at, outcome))
        else:
            self.left_out += 1
        return self.serial


def unknown_account(typed: str) -> str:
    """What stands for a user name that nobody has: enough to slow it, too little to tell what was typed."""
    number = hashlib.sha256(b"pdtdesk unknown account" + typed.encode("utf-8", "surrogatepass")).digest()[0]
    return f"(unknown {number:02x})"


def open_book(folder: DeskFolder, now: datetime) -> None:
    """Begin the record of attempts, at set-up: from then on a record that is missing was taken away."""
    _write(folder, _Book(now, 0, {}, [], 0))


def seconds_to_wait(folder: DeskFolder, account: str, now: datetime) -> int:
    """How long this account still has to wait; 0 when it may try. For the sign-in page's countdown."""
    book = _read(folder, now)
    return _wait(book, account, now)


def latest_seen(folder: DeskFolder, now: datetime) -> datetime:
    """The latest instant at which anybody tried to open this desk, so that a clock set back gives no new day."""
    return _read(folder, now).latest


def begin(folder: DeskFolder, account: str, now: datetime) -> Ticket:
    """Ask leave to try a password; it counts as wrong from now, so that a kill or many at once gain nothing.

    Raises `TooSoon`, `DeskBusy`.
    """
    with brief_hold(folder.attempts_lock, folder):
        book = _read(folder, now)
        wait = _wait(book, account, now)
        failures, last = book.failures.get(account, (0, now))
        if wait:
            if now < last:
                book.failures[account] = (failures, now)  # the clock went back: the whole wait begins anew
            book.note(account, now, Outcome.SLOWED)
            _write(folder, book)
            raise TooSoon(wait)
        book.failures[account] = (failures + 1, now)
        serial = book.note(account, now, Outcome.INTERRUPTED)
        _write(folder, book)
        return Ticket(serial, account, failures)


def close(folder: DeskFolder, ticket: Ticket, now: datetime, outcome: Outcome) -> None:
    """Say how it ended. A right password sets the count to nothing; a keyring's fault is not the person's."""
    with brief_hold(folder.attempts_lock, folder):
        book = _read(folder, now)
        if outcome in (Outcome.OPENED, Outcome.EXPIRED):
            book.failures.pop(ticket.account, None)
        elif outcome is Outcome.NOT_OPENED:
            book.failures[ticket.account] = (ticket.failures_before, now)
        book.tried = [
            Tried(t.serial, t.account, t.at, outcome) if t.serial == ticket.serial else t for t in book.tried
        ]
        _write(folder, book)


def note(folder: DeskFolder, account: str, now: datetime, outcome: Outcome) -> None:
    """Something was tried that is not slowed (the recovery code)."""
    with brief_hold(folder.attempts_lock, folder):
        book = _read(folder, now)
        book.note(account, now, outcome)
        _write(folder, book)


def forgive(folder: DeskFolder, account: str, now: datetime) -> None:
    """A new password was given: the count of the old one's failures ends."""
    with brief_hold(folder.attempts_lock, folder):
        book = _read(folder, now)
        book.failures.pop(account, None)
        _write(folder, book)


def drain(folder: DeskFolder, now: datetime, into: Callable[[tuple[Tried, ...], int], None]) -> int:
    """Hand what was tried to the audit chain, and forget it here once `into` has returned (that is: committed).

    `into` receives the attempts, oldest first, and how many more were only counted. After a kill in between, the same
    serials come again: the audit knows them. Returns how many were handed over.
    """
    with brief_hold(folder.attempts_lock, folder):
        waiting = _read(folder, now)
        handed = tuple(waiting.tried)
    if not handed and not waiting.left_out:
        return 0
    into(handed, waiting.left_out)
    serials = {t.serial for t in handed}
    with brief_hold(folder.attempts_lock, folder):
        book = _read(folder, now)
        book.tried = [t for t in book.tried if t.serial not in serials]
        book.left_out -= waiting.left_out
        _write(folder, book)
    return len(handed)


def _wait(book: _Book, account: str, now: datetime) -> int:
    failures, last = book.failures.get(account, (0, now))
    if failures < FREE_FAILURES:
        return 0
    delay = timedelta(seconds=DELAYS_SECONDS[min(failures - FREE_FAILURES, len(DELAYS_SECONDS) - 1)])
    left = delay - max(now - last, timedelta(0))
    return max(0, -(-left // timedelta(seconds=1)))


def _read(folder: DeskFolder, now: datetime) -> _Book:
    try:
        book = _book_of(read_record(folder.attempts))
    except (FileNotFoundError, IsADirectoryError, KeyFileDamaged, ValueError, KeyError, TypeError):
        # It must not keep anybody out; that it was lost is itself something to audit. Serials go on from the clock,
        # so that those which the audit has already seen do not come again for other attempts.
        book = _Book(now, int(now.timestamp()), {}, [], 0)
        book.note("", now, Outcome.RECORD_LOST)
    book.latest = max(book.latest, now)
    return book


def _book_of(fields: dict[str, Any]) -> _Book:
    failures = {name: (int(n), datetime.fromisoformat(at)) for name, (n, at) in fields["failures"].items()}
    tried = [Tried(n, name, datetime.fromisoformat(at), Outcome(how)) for n, name, at, how in fields["tried"]]
    return _Book(
        datetime.fromisoformat(fields["latest"]), int(fields["serial"]), failures, tried, int(fields["left_out"])
    )


def _write(folder: DeskFolder, book: _Book) -> None:
    fields = {
        "latest": book.latest.isoformat(),
        "serial": book.serial,
        "failures": {name: [n, at.isoformat()] for name, (n, at) in book.failures.items()},
        "tried": [[t.serial, t.account, t.at.isoformat(), t.outcome.value] for t in book.tried],
        "left_out": book.left_out,
    }
    # A full disk must not keep the night nurse from reading the journal: the count is lost, the desk opens.
    with suppress(NotWritten):
        write_record(folder.attempts, fields)
