"""A rating scale as data: what is asked or looked at, which scores may be given, what they add up to.

One definition serves every screen, sheet and trend, so that a score means the same wherever it stands. Bands are not
part of a scale: sources differ, and the clinical lead signs them (`bands.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass


class NotPermitted(ValueError):
    """A score that the scale does not have; the message names the item and the scores it may be given."""


@dataclass(frozen=True, slots=True)
class Item:
    """One sign or question, with the scores that may be given and the words each of them stands for."""

    key: str
    """Stable name in the record; never reused for something else."""
    label: str
    """Two or three words beside the field."""
    asked: str
    """What to ask or look for, in plain words."""
    choices: tuple[tuple[int, str], ...]
    """(score, words), lowest first. Scores may skip numbers: gooseflesh is 0, 3 or 5."""

    @property
    def scores(self) -> tuple[int, ...]:
        return tuple(score for score, _ in self.choices)

    def words_for(self, score: int) -> str:
        """What a score says of the patient; raises `NotPermitted`."""
        for permitted, words in self.choices:
            if permitted == score:
                return words
        raise NotPermitted(f"{self.label}: {score} cannot be given. It is scored {_either(self.scores)}.")

    def score_of_key(self, pressed: str) -> int:
        """The score that one digit key gives, so that a scale is filled in without the mouse.

        Raises `NotPermitted` for a key that is no digit, or a digit that this item does not have.
        """
        for score in self.scores:
            if pressed == str(score):
                return score
        raise NotPermitted(f"{self.label}: press {_either(self.scores)}.")


@dataclass(frozen=True, slots=True)
class Skip:
    """When these items all score 0, those others cannot be anything else and are not asked."""

    when_zero: tuple[str, ...]
    then_zero: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A published instrument; `range` is the lowest and the highest total."""

    id: str
    name: str
    """Short name as staff say it, unmistakable beside the other scales."""
    full_name: str
    source: str
    items: tuple[Item, ...]
    range: tuple[int, int]
    purpose_words: str
    """What it is for and over what time it asks, in a sentence."""
    skips: tuple[Skip, ...] = ()

    def item(self, key: str) -> Item:
        """The item of that key; raises `NotPermitted` with the scale's own keys."""
        for item in self.items:
            if item.key == key:
                return item
        keys = ", ".join(item.key for item in self.items)
        raise NotPermitted(f"{self.name} has no item `{key}`. Its items are {keys}.")


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """What a scale shows: a total only once every item is scored, until then a part that is marked as a part."""

    scale_id: str
    total: int | None
    """The final total, or None while anything is missing: a partial total can look like mild withdrawal."""
    so_far: int
    """Sum of what was scored; a lower limit, never to be banded while `complete` is false."""
    answered: int
    """How many items are settled, by an answer or by a skip."""
    missing: tuple[str, ...]
    """Keys of the items not yet scored, in the order they are asked."""

    @property
    def complete(self) -> bool:
        return not self.missing

    def in_words(self) -> str:
        """`15`, or `9 so far, 2 of 11 not scored`."""
        if self.total is not None:
            return str(self.total)
        items = self.answered + len(self.missing)
        return f"{self.so_far} so far, {len(self.missing)} of {items} not scored"


def score(scale: Scale, answers: Mapping[str, int]) -> ScaleResult:
    """Adds up what was observed or answered, as it is entered; raises `NotPermitted` by the item's name.

    An item that a skip settles counts as 0 unless it was answered itself.
    """
    for key, given in answers.items():
        item = scale.item(key)
        if isinstance(given, bool) or given not in item.scores:
            raise NotPermitted(f"{item.label}: {given} cannot be given. It is scored {_either(item.scores)}.")
    settled = dict(answers)
    for skip in scale.skips:
        if all(answers.get(key) == 0 for key in skip.when_zero):
            for key in skip.then_zero:
                settled.setdefault(key, 0)
    missing = tuple(item.key for item in scale.items if item.key not in settled)
    so_far = sum(settled.values())
    return ScaleResult(scale.id, None if missing else so_far, so_far, len(settled), missing)


def _either(scores: tuple[int, ...]) -> str:
    """`0, 3 or 5`."""
    return f"{', '.join(str(s) for s in scores[:-1])} or {scores[-1]}"
