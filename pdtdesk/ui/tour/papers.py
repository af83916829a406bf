"""The sheets of the demonstration, as files beside the pictures."""

from pathlib import Path

from PySide6.QtCore import QObject

from pdtdesk.domain.calendar import day_of
from pdtdesk.services.reception import sheets
from pdtdesk.services.regime.letters import review_letter
from pdtdesk.services.regime.signing_out import round_facts
from pdtdesk.ui.oversight.figures import FiguresPage
from pdtdesk.ui.reception.page import SINCE
from pdtdesk.ui.station import Station


class Papers:
    """Draws sheets into a folder; `index` takes a line for each."""

    def __init__(self, station: Station, owner: QObject, folder: Path, index: list[str]) -> None:
        self._station, self._owner, self._folder, self._index = station, owner, folder, index

    def of_the_evening(self, patient: str) -> None:
        """What a nurse prints at 21:40, of everybody and of one arrival."""
        station = self._station
        acting, paper = station.acting, station.paper
        since = acting.now() - SINCE

        def make(_: object) -> dict[str, bytes]:
            return {
                "first-night": paper.first_night(sheets.first_night_sheet(acting, patient, demonstration=True)),
                "hand-over": paper.handover(sheets.handover_list(acting, since, demonstration=True)),
                "custody": paper.custody(sheets.custody_list(acting, since, demonstration=True)),
                "administration": paper.administration(
                    round_facts(acting, day_of(acting.now()), "morning", demonstration=True)
                ),
                "downtime": paper.downtime(sheets.downtime_sheet(acting, demonstration=True)),
            }

        station.work.ask(self._owner, make, self._keep)

    def letter(self, patient: str) -> None:
        """The review letter of somebody's regime."""
        acting, paper = self._station.acting, self._station.paper
        self._station.work.ask(
            self._owner,
            lambda _: {"review-letter": paper.review_letter(review_letter(acting, patient, demonstration=True))},
            self._keep,
        )

    def figures(self, page: FiguresPage, account: str) -> None:
        """The figures on paper, as the page shows them to this member."""
        made, paper = page.figures, self._station.paper
        if made is not None:
            self._station.work.ask(self._owner, lambda _: {f"figures-{account}": paper.figures(made)}, self._keep)

    def _keep(self, made: dict[str, bytes]) -> None:
        self._folder.mkdir(exist_ok=True)
        for name, data in made.items():
            (self._folder / f"{name}.pdf").write_bytes(data)
            self._index.append(f"- [{name}](documents/{name}.pdf)")
