"""The recovery code on the screen: once, large, to be printed and proved to have been written down."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from pdtdesk.domain.recovery_code import is_last_group
from pdtdesk.services.paper import RecoverySheet
from pdtdesk.services.ports import Door
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.form import Form
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.station import Station
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import button
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.spec import FieldSpec
from pdtdesk.ui.widgets.stops import chain
from pdtdesk.ui.widgets.words import words

INTRO = (
    "This code opens the desk when the computer's keyring is lost, locked or changed, and when a password is "
    "forgotten with nobody there to give a new one. It is shown this once. Print it or write it down, and keep it in "
    "the establishment's safe, never at the desk."
)
LAST_GROUP = FieldSpec(
    "group",
    "Last group of the code, read from the paper",
    help="Five letters and digits. This proves that the code is on paper before it goes from the screen.",
    width=10,
    max_length=40,
    can_be_not_asked=False,
)


class RecoveryCodeCard(Form):
    """Shows a code until its last group has been typed from paper: `proved`."""

    proved = Signal()

    def __init__(
        self,
        station: Station,
        sheet_of: Callable[[str], Callable[[Door], RecoverySheet]],
        parent: QWidget | None = None,
    ) -> None:
        """`sheet_of(code)` gives what makes the sheet in the worker."""
        super().__init__("The recovery code", INTRO, (LAST_GROUP,), "It is on paper", station.now, parent)
        self._station, self._sheet_of = station, sheet_of
        self._code = ""
        self.goes_to_paper = False
        self.groups: list[QLabel] = []
        holder = QWidget(self)
        self._flow = FlowLayout(holder, current_theme().space("l"), current_theme().space("xs"))
        self.body.insertWidget(1, holder)
        self.print = button("Print the code", parent=self)
        self.print.clicked.connect(self._print)
        self.body.insertWidget(2, self.print, 0, Qt.AlignmentFlag.AlignLeft)
        chain((self.print, self.fields["group"].input, self.send))
        self.sent.connect(self._prove)

    def show_code(self, code: str) -> None:
        """Show a code that was just made; an empty one takes it from the screen."""
        self._code = code
        for old in self.groups:
            old.hide()
            old.deleteLater()
        while self._flow.takeAt(0) is not None:
            pass
        self.groups = []
        for number, group in enumerate(filter(None, code.split("-")), start=1):
            label = words(group, "figure", parent=self)
            label.setAccessibleName(f"Group {number}: {' '.join(group)}")
            self._flow.addWidget(label)
            self.groups.append(label)
        self._flow.invalidate()
        self.clear()
        self.say("")

    def code(self) -> str:
        """What is on the screen; empty when it was proved to be on paper."""
        return self._code

    def must_stay(self) -> bool:
        """Whether a code is on the screen that nobody has proved to be on paper."""
        return bool(self._code) and not self.goes_to_paper

    def _prove(self) -> None:
        if not self._code or not is_last_group(self.value("group"), self._code):
            self.complain(
                {"group": "That is not the last group of the code above. Read it from the paper and type it again."}
            )
            return
        self.show_code("")
        self._station.work.do(self, _note_on_paper)
        self.proved.emit()

    def _print(self) -> None:
        make, paper, show = self._sheet_of(self._code), self._station.paper, self._station.show_paper

        def shown(page: bytes) -> None:
            self.goes_to_paper = True  # the page with the code may be left for this, and is come back to
            try:
                show(page, "Recovery code")
            finally:
                self.goes_to_paper = False

        self._station.work.ask(
            self,
            lambda door: paper.recovery(make(door)),
            shown,
            lambda error: self.say(sentence_for(error), Tone.RED),
        )


def _note_on_paper(door: Door) -> ChangeSet:
    door.recovery_on_paper()
    return ChangeSet()
