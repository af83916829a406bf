"""A page that shows a list, and whose being looked at is audited."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pdtdesk.ui.sentences import sentence_for
from pdtdesk.ui.shell.page import Page


class ListPage(Page):
    """A page whose list is read again whenever something changes; that somebody turned to it is audited.

    `trouble(sentence)`: something could not be done. `was_opened` until the list has been shown for the first time
    since somebody turned to the page.
    """

    trouble = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.was_opened = False

    def opened(self) -> None:
        """Ask for the list as it stands now."""
        self.was_opened = True
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, audited with its answer where somebody turned to it."""
        raise NotImplementedError

    def on_not_listed(self, error: Exception) -> None:
        """Where nothing can be written, who looks cannot be either: it is said, and the list shown all the same."""
        self.trouble.emit(sentence_for(error))
        if self.was_opened:
            self.was_opened = False
            self.refresh()
