"""The prescriber: who waits, one person's regime, a choice with its course, a review."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from pdtdesk.domain.regime.facts import RegimeClass
from pdtdesk.services.ports import TreatedRow
from pdtdesk.ui.pages import Pages
from pdtdesk.ui.tour.stop import Settle, Stop

_LONG = timedelta(days=60)
_COURSE = {"medicine": "methadone", "from_dose": "70", "step": "5", "interval": "7"}
_SLOWER = {"interval": "14"}


class Prescribing:
    """Where a prescriber turns to."""

    def __init__(self, pages: Pages, settle: Settle) -> None:
        self._pages, self._settle = pages, settle

    def stops(self) -> Iterator[Stop]:
        """The pages of the regime, in the order of the work."""
        yield self._stop("list", lambda: self._pages.show("regime"), "Regimes: who is to be seen to first")
        yield self._stop("awaiting", self._open_awaiting, "Somebody who waits, as guidance stands to him")
        yield self._stop("decided-on", lambda: self._pages.regime.begin_facts(), "What a regime is decided on")
        yield self._stop("maintained", self._open_maintained, "Somebody who has been maintained for months")
        yield self._stop("differs", self._open_differing, "Declared one class, and shown another by the doses")
        yield self._stop("plan", self._plan, "A choice: the course day by day against release")
        yield self._stop("what-if", self._what_if, "What if: two courses beside each other")
        yield self._stop("review", self._review, "A review: doses since the last one, guidance then and now")
        yield self._stop("end", self._end, "Ending a regime")
        yield self._stop("explained", self._explained, "A decision explained in the words of its day")

    def _stop(self, page: str, go: Callable[[], None], words: str) -> Stop:
        return Stop("regime", page, "prescriber", go, words)

    def awaiting(self) -> str:
        """Somebody who waits for a regime."""
        return self._first(lambda row: row.standing == "awaiting")

    def maintained(self) -> str:
        """Somebody in maintenance for a long time."""
        today = self._pages.today()
        return self._first(
            lambda row: (
                row.declared == RegimeClass.MAINTENANCE.value
                and row.standing == "in force"
                and row.since is not None
                and today - row.since > _LONG
            )
        )

    def _first(self, wanted: Callable[[TreatedRow], bool]) -> str:
        rows: tuple[TreatedRow, ...] = self._pages.regime.rows()
        return next((row.patient_id for row in rows if wanted(row)), rows[0].patient_id if rows else "")

    def _open(self, patient: str) -> None:
        self._pages.show("regime")
        self._settle("the regimes")
        self._pages.regime.open_person(patient)
        self._settle("the regime")

    def _open_awaiting(self) -> None:
        self._open(self.awaiting())

    def _open_maintained(self) -> None:
        self._open(self.maintained())

    def _open_differing(self) -> None:
        today = self._pages.today()
        self._open(
            self._first(
                lambda row: (
                    row.declared == RegimeClass.DETOXIFICATION.value
                    and row.standing == "in force"
                    and row.since is not None
                    and today - row.since > _LONG / 2
                )
            )
        )

    def _plan(self) -> None:
        self._open_maintained()
        self._pages.regime.begin_plan(RegimeClass.GRADUAL_REDUCTION)
        self._settle("the plan")
        self._enter(_COURSE)

    def _what_if(self) -> None:
        self._pages.regime.plan.keep_and_try_another()
        self._enter(_SLOWER)

    def _enter(self, given: dict[str, str]) -> None:
        form = self._pages.regime.plan.course
        for key, value in given.items():
            form.fields[form.course().word][key].set_value(value)
        form.changed.emit()
        self._settle("the course")

    def _review(self) -> None:
        self._open_maintained()
        self._pages.regime.begin_review()

    def _end(self) -> None:
        self._open_maintained()
        self._pages.regime.begin_end()

    def _explained(self) -> None:
        page = self._pages.regime
        self._open_maintained()
        page.turn_timeline()
        self._settle("the timeline")
        row = next((row for row in page.timeline.list.rows() if row.title.startswith("Regime decided")), None)
        if row is not None:
            page.timeline.list.opened.emit(row.id)
