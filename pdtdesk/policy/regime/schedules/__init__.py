"""Schedules that are proposed day by day from what a prescriber enters and what is signed: one module for each kind.

made = plan(Titration(Ordered.METHADONE, first_day=day, start=thirty), params, ForWhom(high_tolerance=False))
made.schedule, made.findings
against(made.schedule, made.medicine, custody, params)     what it means for release, tolerance, ceilings
"""

from pdtdesk.policy.regime.schedules.against import against
from pdtdesk.policy.regime.schedules.compare import Compared, Ending, compare, ending
from pdtdesk.policy.regime.schedules.plan import plan
from pdtdesk.policy.regime.schedules.proposal import Proposal

__all__ = ["Compared", "Ending", "Proposal", "against", "compare", "ending", "plan"]
