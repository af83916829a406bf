"""One's own account: the password, how long one may use this desk, and how the window looks."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pdtdesk.domain.calendar import show_instant
from pdtdesk.domain.roles import Role
from pdtdesk.services.acting import GLASS, Acting
from pdtdesk.services.desk.session import SOON, Session, break_glass
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.desk.column import NarrowColumn, SideBySide
from pdtdesk.ui.desk.form import Form, Questions
from pdtdesk.ui.desk.password_form import PasswordForm
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done
from pdtdesk.ui.theme import TEXT_SCALES, current_theme
from pdtdesk.ui.tokens import Scheme, Tone
from pdtdesk.ui.widgets.card import Card
from pdtdesk.ui.widgets.spec import Choice, FieldSpec, Kind
from pdtdesk.ui.widgets.words import Chip, words

LIGHT = FieldSpec(
    "scheme",
    "Light or dark",
    Kind.CHOICE,
    (Choice(Scheme.LIGHT.value, "Light"), Choice(Scheme.DARK.value, "Dark")),
    help="Ctrl Shift T changes it anywhere.",
    can_be_not_asked=False,
)
TEXT = FieldSpec(
    "text",
    "Size of the text",
    Kind.CHOICE,
    tuple(Choice(f"{scale:g}", f"{scale:.0%}".replace("%", " %")) for scale in TEXT_SCALES),
    help="Ctrl plus and Ctrl minus change it anywhere.",
    can_be_not_asked=False,
)
WHY = FieldSpec("why", "Why it cannot wait", required=True, max_length=500, can_be_not_asked=False)
_HOURS = int(GLASS.total_seconds() // 3600)
_OVER_THE_DESK = (
    f"Your lease has run out and no administrator is at hand: say why, and you may work at this desk for {_HOURS} "
    "hours. Who broke glass, when and why stands on the audit page; a lock does not end it."
)


class AccountPage(Page):
    """Whoever is signed in. `scheme_chosen("light" | "dark")`, `text_scale_chosen(1.0 to 2.0)`: for the window."""

    title = "Your account"
    scheme_chosen = Signal(str)
    text_scale_chosen = Signal(float)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._station = station
        column = NarrowColumn(112, self)
        both = SideBySide(86, self)
        self.password = PasswordForm(
            "Your password", "Known to nobody but you; it opens this desk alone.", station, self._who, both
        )
        self.you = Card("You at this desk", parent=both)
        self._lines = words("", wrap=True, parent=self.you)
        self._lease = Chip("Lease", Tone.GREY, mark=True, parent=self.you)
        self._lease_words = words("", "muted", wrap=True, parent=self.you)
        for thing in (self._lines, self._lease, self._lease_words):
            self.you.add(thing)
        self.glass = Form(
            "Break glass over this desk", _OVER_THE_DESK, (WHY,), "Break glass", station.now, both, kind="danger"
        )
        self.glass.sent.connect(self._break_glass)
        self.glass.hide()
        self.look = Questions("How the window looks", "", (LIGHT, TEXT), station.now, both)
        self.look.fields["scheme"].answered.connect(self._on_scheme)
        self.look.fields["text"].answered.connect(self._on_text)
        both.left.addWidget(self.password)
        both.left.addStretch(1)
        both.right.addWidget(self.you)
        both.right.addWidget(self.glass)
        both.right.addWidget(self.look)
        both.right.addStretch(1)
        column.put(both)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)
        station.signals.ended.connect(self._forget)
        self._show_look()

    def first_focus(self) -> QWidget | None:
        """The password as it is now."""
        return self.password.fields["old"].input.target()

    def opened(self) -> None:
        """Show who is signed in."""
        self._show_look()
        session = self._station.session
        if session is None:
            return
        who, acting = session.acting.who, session.acting
        register = f"\nRegistration {who.registration}" if who.registration else ""
        self._lines.setText(
            f"{who.name}, {who.role_title}\nUser name {self._station.account}{register}\n{session.establishment.name}"
        )
        self._show_lease(acting)

    def _show_lease(self, acting: Acting) -> None:
        until, now = acting.lease_until, acting.lease_now()
        run_out = until is None or now > until
        glass = acting.glass_over(None)
        self.glass.setVisible(run_out and glass is None and acting.who.role == Role.LEAD)
        if glass is not None:
            self._lease.set_word("Glass broken", Tone.AMBER)
            self._lease_words.setText(
                f"You work on until {show_instant(glass.until)}: {glass.reason}. An administrator renews the lease."
            )
        elif until is None or run_out:
            self._lease.set_word("Lease run out", Tone.RED)
            self._lease_words.setText("An administrator of the establishment renews it on this desk.")
        elif until - now <= SOON:
            self._lease.set_word("Lease ends soon", Tone.AMBER)
            self._lease_words.setText(f"Until {show_instant(until)}. An administrator renews it on this desk.")
        else:
            self._lease.set_word("Lease holds", Tone.GREEN)
            self._lease_words.setText(f"Until {show_instant(until)}.")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "look"):
            self._show_look()

    def _break_glass(self) -> None:
        acting, why = self._station.acting, self.glass.value("why")
        self.glass.set_busy("Writing it into the audit…")

        def command(_: object) -> Done[Acting]:
            return Done(ChangeSet.of(kinds=("audit",)), break_glass(acting, None, why))

        self._station.work.do(self, command, self._on_broken, self._on_not_broken)

    def _on_broken(self, acting: Acting) -> None:
        self.glass.set_busy("")
        self.glass.clear()
        session = self._station.session
        if session is not None and session.acting.who == acting.who:
            self._station.session = replace(session, acting=acting)
            self._show_lease(acting)

    def _on_not_broken(self, error: Exception) -> None:
        self.glass.set_busy("")
        self.glass.complain({"why": sentence_for(error)})

    def _who(self) -> tuple[Session, str] | None:
        session = self._station.session
        return None if session is None else (session, self._station.account)

    def _forget(self) -> None:
        self.password.clear()
        self.password.complain({})
        self.password.say("")
        self.glass.clear()
        self.glass.complain({})
        self.glass.hide()

    def _show_look(self) -> None:
        theme = current_theme()
        self.look.fields["scheme"].set_value(theme.scheme.value)
        self.look.fields["text"].set_value(f"{theme.text_scale:g}")

    def _on_scheme(self, _key: str, value: object) -> None:
        if isinstance(value, str):
            self.scheme_chosen.emit(value)
        else:
            self._show_look()

    def _on_text(self, _key: str, value: object) -> None:
        if isinstance(value, str):
            self.text_scale_chosen.emit(float(value))
        else:
            self._show_look()
