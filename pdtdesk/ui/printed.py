"""Sheets that pages ask for: gathered and drawn by the worker, then shown before they are printed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from pdtdesk.domain.calendar import show_day
from pdtdesk.services.reception import sheets
from pdtdesk.services.regime import letters, signing_out
from pdtdesk.ui.reception.page import SINCE
from pdtdesk.ui.station import Station


class Printed(QObject):
    """Makes each sheet and hands it to `show(pdf, title)`; what goes wrong goes to `wrong(error)`."""

    def __init__(
        self,
        station: Station,
        show: Callable[[bytes, str], None],
        wrong: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._show, self._wrong = station, show, wrong

    def first_night(self, patient_id: str) -> None:
        """The first-night sheet of the person in hand; it goes by that person's name wherever it is listed."""
        station = self._station
        acting, demo = station.acting, station.demonstration

        def make(_: object) -> tuple[bytes, str]:
            sheet = sheets.first_night_sheet(acting, patient_id, demonstration=demo)
            return station.paper.first_night(
                sheet
            ), f"First-night sheet · {sheet.who.name} {sheet.who.prison_number or ''}".strip()

        station.work.ask(self, make, lambda made: self._show(*made), self._wrong, slot="paper")

    def handover(self) -> None:
        """The night nurse's list."""
        station = self._station
        acting, demo = station.acting, station.demonstration
        since = acting.now() - SINCE
        self._print(
            lambda: station.paper.handover(sheets.handover_list(acting, since, demonstration=demo)), "Hand-over list"
        )

    def custody(self) -> None:
        """The list for custody staff."""
        station = self._station
        acting, demo = station.acting, station.demonstration
        since = acting.now() - SINCE
        self._print(
            lambda: station.paper.custody(sheets.custody_list(acting, since, demonstration=demo)),
            "List for custody staff",
        )

    def downtime(self) -> None:
        """Who is here and what is due."""
        station = self._station
        acting, demo = station.acting, station.demonstration
        self._print(
            lambda: station.paper.downtime(sheets.downtime_sheet(acting, demonstration=demo)), "Downtime sheet"
        )

    def administration(self, day: date, part: str) -> None:
        """The administration record of one medicine round."""
        station = self._station
        acting, demo = station.acting, station.demonstration
        self._print(
            lambda: station.paper.administration(signing_out.round_facts(acting, day, part, demonstration=demo)),
            f"Administration record · {part}, {show_day(day)}",
        )

    def _print(self, make: Callable[[], bytes], title: str) -> None:
        self._station.work.ask(
            self, lambda _: make(), lambda data: self._show(data, title), self._wrong, slot="paper"
        )

    def review_letter(self, patient_id: str) -> None:
        """The review letter of somebody's regime."""
        station = self._station
        acting, demo = station.acting, station.demonstration

        def make(_: object) -> tuple[bytes, str]:
            sheet = letters.review_letter(acting, patient_id, demonstration=demo)
            who = f"{sheet.who.name} {sheet.who.prison_number or ''}".strip()
            return station.paper.review_letter(sheet), f"Review letter · {who}"

        station.work.ask(self, make, lambda made: self._show(*made), self._wrong, slot="paper")
