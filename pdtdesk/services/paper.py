"""What leaves the desk on paper: the facts of a sheet in, the bytes of a PDF out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pdtdesk.domain.staff import Establishment


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The recovery code of a desk, printed once at set-up and kept in the safe."""

    establishment: Establishment
    desk_name: str
    code: str
    made_at: datetime
    demonstration: bool = False


class Paper(Protocol):
    """Prints sheets. The same facts always give the same bytes."""

    def recovery(self, sheet: RecoverySheet) -> bytes:
        """The sheet with the recovery code."""
