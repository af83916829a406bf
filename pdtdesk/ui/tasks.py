"""The one worker thread, which owns the connection to the desk: the window never waits for the disk.

Queries and commands run one after the other in the order asked. Answers come back on the window's thread, and are
dropped when the page that asked is gone. What the worker owns is opened, used and closed in its own thread.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Event
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, Signal
from shiboken6 import isValid

from pdtdesk.ui.changes import Changes, ChangeSet

Owned = TypeVar("Owned")
T = TypeVar("T")


class Stopped(Exception):
    """A long job was stopped by hand."""

    sentence = "Stopped. What was done before stays; the rest was not begun."


class WorkEnded(Exception):
    """Something was asked of a desk that is closing."""

    sentence = "The desk is closing; nothing more is taken in. Sign in again and repeat the last step."


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a command wrote, with an answer for the page that asked."""

    changes: ChangeSet
    value: T


class Progress(QObject):
    """How far a long job has come. The job reports and looks at `stopped`; the page shows and may stop it.

    `moved(done, total)` comes on the window's thread, and never faster than the window can draw.
    """

    moved = Signal(int, int)
    _told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()
        self._waiting = Event()
        self._latest = (0, 0)
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the job to stop at the next place where nothing is half done."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """So many of so many; called by the job. Raises `Stopped` when somebody asked to stop."""
        self._latest = (done, total)
        if not self._waiting.is_set():
            self._waiting.set()
            self._told.emit()
        if self.stopped:
            raise Stopped

    def _deliver(self) -> None:
        self._waiting.clear()
        self.moved.emit(*self._latest)


@dataclass(slots=True, eq=False)
class _Ticket:
    """What the worker's thread sees of a job: what to run, and what came of it."""

    number: int
    run: Callable[..., Any] | None
    writes: bool
    answer: object = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """What the window's thread keeps of a job until it is answered; pages are never let go in the other thread."""

    ticket: _Ticket
    run: Callable[..., Any]
    owner: QObject
    then: Callable[..., None] | None
    wrong: Callable[[Exception], None] | None
    slot: tuple[int, str] | None
    sitting: int


class _Courier(QObject):
    """Carries answers from the worker's thread to the window's."""

    finished = Signal(object)


class _Thread(QThread):
    """Runs jobs until it is told to end; whatever is owned lives and dies here."""

    def __init__(self, opening: Callable[[], Any], closing: Callable[[Any], None], courier: _Courier) -> None:
        super().__init__()
        self._opening, self._closing, self._courier = opening, closing, courier
        self._queue: deque[_Ticket] = deque()
        self._ready = Condition()
        self._ending = False
        self.setObjectName("desk")

    def put(self, ticket: _Ticket) -> None:
        with self._ready:
            self._queue.append(ticket)
            self._ready.notify()

    def take_back(self, ticket: _Ticket) -> bool:
        """Whether it had not been begun, and now never will be."""
        with self._ready:
            if ticket not in self._queue:
                return False
            self._queue.remove(ticket)
            return True

    def end(self) -> None:
        """Questions that still wait are dropped; what is to be written is written."""
        with self._ready:
            self._ending = True
            self._queue = deque(ticket for ticket in self._queue if ticket.writes)
            self._ready.notify()

    def _next(self) -> _Ticket | None:
        with self._ready:
            while not self._queue and not self._ending:
                self._ready.wait()
            return self._queue.popleft() if self._queue else None

    def run(self) -> None:
        held: list[object] = []
        while (ticket := self._next()) is not None:
            self._work_on(ticket, held)
            self._courier.finished.emit(ticket)
        if held:
            self._closing(held[0])

    def _work_on(self, ticket: _Ticket, held: list[object]) -> None:
        run, ticket.run = ticket.run, None
        if run is None:
            return
        try:
            if not held:
                held.append(self._opening())
            ticket.answer = run(held[0])
        except Exception as error:
            ticket.error = error


class Work(Generic[Owned]):
    """What pages use: `ask` to read, `do` to write, `long` for what takes a while.

    `opening` is called in the worker's thread before the first job (and again, should it fail), `closing` at the end.
    `went_wrong` is called with errors that nobody else takes. Made and used on the window's thread.
    """

    def __init__(
        self,
        opening: Callable[[], Owned],
        closing: Callable[[Owned], None],
        went_wrong: Callable[[Exception], None],
    ) -> None:
        self.changes = Changes()
        self._went_wrong = went_wrong
        self._courier = _Courier()
        self._courier.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._open: dict[int, _Job] = {}
        self._latest: dict[tuple[int, str], _Job] = {}
        self._count = 0
        self._closed = False
        self._sitting = 0
        self._thread = _Thread(opening, closing, self._courier)
        self._thread.start()

    def ask(
        self,
        owner: QObject,
        query: Callable[[Owned], T],
        then: Callable[[T], None],
        wrong: Callable[[Exception], None] | None = None,
        *,
        slot: str | None = None,
    ) -> None:
        """Read something. With a `slot`, only the newest question of this owner and slot is answered."""
        self._put(owner, query, then, wrong, slot=slot)

    @overload
    def do(
        self,
        owner: QObject,
        command: Callable[[Owned], ChangeSet],
        then: Callable[[ChangeSet], None] | None = None,
        wrong: Callable[[Exception], None] | None = None,
    ) -> None: ...

    @overload
    def do(
        self,
        owner: QObject,
        command: Callable[[Owned], Done[T]],
        then: Callable[[T], None] | None = None,
        wrong: Callable[[Exception], None] | None = None,
    ) -> None: ...

    def do(
        self,
        owner: QObject,
        command: Callable[[Owned], object],
        then: Callable[..., None] | None = None,
        wrong: Callable[[Exception], None] | None = None,
    ) -> None:
        """Write something: its changes are announced once to every page (origin: the owner), then `then` is called
        with the ChangeSet, or with the value of `Done`. Done even when the page that asked is gone by then."""
        self._put(owner, command, then, wrong, writes=True)

    def long(
        self,
        owner: QObject,
        job: Callable[[Owned, Progress], object],
        then: Callable[..., None] | None = None,
        wrong: Callable[[Exception], None] | None = None,
    ) -> Progress:
        """Write something that takes a while; the Progress tells how far it is, and stops it."""
        progress = Progress()

        self._put(owner, lambda owned: job(owned, progress), then, wrong, writes=True)
        return progress

    def part(self) -> None:
        """Somebody has left the desk: what they asked for and is not answered yet is answered to nobody. What they
        wrote is written all the same, and told to the window if it fails."""
        self._sitting += 1

    def is_idle(self) -> bool:
        """Whether everything that was asked has been answered."""
        return not self._open

    def close(self) -> None:
        """Write what was to be written, close the desk, end the thread, tell what came of it. Returns after that."""
        if self._closed:
            return
        self._closed = True
        self._thread.end()
        self._thread.wait()
        QCoreApplication.sendPostedEvents(self._courier, QEvent.Type.MetaCall)
        self._courier.finished.disconnect(self._deliver)
        self._open.clear()
        self._latest.clear()

    def _put(
        self,
        owner: QObject,
        run: Callable[[Owned], object],
        then: Callable[..., None] | None,
        wrong: Callable[[Exception], None] | None,
        *,
        writes: bool = False,
        slot: str | None = None,
    ) -> None:
        self._count += 1
        ticket = _Ticket(self._count, run, writes)
        job = _Job(ticket, run, owner, then, wrong, (id(owner), slot) if slot is not None else None, self._sitting)
        if self._closed:
            self._tell_wrong(job, WorkEnded())
            return
        if job.slot is not None:
            older = self._latest.get(job.slot)
            if older is not None and self._thread.take_back(older.ticket):
                del self._open[older.ticket.number]
            self._latest[job.slot] = job
        self._open[ticket.number] = job
        self._thread.put(ticket)

    def _deliver(self, ticket: _Ticket) -> None:
        job = self._open.pop(ticket.number)
        (answer, error), ticket.answer, ticket.error = (ticket.answer, ticket.error), None, None
        if ticket.writes and error is None:
            changes = answer.changes if isinstance(answer, Done) else answer
            if isinstance(changes, ChangeSet):
                self.changes.announce(changes, job.owner if isValid(job.owner) else None)
        if job.slot is not None:
            if self._latest.get(job.slot) is not job:
                return
            del self._latest[job.slot]
        if job.sitting != self._sitting:
            if error is not None and ticket.writes:
                self._went_wrong(error)
            return
        if error is not None:
            self._tell_wrong(job, error)
        elif job.then is not None and isValid(job.owner):
            job.then(answer.value if isinstance(answer, Done) else answer)

    def _tell_wrong(self, job: _Job, error: Exception) -> None:
        """To the page that asked; when it is gone, a write that failed is told to the window all the same."""
        if isValid(job.owner) and job.wrong is not None:
            job.wrong(error)
        elif isValid(job.owner) or job.ticket.writes:
            self._went_wrong(error)
