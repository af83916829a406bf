"""What leaves the desk on paper: the facts of a sheet in, the bytes of a PDF out; the same facts, the same bytes.

The library that draws is loaded when the first sheet is printed, not before.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdtdesk.services.oversight.figures import Figures
    from pdtdesk.services.paper import RecoverySheet
    from pdtdesk.services.reception.sheet_facts import Custody, Downtime, FirstNight, Handover
    from pdtdesk.services.regime.letter_facts import ReviewLetter
    from pdtdesk.services.regime.round_sheet import RoundSheet


class Sheets:
    """Prints every sheet of the product: the port `Paper` of the services."""

    def first_night(self, sheet: "FirstNight") -> bytes:
        """The first-night sheet of one arrival; clinical."""
        from pdtdesk.documents.reception.first_night import first_night

        return first_night(sheet)

    def handover(self, sheet: "Handover") -> bytes:
        """The night nurse's list; clinical."""
        from pdtdesk.documents.reception.handover import handover

        return handover(sheet)

    def custody(self, sheet: "Custody") -> bytes:
        """The list for custody staff."""
        from pdtdesk.documents.reception.custody import custody

        return custody(sheet)

    def downtime(self, sheet: "Downtime") -> bytes:
        """Who is here and what is due; clinical."""
        from pdtdesk.documents.reception.downtime import downtime

        return downtime(sheet)

    def recovery(self, sheet: "RecoverySheet") -> bytes:
        """The sheet with the recovery code."""
        from pdtdesk.documents.desk.recovery import recovery

        return recovery(sheet)

    def administration(self, sheet: "RoundSheet") -> bytes:
        """The administration record of one medicine round; clinical."""
        from pdtdesk.documents.regime.administration import administration

        return administration(sheet)

    def review_letter(self, sheet: "ReviewLetter") -> bytes:
        """The review letter of one regime; clinical."""
        from pdtdesk.documents.regime.review_letter import review_letter

        return review_letter(sheet)

    def figures(self, sheet: "Figures") -> bytes:
        """The figures of treatment."""
        from pdtdesk.documents.oversight.figures import figures

        return figures(sheet)
