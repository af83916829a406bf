"""The letters of a sheet: two fonts, and words in brackets for what neither holds, so that nothing is left out."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pdtdesk.documents.layout.direction import joined

FONTS = Path(__file__).resolve().parents[3] / "resources" / "theme" / "fonts" / "paper"
_FILES = {False: ("Inter-Regular", "DejaVuSans"), True: ("Inter-Bold", "DejaVuSans-Bold")}
_READ_BACK = 0xFFFF
"""Above it, what is drawn right would be copied out of the PDF as another letter."""

_UNSEEN = frozenset({"Cf"})
_BROKEN = frozenset({"Cc", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Letters:
    """Some letters in one font; `width` at a size of one point."""

    font: str
    text: str
    width: float


class Typeface:
    """Measures text and says which font draws which part of it. Loads its fonts once."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        self._fonts: dict[bool, tuple[Any, ...]] = {}
        self._known: dict[bool, tuple[frozenset[int], ...]] = {}
        for bold, names in _FILES.items():
            fonts = tuple(TTFont(f"PDTDesk-{name}", str(FONTS / f"{name}.ttf"), shapable=False) for name in names)
            for font in fonts:
                pdfmetrics.registerFont(font)
            self._fonts[bold] = fonts
            self._known[bold] = tuple(frozenset(font.face.charToGlyph) for font in fonts)
        self._measured: dict[tuple[str, bool], tuple[Letters, ...]] = {}

    def printable(self, text: str) -> str:
        """The text as it will be drawn: accents composed, letters joined, and what no font holds spelt out."""
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        shaped = joined(text, lambda c: self._font_of(c, False) is not None)
        return "".join(self._spelt(c) for c in shaped)

    def letters(self, text: str, bold: bool) -> tuple[Letters, ...]:
        """Printable text on one line, in runs of one font each."""
        key = (text, bold)
        if key not in self._measured:
            if len(self._measured) > 50_000:
                self._measured.clear()
            self._measured[key] = tuple(self._runs(text, bold))
        return self._measured[key]

    def width(self, text: str, bold: bool) -> float:
        """How wide printable text is, at a size of one point."""
        return sum(each.width for each in self.letters(text, bold))

    def _runs(self, text: str, bold: bool) -> list[Letters]:
        runs: list[tuple[Any, list[str]]] = []
        for character in text:
            font = self._font_of(character, bold) or self._fonts[bold][0]
            if not runs or runs[-1][0] is not font:
                runs.append((font, []))
            runs[-1][1].append(character)
        return [
            Letters(font.fontName, part, float(font.stringWidth(part, 1)))
            for font, part in ((font, "".join(characters)) for font, characters in runs)
        ]

    def _font_of(self, character: str, bold: bool) -> Any | None:
        code = ord(character)
        for font, known in zip(self._fonts[bold], self._known[bold], strict=True):
            if code in known:
                return font
        return None

    def _spelt(self, character: str) -> str:
        if character == "\n":
            return character
        category = unicodedata.category(character)
        if category in _UNSEEN or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
            return ""  # steers how its neighbours look, and has no look of its own
        if category == "Zs" and character != "\u00a0":
            return " "
        known = self._font_of(character, False) is not None and self._font_of(character, True) is not None
        if known and category not in _BROKEN and ord(character) <= _READ_BACK:
            return character
        name = unicodedata.name(character, "").lower()
        return f"[{name}]" if name and category == "So" else f"[U+{ord(character):04X}]"


@cache
def typeface() -> Typeface:
    """The one typeface of all sheets: fonts are files, and the same for everybody."""
    return Typeface()
