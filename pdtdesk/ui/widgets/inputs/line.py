"""Answers typed on one line: words, amounts, days, moments, passwords."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget

from pdtdesk.domain.written import text_problem
from pdtdesk.ui.theme import current_theme
from pdtdesk.ui.widgets.inputs.base import Input, look_again
from pdtdesk.ui.widgets.spec import FieldSpec, Kind, Look
from pdtdesk.ui.widgets.typed_days import NotADay, day_words, read_day, read_moment
from pdtdesk.ui.widgets.typed_values import NotANumber, one_line, plain, read_amount
from pdtdesk.ui.widgets.words import room_for

_LETTERS = {Kind.TEXT: 24, Kind.SECRET: 24, Kind.INTEGER: 6, Kind.DECIMAL: 8, Kind.DAY: 16, Kind.MOMENT: 23}

_LETTERS_IN_A_TABLE = {**_LETTERS, Kind.TEXT: 12, Kind.INTEGER: 5, Kind.DECIMAL: 7, Kind.DAY: 11, Kind.MOMENT: 19}

_SAMPLES = {
    (Kind.DAY, True): "Wed 30 May",
    (Kind.DAY, False): "Wed 30 May 2010",
    (Kind.MOMENT, True): "Wed 30 May · 00:00",
    (Kind.MOMENT, False): "Wed 30 May 2010 · 00:00",
}


class LineInput(Input):
    """A line of words. What cannot be taken is refused whole, and what stood still stands."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.line = QLineEdit(self)
        self.line.setMaxLength(10_000_000)  # the limit is ours, with a sentence; Qt's would cut without a word
        self.line.setPlaceholderText(spec.placeholder)
        if spec.kind is Kind.SECRET:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._letters = spec.width or (_LETTERS_IN_A_TABLE if spec.look is Look.BARE else _LETTERS)[spec.kind]
        self._stood = ""
        self._announced: str | None = None
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(self.settle)
        self.row.addWidget(self.line, 0 if self._fixed() and not self._fills() else 1)
        self.unit: QLabel | None = None
        if spec.unit and spec.look is not Look.BARE:  # in a table the unit stands in the field, behind the figure
            self.unit = QLabel(spec.unit, self)
            self.unit.setProperty("kind", "muted")
            self.row.addWidget(self.unit)
        if self._fixed() and not self._fills():
            self.row.addStretch(1)
        policy = QSizePolicy.Policy.Fixed if self._fixed() and not self._fills() else QSizePolicy.Policy.Expanding
        self.line.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self._fitted: tuple[object, ...] = ()
        self.watch(self.line)
        self._fit()

    def targets(self) -> Sequence[QWidget]:
        return (self.line,)

    def read(self, typed: str) -> str:
        """What is recorded for what was typed; raises an error with a sentence when it cannot be read."""
        return typed.strip()

    def show_value(self, value: str) -> str:
        """How a recorded value stands in the line."""
        return value

    def value(self) -> str | None:
        typed = self.line.text()
        if not typed.strip():
            return None
        try:
            return self.read(typed)
        except (NotADay, NotANumber):
            return None

    def problem(self) -> str:
        typed = self.line.text()
        if not typed.strip():
            return ""
        try:
            self.read(typed)
        except (NotADay, NotANumber) as wrong:
            return wrong.sentence
        return text_problem(typed, self.spec.max_length)

    def set_value(self, value: str | None) -> None:
        self._announced = value
        self._put("" if value is None else self.show_value(value))

    def typed_words(self) -> str:
        return self.line.text()

    def show_typed(self, words: str) -> None:
        self._announced = words  # no answer, but more than none: taking it away is said
        self._put(words)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        look_again(self.line)

    def set_ghost(self, words: str) -> bool:
        self.line.setPlaceholderText(words or self.spec.placeholder)
        self._fit(words)
        return True

    def settle(self) -> None:
        """The answer is given: show what was understood, and announce it when it is new."""
        if self.line.isReadOnly():
            return
        if self.problem():
            self.edited.emit()
            return
        value = self.value()
        if value is not None:
            self._put(self.show_value(value))
        if value != self._announced:
            self._announced = value
            self.edited.emit()
        self.hinted.emit("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit(self.line.placeholderText())
        super().changeEvent(event)

    def _put(self, words: str) -> None:
        self._stood = words
        if self.line.text() != words:
            self.line.setText(words)
            self.line.setCursorPosition(0)

    def _on_typed(self, typed: str) -> None:
        words = one_line(typed)
        wrong = text_problem(words, self.spec.max_length)
        if wrong:
            at = self.line.cursorPosition() - (len(typed) - len(self._stood))
            self.line.setText(self._stood)
            self.line.setCursorPosition(max(0, min(at, len(self._stood))))
            self.refused.emit(wrong)
            return
        if words != typed:
            self.line.setText(words)
        self._stood = words
        self.hinted.emit(self.hint(words))
        self.typed.emit()

    def hint(self, typed: str) -> str:  # noqa: ARG002 - days and moments look at it
        """What is understood so far, shown while typing; empty when there is nothing to say."""
        return ""

    def _fixed(self) -> bool:
        return self.spec.width > 0 or self.spec.kind not in (Kind.TEXT, Kind.SECRET)

    def _fills(self) -> bool:
        """Whether it is as wide as its column: in a table, where the eye goes down the edges."""
        return self.spec.look is Look.BARE

    def _fit(self, words: str = "") -> None:
        self.line.ensurePolished()
        theme = current_theme()
        fitted = (self.line.font().key(), theme.text_scale, words)
        if fitted == self._fitted:  # dressed anew in the same type: every width stays
            return
        self._fitted = fitted
        metrics = self.line.fontMetrics()
        room = 2 * (theme.size("pad_x") + theme.size("focus")) + theme.space("xs")
        sample = metrics.horizontalAdvance(_SAMPLES.get((self.spec.kind, self.spec.look is Look.BARE), ""))
        asked = room_for(metrics, self._letters) if self.spec.width or not sample else sample
        wide = max(asked, metrics.horizontalAdvance(words)) + room
        if self._fixed() and not self._fills():
            self.line.setFixedWidth(wide)
        elif self._fixed():
            self.line.setMinimumWidth(wide)
        else:
            self.line.setMinimumWidth(min(wide, room_for(metrics, 16)))


class AmountInput(LineInput):
    """An amount with its unit beside it; recorded as a plain decimal without trailing noughts."""

    def read(self, typed: str) -> str:
        spec = self.spec
        return plain(
            read_amount(typed, unit=spec.unit, low=spec.low, high=spec.high, whole=spec.kind is Kind.INTEGER)
        )

    def show_value(self, value: str) -> str:
        inside = f" {self.spec.unit}" if self.spec.unit and self.unit is None else ""
        return f"{value}{inside}"


class DayInput(LineInput):
    """A day as people type it, shown in full once understood; recorded as an ISO day."""

    def __init__(self, spec: FieldSpec, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        self._now = now
        super().__init__(spec, parent)

    def read(self, typed: str) -> str:
        return read_day(typed, self._now().date(), self.spec.lean).isoformat()

    def show_value(self, value: str) -> str:
        return self.day_shown(date.fromisoformat(value))

    def day_shown(self, day: date) -> str:
        """A day in full; in a table without this year, where it would be read back as the same day."""
        full = day_words(day)
        if self.spec.look is not Look.BARE:
            return full
        short = full.removesuffix(f" {day.year}")
        today = self._now().date()
        try:
            same = day.year == today.year and read_day(short, today, self.spec.lean) == day
        except NotADay:  # the nearest one of that date fell on another weekday
            same = False
        return short if same else full.split(" ", 1)[1]

    def hint(self, typed: str) -> str:
        try:
            return f"= {self.show_value(self.read(typed))}"
        except NotADay:
            return ""


class MomentInput(DayInput):
    """A day and a time; a time alone is the nearest one. Recorded as ISO to the minute, local."""

    def read(self, typed: str) -> str:
        return read_moment(typed, self._now(), self.spec.lean).strftime("%Y-%m-%dT%H:%M")

    def show_value(self, value: str) -> str:
        moment = datetime.fromisoformat(value)
        return f"{self.day_shown(moment.date())} · {moment:%H:%M}"
