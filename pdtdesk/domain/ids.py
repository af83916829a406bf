"""Identities that sort by the moment they were made (UUID version 7, RFC 9562)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

_MS = 1000


def uuid7(at: datetime, random_bytes: Callable[[int], bytes]) -> str:
    """A new identity for something written at an instant.

    `at` must know its offset; `random_bytes(n)` gives n random bytes (74 random bits are used).
    """
    milliseconds = int(at.timestamp() * _MS)
    tail = int.from_bytes(random_bytes(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | ((tail >> 62) & 0xFFF) << 64
    value |= 0b10 << 62 | (tail & ((1 << 62) - 1))
    return str(UUID(int=value))
