"""A bare window: the least that PySide6 can do before it paints."""

import os

from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Nothing on it."""

    def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt's own name
        super().paintEvent(event)
        os._exit(0)


application = QApplication([])
window = Bare()
window.show()
application.exec()
