"""Taking in the evening's reception list from a file, with progress; every line that was not taken is said."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from pdtdesk.services.reception.take_in import LineRefused, Taken, take_in
from pdtdesk.ui.changes import ChangeSet
from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shortcuts import Shortcut, bind
from pdtdesk.ui.station import Station
from pdtdesk.ui.tasks import Done, Progress
from pdtdesk.ui.widgets.card import Card, Scrolled, button
from pdtdesk.ui.widgets.field import FieldSpec, build_field
from pdtdesk.ui.widgets.words import words

MOST_BYTES = 64 * 1024 * 1024


class TakeInPanel(Card):
    """Which file, how far it is, what came of it. `closed`: back to the arrivals."""

    closed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__("Take in the reception list", "a CSV file from the prison's system", parent)
        self._station = station
        self._progress: Progress | None = None
        spec = FieldSpec(
            "list.path",
            "File",
            help="The whole path, or choose it. Nothing is taken in twice, however often the list is given.",
            can_be_not_asked=False,
        )
        self._path = build_field(spec, station.now, self)
        self.add(self._path)
        self._go = button("Take in", "primary", self)
        self._go.clicked.connect(self.begin)
        self._choose = button("Choose…", parent=self)
        self._choose.clicked.connect(self._on_choose)
        self._stop = button("Stop", parent=self)
        self._stop.clicked.connect(self._on_stop)
        self._stop.hide()
        back = button("Back to the arrivals", parent=self)
        back.clicked.connect(self.closed)
        bind(Shortcut.BACK, self, self.closed.emit)
        row = QHBoxLayout()
        for each in (self._go, self._choose, self._stop, back):
            row.addWidget(each)
        row.addStretch(1)
        self.body.addLayout(row)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("How far the list has been taken in")
        self._bar.hide()
        self.add(self._bar)
        self._result = words("", "strong", wrap=True, parent=self)
        self.add(self._result)
        self._lines = Scrolled(self)
        self.add(self._lines, 1)
        self._refusals: QWidget | None = None

    def take_focus(self) -> None:
        """Bring the keyboard to the path."""
        self._path.take_focus()

    def give(self, path: str) -> None:
        """Put a path in."""
        self._path.set_value(path)

    def begin(self) -> None:
        """Read the file and take it in; a wrong file is told under the field and changes nothing."""
        path = Path(self._path.value() or "").expanduser()
        try:
            if path.stat().st_size > MOST_BYTES:
                self._path.set_error("That file is far larger than a reception list. Choose the list itself.")
                return
            data = path.read_bytes()
        except OSError as wrong:
            self._path.set_error(f"That file cannot be read ({wrong.strerror or wrong}). Check the path.")
            self._path.take_focus()
            return
        station, acting = self._station, self._station.acting

        def job(_: object, progress: Progress) -> Done[Taken]:
            read = station.lists(data, station.today(), progress)
            taken = take_in(acting, read.rows, progress)
            refused = (*(LineRefused(line, why) for line, why in read.refused), *taken.refused)
            whole = Taken(
                taken.taken, taken.already, tuple(sorted(refused, key=lambda each: each.line)), taken.stopped
            )
            return Done(ChangeSet.of(kinds=["arrival"]), whole)

        self._busy(True)
        self._progress = station.work.long(self, job, self._on_taken, self._on_wrong)
        self._progress.moved.connect(self._on_moved)

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Choose the reception list", "", "Lists (*.csv);;All files (*)")
        if path:
            self.give(path)
            self._go.setFocus()

    def _on_stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _on_moved(self, done: int, total: int) -> None:
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)

    def _on_taken(self, taken: Taken) -> None:
        self._busy(False)
        said = [f"{taken.taken} taken in"]
        if taken.already:
            said.append(f"{taken.already} had been before")
        if taken.refused:
            said.append(f"{len(taken.refused)} not taken in")
        if taken.old:
            said.append(f"{taken.old} of them arrived more than a day ago: is this tonight's list?")
        self._result.setText(("Stopped: " if taken.stopped else "") + ", ".join(said) + ".")
        self._show_refusals(taken.refused)

    def _on_wrong(self, error: Exception) -> None:
        self._busy(False)
        self._result.setText(sentence_for(error))

    def _busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self._stop.setVisible(busy)
        for each in (self._choose, self._go):
            each.setEnabled(not busy)

    def _show_refusals(self, refused: tuple[LineRefused, ...]) -> None:
        if self._refusals is not None:
            self._lines.column.removeWidget(self._refusals)
            self._refusals.deleteLater()
        shown = "\n".join(f"line {each.line}: {each.reason}" for each in refused[:500])
        if len(refused) > 500:
            shown += f"\n… and {len(refused) - 500:,} more."
        self._refusals = words(shown, wrap=True, parent=self._lines)
        self._lines.column.insertWidget(0, self._refusals)
