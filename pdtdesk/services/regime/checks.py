"""What every signature of a prescriber is held against: the day, the person's agreement, and what must be read."""

from collections.abc import Iterable
from datetime import date

from pdtdesk.domain.calendar import show_day
from pdtdesk.domain.regime.treatment import Wish
from pdtdesk.policy.findings import Finding, Tier
from pdtdesk.services.refusals import Refused


def asked_to_agree(wish: Wish) -> None:
    """Refuse what does not say whether the person agreed."""
    if wish.agreed is None:
        raise Refused("Write whether the person agreed: yes, no, or not asked. A change is never silent.", "agreed")


def not_before_today(day: date, today: date) -> None:
    """Refuse a day that has passed."""
    if day < today:
        raise Refused(f"{show_day(day)} has passed: what is ordered or ended begins today or later.", "last")


def must_be_read(found: Iterable[Finding], acknowledged: frozenset[str]) -> None:
    """Refuse while a finding that must be read has not been; the sentence is the finding's own."""
    unread = [each for each in found if each.tier is Tier.MUST_ACKNOWLEDGE and each.code not in acknowledged]
    if unread:
        raise Refused(f"Read this before you sign, and say so: {unread[0].sentence}", "read")
