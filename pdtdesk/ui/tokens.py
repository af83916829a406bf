"""What the window may be drawn with: colours, spaces and sizes, read from one file that a designer can edit.

Pure: no Qt. `resources/theme/tokens.toml` is the one source; `contrast` is WCAG 2.1, relative luminance.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType


class Scheme(StrEnum):
    """The room the desk stands in: a lit reception, or a wing office at night."""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """How much a word matters; never shown without that word."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text that stands on a ground somewhere in the window, and the contrast it must keep to be read."""

    text: str
    on: str
    least: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour, space and size of the window, by name; sizes in pixels at 100 % text.

    `folder` is where the drawings and the fonts lie beside the file.
    """

    family: str
    text: Mapping[str, int]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    size: Mapping[str, int]
    colours: Mapping[Scheme, Mapping[str, str]]
    pairs: tuple[Pair, ...]
    folder: Path


class BadTokens(ValueError):
    """The theme's file cannot be used: `sentence` says which file and what is missing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def load_tokens(folder: Path) -> Tokens:
    """Read `folder/tokens.toml` (the resources/theme folder); raises `BadTokens` with the file and what to mend."""
    file = folder / "tokens.toml"
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        light, dark = raw["light"], raw["dark"]
        if set(light) != set(dark):
            odd = ", ".join(sorted(set(light) ^ set(dark)))
            raise BadTokens(f"{file.name}: light and dark must name the same colours; only one has {odd}.")
        pairs = tuple(
            Pair(text, ground, float(row["least"]))
            for row in raw["pairs"]
            for text in row["text"]
            for ground in row["on"]
        )
        sizes = {name: value for name, value in raw["text"].items() if name != "family"}
        return Tokens(
            family=raw["text"]["family"],
            text=MappingProxyType(sizes),
            space=MappingProxyType(raw["space"]),
            radius=MappingProxyType(raw["radius"]),
            size=MappingProxyType(raw["size"]),
            colours=MappingProxyType({Scheme.LIGHT: MappingProxyType(light), Scheme.DARK: MappingProxyType(dark)}),
            pairs=pairs,
            folder=folder,
        )
    except FileNotFoundError as missing:
        raise BadTokens(f"The theme's file {file} is missing; install PDT Desk again.") from missing
    except tomllib.TOMLDecodeError as broken:
        raise BadTokens(f"{file.name} cannot be read: {broken}.") from broken
    except KeyError as missing:
        raise BadTokens(f"{file.name}: {missing} is missing.") from missing


def luminance(colour: str) -> float:
    """How bright a colour `#rrggbb` is, 0 black to 1 white (WCAG 2.1, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well one colour is told from another, 1 (not at all) to 21 (black on white); WCAG 2.1."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(tokens: Tokens) -> tuple[str, ...]:
    """The pairs that a tired eye cannot read, as sentences; empty when all is well."""
    return tuple(
        f"{scheme}: {pair.text} on {pair.on} is {ratio:.2f} to 1, less than {pair.least:g}"
        for scheme, colours in tokens.colours.items()
        for pair in tokens.pairs
        if (ratio := contrast(colours[pair.text], colours[pair.on])) < pair.least
    )
