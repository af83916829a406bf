"""Chance that falls the same way each time: the same seed always invents the same people."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

_T = TypeVar("_T")
_BLOCK = 8


class Chance:
    """A stream of bytes drawn from a seed (SHA-256 of seed and counter), and what can be decided by it.

    For invented people alone. It is no secret: whoever knows the seed knows every byte.
    """

    def __init__(self, seed: str) -> None:
        self._start = sha256(seed.encode())
        self._drawn = 0
        self._left = b""

    def bytes(self, count: int) -> bytes:
        """The next bytes of the stream (port `RandomBytes`)."""
        while len(self._left) < count:
            block = self._start.copy()
            block.update(self._drawn.to_bytes(_BLOCK, "big"))
            self._left += block.digest()
            self._drawn += 1
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def below(self, end: int) -> int:
        """A whole number from 0 to one below `end`."""
        return int.from_bytes(self.bytes(_BLOCK), "big") % end

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both counted."""
        return least + self.below(most - least + 1)

    def one_of(self, things: Sequence[_T]) -> _T:
        """Any one of them, each as likely."""
        return things[self.below(len(things))]

    def weighted(self, things: Sequence[tuple[_T, int]]) -> _T:
        """One of them, each as likely as its weight."""
        at = self.below(sum(weight for _, weight in things))
        for thing, weight in things:
            if at < weight:
                return thing
            at -= weight
        raise AssertionError("the weights add up to more than was drawn from")

    def percent(self, likely: int) -> bool:
        """True this many times in a hundred."""
        return self.below(100) < likely

    def shuffled(self, things: Sequence[_T]) -> list[_T]:
        """All of them in another order."""
        drawn = [(self.below(1 << 62), index) for index in range(len(things))]
        return [things[index] for _, index in sorted(drawn)]
