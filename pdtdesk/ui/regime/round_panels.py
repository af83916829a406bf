"""What stands beside the list of a round: one dose, what ends its stop, what is written of it, the count."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.ui.regime.dose_panel import DosePanel
from pdtdesk.ui.regime.lift_panel import LiftPanel, LookPanel, OverDose
from pdtdesk.ui.regime.paper_panel import PaperPanel
from pdtdesk.ui.regime.signing_out import SigningOutPanel
from pdtdesk.ui.regime.to_sign import ToSignPanel
from pdtdesk.ui.regime.written_panel import AccountsPanel, WrittenPanel, two_accounts
from pdtdesk.ui.station import Station
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.notice import EmptyState


class RoundPanels(QStackedWidget):
    """`written_down(DoseNow)`: a step is durable; `changed(sentence)`: somebody else was quicker, read it again;
    `scanned(text)`; `closed`: back to the list; `print_asked(day, part)`."""

    written_down = Signal(object)
    changed = Signal(str)
    scanned = Signal(str)
    closed = Signal()
    print_asked = Signal(object, str)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dose = DosePanel(station, self)
        self.look, self.lift = LookPanel(station, self), LiftPanel(station, self)
        self.paper = PaperPanel(station, self)
        self.written, self.accounts = WrittenPanel(station, self), AccountsPanel(station, self)
        self.signing, self.to_sign = SigningOutPanel(station, self), ToSignPanel(station, self)
        self._empty = EmptyState(
            "No dose is in hand",
            "Scan a number, or go to a dose on the left with the arrow keys and open it with Enter. The dose stands "
            "here: who, how much, what stops it, and each check before it is handed out.",
            "",
            self,
        )
        over = (self.look, self.lift, self.paper)
        panels = (self.dose, self.written, self.accounts, *over, self.signing, self.to_sign)
        for shown in (self._empty, *panels):
            self.addWidget(shown)
        self._connect()

    def show_dose(self, now: DoseNow, witness: str) -> None:
        """A dose as it stands now, on the panel that it asks for."""
        if now.row.state == "conflict" and two_accounts(now):
            self.setCurrentWidget(self.accounts)
            self.accounts.begin(now)
        elif now.row.state == "written" and now.written is not None:
            self.setCurrentWidget(self.written)
            self.written.begin(now)
        else:
            self.setCurrentWidget(self.dose)
            self.dose.show_dose(now, witness)

    def show_nothing(self) -> None:
        """No dose is in hand."""
        self.setCurrentWidget(self._empty)

    def is_empty(self) -> bool:
        """Whether no dose and no count stands here."""
        return self.currentWidget() is self._empty

    def has_dose(self) -> bool:
        """Whether a dose that is not written yet stands here."""
        return self.currentWidget() is self.dose and self.dose.now is not None

    def wrote(self, origin: object) -> bool:
        """Whether a change came from one of these, which bring their rows with them."""
        return origin in (self.dose, self.look, self.lift, self.paper, self.written, self.accounts)

    def begin_count(self, day: date, part: str, witness: str) -> None:
        """Turn to the count of a round."""
        self.setCurrentWidget(self.signing)
        self.signing.ask(day, part, witness)

    def sign_orders(self) -> None:
        """Turn to what was said on the telephone."""
        self.setCurrentWidget(self.to_sign)
        self.to_sign.ask()

    def step_back(self) -> bool:
        """From what ends a stop back to its dose; False where neither look, decision nor paper stands over one."""
        over = self.currentWidget() in (self.look, self.lift, self.paper)
        if over:
            self._back_to_dose()
        return over

    def say(self, sentence: str, tone: Tone) -> None:
        """A sentence above what stands here of a dose."""
        panel = self.currentWidget()
        if isinstance(panel, DosePanel | WrittenPanel | AccountsPanel):
            panel.bar.say(sentence, tone)

    def put_away(self) -> None:
        """Before a lock: what was seen is written, what was only typed goes."""
        self.dose.put_away()
        self.signing.clear()
        self.to_sign.clear()
        self.show_nothing()

    def _connect(self) -> None:
        self.dose.scanned.connect(self.scanned)
        self.dose.look_asked.connect(lambda: self._over(self.look))
        self.dose.lift_asked.connect(lambda: self._over(self.lift))
        self.dose.paper_asked.connect(lambda: self._over(self.paper))
        for panel in (self.look, self.lift, self.paper):
            panel.closed.connect(self._back_to_dose)
            panel.written.connect(self.written_down)
            panel.changed.connect(self.changed)
        self.paper.written.connect(self._say_what_was_entered)
        self.dose.written.connect(self.written_down)
        self.dose.changed.connect(self.changed)
        for over in (self.written, self.accounts):
            over.closed.connect(self.closed)
            over.scanned.connect(self.scanned)
            over.written.connect(self.written_down)
            over.changed.connect(self.changed)
        self.signing.closed.connect(self.closed)
        self.signing.signed.connect(self.closed)
        self.signing.print_asked.connect(self.print_asked)
        self.to_sign.closed.connect(self.closed)

    def _say_what_was_entered(self, now: DoseNow) -> None:
        if not now.row.stop or now.row.state != "written":  # what stands there in red is not covered
            self.say(self.paper.said, Tone.GREEN)

    def _over(self, panel: OverDose) -> None:
        if self.dose.now is not None:
            self.setCurrentWidget(panel)
            panel.begin(self.dose.now)
            QTimer.singleShot(0, panel, lambda: panel.form.verticalScrollBar().setValue(0))

    def _back_to_dose(self) -> None:
        self.setCurrentWidget(self.dose)
        self.dose.take_focus()
