"""What is proposed for a request: a schedule, or none, and what a prescriber has to know of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pdtdesk.domain.quantities import Milligrams
from pdtdesk.domain.regime.medicines import Ordered
from pdtdesk.domain.regime.schedule import Schedule
from pdtdesk.policy.findings import Finding


@dataclass(frozen=True, slots=True)
class Proposal:
    """A schedule that a prescriber may sign, change or leave; None where it is entered by hand, and findings say why.

    `ends` is the schedule of the medicine that a planned switch stops. `already_on` is the dose of the day before the
    schedule begins, where the medicine is taken already: `against` asks for it.
    """

    medicine: Ordered | None
    schedule: Schedule | None
    findings: tuple[Finding, ...]
    ends: Schedule | None = None
    already_on: Milligrams | None = None

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The figures that it asked for and nobody has signed, in words, each once."""
        return tuple(dict.fromkeys(words for found in self.findings for words in found.unsigned))


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, what must be acknowledged before what is noted, else as it was said."""
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.tier.rank))
