"""One durable step of a dose: done in the worker, told to every page."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from pdtdesk.services.acting import Acting
from pdtdesk.services.regime.dose_facts import DoseDue
from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done

OF_A_DOSE = ("dose",)
OF_A_LOOK = ("dose", "triage", "task")


def write(
    station: Station,
    owner: QObject,
    due: DoseDue,
    step: Callable[[Acting], DoseNow],
    then: Callable[[DoseNow], None],
    wrong: Callable[[Exception], None],
    *,
    kinds: Iterable[str] = OF_A_DOSE,
) -> None:
    """Do one step of a dose; `then` is given the dose as it stands after it."""
    acting = station.acting

    def command(_: object) -> Done[DoseNow]:
        return Done(ChangeSet.of([due.patient_id], kinds), step(acting))

    station.work.do(owner, command, then, wrong)
