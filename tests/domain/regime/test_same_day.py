"""Two opioid substitutes on one day: said in runs, whatever became of each."""

from datetime import date, timedelta
from decimal import Decimal

from pdtdesk.domain.regime.doses import DoseRow, Outcome
from pdtdesk.domain.regime.same_day import Together, both_given
from pdtdesk.policy.regime.printed import printed_together

FIRST = date(2010, 6, 1)


def row(day: int, medicine: str, outcome: Outcome = Outcome.TAKEN, mg: int = 8) -> DoseRow:
    return DoseRow(FIRST + timedelta(days=day), medicine, Decimal(mg), outcome)


def test_days_with_two_substitutes_are_said_in_runs() -> None:
    """A record that holds both is right or wrong, and somebody has to look at it."""
    both = [row(day, medicine) for day in (0, 1, 4) for medicine in ("methadone", "buprenorphine")]
    none = [
        row(6, "methadone"),
        row(6, "buprenorphine", Outcome.REFUSED),
        row(7, "methadone"),
        row(7, "buprenorphine", mg=0),
        row(8, "methadone"),
        row(8, "diazepam"),
    ]
    found = both_given([*both, *none])
    names = ("buprenorphine", "methadone")
    last = FIRST + timedelta(days=4)
    assert found == (Together(FIRST, FIRST + timedelta(days=1), names), Together(last, last, names))
    assert [each.days for each in found] == [2, 1]
    assert printed_together(found[0]) == {"from": "2010-06-01", "to": "2010-06-02", "medicines": list(names)}
