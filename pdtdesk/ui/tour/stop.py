"""One picture of the tour."""

from collections.abc import Callable
from dataclasses import dataclass

Settle = Callable[[str], None]
"""Waits until the desk has answered and the page is laid out."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture of the tour: its stage, its page, whose desk it is, and how one gets there.

    `once`: drawn as it is alone, where another picture shows the same in the dark and with large words.
    """

    stage: str
    page: str
    account: str
    go: Callable[[], None]
    words: str
    once: bool = False
