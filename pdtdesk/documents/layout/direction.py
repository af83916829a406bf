"""Names and words written from right to left, as they are read on paper.

The library that draws the sheets puts letters from left to right, one by one. So Arabic letters are given the forms
in which they join, and each line is put into the order in which the eye meets it: a part of the Unicode bidirectional
algorithm (strong letters, figures, what stands between) that is enough for names, and for what a person says.
"""

import unicodedata
from collections.abc import Callable
from functools import cache

_RIGHT = frozenset({"R", "AL"})
_FIGURES = frozenset({"EN", "AN"})
_BETWEEN_FIGURES = frozenset({"CS", "ES", "ET"})
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_LAM = "\u0644"


def has_right_to_left(text: str) -> bool:
    """Whether any letter is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _RIGHT for c in text)


def joined(text: str, known: Callable[[str], bool]) -> str:
    """Arabic letters in the forms in which they join; a form that no font knows stays as it was written."""
    if not any("\u0600" <= c <= "\u06ff" for c in text):
        return text
    letters = list(text)
    shaped = []
    at = 0
    while at < len(letters):
        letter = letters[at]
        ligature = _forms().get(letter + letters[at + 1]) if at + 1 < len(letters) and letter == _LAM else None
        forms = ligature or _forms().get(letter)
        if forms is None:
            shaped.append(letter)
        else:
            before = _joins_on(_neighbour(letters, at, -1))
            after = not ligature and "initial" in forms and _joins_back(_neighbour(letters, at, 1))
            name = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(
                (before, after), "isolated"
            )
            form = forms.get(name, forms.get("isolated", letter))
            shaped.append(form if known(form) else letter + (letters[at + 1] if ligature else ""))
        at += 2 if ligature else 1
    return "".join(shaped)


def in_reading_order(line: str) -> tuple[int, ...]:
    """The positions of a line's characters from left to right, as they are to be drawn."""
    levels = _levels(line)
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = max(end, at + 1)
    return tuple(order)


def mirrored(line: str) -> str:
    """The line with brackets turned where they stand among letters from right to left."""
    levels = _levels(line)
    return "".join(c.translate(_MIRRORED) if levels[at] % 2 else c for at, c in enumerate(line))


def _levels(line: str) -> list[int]:
    classes = _resolved([unicodedata.bidirectional(c) for c in line])
    base = next((int(each == "R") for each in classes if each in "LR"), 0)
    levels = []
    for each in classes:
        if each == "R":
            levels.append(1)
        elif each == "N":
            levels.append(2)  # a figure after a letter from right to left keeps its own order
        else:
            levels.append(2 if base and each == "L" else base)
    return levels


def _resolved(classes: list[str]) -> list[str]:
    """Every character as L, R, N (a figure among letters from right to left) or B (the line's own direction)."""
    strong = "B"
    out: list[str] = []
    for each in classes:
        if each == "L":
            strong = "L"
        elif each in _RIGHT:
            strong = "R"
        if each in _FIGURES:
            out.append("N" if strong == "R" else strong if strong == "L" else "F")
        else:
            out.append("L" if each == "L" else "R" if each in _RIGHT else "NSM" if each == "NSM" else each)
    first = next((each for each in out if each in ("L", "R")), "L")
    out = [("L" if first == "L" else "N") if each == "F" else each for each in out]
    return _between(out)


def _between(out: list[str]) -> list[str]:
    """What stands between takes the direction of its two sides where they agree, else the line's own."""
    solved = list(out)
    at = 0
    while at < len(out):
        if out[at] in ("L", "R", "N"):
            at += 1
            continue
        end = at
        while end < len(out) and out[end] not in ("L", "R", "N"):
            end += 1
        left = out[at - 1] if at else "B"
        right = out[end] if end < len(out) else "B"
        if end == at + 1 and out[at] in _BETWEEN_FIGURES and left == right == "N":
            fill = "N"
        elif out[at] == "NSM" and at:
            fill = left
        else:
            sides = {"R" if side == "N" else side for side in (left, right)}
            fill = sides.pop() if len(sides) == 1 else "B"
        solved[at:end] = [fill] * (end - at)
        at = end
    return solved


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Letter, or lam with alef, to its joined forms: Unicode's own table of presentation forms."""
    table: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        kind, _, rest = unicodedata.decomposition(chr(code)).partition(" ")
        letters = "".join(chr(int(each, 16)) for each in rest.split())
        if len(letters) == 1 or (
            len(letters) == 2 and letters[0] == _LAM and letters[1] in "\u0622\u0623\u0625\u0627"
        ):
            table.setdefault(letters, {})[kind.strip("<>")] = chr(code)
    return table


def _neighbour(letters: list[str], at: int, step: int) -> str:
    """The next letter in a direction, over vowel signs."""
    at += step
    while 0 <= at < len(letters) and unicodedata.category(letters[at]) == "Mn":
        at += step
    return letters[at] if 0 <= at < len(letters) else ""


def _joins_on(letter: str) -> bool:
    """Whether a letter reaches on to the one after it."""
    return letter == "\u0640" or "initial" in _forms().get(letter, {})


def _joins_back(letter: str) -> bool:
    """Whether a letter reaches back to the one before it."""
    return letter == "\u0640" or "final" in _forms().get(letter, {})
