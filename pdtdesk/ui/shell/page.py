"""What the window expects of a page."""

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One stage of the work. `title` is its name in the window's caption and for a screen reader."""

    title = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title)

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the page is opened; None leaves it where it is."""
        return None

    def opened(self) -> None:
        """The page came into sight: ask for what it shows."""

    def may_leave(self) -> str:
        """Why the page must not be left now, as a sentence; empty when it may."""
        return ""
