"""What leaves the desk on paper: the facts of a sheet in, the bytes of a PDF out."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pdtdesk.domain.staff import Establishment

if TYPE_CHECKING:
    from pdtdesk.services.oversight.figures import Figures
    from pdtdesk.services.reception.sheet_facts import Custody, Downtime, FirstNight, Handover
    from pdtdesk.services.regime.letter_facts import ReviewLetter
    from pdtdesk.services.regime.round_sheet import RoundSheet


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

    def first_night(self, sheet: "FirstNight") -> bytes:
        """The first-night sheet of one person (clinical)."""

    def handover(self, sheet: "Handover") -> bytes:
        """The hand-over list for the night nurse (clinical)."""

    def custody(self, sheet: "Custody") -> bytes:
        """The list for custody staff, without a medicine or a diagnosis."""

    def downtime(self, sheet: "Downtime") -> bytes:
        """Who is here and what is due, for when the desk is not."""

    def administration(self, sheet: "RoundSheet") -> bytes:
        """The administration record of one medicine round (clinical)."""

    def review_letter(self, sheet: "ReviewLetter") -> bytes:
        """The review letter of one regime (clinical)."""

    def figures(self, sheet: "Figures") -> bytes:
        """The figures of treatment, as whoever counted them may see them."""
