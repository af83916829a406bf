"""What is proposed and why, beside what is typed: each line with its source as a link that opens the passage."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.tokens import Tone
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.flow import FlowLayout
from pdtdesk.ui.widgets.stops import set_aside
from pdtdesk.ui.widgets.words import Chip, ChipFacts, chip_of, words


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One finding as it is read: a word, a sentence, its source and how far that source binds."""

    chip: str
    tone: Tone
    sentence: str
    reference: str = ""
    status: str = ""
    link: str = ""


class _Sentence(QWidget):
    """A chip with the sentence flowing on behind and below it."""

    def __init__(self, line: PanelLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = line.sentence
        self.chip = Chip(line.chip, line.tone, parent=self)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.label.setAccessibleName(f"{line.chip}: {line.sentence}")
        self.label.lower()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._write()

    def _write(self) -> None:
        self.chip.adjustSize()
        indent = self.chip.sizeHint().width() + current_theme().space("s")
        self.label.setText(f'<p style="margin:0; text-indent:{indent}px; line-height:125%">{escape(self._text)}</p>')
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.label.heightForWidth(width), self.chip.sizeHint().height())

    def sizeHint(self) -> QSize:
        wide = max(self.width(), self.minimumSizeHint().width())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.chip.sizeHint().width(), self.chip.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.label.setGeometry(0, 0, self.width(), self.height())
        self.chip.resize(self.chip.sizeHint())
        self.chip.move(0, 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._write()
        super().changeEvent(event)


class FindingsPanel(Card):
    """Tonight's plan: the lines in the order given, worst first; re-made only when they change."""

    reference_asked = Signal(str)

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self._empty = empty
        self.lines: tuple[PanelLine, ...] | None = None
        self._chip: Chip | None = None
        self._scroll = Scrolled(self)
        self.add(self._scroll, 1)
        self._holder: QWidget | None = None
        set_aside(self)
        self.show_lines(())

    def hug(self) -> None:
        """Take all the height that the lines need, where the page around it scrolls."""
        self._scroll.hug()

    def sources(self) -> QWidget:
        """Where its lines with their sources stand, for a page that has a button over them."""
        return self._scroll

    def show_priority(self, facts: ChipFacts | None) -> None:
        """The word at the right of the heading: how soon."""
        if self._chip is not None:
            self.head.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if facts is not None:
            self._chip = chip_of(facts, parent=self)
            self.put_chip(self._chip)

    def show_lines(self, lines: tuple[PanelLine, ...]) -> None:
        """Show these findings; the place to which one had scrolled is kept."""
        if lines == self.lines:
            return
        self.lines = lines
        at = self._scroll.verticalScrollBar().value()
        if self._holder is not None:
            self._scroll.column.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget(self)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        if not lines:
            column.addWidget(words(self._empty, "muted", wrap=True, parent=self._holder))
        for line in lines:
            self._add_line(self._holder, column, line)
        column.addStretch(1)
        self._scroll.add(self._holder, 1)
        self._scroll.verticalScrollBar().setValue(at)

    def _add_line(self, holder: QWidget, column: QVBoxLayout, line: PanelLine) -> None:
        column.addWidget(_Sentence(line, holder))
        if line.reference or line.status:
            shown = " · ".join(part for part in (line.reference, line.status) if part)
            if line.link:
                column.addWidget(self._source(line, shown, holder))
            else:
                column.addWidget(words(shown, "small", wrap=True, parent=holder))
        rule = QFrame(holder)
        rule.setProperty("kind", "rule")
        column.addWidget(rule)

    def _source(self, line: PanelLine, shown: str, holder: QWidget) -> QWidget:
        """The source as a link, and how far it binds beside it, or below it where both do not fit: nothing is cut."""
        box = QWidget(holder)
        flow = FlowLayout(box, current_theme().space("s"), 0)
        link = button((line.reference or line.status).replace("&", "&&"), "link", box)
        link.setAccessibleName(f"Source of {line.chip}: {shown}")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setProperty("link", line.link)
        link.clicked.connect(self._on_link)
        flow.addWidget(link)
        for part in line.status.split(" · ") if line.reference and line.status else ():
            flow.addWidget(words(part, "small", parent=box))
        return box

    def _on_link(self) -> None:
        asked = self.sender()
        if asked is not None:
            self.reference_asked.emit(str(asked.property("link")))
