"""How the window looks: one theme, from the tokens, for a scheme and a size of text."""

from pdtdesk.ui.theme.theme import TEXT_SCALES, Theme, current_theme, load_fonts

__all__ = ["TEXT_SCALES", "Theme", "current_theme", "load_fonts"]
