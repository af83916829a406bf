"""One durable step of the round, and the person's rows as they stand after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from pdtdesk.services.acting import Acting
from pdtdesk.services.regime import giving
from pdtdesk.services.regime.giving import DoseDue, DoseNow, RoundRow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done

OF_A_DOSE = ("dose",)
OF_A_LOOK = ("dose", "triage", "task")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a dose: the dose as it stands now, and the person's rows; None where they must be asked."""

    now: DoseNow
    rows: tuple[RoundRow, ...] | None


def write(
    station: Station,
    owner: QObject,
    due: DoseDue,
    step: Callable[[Acting], DoseNow],
    then: Callable[[Written], None],
    wrong: Callable[[Exception], None],
    *,
    kinds: Iterable[str] = OF_A_DOSE,
) -> None:
    """Do one step of a dose in the worker, and read this person's rows of the day again: nobody else's."""
    acting = station.acting

    def command(_: object) -> Done[Written]:
        now = step(acting)
        try:
            rows: tuple[RoundRow, ...] | None = giving.rows_of_person(acting, due.patient_id, due.day)
        except Exception:  # what was written is written: it must not be told as if it had failed
            rows = None
        return Done(ChangeSet.of([due.patient_id], kinds), Written(now, rows))

    station.work.do(owner, command, then, wrong)
