"""One dose as it is read before it is given: whose, what and how much, the hours since the last, what stops it."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from pdtdesk.policy.findings import Tier
from pdtdesk.policy.regime.stops import Stop, StopCode
from pdtdesk.services.acting import Acting
from pdtdesk.services.regime.giving import DoseNow
from pdtdesk.ui.regime.round_words import (
    LARGE,
    LAST_SHOWN,
    handed_words,
    how_ordered,
    last_doses,
    lifted_words,
    stops_shown,
)
from pdtdesk.ui.regime.said import source_words
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.inputs.base import look_again, restyle
from pdtdesk.ui.widgets.words import Chip, words


class ToldCard(QFrame):
    """A sentence in a tone with what follows from it and its source: a stop in red, or the hours in amber."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setProperty("kind", "notice")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        column.setSpacing(theme.space("xs") // 2)
        self._what = words("", "strong", wrap=True, parent=self)
        self._then = words("", wrap=True, parent=self)
        self._source = words("", wrap=True, parent=self)
        for label in (self._what, self._then, self._source):
            column.addWidget(label)

    def show_words(self, tone: Tone, what: str, then: str = "", source: str = "") -> None:
        """Say this."""
        if (self.property("tone") or "") != tone.value:
            restyle(self, "tone", tone.value)
            for label in (self._what, self._then, self._source):
                look_again(label)
        self._what.setText(what)
        self._then.setText(then)
        self._then.setVisible(bool(then))
        self._source.setText(source)
        self._source.setVisible(bool(source))
        self.setAccessibleName(" ".join(part for part in (what, then) if part))

    def sentence(self) -> str:
        """What it says."""
        return self._what.text()


class DoseHead(QWidget):
    """Whose dose, of what, and how much: it never scrolls away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._along = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._along.setContentsMargins(0, 0, 0, 0)
        self.to_give = words("", "to-give", wrap=True, parent=self)
        self._along.addWidget(self.to_give)
        self._who = QWidget(self)
        flow = FlowLayout(self._who, theme.space("m"), 2)
        self.name = words("", "name", parent=self._who)
        self.number = words("", "name", parent=self._who)
        for label in (self.name, self.number):
            flow.addWidget(label)
        self._along.addWidget(self._who, 1)

    def show_row(self, now: DoseNow) -> None:
        """Another dose."""
        row = now.row
        self.name.setText(row.name)
        self.number.setText(row.prison_number or "no number yet")
        self.to_give.setText(row.dose)
        self.setAccessibleName(f"{row.name}, {row.dose}, {row.due.slot}")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """With large words the name stands smaller, and behind the dose where there is room: one line for both. The
        number then goes first: it stands on the banner above."""
        large = current_theme().text_scale >= LARGE
        for label in (self.name, self.number):
            kind = "strong" if large else "name"
            if label.property("kind") != kind:
                restyle(label, "kind", kind)
        gap = current_theme().space("m")
        room = self.width() - self.to_give.fontMetrics().horizontalAdvance(self.to_give.text()) - gap
        name, number = (label.sizeHint().width() for label in (self.name, self.number))
        one_line = large and name < room
        self.number.setVisible(not one_line or name + gap + number < room)
        self.to_give.setWordWrap(not one_line)
        self._along.setSpacing(gap if one_line else 0)
        directions = QBoxLayout.Direction
        self._along.setDirection(directions.LeftToRight if one_line else directions.TopToBottom)


class DoseFacts(QWidget):
    """What is to be known of a dose before it is given: the order, the last doses, the hours; and what stops it,
    on a part of its own (`standing`), which stands above all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing = QWidget(parent)
        above, column = QVBoxLayout(self.standing), QVBoxLayout(self)
        for layout in (above, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(current_theme().space("xs"))
        self.possession = Chip("in possession", Tone.AMBER, parent=self)
        self.how = words("", wrap=True, parent=self)
        self.asked = words("", "strong", wrap=True, parent=self)
        self.before = words("", wrap=True, parent=self)
        self.hours = ToldCard(self)
        self.handed = ToldCard(self)
        for each in (self.possession, self.how, self.asked, self.before, self.hours, self.handed):
            column.addWidget(each)
        self._above, self._column = above, column
        self._cards: list[ToldCard] = []

    def show_dose(self, now: DoseNow, acting: Acting) -> None:
        """Another dose, or the same one as it stands now."""
        self.possession.setVisible(not now.row.supervised)
        self.how.setText(how_ordered(now))
        told = [*lifted_words(now), now.order.instructions]
        self.asked.setText("\n".join(each for each in told if each))
        self.asked.setVisible(bool(self.asked.text()))
        large = current_theme().text_scale >= LARGE  # one line of them: the questions stand below
        self.before.setText(last_doses(now, LAST_SHOWN - 1 if large else LAST_SHOWN))
        doubt = now.hours.tier is Tier.MUST_ACKNOWLEDGE
        self.hours.show_words(Tone.AMBER if doubt else Tone.GREY, now.hours.sentence, "", source_words(now.hours))
        handed = now.begun
        beside = "" if now.stops or handed else now.row.stop  # what another medicine's record says of this dose
        self.handed.setVisible(handed is not None or bool(beside))
        if beside:
            self.handed.show_words(
                Tone.RED, beside, "It ends by a prescriber's new order, or by correcting that record."
            )
        if handed is not None:
            self.handed.show_words(Tone.AMBER, handed_words(handed), "Ask, and write it down before anything else.")
        self._show_stops([each for each in stops_shown(now, acting) if each.code is not StopCode.HANDED_OUT])

    def stops(self) -> tuple[str, ...]:
        """What stops this dose, as it is read."""
        return tuple(card.sentence() for card in self._cards if not card.isHidden())

    def _show_stops(self, found: Sequence[Stop]) -> None:
        while len(self._cards) < len(found):
            card = ToldCard(self.standing)
            self._cards.append(card)
            self._above.addWidget(card)
        self.standing.setVisible(bool(found))
        self._column.removeWidget(self.how)  # of a dose that is stopped the hours and the last doses come first
        self._column.insertWidget(self._column.count() if found else self._column.indexOf(self.asked), self.how)
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(found))
            if at < len(found):
                stop = found[at]
                nobody = " Nobody lifts this." if stop.hard else ""
                card.show_words(
                    Tone.RED, stop.words, f"It ends by {stop.ends_by}.{nobody}", source_words(stop.finding)
                )
