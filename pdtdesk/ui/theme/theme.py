"""The window by day, by night, and for eyes that need the words twice as large.

One `Theme` is put on the application; widgets that draw by hand ask `current_theme()` each time they paint,
so a change at run time reaches all of them through Qt's own style change.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from pdtdesk.ui.theme.stylesheet import stylesheet
from pdtdesk.ui.tokens import Scheme, Tokens

TEXT_SCALES: tuple[float, ...] = (1.0, 1.25, 1.5, 1.75, 2.0)
_PROPERTY = "pdtTheme"


@contextmanager
def _nothing_let_go() -> Iterator[None]:
    """Qt goes over every widget there is: one that is collected under its hands takes the whole window with it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@dataclass(frozen=True)
class Theme:
    """Tokens for one scheme at one size of text; `text_scale` from 1.0 to 2.0."""

    tokens: Tokens
    scheme: Scheme = Scheme.LIGHT
    text_scale: float = 1.0

    def __post_init__(self) -> None:
        if not TEXT_SCALES[0] <= self.text_scale <= TEXT_SCALES[-1]:
            raise ValueError("Text is shown from 100 % to 200 % of its size; choose a size between.")

    def hex(self, name: str) -> str:
        """The colour of that name in this scheme, `#rrggbb`."""
        return self.tokens.colours[self.scheme][name]

    def colour(self, name: str) -> QColor:
        """The same for painting."""
        return QColor(self.hex(name))

    def text_px(self, name: str = "base") -> int:
        """Height of a text in pixels, grown with the reader's choice."""
        return round(self.tokens.text[name] * self.text_scale)

    def size(self, name: str) -> int:
        """A measure that hugs the text and grows half as fast as it does, so that padding never crowds out words."""
        return round(self.tokens.size[name] * (1 + (self.text_scale - 1) / 2))

    def width(self, name: str) -> int:
        """A width that words must fit in (rail, side panel), grown as the words are, up to one half more."""
        return round(self.tokens.size[name] * min(self.text_scale, 1.5))

    def space(self, name: str) -> int:
        """Room between things; the same at every size of text."""
        return self.tokens.space[name]

    def radius(self, name: str) -> int:
        """How round a corner is."""
        return self.tokens.radius[name]

    def font(self, size: str = "base", weight: str = "regular") -> QFont:
        """The bundled face with figures of equal width, so that doses and dates stand under each other."""
        font = QFont(self.tokens.family)
        font.setPixelSize(self.text_px(size))
        font.setWeight(QFont.Weight(self.tokens.text[weight]))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def palette(self) -> QPalette:
        """The same colours for what Qt draws by itself."""
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "ground",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "card",
            QPalette.ColorRole.AlternateBase: "hover",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "card",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Highlight: "act",
            QPalette.ColorRole.HighlightedText: "act_text",
            QPalette.ColorRole.PlaceholderText: "ghost",
            QPalette.ColorRole.Link: "link",
            QPalette.ColorRole.LinkVisited: "link",
            QPalette.ColorRole.ToolTipBase: "card",
            QPalette.ColorRole.ToolTipText: "text",
        }
        for role, name in roles.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        return palette

    def apply(self, app: QApplication) -> None:
        """Dress the whole application; may be called again at any time (dark for the night, larger text)."""
        before = app.property(_PROPERTY)
        if before == self:  # dressing the window costs a second: not for the same clothes
            return
        app.setProperty(_PROPERTY, self)
        with _nothing_let_go():
            if app.font() != self.font():
                app.setFont(self.font())
            app.setPalette(self.palette())
            app.setStyleSheet(stylesheet(self))

    def with_scheme(self, scheme: Scheme) -> "Theme":
        """The same for the other light."""
        return Theme(self.tokens, scheme, self.text_scale)

    def with_text_scale(self, text_scale: float) -> "Theme":
        """The same with words of another size."""
        return Theme(self.tokens, self.scheme, text_scale)

    def larger(self) -> "Theme":
        """One step up on the ladder 100, 125, 150, 175, 200 %; stays at the top."""
        return self.with_text_scale(next((s for s in TEXT_SCALES if s > self.text_scale), TEXT_SCALES[-1]))

    def smaller(self) -> "Theme":
        """One step down; stays at 100 %."""
        lower = [s for s in TEXT_SCALES if s < self.text_scale]
        return self.with_text_scale(lower[-1] if lower else TEXT_SCALES[0])


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Bring in the bundled face from resources/theme, so that a page looks the same on every desk; its families."""
    families: set[str] = set()
    for file in sorted((folder / "fonts").glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


def current_theme() -> Theme:
    """The theme that the application wears; raises `RuntimeError` before `Theme.apply`."""
    app = QApplication.instance()
    theme = app.property(_PROPERTY) if app is not None else None
    if not isinstance(theme, Theme):
        raise RuntimeError("The window has no theme yet: call Theme(...).apply(app) before making widgets.")
    return theme
